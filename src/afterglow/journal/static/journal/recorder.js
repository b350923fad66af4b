// Records sound in a page: one tap to begin, pause, stop, listen. What is recorded is sealed in this browser and sent to
// the vault every few seconds while it grows, so that a crash loses at most that, with or without a connection.
import { holdAwake } from "./awake.js";
import { askForMicrophone, takeIn, typeHere, waves } from "./microphone.js";
import { letGo, stream } from "./stream.js";
// @ts-expect-error found by the browser: both folders stand under one address
import * as here from "../ui/slices.js";

const LONGEST_S = 30 * 60;
const SAY_BEFORE_S = 60;
const PARTS = ["start", "pause", "stop", "again", "state", "clock", "meter", "heard"];
const FIELDS = ["upload", "recording_id", "instead_of", "lasted_seconds", "waveform"];

/** @param {HTMLElement} box */
export function recorder(box) {
  const type = typeHere();
  const form = /** @type {HTMLFormElement | null} */ (box.closest("form"));
  if (type && form) new Recorder(box, form, type).open();
}

/** One recorder on a page: what is recorded, and how far it is kept. */
class Recorder {
  /** The recording's own id, from its first second until this browser need not hold it any more. */
  id = "";
  seconds = 0;
  starting = false;
  ticking = 0;
  slices = /** @type {Blob[]} */ ([]);
  loud = /** @type {number[]} */ ([]);
  taking = /** @type {import("./microphone.js").Taking | null} */ (null);
  /** One change after the other in this browser's store. */
  keeping = Promise.resolve();
  sending = stream();
  letSleep = () => {};

