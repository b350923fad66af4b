// The timed way through one's own sentences and memories. It ends by itself, at a tap, or when one looks elsewhere.
import { present } from "./presenter.js";

const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-timed]"));
if (box) prepare(box);

/** @param {HTMLElement} box */
function prepare(box) {
  /** @template {HTMLElement} T @param {string} name @returns {T} */
  const part = (name) => /** @type {T} */ (box.querySelector(`[data-timed-${name}]`));
  const ownPace = /** @type {HTMLElement} */ (document.querySelector("[data-own-pace]"));
  const lines = [...part("lines").children].map((line) => line.textContent ?? "");
  const shown = part("shown");
  const state = part("state");
  const pace = part("pace");
  const start = part("start");
  const stop = part("stop");
  const step = /** @type {HTMLSelectElement} */ (part("step"));
  let end = () => {};

  /** @param {boolean} on */
  const running = (on) => {
    ownPace.hidden = on;
    shown.hidden = !on;
    pace.hidden = on;
    start.hidden = on;
    stop.hidden = !on;
    (on ? stop : start).focus();
  };
  start.addEventListener("click", () => {
    const stepMs = Number(step.value);
    const steps = Math.max(1, Math.floor((Number(box.dataset.seconds) * 1000) / stepMs));
    state.textContent = "";
    running(true);
    end = present({
      steps,
      stepMs,
      show: (index) => {
        shown.textContent = lines[index % lines.length] ?? "";
      },
      ended: (run) => {
        running(false);
        state.textContent = box.dataset[run.end] ?? "";
      },
    });
  });
  stop.addEventListener("click", () => end());
  box.hidden = false;
}
