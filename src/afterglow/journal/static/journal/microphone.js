// Takes sound in: slices as they come, how loud it is, and how long it was really recorded. Leaves out what becomes of it.

const TYPES = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg;codecs=opus", "audio/webm"];
const SLICE_MS = 3000;
const LEVEL_MS = 200;
const BITS_PER_SECOND = 48000;
const WAVES = 200;

/** The first kind that this browser can record, or nothing. */
export function typeHere() {
  if (typeof MediaRecorder === "undefined" || !navigator.mediaDevices?.getUserMedia) return "";
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? "";
}

/** Asks for the microphone; null where it is not allowed, or there is none. @returns {Promise<MediaStream | null>} */
export async function askForMicrophone() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    return null;
  }
}

/**
 * Records from now on.
 * @typedef {ReturnType<typeof takeIn>} Taking
 * @param {MediaStream} microphone @param {string} type @param {(slice: Blob) => void} slice
 * @param {() => void} ended @param {(level: number) => void} level
 */
export function takeIn(microphone, type, slice, ended, level) {
  const made = new MediaRecorder(microphone, { mimeType: type, audioBitsPerSecond: BITS_PER_SECOND });
  const time = stopwatch();
  const deaf = listenTo(microphone, level);
  made.addEventListener("dataavailable", (event) => {
    if (event.data.size) slice(event.data);
  });
  made.addEventListener("stop", () => {
    time.pause();
    deaf();
    for (const track of microphone.getTracks()) track.stop();
    ended();
  });
  made.start(SLICE_MS);
  return {
    seconds: time.seconds,
    runs: () => made.state === "recording",
    pause() {
      made.pause();
      time.pause();
    },
    goOn() {
      made.resume();
      time.goOn();
    },
    end: () => made.state !== "inactive" && made.stop(),
    /** What is there so far comes now. */
    hurry: () => made.state !== "inactive" && made.requestData(),
  };
}

/** Reads the clock: a page out of sight ticks seldom, and counted ticks would make a recording shorter than it is. */
function stopwatch() {
  let before = 0;
  let since = performance.now();
  let runs = true;
  const passed = () => before + (runs ? performance.now() - since : 0);
  return {
    seconds: () => Math.floor(passed() / 1000),
    pause() {
      before = passed();
      runs = false;
    },
    goOn() {
      since = performance.now();
      runs = true;
    },
  };
}

/** Loudness from 0 to 100, five times a second. @param {MediaStream} microphone @param {(level: number) => void} level */
function listenTo(microphone, level) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(microphone).connect(analyser);
  const row = new Uint8Array(analyser.fftSize);
  const timer = window.setInterval(() => {
    analyser.getByteTimeDomainData(row);
    const peak = row.reduce((most, value) => Math.max(most, Math.abs(value - 128)), 0);
    level(Math.min(100, Math.round((peak / 128) * 140)));
  }, LEVEL_MS);
  return () => {
    window.clearInterval(timer);
    context.close().catch(() => {});
  };
}

/** So many steps that a picture needs, each the loudest of its stretch. @param {number[]} loud */
export function waves(loud) {
  const each = Math.max(1, Math.ceil(loud.length / WAVES));
  const steps = [];
  for (let at = 0; at < loud.length; at += each) steps.push(Math.max(...loud.slice(at, at + each)));
  return steps;
}
