// While a recording is written down: brings the share up to date in place, and goes on to the words when all is heard.
// Without this the person looks again by a link.

const AGAIN_MS = 2000;

async function lookAgain() {
  const here = document.querySelector("[data-hearing]");
  if (!here) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.querySelector("[data-hearing]");
    if (!there) return location.assign(answer.url);
    here.replaceChildren(...there.children);
  } catch {
    // The program is busy or away; the next look may find it.
  }
  window.setTimeout(lookAgain, AGAIN_MS);
}

window.setTimeout(lookAgain, AGAIN_MS);

export {};
