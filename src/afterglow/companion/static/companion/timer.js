// The timer: starts on a tap, says about how long is left, ends with a soft bell or none, stops at once.
import { ring } from "./bell.js";

const LOOK_EVERY_MS = 500;

for (const box of document.querySelectorAll("[data-timer]")) {
  prepare(/** @type {HTMLElement} */ (box));
}

/** @param {HTMLElement} box */
function prepare(box) {
  const minutes = /** @type {HTMLSelectElement} */ (box.querySelector("[data-timer-minutes]"));
  const volume = /** @type {HTMLInputElement} */ (box.querySelector("[data-timer-volume]"));
  const state = /** @type {HTMLElement} */ (box.querySelector("[data-timer-state]"));
  const start = /** @type {HTMLButtonElement} */ (box.querySelector("[data-timer-start]"));
  const stop = /** @type {HTMLButtonElement} */ (box.querySelector("[data-timer-stop]"));
  const once = /** @type {HTMLButtonElement} */ (box.querySelector("[data-timer-try]"));
  let takeBack = () => {};
  let looking = 0;
  let endsAt = 0;

  /** @param {boolean} on */
  const running = (on) => {
    start.hidden = on;
    once.hidden = on;
    stop.hidden = !on;
    (on ? stop : start).focus();
  };
  /** @param {string} words */
  const end = (words) => {
    window.clearInterval(looking);
    state.textContent = words;
    running(false);
  };
  const look = () => {
    const leftMs = endsAt - Date.now();
    if (leftMs <= 0) return end(box.dataset.over ?? "");
    const left = Math.ceil(leftMs / 60_000);
    const words = (left > 1 ? box.dataset.leftMany : box.dataset.leftOne) ?? "";
    const says = words.replace("%d", String(left));
    if (state.textContent !== says) state.textContent = says;
  };
  const loudness = () => Number(volume.value) / 10;

  start.addEventListener("click", () => {
    const seconds = Number(minutes.value) * 60;
    endsAt = Date.now() + seconds * 1000;
    takeBack = ring(loudness(), seconds);
    running(true);
    look();
    looking = window.setInterval(look, LOOK_EVERY_MS);
  });
  stop.addEventListener("click", () => {
    takeBack();
    end(box.dataset.stopped ?? "");
  });
  once.addEventListener("click", () => ring(loudness()));
  box.hidden = false;
}
