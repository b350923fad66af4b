// Brings the pages that need no connection into this browser, sends what waits, and shows quietly how much does.
import { sealDrafts } from "./drafts.js";
import * as outbox from "./outbox.js";

const AGAIN_MS = 30000;

export async function workOffline() {
  const inside = Boolean(document.body.dataset.inboxKey);
  if (inside) {
    await outbox.rememberKey();
    await bringPages();
  }
  if (!inside && !document.body.dataset.shell) await sealDrafts();
  sendWhenPossible();
  await showCount();
}

/** The worker that answers without connection; it is told how pages look here, so that its own look the same. */
async function bringPages() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  const { theme } = document.documentElement.dataset;
  active?.postMessage({ look: `${theme} ${document.documentElement.lang} ${document.body.dataset.country ?? ""}` });
}

function sendWhenPossible() {
  const send = async () => {
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
  badge.textContent = ((length === 1 ? badge.dataset.one : badge.dataset.many) ?? "").replace("%d", String(length));
}
