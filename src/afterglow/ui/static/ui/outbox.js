// The outbox: what is kept here is sealed at once to the person's inbox key, so this browser cannot read it back. It is
// sent when the program can be reached, each item once, and leaves this browser only after it has arrived.
import { bytes, canSeal, seal, utf8 } from "./hpke.js";
import * as store from "./store.js";

const PIECE_BYTES = 1048576;
const ROOM_BYTES = 2 * 1048576;
const TRY_MS = 20000;
const ARRIVED = new Set(["open", "sealed", "look", "remarks"]);
const SAYS_WHY = new Set(["too large", "refused", "other", "trouble"]);
/** What stands before a program that has stopped, such as a proxy, says so with these. */
export const NOT_THERE = new Set([502, 503, 504]);
/** Other tabs of this browser. */
export const tabs = new BroadcastChannel("afterglow-outbox");

/**
 * What became of a try to send. It arrived: open (in the vault), sealed (waits there), look (asks for the person
 * there), remarks (goes back to the form). It stays here: who (open first), other (another person is in), full,
 * too large, refused, trouble, away (not reached). Nothing to do: gone (another tab sent it).
 * @typedef {{ word: string, page?: string }} Outcome
 * @typedef {{ id: string, owner: string, kind: string, at: string, blob: ArrayBuffer, pieces: string[], state: string }} Item
 */

/** There is no room left in this browser; nothing was kept and nothing of the form is lost. */
export class NoRoom extends Error {}
/** Nobody has opened a vault in this browser yet, or it cannot seal. */
export class NoKey extends Error {}

/** Remembers to whom this browser may seal: the public half, as the open page names it. */
export async function rememberKey() {
  const { inboxKey, inboxOwner } = document.body.dataset;
  if (!inboxKey || !inboxOwner || !(await canSeal())) return;
  const known = await store.get("keys", "inbox");
  if (known?.key === inboxKey && known.owner === inboxOwner) return;
  await store.put("keys", "inbox", { key: inboxKey, owner: inboxOwner });
}

/** @returns {Promise<Inbox | undefined>} */
export function inbox() {
  return store.get("keys", "inbox");
}

/** From now on this browser seals for nobody. What waits in it stays. */
export function forgetKey() {
  return store.drop("keys", "inbox");
}

/**
 * Seals and keeps a form; gives its id. Raises NoRoom and NoKey.
 * @typedef {{ blob: Blob, type: string, name?: string, seconds?: number, waveform?: number[] }} Media
 * @typedef {{ key: string, owner: string }} Inbox
 * @param {string} kind @param {[string, string][]} fields @param {{ media?: Media[], whose?: Inbox }} [more]
 * @returns {Promise<string>}
 */
export async function keep(kind, fields, { media = [], whose } = {}) {
  const to = whose ?? (await inbox());
  if (!to) throw new NoKey();
  await askForRoom(media.reduce((sum, each) => sum + each.blob.size, 0) + fields.reduce((sum, [, text]) => sum + 3 * text.length, 0));
  const id = crypto.randomUUID();
  const at = new Date().toISOString();
  /** @param {string} item @param {Uint8Array} plaintext */
  const sealed = async (item, plaintext) => (await seal({ key: bytes(to.key), owner: to.owner, item, plaintext })).buffer;
  const pieces = [];
  const described = [];
  for (const each of media) {
    const cut = await cutUp(each.blob, sealed);
    pieces.push(...cut);
    const { blob, type, name = "", seconds = 0, waveform = [] } = each;
    described.push({ type, name, seconds, waveform, length: blob.size, pieces: cut.map((piece) => piece.id) });
  }
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const text = JSON.stringify({ v: 1, kind, at, zone, language: document.documentElement.lang, fields, media: described });
  const item = { id, owner: to.owner, kind, at, state: "waits", pieces: pieces.map((piece) => piece.id), blob: await sealed(id, utf8(text)) };
  await keepAll(item, pieces);
  announce();
  return id;
}

/** @param {Blob} blob @param {(item: string, plaintext: Uint8Array) => Promise<ArrayBufferLike>} sealed */
async function cutUp(blob, sealed) {
  const pieces = [];
  for (let start = 0; start < blob.size; start += PIECE_BYTES) {
    const id = crypto.randomUUID();
    const plaintext = new Uint8Array(await blob.slice(start, start + PIECE_BYTES).arrayBuffer());
    pieces.push({ id, blob: await sealed(id, plaintext) });
  }
  return pieces;
}

