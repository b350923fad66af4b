// Keeps a draft while the person types: in the vault where it can be reached, else here under a key that cannot be
// taken out of this browser. Words are never stored here as words.
import * as store from "./store.js";
import { inbox, keep as keepSealed } from "./outbox.js";

const PAUSE_MS = 1200;
const KEY = "device";
const LOCK = "afterglow-drafts";
const TYPED = new Set(["text", "search", "url", "number"]);
/** @typedef {{ iv: Uint8Array<ArrayBuffer>, sealed: ArrayBuffer, whose?: { key: string, owner: string } }} Draft */
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
  form.addEventListener("reset", () => {
    window.clearTimeout(timer);
    touched.delete(form);
  });
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
    const whose = await whoIsHere();
    const text = new TextEncoder().encode(JSON.stringify([...body]));
    await store.alone(LOCK, async () => {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await store.keyNamed(KEY), text);
      await store.put("drafts", nameOf(form, whose), { iv, sealed, whose });
    });
    return true;
  } catch {
    return false;
  }
}

/** Who is in, else for whom this browser keeps. Several people may share it, and each finds their own again. */
async function whoIsHere() {
  const { inboxKey: key, inboxOwner: owner } = document.body.dataset;
  return key && owner ? { key, owner } : inbox();
}

/** @param {HTMLFormElement} form @param {{ owner: string } | undefined} whose */
function nameOf(form, whose) {
  const name = form.dataset.draft ?? "";
  return whose ? `${whose.owner} ${name}` : name;
}

/** @param {Draft | undefined} draft @returns {Promise<[string, string][]>} */
async function opened(draft) {
  const key = await store.get("keys", KEY);
  if (!draft || !key) return [];
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: draft.iv }, key, draft.sealed);
  return JSON.parse(new TextDecoder().decode(text));
}

/** Puts back what was begun without connection: into an empty form, or after the words that stand there. @param {HTMLFormElement} form */
async function bringBack(form) {
  for (const name of await namesOf(form)) {
    for (const [field, value] of await opened(await store.get("drafts", name))) {
      if (!value.trim() || !putBack(form.elements.namedItem(field), value)) continue;
      touched.add(form);
      const state = form.querySelector("[data-draft-state]");
      if (state) state.textContent = form.dataset.draftBack ?? "";
    }
  }
}

/** Where this person's draft of a form lies; an earlier version kept it under the form's name alone. @param {HTMLFormElement} form */
async function namesOf(form) {
  return new Set([nameOf(form, undefined), nameOf(form, await whoIsHere())]);
}

/** Whether anything came back. What a script of its own shows, such as strokes, is put back by that script. @param {Element | RadioNodeList | null} field @param {string} value */
function putBack(field, value) {
  if (field instanceof HTMLTextAreaElement) {
    if (field.value.includes(value)) return false;
    field.value = field.value.trim() ? `${field.value}\n\n${value}` : value;
    return true;
  }
  if (!(field instanceof HTMLInputElement)) return false;
  if (field.type === "hidden") return !field.dispatchEvent(new CustomEvent("draft-back", { detail: value, cancelable: true }));
  if (field.type === "checkbox") return field.value === value && !field.checked && (field.checked = true);
  if (!TYPED.has(field.type) || field.value.includes(value)) return false;
  field.value = field.value && field.type !== "number" ? `${field.value} ${value}` : value;
  return true;
}

/** @param {HTMLFormElement} form */
export async function forgetDraft(form) {
  if (!form.dataset.draft) return;
  for (const name of await namesOf(form)) await store.drop("drafts", name).catch(() => {});
}

/** At the lock: what was begun here is sealed for its owner like everything else, and the key for drafts goes. */
export function sealDrafts() {
  return store.alone(LOCK, sealEach);
}

async function sealEach() {
  if (!(await store.get("keys", KEY))) return;
  for (const [name, draft] of /** @type {[string, Draft][]} */ (await store.named("drafts"))) {
    const fields = await opened(draft).catch(() => /** @type {[string, string][]} */ ([]));
    if (fields.some(([name, value]) => name !== "_form" && value.trim())) await keepSealed("draft", fields, { whose: draft.whose });
    await store.drop("drafts", name);
  }
  await store.drop("keys", KEY);
}
