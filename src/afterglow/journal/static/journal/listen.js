// How fast a recording is played: a few steps, kept for this page only. And once a recording is kept, what this browser
// had of it goes.
// @ts-expect-error found by the browser: both folders stand under one address
import { dropNamed } from "../ui/slices.js";

if (new URLSearchParams(location.search).has("kept")) dropNamed(location.href).catch(() => {});

for (const box of document.querySelectorAll("[data-listen]")) {
  const sound = /** @type {HTMLAudioElement | null} */ (box.querySelector("audio"));
  const speeds = /** @type {HTMLElement | null} */ (box.querySelector("[data-speeds]"));
  if (!sound || !speeds) continue;
  speeds.hidden = false;
  speeds.addEventListener("change", (event) => {
    sound.playbackRate = Number(/** @type {HTMLSelectElement} */ (event.target).value);
  });
}
