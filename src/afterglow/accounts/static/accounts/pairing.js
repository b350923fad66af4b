// Pairing with less tapping: the code after the # goes into its field and out of the address, and both pages look by
// themselves whether the other side has acted. Without this script every page has a link for that.

const LOOK_EVERY_MS = 2000;
const LOOKS = 180;

const codeForm = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-pair-code]"));
if (codeForm && location.hash.length > 1) {
  const field = /** @type {HTMLInputElement} */ (codeForm.elements.namedItem("code"));
  field.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
}

const waits = /** @type {HTMLElement | null} */ (document.querySelector("[data-pairing]"));
if (waits) look(waits, LOOKS);

/** @param {HTMLElement} waits @param {number} left */
function look(waits, left) {
  if (!left) return;
  window.setTimeout(async () => {
    const state = await fetch(waits.dataset.pairing ?? "", { credentials: "same-origin" })
      .then((reply) => reply.json())
      .then((said) => said.state)
      .catch(() => waits.dataset.now);
    if (state !== waits.dataset.now) location.assign(waits.dataset.page ?? "");
    else look(waits, left - 1);
  }, LOOK_EVERY_MS);
}
