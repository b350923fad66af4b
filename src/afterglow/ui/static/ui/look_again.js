// Brings one part of a page up to date in place while the program works on it. Without this the page asks by itself.

/**
 * Looks for as long as the part is there and `goesOn`; what to do when the program's page has it no more is `gone`.
 * @param {string} part a selector
 * @param {number} everyMs
 * @param {{ goesOn?: (here: Element) => boolean, gone?: () => void }} [how]
 */
export function lookAgain(part, everyMs, { goesOn = () => true, gone } = {}) {
  const look = async () => {
    const here = document.querySelector(part);
    if (!here || !goesOn(here)) return;
    const there = await partNow(part);
    if (there) here.replaceChildren(...there.children);
    else if (there === null && gone) return gone();
    window.setTimeout(look, everyMs);
  };
  window.setTimeout(look, everyMs);
}

/** The part as the program has it now, null where it has none; undefined while it is busy or away. @param {string} part */
async function partNow(part) {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (answer.status >= 500) return undefined;
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(part);
  } catch {
    return undefined;
  }
}
