// How fast a recording is played: a few steps, kept for this page only.
for (const box of document.querySelectorAll("[data-listen]")) {
  const sound = /** @type {HTMLAudioElement | null} */ (box.querySelector("audio"));
  const speeds = /** @type {HTMLElement | null} */ (box.querySelector("[data-speeds]"));
  if (!sound || !speeds) continue;
  speeds.hidden = false;
  speeds.addEventListener("change", (event) => {
    sound.playbackRate = Number(/** @type {HTMLSelectElement} */ (event.target).value);
  });
}