  /** @param {HTMLElement} box @param {HTMLFormElement} form @param {string} type */
  constructor(box, form, type) {
    this.box = box;
    this.form = form;
    this.type = type;
    this.plain = type.split(";")[0];
    this.parts = /** @type {Record<string, any>} */ (Object.fromEntries(PARTS.map((name) => [name, box.querySelector(`[data-${name}]`)])));
    this.keep = /** @type {HTMLElement | null} */ (form.querySelector("[data-keep]"));
    this.still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  open() {
    const { start, pause, stop, again } = this.parts;
    start.addEventListener("click", () => this.begin());
    pause.addEventListener("click", () => this.pauseOrGoOn());
    stop.addEventListener("click", () => this.taking?.end());
    again.addEventListener("click", () => this.beginAgain());
    this.followForm();
    this.followPage();
    for (const field of this.form.querySelectorAll("[data-only-without-recorder]")) /** @type {HTMLElement} */ (field).hidden = true;
    this.box.hidden = false;
    this.show("idle");
    this.offer().catch(() => {});
  }

  followForm() {
    // It is sealed elsewhere now, whole; where the page stays, it is ready for another one.
    this.form.addEventListener("kept-here", () => this.forget());
    this.form.addEventListener("reset", () => this.taking || this.empty());
    this.form.addEventListener("submit", () => {
      // A form that is sealed here holds the recording itself. One that goes at once only names what has arrived.
      const atOnce = !this.form.dataset.outbox || this.form.dataset.plain;
      if (atOnce && field(this.form, "upload").value) this.carry(null);
    });
  }

  followPage() {
    window.addEventListener("pagehide", () => this.taking?.hurry());
    window.addEventListener("beforeunload", (event) => {
      if (this.taking) event.preventDefault();
    });
  }

  /** A second tap while the browser still asks for the microphone begins nothing. */
  async begin() {
    if (this.starting || this.taking) return;
    this.starting = true;
    try {
      const microphone = await askForMicrophone();
      if (microphone) await this.record(microphone);
      else this.refused();
    } finally {
      this.starting = false;
    }
  }

  refused() {
    this.say("refused");
    this.parts.state.focus();
  }

  /** @param {MediaStream} microphone */
  async record(microphone) {
    this.renew(crypto.randomUUID());
    // Without room in this browser it is still sent while it grows, and goes with the form.
    await here.begin(this.id, this.plain).catch(() => {});
    this.letSleep = holdAwake();
    const ended = () => this.ended().catch(() => this.say("notReached"));
    this.taking = takeIn(microphone, this.type, (slice) => this.add(slice), ended, (level) => this.hear(level));
    this.ticking = window.setInterval(() => this.tick(), 1000);
    this.show("on");
    this.say("recording", 0);
    this.parts.pause.focus();
  }

  /** @param {string} id @param {string} [upload] what has arrived of it already */
  renew(id, upload = "") {
    this.id = id;
    this.slices = [];
    this.loud = [];
    this.seconds = 0;
    this.sending = stream(upload, (begun) => this.keepHere(() => here.arrivesAs(id, begun)));
  }

  /** @param {Blob} slice */
  add(slice) {
    const { id } = this;
    const seconds = this.taking?.seconds() ?? 0;
    this.slices.push(slice);
    this.keepHere(() => here.add(id, slice, seconds));
    this.sending.grow(this.whole());
    // A page out of sight may tick seldom; slices come all the same.
    this.tick();
  }

  /** Where this browser has no room, the recording is on this page and on its way to the vault. @param {() => Promise<void>} work */
  keepHere(work) {
    this.keeping = this.keeping.then(work).catch(() => {});
  }

  whole() {
    return new Blob(this.slices, { type: this.plain });
  }

  /** @param {number} level */
  hear(level) {
    this.loud.push(level);
    if (!this.still) this.parts.meter.value = level;
  }

  tick() {
    if (!this.taking?.runs()) return;
    const seconds = this.taking.seconds();
    const left = LONGEST_S - seconds;
    if (left <= 0) return void this.taking.end();
    this.say(left <= SAY_BEFORE_S ? "soon" : this.sending.failing ? "notReached" : "recording", seconds);
  }

  pauseOrGoOn() {
    const { taking } = this;
    if (!taking) return;
    const paused = taking.runs();
    if (paused) taking.pause();
    else taking.goOn();
    this.show(paused ? "paused" : "on");
    this.say(paused ? "paused" : "recording", taking.seconds());
  }

  async ended() {
    window.clearInterval(this.ticking);
    this.letSleep();
    this.seconds = this.taking?.seconds() ?? 0;
    this.taking = null;
    await this.finish();
  }

  /** The form holds the recording from here on; what has arrived of it is named as well, so that it is one thing. */
  async finish() {
    const { id, seconds } = this;
    const whole = this.whole();
    this.parts.heard.src = URL.createObjectURL(whole);
    this.show("done");
    this.say("sending", seconds);
    this.fill({ recording_id: id, instead_of: this.sending.upload, lasted_seconds: String(seconds), waveform: JSON.stringify(waves(this.loud)) });
    this.carry(whole);
    const upload = await this.sending.end(whole);
    if (this.id !== id) return;
    this.fill({ upload, instead_of: this.sending.upload });
    this.say(upload ? "ready" : "readyHere", seconds);
    this.box.dispatchEvent(new CustomEvent("recorded", { bubbles: true, detail: { blob: whole, upload, seconds } }));
    /** @type {HTMLElement | null} */ (this.form.querySelector("textarea, [data-keep]"))?.focus();
  }

  /** The recording goes with the form, as a file would. @param {Blob | null} whole */
  carry(whole) {
    const field = /** @type {HTMLInputElement | null} */ (this.form.querySelector("input[type=file]"));
    if (!field) return;
    const carried = new DataTransfer();
    if (whole) carried.items.add(new File([whole], "recording", { type: this.plain }));
    field.files = carried.files;
  }

  /** @param {Record<string, string>} values */
  fill(values) {
    for (const [name, value] of Object.entries(values)) field(this.form, name).value = value;
  }

  beginAgain() {
    if (!window.confirm(this.box.dataset.sure ?? "")) return;
    letGo(this.sending.upload);
    this.forget();
    this.empty();
    this.parts.start.focus();
  }

  /** This browser need not hold it any more. */
  forget() {
    const { id } = this;
    this.id = "";
    this.sending.close();
    if (id) this.keepHere(() => here.drop(id));
  }

  /** Nothing of it may go with what is kept next: hidden fields stay when a form is emptied. */
  empty() {
    this.fill(Object.fromEntries(FIELDS.map((name) => [name, ""])));
    this.carry(null);
    this.show("idle");
    this.say("nothing", null);
  }

  /** One that broke off in this browser is offered: kept as it is, or let go. */
  async offer() {
    const offered = /** @type {HTMLElement | null} */ (this.box.parentElement?.querySelector("[data-begun]") ?? null);
    const [facts] = offered ? await here.unfinished() : [];
    if (!offered || !facts) return;
    const there = /** @type {HTMLElement | null} */ (document.querySelector(`[data-unfinished="${facts.upload}"]`));
    if (there) there.hidden = true;
    offered.hidden = false;
    offered.addEventListener("click", (event) => {
      const tapped = /** @type {HTMLElement} */ (event.target);
      offered.hidden = tapped.matches("button");
      if (tapped.matches("[data-begun-keep]")) this.takeUp(facts).catch(() => void (offered.hidden = false));
      if (tapped.matches("[data-begun-let-go]")) this.letGo(facts);
    });
  }

  /** @param {{ id: string, upload: string, seconds: number }} facts */
  async takeUp(facts) {
    const whole = await here.whole(facts);
    this.renew(facts.id, facts.upload);
    this.slices = [whole];
    this.seconds = facts.seconds;
    await this.finish();
  }

  /** @param {{ id: string, upload: string }} facts */
  letGo(facts) {
    letGo(facts.upload);
    this.keepHere(() => here.drop(facts.id));
    this.parts.start.focus();
  }

  /** @param {"idle" | "on" | "paused" | "done"} now */
  show(now) {
    const { start, pause, stop, again, heard, meter } = this.parts;
    this.box.dataset.now = now;
    start.hidden = now !== "idle";
    pause.hidden = now !== "on" && now !== "paused";
    stop.hidden = pause.hidden;
    again.hidden = now !== "done";
    heard.hidden = now !== "done";
    meter.hidden = now !== "on";
    // Where only a recording makes it whole, there is nothing to keep before it.
    if (this.keep && "alone" in this.box.dataset) this.keep.hidden = now !== "done";
    pause.textContent = (now === "paused" ? this.box.dataset.goOn : this.box.dataset.pauseWord) ?? "";
  }

  /** Words are read out when they change; the clock beside them never is. @param {string} word @param {number | null} [seconds] */
  say(word, seconds) {
    const { state, clock } = this.parts;
    const text = this.box.dataset[word] ?? "";
    if (state.textContent !== text) state.textContent = text;
    if (seconds !== undefined) clock.textContent = seconds === null ? "" : inMinutes(seconds);
  }
}

/** A hidden field of a form; one that its page does not have is made. @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement} */
function field(form, name) {
  const known = form.elements.namedItem(name);
  if (known instanceof HTMLInputElement) return known;
  const made = document.createElement("input");
  Object.assign(made, { type: "hidden", name, autocomplete: "off" });
  form.append(made);
  return made;
}

/** @param {number} seconds */
function inMinutes(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

for (const box of document.querySelectorAll("[data-recorder]")) recorder(/** @type {HTMLElement} */ (box));
