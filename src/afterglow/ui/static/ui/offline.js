// Brings the pages that need no connection into this browser, sends what waits, and shows quietly how much does.
import { sealDrafts } from "./drafts.js";
import { makeUpForLock } from "./lock.js";
import * as outbox from "./outbox.js";
import { sealRecordings } from "./slices.js";

const AGAIN_MS = 30000;

export async function workOffline() {
  const inside = Boolean(document.body.dataset.inboxKey);
  if ((await makeUpForLock()) && inside) return location.replace(document.body.dataset.door ?? "/");
  const shell = Boolean(document.body.dataset.shell);
  await eachByItself(inside ? [outbox.rememberKey] : shell ? [sayForWhom] : [sayForWhom, sealRecordings, sealDrafts]);
  sendWhenPossible();
  await eachByItself([askBeforeSigningOut, showCount]);
  if (inside) await bringPages();
}

/** What fails here is tried again on the next page, and keeps nothing else back: what waits is sent in any case. @param {(() => Promise<void>)[]} steps */
async function eachByItself(steps) {
  for (const step of steps) await step().catch(() => {});
}

/** A kept page can keep nothing until somebody has opened here once; the door offers them only then. */
async function sayForWhom() {
  const known = Boolean(await outbox.inbox());
  const lines = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-no-key]:not([data-outbox-words]), [data-without-opening]"));
  for (const line of lines) line.hidden = known === line.hasAttribute("data-no-key");
}

/** The worker that answers without connection; it is told how pages look here, so that its own look the same. */
async function bringPages() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  const { theme } = document.documentElement.dataset;
  active?.postMessage({ look: `${theme} ${document.documentElement.lang} ${document.body.dataset.country ?? ""}` });
}

/** Signing out says what has not been sent, and only then forgets for whom this browser seals; what waits stays. */
async function askBeforeSigningOut() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-sign-out]"));
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // What was begun here is sealed while it is still known for whom.
    eachByItself([sealRecordings, sealDrafts, outbox.forgetKey]).then(() => form.submit());
  });
  const unsent = /** @type {HTMLElement} */ (document.querySelector("[data-unsent]"));
  unsent.hidden = !(await outbox.waiting()).length;
}

function sendWhenPossible() {
  const send = async () => {
    await makeUpForLock();
    if (navigator.onLine && (await outbox.waiting()).length) await outbox.sendAll();
  };
  send();
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") send();
  });
  window.setInterval(send, AGAIN_MS);
  document.addEventListener("outbox", showCount);
  outbox.tabs.addEventListener("message", showCount);
}

async function showCount() {
  const badge = /** @type {HTMLElement | null} */ (document.querySelector("[data-outbox-count]"));
  if (!badge) return;
  const { length } = await outbox.waiting();
  badge.hidden = !length;
  const link = /** @type {HTMLElement} */ (badge.querySelector("a"));
  link.textContent = ((length === 1 ? badge.dataset.one : badge.dataset.many) ?? "").replace("%d", String(length));
}
