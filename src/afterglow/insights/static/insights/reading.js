// While a long journal is read: brings the count up to date in place, and shows the page when all is found.
// Without this the page asks again by itself.

const EVERY_MS = 2000;

async function lookAgain() {
  const here = document.getElementById("reading");
  if (!here) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.getElementById("reading");
    if (!there) {
      location.reload();
      return;
    }
    here.replaceChildren(...there.children);
  } catch {
    // The server is busy or away; the next look may find it.
  }
  setTimeout(lookAgain, EVERY_MS);
}

setTimeout(lookAgain, EVERY_MS);
