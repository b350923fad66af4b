// The breathing guide: begins on a tap, keeps the pace that was chosen, and stands still where motion is not wanted.

const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-breathing]"));
const SMALL = 0.45;

if (box) prepare(box);

/** @param {HTMLElement} box */
function prepare(box) {
  /** @template {HTMLElement} T @param {string} name @returns {T} */
  const part = (name) => /** @type {T} */ (box.querySelector(`[data-breath-${name}]`));
  const picture = part("picture");
  const circle = part("circle");
  const word = part("word");
  const state = part("state");
  const starts = [part("start"), part("words")];
  const stop = part("stop");
  const paces = /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(".field"));
  const inSelect = /** @type {HTMLSelectElement} */ (part("in"));
  const outSelect = /** @type {HTMLSelectElement} */ (part("out"));
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let request = 0;

  /** @param {boolean} moves */
  const begin = (moves) => {
    const inMs = Number(inSelect.value) * 1000;
    const outMs = Number(outSelect.value) * 1000;
    const startMs = performance.now();
    picture.hidden = false;
    picture.classList.toggle("words-only", !moves || still.matches);
    show(true);
    state.textContent = box.dataset.begun ?? "";
    /** @param {number} nowMs */
    const frame = (nowMs) => {
      const intoMs = Math.max(0, nowMs - startMs) % (inMs + outMs);
      const inwards = intoMs < inMs;
      const share = inwards ? intoMs / inMs : 1 - (intoMs - inMs) / outMs;
      const says = (inwards ? box.dataset.in : box.dataset.out) ?? "";
      if (word.textContent !== says) word.textContent = says;
      if (moves && !still.matches) {
        const soft = (1 - Math.cos(Math.PI * share)) / 2;
        circle.style.transform = `scale(${SMALL + (1 - SMALL) * soft})`;
      }
      request = requestAnimationFrame(frame);
    };
    request = requestAnimationFrame(frame);
  };
  /** @param {boolean} running */
  const show = (running) => {
    for (const each of [...starts, ...paces]) each.hidden = running;
    if (still.matches) starts[0]?.setAttribute("hidden", "");
    stop.hidden = !running;
    (running ? stop : starts.find((each) => !each.hidden))?.focus();
  };

  starts[0]?.addEventListener("click", () => begin(true));
  starts[1]?.addEventListener("click", () => begin(false));
  stop.addEventListener("click", () => {
    cancelAnimationFrame(request);
    picture.hidden = true;
    state.textContent = box.dataset.stopped ?? "";
    show(false);
  });
  // Where motion is not wanted only the still guide is offered.
  if (still.matches) starts[0]?.setAttribute("hidden", "");
  box.hidden = false;
}
