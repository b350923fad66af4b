// Drawing with finger, pen or mouse. A pen beats the hand that rests beside it. Strokes are kept as numbers in the form.
// @ts-expect-error found by the browser: both folders stand under one address
import { getStroke } from "../ui/vendor/perfect-freehand.js";

const WIDTH = 720;
const HEIGHT = 900;
const PAPER = "#faf6f1";

for (const box of document.querySelectorAll("[data-drawing]")) drawing(/** @type {HTMLElement} */ (box));

/** @param {HTMLElement} box */
function drawing(box) {
  const form = /** @type {HTMLFormElement} */ (box.closest("form"));
  const kept = /** @type {HTMLInputElement} */ (form.elements.namedItem("strokes"));
  const canvas = /** @type {HTMLCanvasElement} */ (box.querySelector("canvas"));
  const ink = canvas.getContext("2d");
  if (!ink) return;
  const colours = JSON.parse(box.dataset.colours ?? "[]");
  let strokes = read(kept.value);
  let undone = /** @type {any[]} */ ([]);
  let now = /** @type {any} */ (null);
  let pen = false;
  let colour = 0;
  let width = 10;
  let waiting = 0;

  const scale = Math.min(2, window.devicePixelRatio || 1);
  canvas.width = WIDTH * scale;
  canvas.height = HEIGHT * scale;

  const paint = () => {
    waiting = 0;
    ink.setTransform(scale, 0, 0, scale, 0, 0);
    ink.fillStyle = PAPER;
    ink.fillRect(0, 0, WIDTH, HEIGHT);
    for (const stroke of now ? [...strokes, now] : strokes) paintOne(ink, stroke, colours);
  };
  const soon = () => (waiting ||= window.requestAnimationFrame(paint));
  const show = () => {
    button("undo").disabled = !strokes.length;
    button("redo").disabled = !undone.length;
    soon();
  };
  const note = () => {
    kept.value = strokes.length ? JSON.stringify({ v: 1, width: WIDTH, height: HEIGHT, strokes }) : "";
    show();
  };
  const keep = () => {
    note();
    kept.dispatchEvent(new Event("input", { bubbles: true }));
  };

  /** @param {PointerEvent} event */
  const place = (event) => {
    const edge = sheetOf(canvas);
    const pressure = event.pointerType === "pen" || event.pressure !== 0.5 ? event.pressure : 0.5;
    return [
      Math.round(((event.clientX - edge.left) / edge.width) * WIDTH),
      Math.round(((event.clientY - edge.top) / edge.height) * HEIGHT),
      Math.round(Math.min(1, Math.max(0, pressure)) * 100),
    ];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "pen") pen = true;
    // Once a pen was here, a touch is a resting hand; one that lay down before the pen is dropped.
    if (event.pointerType === "pen" && now?.kind === "touch") now = null;
    if ((pen && event.pointerType === "touch") || now || event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    now = { c: colour, w: width, p: place(event), by: event.pointerId, kind: event.pointerType };
    soon();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!now || now.by !== event.pointerId) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) now.p.push(...place(each));
    soon();
  });
  const lift = (/** @type {PointerEvent} */ event) => {
    if (!now || now.by !== event.pointerId) return;
    strokes.push({ c: now.c, w: now.w, p: now.p });
    now = null;
    undone = [];
    keep();
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", (event) => {
    if (now?.by === event.pointerId) now = null;
    soon();
  });

  /** @param {string} name */
  const button = (name) => /** @type {HTMLButtonElement} */ (box.querySelector(`[data-${name}]`));
  button("undo").addEventListener("click", () => {
    const last = strokes.pop();
    if (last) undone.push(last);
    keep();
  });
  button("redo").addEventListener("click", () => {
    const back = undone.pop();
    if (back) strokes.push(back);
    keep();
  });
  box.addEventListener("change", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.name === "_colour") colour = Number(field.value);
    if (field.name === "_width") width = Number(field.value);
  });

  form.addEventListener("reset", () => {
    strokes = [];
    undone = [];
    // The field itself is emptied by the browser only after this word.
    window.setTimeout(note);
  });
  // What was begun here without a connection lies under what is on the sheet by now.
  kept.addEventListener("draft-back", (event) => {
    const here = new Set(strokes.map((stroke) => JSON.stringify(stroke)));
    const back = read(/** @type {CustomEvent} */ (event).detail).filter((stroke) => !here.has(JSON.stringify(stroke)));
    if (!back.length) return;
    event.preventDefault();
    strokes = [...back, ...strokes];
    note();
  });
  box.hidden = false;
  show();
}

/** Where the sheet itself is, inside its edge. @param {HTMLCanvasElement} canvas */
function sheetOf(canvas) {
  const whole = canvas.getBoundingClientRect();
  return { left: whole.left + canvas.clientLeft, top: whole.top + canvas.clientTop, width: canvas.clientWidth, height: canvas.clientHeight };
}

/** @param {CanvasRenderingContext2D} ink @param {any} stroke @param {string[]} colours */
function paintOne(ink, stroke, colours) {
  const points = [];
  for (let at = 0; at < stroke.p.length; at += 3) points.push([stroke.p[at], stroke.p[at + 1], stroke.p[at + 2] / 100]);
  const outline = getStroke(points, { size: stroke.w, thinning: 0.65, smoothing: 0.5, streamline: 0.4, simulatePressure: false });
  ink.fillStyle = colours[stroke.c] ?? "#000";
  ink.beginPath();
  for (const [x, y] of outline) ink.lineTo(x, y);
  ink.closePath();
  ink.fill();
}

/** The strokes of a field; two drawings that an earlier version put after each other are one. @param {string} text @returns {any[]} */
function read(text) {
  try {
    return text.split("\n\n").flatMap((each) => JSON.parse(each).strokes ?? []);
  } catch {
    return [];
  }
}
