// Forms that keep before they send. A form says `data-outbox="kind"`; what it holds is sealed and kept here first, then
// sent with a short limit of time, and only then the page goes on. Without a key everything is as without this script. One
// with `data-outbox-when-away` is sealed only where the program is not reached.
import * as outbox from "./outbox.js";
import { forgetDraft } from "./drafts.js";

const LIMIT_MS = 4000;
// Each file after the first takes its time on the way, and to be written anew.
const LIMIT_MS_EACH = 2500;
const NOT_SENT = new Set(["csrfmiddlewaretoken", "_form"]);
/** What is said of a thing that is kept here and did not go in; of any other, that it goes in by itself. @type {Record<string, string>} */
const SAID_OF = { who: "who", full: "full", other: "other", "too large": "tooLarge", refused: "refused", trouble: "trouble" };
const PHONE = /Mobi|Android|iPhone|iPad/;

export function keepForms() {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.dataset.outbox || form.dataset.plain) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    const submitter = /** @type {HTMLButtonElement | null} */ (event.submitter);
    keepThenSend(form, submitter).finally(() => delete form.dataset.busy);
  });
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement | null} submitter */
async function keepThenSend(form, submitter) {
  if ("outboxWhenAway" in form.dataset && (await wentPlainly(form, submitter))) return;
  const fields = fieldsOf(form, submitter);
  const needed = form.dataset.outboxNeeds;
  if (needed && !filesOf(form).length && !fields.some(([name, value]) => needed.split(" ").includes(name) && value.trim())) return asWithoutScript(form, submitter, "empty");
  const media = filesOf(form);
  const limit = LIMIT_MS + LIMIT_MS_EACH * Math.max(0, media.length - 1);
  let id = "";
  try {
    id = await outbox.keep(form.dataset.outbox ?? "", fields, { media });
  } catch (error) {
    return asWithoutScript(form, submitter, whyNotKept(error));
  }
  form.dataset.kept = "yes";
  form.dispatchEvent(new CustomEvent("kept-here"));
  const { word, page } = navigator.onLine ? await outbox.sendOne(id, limit) : { word: "away", page: "" };
  if (word === "remarks") {
    // It went back to the form, which holds it again.
    delete form.dataset.kept;
    return asWithoutScript(form, submitter, "remarks");
  }
  await forgetDraft(form);
  if (page) return location.assign(page);
  const { outboxThen } = form.dataset;
  if (word === "look" || (word === "gone" && !outboxThen)) return location.assign("/waiting-to-send/");
  // The way goes on as it would with a connection; the next page says that something waits.
  if (outboxThen) return location.assign(outboxThen);
  form.reset();
  delete form.dataset.kept;
  say(SAID_OF[word] ?? "kept", form);
}

/** @param {unknown} error */
function whyNotKept(error) {
  if (error instanceof outbox.NoRoom) return "noRoom";
  return error instanceof outbox.NoKey ? "noKey" : "notKept";
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement | null} submitter @returns {[string, string][]} */
function fieldsOf(form, submitter) {
  const fields = /** @type {[string, string][]} */ ([]);
  for (const [name, value] of new FormData(form, submitter)) {
    if (!NOT_SENT.has(name) && typeof value === "string") fields.push([name, value]);
  }
  return fields;
}

/** @param {HTMLFormElement} form */
function filesOf(form) {
  const files = [...new FormData(form)].flatMap(([, value]) => (value instanceof File && value.size ? [value] : []));
  const { seconds, waveform } = soundOf(form);
  return files.map((file) => ({ blob: file, type: file.type, name: file.name, seconds, waveform }));
}

/** What a recorder has written down about its sound. @param {HTMLFormElement} form */
function soundOf(form) {
  const said = new FormData(form);
  try {
    return { seconds: Number(said.get("lasted_seconds") ?? 0) || 0, waveform: JSON.parse(String(said.get("waveform") || "[]")) };
  } catch {
    return { seconds: 0, waveform: [] };
  }
}

/** The plain way, else only a word in place. @param {HTMLFormElement} form @param {HTMLButtonElement | null} submitter @param {string} word */
async function asWithoutScript(form, submitter, word) {
  if (!(await wentPlainly(form, submitter))) say(word, form);
}

/** Sends it as without this script, where the program is in reach: a page that goes nowhere takes along what was typed. @param {HTMLFormElement} form @param {HTMLButtonElement | null} submitter */
async function wentPlainly(form, submitter) {
  if (document.body.dataset.shell || !(await isInReach())) return false;
  form.dataset.plain = "yes";
  form.requestSubmit(submitter);
  // Back on this page, it keeps before it sends again.
  delete form.dataset.plain;
  return true;
}

/** Whether the program itself answers now: asked for something small that is never kept here. */
async function isInReach() {
  const small = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=manifest]"));
  if (!small || !navigator.onLine) return false;
  try {
    const reply = await fetch(small.href, { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(LIMIT_MS) });
    return !outbox.NOT_THERE.has(reply.status);
  } catch {
    return false;
  }
}

/** Says what is true, beside the form. @param {string} word @param {HTMLElement} form */
export function say(word, form) {
  const words = /** @type {HTMLElement | null} */ (document.querySelector("[data-outbox-words]"));
  if (!words) return;
  const place = word === "kept" && PHONE.test(navigator.userAgent) ? "keptPhone" : word;
  const line = words.cloneNode(false);
  /** @type {HTMLElement} */ (line).textContent = words.dataset[place] ?? "";
  /** @type {HTMLElement} */ (line).hidden = false;
  /** @type {HTMLElement} */ (line).removeAttribute("data-outbox-words");
  /** @type {HTMLElement} */ (line).dataset.outboxSaid = word;
  for (const earlier of document.querySelectorAll("[data-outbox-said]")) earlier.remove();
  for (const away of document.querySelectorAll("[data-away]")) /** @type {HTMLElement} */ (away).hidden = true;
  form.before(line);
  /** @type {HTMLElement} */ (line).focus();
}
