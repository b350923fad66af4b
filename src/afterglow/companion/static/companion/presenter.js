// Shows one step after another, each for a whole number of frames. It measures when each one came; it judges nothing.

/** No step is shorter than this: fewer than three changes a second, so nothing flashes. */
export const SHORTEST_STEP_MS = 400;

/**
 * @typedef {object} Run
 * @property {number[]} onsetsMs when each step was shown, in the browser's frame time
 * @property {number} droppedFrames frames that did not come in time
 * @property {"over" | "stopped" | "left"} end
 *
 * @typedef {object} Presentation
 * @property {number} steps how many
 * @property {number} stepMs how long each stays
 * @property {(index: number) => void} show puts a step on the page
 * @property {(run: Run) => void} ended called once, whatever ended it
 */

/**
 * Begin at the next frame. Leaving the tab ends it.
 * @param {Presentation} presentation
 * @returns {() => void} stops at once
 */
export function present({ steps, stepMs, show, ended }) {
  const wantedMs = Math.max(stepMs, SHORTEST_STEP_MS);
  /** @type {Run} */
  const run = { onsetsMs: [], droppedFrames: 0, end: "over" };
  const pace = new FramePace();
  let request = 0;
  let startMs = 0;

  /** @param {Run["end"]} end */
  const finish = (end) => {
    if (!request) return;
    cancelAnimationFrame(request);
    request = 0;
    document.removeEventListener("visibilitychange", left);
    window.removeEventListener("blur", left);
    run.droppedFrames = pace.dropped;
    run.end = end;
    ended(run);
  };
  const left = () => finish("left");

  /** @param {number} nowMs */
  const frame = (nowMs) => {
    pace.note(nowMs);
    const shown = run.onsetsMs.length;
    if (shown === 0) startMs = nowMs;
    // Due if the target is nearer to this frame than to the next one.
    if (nowMs + pace.frameMs / 2 >= startMs + shown * wantedMs) {
      if (shown === steps) return finish("over");
      run.onsetsMs.push(nowMs);
      show(shown);
    }
    request = requestAnimationFrame(frame);
  };

  document.addEventListener("visibilitychange", left);
  window.addEventListener("blur", left);
  request = requestAnimationFrame(frame);
  return () => finish("stopped");
}

/** How long a frame is on this screen, and how many were missed. */
class FramePace {
  constructor() {
    this.frameMs = 1000 / 60;
    this.dropped = 0;
    this.lastMs = 0;
    /** @type {number[]} */
    this.recentMs = [];
  }

  /** @param {number} nowMs */
  note(nowMs) {
    if (this.lastMs) {
      const gapMs = nowMs - this.lastMs;
      this.dropped += Math.max(0, Math.round(gapMs / this.frameMs) - 1);
      this.recentMs = [...this.recentMs.slice(-14), gapMs];
      if (this.recentMs.length === 15) this.frameMs = [...this.recentMs].sort((a, b) => a - b)[7] ?? this.frameMs;
    }
    this.lastMs = nowMs;
  }
}
