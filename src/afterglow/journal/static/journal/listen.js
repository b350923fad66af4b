// How fast a recording is played: a few steps, kept for this page only. And once a recording is kept, what this browser
// had of it goes.
// @ts-expect-error found by the browser: both folders stand under one address
import { drop } from "../ui/slices.js";

const kept = sessionStorage.getItem("afterglow-recorded");
if (kept && new URLSearchParams(location.search).has("kept")) {
  sessionStorage.removeItem("afterglow-recorded");
  drop(kept).catch(() => {});
}

for (const box of document.querySelectorAll("[data-listen]")) {
  const sound = /** @type {HTMLAudioElement | null} */ (box.querySelector("audio"));
  const speeds = /** @type {HTMLElement | null} */ (box.querySelector("[data-speeds]"));
  if (!sound || !speeds) continue;
  speeds.hidden = false;
  speeds.addEventListener("change", (event) => {
    sound.playbackRate = Number(/** @type {HTMLSelectElement} */ (event.target).value);
  });
}
