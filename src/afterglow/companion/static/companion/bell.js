// A soft bell, made by the browser itself. It sounds only after a tap, at the volume that was chosen.

const LONG_SECONDS = 4;
/** Partials of a small bowl: ratio to its note, and how loud. */
const PARTIALS = [[1, 1], [2.01, 0.4], [3.9, 0.12]];
const NOTE_HZ = 396;

/** @type {AudioContext | null} */
let sound = null;

/**
 * Ring in some seconds from now; call it in answer to a tap.
 * @param {number} volume 0 to 1; 0 makes no sound at all
 * @param {number} inSeconds
 * @returns {() => void} takes the bell back, also while it rings
 */
export function ring(volume, inSeconds = 0) {
  if (volume <= 0) return () => {};
  sound ??= new AudioContext();
  void sound.resume();
  const context = sound;
  const at = context.currentTime + inSeconds;
  const out = context.createGain();
  out.gain.value = 0.25 * volume * volume;
  out.connect(context.destination);
  for (const [ratio, loudness] of PARTIALS) partial(context, out, at, NOTE_HZ * (ratio ?? 1), loudness ?? 0);
  return () => out.disconnect();
}

/**
 * @param {AudioContext} context
 * @param {AudioNode} out
 * @param {number} at
 * @param {number} hz
 * @param {number} loudness
 */
function partial(context, out, at, hz, loudness) {
  const tone = context.createOscillator();
  const shape = context.createGain();
  tone.frequency.value = hz;
  shape.gain.setValueAtTime(0.0001, at);
  shape.gain.exponentialRampToValueAtTime(loudness, at + 0.04);
  shape.gain.exponentialRampToValueAtTime(0.0001, at + LONG_SECONDS);
  tone.connect(shape).connect(out);
  tone.start(at);
  tone.stop(at + LONG_SECONDS);
}
