// In the middle of a sitting the screen stays on, and a recording is kept without another tap.
import { holdAwake } from "../journal/awake.js";

const letSleep = holdAwake();
window.addEventListener("pagehide", letSleep);
document.addEventListener("recorded", (event) => {
  const form = /** @type {HTMLElement} */ (event.target).closest("form[data-keep-by-itself]");
  if (form instanceof HTMLFormElement) form.requestSubmit();
});
