// The page of what waits in this browser: time and kind only, since this browser cannot read it either.
import * as outbox from "./outbox.js";

const MARK = "afterglow sealed item 1";
const READ_MS = 60000;
const ASKS = new Set(["too large", "refused", "other", "trouble"]);
const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-waiting-list]"));

if (list) {
  const state = /** @type {HTMLElement} */ (document.querySelector("[data-waiting-state]"));
  const here = /** @type {HTMLElement} */ (document.querySelector("[data-waiting-here]"));
  const now = /** @type {HTMLButtonElement} */ (document.querySelector("[data-waiting-send]"));
  const file = /** @type {HTMLInputElement} */ (document.querySelector("[data-waiting-file]"));
  here.hidden = false;
  /** @type {HTMLElement} */ (document.querySelector("[data-waiting-without]")).hidden = true;
  now.addEventListener("click", async () => {
    now.disabled = true;
    state.textContent = list.dataset.sending ?? "";
    const word = await outbox.sendAll();
    const left = (await outbox.waiting()).length;
    state.textContent = (left ? list.dataset[word] ?? list.dataset.away : list.dataset.sent) ?? "";
    now.disabled = false;
  });
  file.addEventListener("change", () => takeIn(file, state));
  document.addEventListener("outbox", () => show(list, now));
  outbox.tabs.addEventListener("message", () => show(list, now));
  show(list, now);
}

/** @param {HTMLElement} list @param {HTMLButtonElement} now */
async function show(list, now) {
  const items = await outbox.waiting();
  const none = /** @type {HTMLElement} */ (document.querySelector("[data-waiting-none]"));
  none.hidden = items.length > 0;
  now.hidden = !items.length;
  // What has not changed stays as it is, with the focus and a first tap that asks for a second.
  const shown = new Map([.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-item]"))].map((row) => [row.dataset.item, row]));
  const rows = items.map((item) => shown.get(named(item)) ?? row(list, item));
  for (const gone of [...list.children]) if (!rows.includes(/** @type {HTMLElement} */ (gone))) gone.remove();
  rows.forEach((row, at) => list.children[at] !== row && list.insertBefore(row, list.children[at] ?? null));
}

/** @param {outbox.Item} item */
const named = (item) => `${item.id} ${item.state}`;

/** @param {HTMLElement} list @param {outbox.Item} item */
function row(list, item) {
  const row = document.createElement("li");
  row.className = "card";
  row.dataset.item = named(item);
  const kinds = JSON.parse(list.dataset.kinds ?? "{}");
  const when = new Date(item.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  row.append(line("strong", kinds[item.kind] ?? kinds.other), line("p", when));
  if (!ASKS.has(item.state)) return row;
  row.append(line("p", list.dataset[item.state === "too large" ? "tooLarge" : item.state] ?? ""));
  const links = document.createElement("p");
  links.className = "links";
  links.append(button(list.dataset.save ?? "", () => save(item)), button(list.dataset.letGo ?? "", (asked) => letGo(list, item, asked)));
  row.append(links);
  return row;
}

/** @param {string} tag @param {string} words */
function line(tag, words) {
  const line = document.createElement(tag);
  line.textContent = words;
  return line;
}

/** @param {string} words @param {(button: HTMLButtonElement) => void} act */
function button(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.addEventListener("click", () => act(button));
  return button;
}

/** A sealed copy in a file, with its pieces; this very page takes it in again, here or on another device. @param {outbox.Item} item */
async function save(item) {
  const blobs = [item.blob, ...(await outbox.piecesOf(item))];
  const head = JSON.stringify({ ...item, blob: undefined, sizes: blobs.map((blob) => blob.byteLength) });
  const address = URL.createObjectURL(new Blob([`${MARK}\n`, head, "\n", ...blobs]));
  const link = document.createElement("a");
  link.href = address;
  link.download = `afterglow-${item.id.slice(0, 8)}.sealed`;
  link.click();
  // The browser may read it only after a question where to save it.
  window.setTimeout(() => URL.revokeObjectURL(address), READ_MS);
}

/** It goes only after a second tap on the same button. @param {HTMLElement} list @param {outbox.Item} item @param {HTMLButtonElement} asked */
async function letGo(list, item, asked) {
  if (asked.dataset.sure !== "yes") {
    asked.dataset.sure = "yes";
    asked.textContent = list.dataset.sure ?? "";
    return;
  }
  await outbox.remove(item);
  document.dispatchEvent(new CustomEvent("outbox"));
}

/** @param {HTMLInputElement} file @param {HTMLElement} state */
async function takeIn(file, state) {
  const chosen = file.files?.[0];
  if (!chosen) return;
  const whole = new Uint8Array(await chosen.arrayBuffer());
  const first = whole.indexOf(10);
  const second = whole.indexOf(10, first + 1);
  const text = new TextDecoder();
  try {
    if (text.decode(whole.slice(0, first)) !== MARK) throw new Error("another file");
    const { sizes, ...item } = JSON.parse(text.decode(whole.slice(first + 1, second)));
    let at = second + 1;
    const [blob, ...pieces] = sizes.map((/** @type {number} */ size) => whole.slice(at, (at += size)).buffer);
    await outbox.takeBack({ ...item, state: "waits", blob }, pieces);
    state.textContent = state.dataset.taken ?? "";
  } catch {
    state.textContent = state.dataset.notTaken ?? "";
  }
}
