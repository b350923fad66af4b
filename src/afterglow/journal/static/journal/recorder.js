// Records sound in a page: one tap to begin, pause, stop, listen. What is recorded is sealed in this browser and sent to
// the vault every few seconds while it grows, so that a crash loses at most that, with or without a connection.
import { holdAwake } from "./awake.js";
import { letGo, stream } from "./stream.js";
// @ts-expect-error found by the browser: both folders stand under one address
import * as here from "../ui/slices.js";

const TYPES = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg;codecs=opus", "audio/webm"];
const SLICE_MS = 3000;
const LONGEST_S = 30 * 60;
const SAY_BEFORE_S = 60;
const WAVES = 200;

for (const box of document.querySelectorAll("[data-recorder]")) recorder(/** @type {HTMLElement} */ (box));

/** The first kind that this browser can record, or nothing. */
function typeHere() {
  if (typeof MediaRecorder === "undefined" || !navigator.mediaDevices?.getUserMedia) return "";
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? "";
}

/** @param {HTMLElement} box */
export function recorder(box) {
  const type = typeHere();
  const form = /** @type {HTMLFormElement} */ (box.closest("form"));
  if (!type || !form) return;
  const part = (/** @type {string} */ name) => /** @type {any} */ (box.querySelector(`[data-${name}]`));
  const [start, pause, stop, again, state, meter, heard] = ["start", "pause", "stop", "again", "state", "meter", "heard"].map(part);
  const own = { recorder: /** @type {MediaRecorder | null} */ (null), slices: /** @type {Blob[]} */ ([]), loud: /** @type {number[]} */ ([]), id: "", keeping: Promise.resolve() };
  const keep = /** @type {HTMLElement | null} */ (form.querySelector("[data-keep]"));
  let sending = stream();
  let seconds = 0;
  let ticking = 0;
  let letSleep = () => {};
  let look = () => {};

  /** @param {string} word @param {string} [more] */
  const say = (word, more = "") => {
    const text = `${box.dataset[word] ?? ""}${more}`;
    if (state.textContent !== text) state.textContent = text;
  };
  /** @param {"idle" | "on" | "paused" | "done"} now */
  const show = (now) => {
    box.dataset.now = now;
    start.hidden = now !== "idle";
    pause.hidden = now !== "on" && now !== "paused";
    stop.hidden = pause.hidden;
    again.hidden = now !== "done";
    heard.hidden = now !== "done";
    meter.hidden = now !== "on";
    // Where only a recording makes it whole, there is nothing to keep before it.
    if (keep && "alone" in box.dataset) keep.hidden = now !== "done";
    pause.textContent = (now === "paused" ? box.dataset.goOn : box.dataset.pauseWord) ?? "";
  };
  const tick = () => {
    if (own.recorder?.state !== "recording") return;
    seconds += 1;
    if (seconds >= LONGEST_S) return void stop.click();
    const left = LONGEST_S - seconds;
    say(left <= SAY_BEFORE_S ? "soon" : sending.failing ? "notReached" : "recording", ` ${clock(seconds)}`);
  };

  start.addEventListener("click", async () => {
    let microphone;
    try {
      microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      say("refused");
      return state.focus();
    }
    letSleep = holdAwake();
    own.slices = [];
    own.loud = [];
    seconds = 0;
    sending = stream();
    own.id = await here.begin(plain(type)).catch(() => "");
    look = listenTo(microphone, meter, own.loud);
    const made = new MediaRecorder(microphone, { mimeType: type, audioBitsPerSecond: 48000 });
    own.recorder = made;
    made.addEventListener("dataavailable", (event) => {
      if (!event.data.size) return;
      own.slices.push(event.data);
      own.keeping = own.keeping.then(() => here.add(own.id, event.data, seconds, sending.upload)).catch(() => {});
      sending.grow(new Blob(own.slices, { type: plain(type) }));
    });
    made.addEventListener("stop", () => {
      for (const track of microphone.getTracks()) track.stop();
      finish().catch(() => say("notReached"));
    });
    made.start(SLICE_MS);
    ticking = window.setInterval(tick, 1000);
    show("on");
    say("recording", ` ${clock(0)}`);
    pause.focus();
  });

  pause.addEventListener("click", () => {
    const made = own.recorder;
    if (!made) return;
    if (made.state === "recording") made.pause();
    else made.resume();
    show(made.state === "paused" ? "paused" : "on");
    say(made.state === "paused" ? "paused" : "recording", ` ${clock(seconds)}`);
  });

  stop.addEventListener("click", () => {
    if (own.recorder && own.recorder.state !== "inactive") own.recorder.stop();
  });

  again.addEventListener("click", () => {
    if (!window.confirm(box.dataset.sure ?? "")) return;
    sending.forget();
    forget();
    fill(form, "upload", "");
    clearFile();
    show("idle");
    say("nothing");
    start.focus();
  });
  // It is sealed elsewhere now; where the page stays, it is ready for another one.
  form.addEventListener("kept-here", forget);
  form.addEventListener("reset", () => {
    show("idle");
    say("nothing");
  });
  form.addEventListener("submit", () => {
    if (form.dataset.plain && own.id) sessionStorage.setItem("afterglow-recorded", own.id);
  });

  function forget() {
    const { id } = own;
    own.id = "";
    if (id) own.keeping = own.keeping.then(() => here.drop(id)).catch(() => {});
  }

  /** One that broke off in this browser is offered: kept as it is, or let go. */
  async function offer() {
    const offered = /** @type {HTMLElement | null} */ (box.parentElement?.querySelector("[data-begun]") ?? null);
    const [facts] = offered ? await here.unfinished() : [];
    if (!offered || !facts) return;
    const there = /** @type {HTMLElement | null} */ (document.querySelector(`[data-unfinished="${facts.upload}"]`));
    if (there) there.hidden = true;
    offered.hidden = false;
    const close = () => void (offered.hidden = true);
    offered.querySelector("[data-begun-keep]")?.addEventListener("click", async () => {
      close();
      letGo(facts.upload);
      own.id = facts.id;
      own.slices = [await here.whole(facts)];
      seconds = facts.seconds;
      sending = stream();
      await finish();
    });
    offered.querySelector("[data-begun-let-go]")?.addEventListener("click", () => {
      close();
      letGo(facts.upload);
      here.drop(facts.id).catch(() => {});
      start.focus();
    });
  }

  async function finish() {
    window.clearInterval(ticking);
    letSleep();
    look();
    const whole = new Blob(own.slices, { type: plain(type) });
    heard.src = URL.createObjectURL(whole);
    show("done");
    say("sending");
    fill(form, "lasted_seconds", String(seconds));
    fill(form, "waveform", JSON.stringify(waves(own.loud)));
    const upload = await sending.end(whole);
    if (upload) fill(form, "upload", upload);
    else asFile(whole);
    say(upload ? "ready" : "readyHere", ` ${clock(seconds)}`);
    box.dispatchEvent(new CustomEvent("recorded", { bubbles: true, detail: { blob: whole, upload, seconds } }));
    const next = /** @type {HTMLElement | null} */ (form.querySelector("textarea, [data-keep]"));
    if (next) next.focus();
  }

  /** Where the vault was not reached, the recording goes with the form, as a file would. @param {Blob} whole */
  function asFile(whole) {
    const field = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=file]"));
    if (!field) return;
    const carried = new DataTransfer();
    carried.items.add(new File([whole], "recording", { type: plain(type) }));
    field.files = carried.files;
  }

  function clearFile() {
    const field = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=file]"));
    if (field) field.value = "";
  }

  window.addEventListener("pagehide", () => {
    if (own.recorder && own.recorder.state !== "inactive") own.recorder.requestData();
  });
  window.addEventListener("beforeunload", (event) => {
    if (box.dataset.now === "on" || box.dataset.now === "paused") event.preventDefault();
  });
  for (const field of form.querySelectorAll("[data-only-without-recorder]")) /** @type {HTMLElement} */ (field).hidden = true;
  box.hidden = false;
  show("idle");
  offer().catch(() => {});
}

