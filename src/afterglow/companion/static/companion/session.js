// Before a sitting and in it: one tap begins to record, *Done* keeps it. The screen stays on while this page is open, and the time that
// has gone by is said only when asked for. Nothing here moves by itself.
// @ts-expect-error found by the browser: both folders stand under one address
import { holdAwake } from "../journal/awake.js";

const BEGAN = "afterglow-began";

const saying = /** @type {HTMLDetailsElement | null} */ (document.querySelector("[data-saying]"));
if (saying) {
  window.addEventListener("pagehide", holdAwake());
  speakAtOnce(saying);
}
// Said without a connection, the page itself knows since when.
document.querySelector("[data-there]")?.addEventListener("kept-here", () => sessionStorage.setItem(BEGAN, new Date().toISOString()));
const asks = /** @type {HTMLElement | null} */ (document.querySelector("[data-elapsed]"));
if (asks) sayTime(asks);

/** @param {HTMLDetailsElement} box */
function speakAtOnce(box) {
  const form = /** @type {HTMLFormElement} */ (box.querySelector("[data-said]"));
  const recorder = /** @type {HTMLElement} */ (box.querySelector("[data-recorder]"));
  const start = /** @type {HTMLButtonElement} */ (recorder.querySelector("[data-start]"));
  box.querySelector("summary")?.addEventListener("click", () => {
    if (!box.open && !recorder.hidden && !start.hidden) start.click();
  });
  recorder.addEventListener("recorded", (event) => {
    // What arrived in pieces is kept by the plain form; what did not is sealed here first.
    if (/** @type {CustomEvent} */ (event).detail.upload) form.dataset.plain = "yes";
    form.requestSubmit();
  });
}

/** @param {HTMLElement} link */
function sayTime(link) {
  const state = /** @type {HTMLElement | null} */ (document.querySelector("[data-elapsed-state]"));
  const { began } = link.dataset;
  if (began) sessionStorage.setItem(BEGAN, began);
  const since = Date.parse(began ?? sessionStorage.getItem(BEGAN) ?? "");
  if (!state || Number.isNaN(since)) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const minutes = Math.max(0, Math.floor((Date.now() - since) / 60000));
    state.textContent = ((minutes === 1 ? state.dataset.one : state.dataset.many) ?? "").replace("%d", String(minutes));
  });
}
