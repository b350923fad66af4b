// A reading has two numbers that a cuff can show. What was mistyped is said here, before anything is sealed that no page
// could read back; without this script the program says the same.

const LOWEST = 20;
const HIGHEST = 300;
const PAIRS = [["before_high", "before_low"], ["later_high", "later_low"]];

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-pressure]"));
form?.addEventListener("submit", (event) => {
  const found = mistyped(form);
  say(form, found?.word ?? "");
  if (!found) return;
  event.preventDefault();
  event.stopPropagation();
  found.field.focus();
});

/** The first field that needs a look, and why. @param {HTMLFormElement} form */
function mistyped(form) {
  for (const pair of PAIRS) {
    const fields = pair.map((name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)));
    const empty = fields.filter((field) => !field.value.trim());
    if (empty.length === 1) return { field: empty[0], word: "half" };
    const odd = empty.length ? undefined : fields.find((field) => !isRead(field.value));
    if (odd) return { field: odd, word: "odd" };
  }
  return isBare(form) ? { field: /** @type {HTMLInputElement} */ (form.elements.namedItem(PAIRS[0][0])), word: "none" } : null;
}

/** Nothing typed; where the program is in reach it goes on without a word. @param {HTMLFormElement} form */
function isBare(form) {
  const typed = PAIRS.flat().map((name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value.trim());
  return Boolean(document.body.dataset.shell) && !typed.some(Boolean);
}

/** @param {string} typed */
function isRead(typed) {
  const number = Number(typed);
  return Number.isInteger(number) && number >= LOWEST && number <= HIGHEST;
}

/** @param {HTMLFormElement} form @param {string} word */
function say(form, word) {
  const line = /** @type {HTMLElement} */ (form.querySelector("[data-pressure-remark]"));
  line.textContent = line.dataset[word] ?? "";
  line.hidden = !word;
}