/** A quiet level: loudness five times a second, kept for the picture beside the recording. @param {MediaStream} microphone @param {HTMLMeterElement} meter @param {number[]} loud */
function listenTo(microphone, meter, loud) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(microphone).connect(analyser);
  const row = new Uint8Array(analyser.fftSize);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const timer = window.setInterval(() => {
    analyser.getByteTimeDomainData(row);
    const peak = row.reduce((most, value) => Math.max(most, Math.abs(value - 128)), 0);
    const level = Math.min(100, Math.round((peak / 128) * 140));
    loud.push(level);
    if (!still) meter.value = level;
  }, 200);
  return () => {
    window.clearInterval(timer);
    context.close().catch(() => {});
  };
}

/** So many steps that a picture needs, each the loudest of its stretch. @param {number[]} loud */
function waves(loud) {
  const each = Math.max(1, Math.ceil(loud.length / WAVES));
  const steps = [];
  for (let at = 0; at < loud.length; at += each) steps.push(Math.max(...loud.slice(at, at + each)));
  return steps;
}

/** @param {HTMLFormElement} form @param {string} name @param {string} value */
function fill(form, name, value) {
  const field = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name));
  if (field) field.value = value;
}

/** @param {string} type */
function plain(type) {
  return type.split(";")[0];
}

/** @param {number} seconds */
function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
