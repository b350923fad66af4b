// Keeps a draft while the person types: in the vault where it can be reached, else here under a key that cannot be
// taken out of this browser. Words are never stored here as words.
import * as store from "./store.js";
import { keep as keepSealed } from "./outbox.js";

const PAUSE_MS = 1200;
/** What keeps each form's draft now. @type {(() => Promise<void>)[]} */
const keepers = [];
/** Forms that hold words of this page's own. One that only stands open never writes over what was begun elsewhere. */
const touched = new WeakSet();

/** Keeps every draft that is not kept yet; before the page goes dark. */
export async function flushDrafts() {
  await Promise.all(keepers.map((keep) => keep()));
}

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    watch(/** @type {HTMLFormElement} */ (form));
    bringBack(/** @type {HTMLFormElement} */ (form)).catch(() => {});
  }
}

/** @param {HTMLFormElement} form */
function watch(form) {
  let timer = 0;
  let sent = "";
  const keep = async () => {
    const body = draftOf(form);
    const now = new URLSearchParams(/** @type {any} */ (body)).toString();
    if (!touched.has(form) || now === sent || form.dataset.kept) return;
    const there = await keepThere(form, body, now.length < 60000);
    if (form.dataset.kept) return;
    const kept = there || (await keepHere(form, body));
    if (kept) sent = now;
    if (there) await forgetDraft(form);
    const state = form.querySelector("[data-draft-state]");
    if (state) state.textContent = (kept ? form.dataset.draftKept : form.dataset.draftNotKept) ?? "";
  };
  form.addEventListener("input", () => {
    touched.add(form);
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, PAUSE_MS);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
  keepers.push(async () => {
    window.clearTimeout(timer);
    await keep();
  });
}

/** @param {HTMLFormElement} form */
function draftOf(form) {
  const body = new FormData(form);
  body.set("_form", form.dataset.draft ?? "");
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}

/** @param {HTMLFormElement} form @param {FormData} body @param {boolean} keepalive */
async function keepThere(form, body, keepalive) {
  if (!form.dataset.draftUrl) return false;
  try {
    const reply = await fetch(form.dataset.draftUrl, { method: "POST", body, credentials: "same-origin", keepalive });
    return reply.ok;
  } catch {
    return false;
  }
}

/** @param {HTMLFormElement} form @param {FormData} body */
async function keepHere(form, body) {
  try {
    body.delete("csrfmiddlewaretoken");
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify([...body]));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await deviceKey(), text);
    await store.put("drafts", form.dataset.draft ?? "", { iv, sealed });
    return true;
  } catch {
    return false;
  }
}

/** A key that this browser may use and never give away. @returns {Promise<CryptoKey>} */
async function deviceKey() {
  const known = await store.get("keys", "device");
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await store.put("keys", "device", made);
  return made;
}

/** @param {{ iv: Uint8Array<ArrayBuffer>, sealed: ArrayBuffer } | undefined} draft @returns {Promise<[string, string][]>} */
async function opened(draft) {
  const key = await store.get("keys", "device");
  if (!draft || !key) return [];
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: draft.iv }, key, draft.sealed);
  return JSON.parse(new TextDecoder().decode(text));
}

/** Puts back what was begun without connection: into an empty form at once, beside other words by one tap. @param {HTMLFormElement} form */
async function bringBack(form) {
  const fields = await opened(await store.get("drafts", form.dataset.draft ?? ""));
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLTextAreaElement) || !value.trim() || field.value.includes(value)) continue;
    field.value = field.value.trim() ? `${field.value}\n\n${value}` : value;
    touched.add(form);
    const state = form.querySelector("[data-draft-state]");
    if (state) state.textContent = form.dataset.draftBack ?? "";
  }
}

/** @param {HTMLFormElement} form */
export async function forgetDraft(form) {
  if (form.dataset.draft) await store.drop("drafts", form.dataset.draft).catch(() => {});
}

/** At the lock: what was begun here is sealed for its owner like everything else, and the key for drafts goes. */
export async function sealDrafts() {
  const key = await store.get("keys", "device");
  if (!key) return;
  for (const draft of await store.all("drafts")) {
    const fields = await opened(draft).catch(() => /** @type {[string, string][]} */ ([]));
    if (fields.some(([name, value]) => name !== "_form" && value.trim())) await keepSealed("draft", fields);
  }
  await store.change(["drafts", "keys"], (open) => {
    open("drafts").clear();
    open("keys").delete("device");
  });
}
