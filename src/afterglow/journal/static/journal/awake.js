// Keeps the screen on for a while, where the browser can, and lets it sleep again.

/** @returns {() => void} lets the screen sleep again */
export function holdAwake() {
  const lock = /** @type {any} */ (navigator).wakeLock;
  if (!lock) return () => {};
  let held = /** @type {any} */ (null);
  let wanted = true;
  const hold = async () => {
    if (!wanted || document.visibilityState !== "visible") return;
    try {
      held = await lock.request("screen");
    } catch {
      held = null;
    }
  };
  document.addEventListener("visibilitychange", hold);
  hold();
  return () => {
    wanted = false;
    document.removeEventListener("visibilitychange", hold);
    held?.release().catch(() => {});
  };
}