/** @param {any} item @param {{ id: string, blob: ArrayBufferLike }[]} pieces */
async function keepAll(item, pieces) {
  try {
    await store.change(["items", "pieces"], (open) => {
      for (const piece of pieces) open("pieces").put(piece.blob, piece.id);
      open("items").put(item, item.id);
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "QuotaExceededError") throw new NoRoom();
    throw error;
  }
}

/** Asks once that the browser does not clear its storage by itself; says beforehand when there is no room. @param {number} size */
async function askForRoom(size) {
  const storage = navigator.storage;
  if (!storage?.estimate) return;
  const { quota, usage } = await storage.estimate();
  if (quota !== undefined && quota - (usage ?? 0) < size + ROOM_BYTES) throw new NoRoom();
  if (!(await store.count("items")) && storage.persist) storage.persist().catch(() => {});
}

/** Everything that has not been sent, oldest first. @returns {Promise<Item[]>} */
export async function waiting() {
  const items = await store.all("items");
  return items.sort((one, other) => (one.at < other.at ? -1 : 1));
}

/** Send everything; only one tab at a time does. Gives what stopped it, or "open". @returns {Promise<string>} */
export async function sendAll() {
  if (!navigator.locks) return sendEach();
  return navigator.locks.request("afterglow-outbox", sendEach);
}

async function sendEach() {
  let last = "open";
  for (const item of await waiting()) {
    const { word } = await deliver(item, {});
    if (word === "away" || word === "who" || word === "full") return word;
    if (word !== "gone") last = word;
  }
  return last;
}

/**
 * Send one item now, from the form that is still on the screen.
 * @param {string} id @param {number} limitMs @returns {Promise<Outcome>}
 */
export async function sendOne(id, limitMs) {
  const signal = AbortSignal.timeout(limitMs);
  const send = async () => {
    const item = await store.get("items", id);
    return item ? deliver(item, { signal, fromForm: true }) : { word: "gone" };
  };
  if (!navigator.locks) return send();
  return navigator.locks.request("afterglow-outbox", { signal }, send).catch(() => ({ word: "away" }));
}

/** @param {Item} item @param {{ signal?: AbortSignal, fromForm?: boolean }} how @returns {Promise<Outcome>} */
async function deliver(item, { signal, fromForm }) {
  if (!(await store.get("items", item.id))) return { word: "gone" };
  for (const piece of item.pieces) {
    const blob = await store.get("pieces", piece);
    const sent = await post(blob, { ...names(item, piece), "X-Outbox-Part-Of": item.id }, signal);
    if (sent.word !== "sealed" && sent.word !== "open") return settle(item, sent, false);
  }
  const extra = /** @type {Record<string, string>} */ (fromForm ? { "X-Outbox-Form": "yes" } : {});
  return settle(item, await post(item.blob, { ...names(item, item.id), ...extra }, signal), true);
}

/** @param {Item} item @param {string} id */
const names = (item, id) => ({ "X-Outbox-Item": id, "X-Outbox-Owner": item.owner });

/** @param {Item} item @param {Outcome} outcome @param {boolean} whole @returns {Promise<Outcome>} */
async function settle(item, outcome, whole) {
  if (whole && ARRIVED.has(outcome.word)) await remove(item);
  else if (outcome.word !== item.state && SAYS_WHY.has(outcome.word)) {
    await store.put("items", item.id, { ...item, state: outcome.word });
  }
  announce();
  return outcome;
}

/** The sealed pieces of an item, in its order. @param {Item} item @returns {Promise<ArrayBuffer[]>} */
export function piecesOf(item) {
  return Promise.all(item.pieces.map((piece) => store.get("pieces", piece)));
}

/** Puts a saved copy back among what waits. @param {Item} item @param {ArrayBuffer[]} pieces */
export async function takeBack(item, pieces) {
  await keepAll(item, item.pieces.map((id, place) => ({ id, blob: pieces[place] })));
  announce();
}

/** Takes an item out, with its pieces. @param {Item} item */
export function remove(item) {
  return store.change(["items", "pieces"], (open) => {
    for (const piece of item.pieces) open("pieces").delete(piece);
    open("items").delete(item.id);
  });
}

/** @param {ArrayBuffer} blob @param {Record<string, string>} headers @param {AbortSignal} [signal] @returns {Promise<Outcome>} */
async function post(blob, headers, signal) {
  try {
    const reply = await fetch("/outbox/", {
      method: "POST",
      body: blob,
      headers: { ...headers, "Content-Type": "application/octet-stream" },
      credentials: "same-origin",
      redirect: "error",
      signal: signal ?? AbortSignal.timeout(TRY_MS),
    });
    if (NOT_THERE.has(reply.status)) return { word: "away" };
    const said = await reply.json().catch(() => ({ kept: "trouble" }));
    return { word: said.kept ?? "trouble", page: said.page };
  } catch {
    return { word: "away" };
  }
}

/** Lets the page, and other tabs, see that something changed. */
function announce() {
  document.dispatchEvent(new CustomEvent("outbox"));
  tabs.postMessage("changed");
}
