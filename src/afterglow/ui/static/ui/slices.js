// A recording while it is made: each slice is kept in this browser at once, sealed under a key that cannot be taken out,
// so that a crash loses no more than the last few seconds. It goes as soon as the recording is kept or let go.
import * as store from "./store.js";
import { keep as keepSealed } from "./outbox.js";

const KEY = "recordings";
const LOCK = "afterglow-recordings";
const live = new Map();

/** @typedef {{ id: string, type: string, at: string, seconds: number, count: number, upload: string }} Facts */

/** A new recording; while this page lives, no other one offers it. @param {string} id @param {string} type */
export async function begin(id, type) {
  const facts = { id, type, at: new Date().toISOString(), seconds: 0, count: 0, upload: "" };
  await store.alone(LOCK, () => store.put("recordings", id, facts));
  navigator.locks?.request(`recording ${id}`, () => new Promise((resolve) => live.set(id, resolve)));
}

/** What has arrived of it in the vault is the same recording. @param {string} id @param {string} upload */
export async function arrivesAs(id, upload) {
  const facts = await store.get("recordings", id);
  if (facts) await store.put("recordings", id, { ...facts, upload });
}

/** Keeps one slice; answered when it is on the disk as far as the browser can tell. @param {string} id @param {Blob} slice @param {number} seconds */
export async function add(id, slice, seconds) {
  const facts = /** @type {Facts | undefined} */ (await store.get("recordings", id));
  if (!facts) return;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), await slice.arrayBuffer());
  await store.change(["recordings", "slices"], (open) => {
    open("slices").put({ iv, sealed }, name(id, facts.count));
    open("recordings").put({ ...facts, seconds, count: facts.count + 1 }, id);
  });
}

/** Recordings that broke off here, oldest first; those that still run elsewhere are left alone. @returns {Promise<Facts[]>} */
export async function unfinished() {
  const held = (await navigator.locks?.query())?.held ?? [];
  const running = new Set(held.map((lock) => lock.name));
  const all = /** @type {Facts[]} */ (await store.all("recordings"));
  const broken = all.filter((facts) => facts.count && !running.has(`recording ${facts.id}`));
  return broken.sort((one, other) => (one.at < other.at ? -1 : 1));
}

/** The recording as far as it was kept. @param {Facts} facts */
export async function whole(facts) {
  const key = await store.get("keys", KEY);
  const parts = [];
  for (let at = 0; at < facts.count; at += 1) {
    const { iv, sealed } = await store.get("slices", name(facts.id, at));
    parts.push(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed));
  }
  return new Blob(parts, { type: facts.type });
}

/** It is kept elsewhere, or not wanted. @param {string} id */
export async function drop(id) {
  const facts = /** @type {Facts | undefined} */ (await store.get("recordings", id));
  await store.change(["recordings", "slices"], (open) => {
    for (let at = 0; at < (facts?.count ?? 0); at += 1) open("slices").delete(name(id, at));
    open("recordings").delete(id);
  });
  live.get(id)?.();
  live.delete(id);
}

/** The page that says *kept* names what it kept, and what this browser has of that goes. @param {string} address */
export async function dropNamed(address) {
  const all = /** @type {Facts[]} */ (await store.all("recordings"));
  for (const facts of all) if (address.includes(facts.id)) await drop(facts.id);
}

/** At the lock: what broke off is sealed for its owner like everything else, and the key for slices goes. */
export function sealRecordings() {
  return store.alone(LOCK, sealEach);
}

async function sealEach() {
  /** @type {unknown} */
  let trouble = null;
  for (const facts of await unfinished()) await sealOne(facts).catch((error) => (trouble ??= error));
  if (!(await store.count("recordings"))) await store.drop("keys", KEY);
  if (trouble) throw trouble;
}

/** @param {Facts} facts */
async function sealOne(facts) {
  const media = [{ blob: await whole(facts), type: facts.type, name: "recording", seconds: facts.seconds }];
  // By its own id, and by what had arrived of it while it was spoken, it is known wherever else it was kept.
  const fields = /** @type {[string, string][]} */ ([["lasted_seconds", String(facts.seconds)], ["recording_id", facts.id], ["instead_of", facts.upload]]);
  await keepSealed("voice", fields, { media });
  await drop(facts.id);
}

const key = () => store.keyNamed(KEY);

/** @param {string} id @param {number} at */
function name(id, at) {
  return `${id} ${at}`;
}
