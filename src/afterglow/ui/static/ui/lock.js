// Locks the page as the person chose for this device: after so long without a touch or out of sight, or by the button.
// What was begun is kept first, then the page is empty; after opening the person is back where they were.
import { flushDrafts } from "./drafts.js";
import { keep } from "./outbox.js";
import { drop, get, put } from "./store.js";

const LOOK_MS = 2000;
const AGAIN_MS = 5000;
const FLUSH_MS = 4000;
const tabs = new BroadcastChannel("afterglow-lock");
let lastTouch = Date.now();
let lastSaid = Date.now();
let hiddenSince = 0;
let locking = false;

export function lockByItself() {
  const { lockSeconds } = document.body.dataset;
  if (!lockSeconds) return;
  const ms = Number(lockSeconds) * 1000;
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    document.addEventListener(kind, () => touched(ms), { passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", () => {
    hiddenSince = document.visibilityState === "hidden" ? Date.now() : 0;
    look(ms);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) sayHere();
  });
  window.setInterval(() => look(ms), Math.min(LOOK_MS, ms / 10));
  tabs.addEventListener("message", () => lockNow());
  document.addEventListener("submit", byButton, { capture: true });
}

/** @param {SubmitEvent} event */
function byButton(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.getAttribute("action") !== document.body.dataset.lock) return;
  event.preventDefault();
  event.stopPropagation();
  lockNow();
}

/** @param {number} ms */
function touched(ms) {
  look(ms);
  lastTouch = Date.now();
  if (Date.now() - lastSaid > Math.min(30000, ms / 6)) sayHere();
}

/** A device that slept wakes to a locked page, not to an open one. @param {number} ms */
function look(ms) {
  if (isBusy()) return touchedByItself(ms);
  const now = Date.now();
  if (now - lastTouch >= ms || (hiddenSince && now - hiddenSince >= ms)) lockNow();
}

/** Something that is being recorded or listened to is not idle. */
function isBusy() {
  if (document.querySelector('[data-recorder][data-now="on"], [data-recorder][data-now="paused"]')) return true;
  return [...document.querySelectorAll("audio, video")].some((each) => !(/** @type {HTMLMediaElement} */ (each).paused));
}

/** @param {number} ms */
function touchedByItself(ms) {
  lastTouch = Date.now();
  if (hiddenSince) hiddenSince = Date.now();
  if (Date.now() - lastSaid > Math.min(30000, ms / 6)) sayHere();
}

/** The program's own time to the lock begins anew too. If it has locked already, so does this page. */
async function sayHere() {
  lastSaid = Date.now();
  const reply = await post(document.body.dataset.stillHere ?? "", new FormData()).catch(() => null);
  if (reply?.status === 423) lockNow();
}

export async function lockNow() {
  if (locking) return;
  locking = true;
  hide();
  await Promise.race([flushDrafts(), pause(FLUSH_MS)]);
  const begun = formsBegun();
  if (!(await locked())) {
    if (await lockedWithoutConnection(begun)) return;
    while (!(await locked())) await pause(AGAIN_MS);
  }
  tabs.postMessage("locked");
  for (const [address, words] of begun) await post(address, words).catch(() => null);
  document.querySelector("main")?.replaceChildren();
  const here = location.search.includes("shown=") ? location.pathname : location.pathname + location.search;
  location.replace(`${document.body.dataset.door}?next=${encodeURIComponent(here)}`);
}

/** The program is not reached: what was begun is sealed here, the lock is made up for, and Help stays in reach. @param {[string, FormData][]} begun */
async function lockedWithoutConnection(begun) {
  if (!navigator.serviceWorker?.controller) return false;
  try {
    for (const [address, words] of begun) {
      words.delete("csrfmiddlewaretoken");
      const fields = /** @type {[string, string][]} */ ([["_path", new URL(address).pathname], ...words]);
      await keep("form", fields);
    }
    await put("keys", "lock", "pending");
  } catch {
    return false;
  }
  tabs.postMessage("locked");
  location.replace(document.body.dataset.withoutConnection ?? "/");
  return true;
}

/** Out of sight at once, whatever comes after. */
function hide() {
  document.title = "…";
  for (const each of document.body.children) /** @type {HTMLElement} */ (each).hidden = true;
  const line = document.createElement("p");
  line.className = "column";
  line.setAttribute("role", "status");
  line.textContent = document.body.dataset.locked ?? "";
  document.body.append(line);
}

/** What was typed into forms that have no draft. Sent to the shut door, it waits sealed behind it. @returns {[string, FormData][]} */
function formsBegun() {
  const forms = /** @type {HTMLFormElement[]} */ ([...document.querySelectorAll("main form[method=post]:not([data-draft])")]);
  return forms.filter(isBegun).map((form) => [form.action, withoutFiles(new FormData(form))]);
}

/** @param {HTMLFormElement} form */
function isBegun(form) {
  if (form.querySelector("[type=password]") || form.dataset.notKept) return false;
  const fields = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("textarea, input[type=text], input:not([type])")]);
  return fields.some((field) => field.value.trim() && field.value !== field.defaultValue);
}

/** @param {FormData} body */
function withoutFiles(body) {
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}

/** A lock that could not be said is said as soon as the program is reached. Gives whether it just was. */
export async function makeUpForLock() {
  if (!(await get("keys", "lock"))) return false;
  if (!(await locked())) return false;
  await drop("keys", "lock");
  return true;
}

/** Only the lock itself leads on to the door; trouble, there or in front of it, has locked nothing. */
async function locked() {
  const reply = await post(document.body.dataset.lock ?? "/lock/", new FormData()).catch(() => null);
  return reply?.type === "opaqueredirect";
}

/** @param {string} address @param {FormData} body */
function post(address, body) {
  const key = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=csrfmiddlewaretoken]"));
  body.set("csrfmiddlewaretoken", key?.value ?? "");
  return fetch(address, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
}

/** @param {number} ms */
const pause = (ms) => new Promise((done) => window.setTimeout(done, ms));
