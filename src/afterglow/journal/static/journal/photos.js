// Photos, one after the other or several at once: what was chosen is shown, each with a field for what is to be seen and a
// way to leave it out. What cannot be kept is said at once, and costs none of the others. The field for files holds them,
// so the form is sent as without this script.

const KINDS = new Set(["image/jpeg", "image/jpg", "image/png", "image/webp"]);

const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-photos]"));
if (box && canHold()) begin(box);

/** Whether this browser lets a script say what a field for files holds. */
function canHold() {
  try {
    return new DataTransfer().items !== undefined;
  } catch {
    return false;
  }
}

/** @typedef {{ file: File, row: HTMLElement }} Chosen @param {HTMLElement} box */
function begin(box) {
  const form = /** @type {HTMLFormElement} */ (box.closest("form"));
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input[name=photo]"));
  const list = /** @type {HTMLElement} */ (box.querySelector("[data-photos-list]"));
  const described = /** @type {HTMLTextAreaElement} */ (form.querySelector("[name=described]"));
  /** @type {Chosen[]} */
  let chosen = [];
  box.hidden = false;
  field.addEventListener("change", () => {
    const { taken, left } = sorted(box, chosen.map((each) => each.file), [...(field.files ?? [])]);
    chosen.push(...taken.map((file) => ({ file, row: newRow(box, file) })));
    list.append(...chosen.map((each) => each.row));
    remark(box, left);
    settle();
  });
  list.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (!button) return;
    const gone = chosen.find((each) => each.row.contains(button));
    chosen = chosen.filter((each) => each !== gone);
    if (gone) letGo(gone.row);
    settle();
    field.focus();
  });
  form.addEventListener("kept-here", () => {
    if (navigator.onLine) say(box, box.dataset.sending ?? "");
  });
  form.addEventListener("reset", () => {
    for (const each of chosen) letGo(each.row);
    chosen = [];
    remark(box, []);
    setTimeout(settle);
  });

  /** The field holds what is shown, and the words for one photo stand beside it. */
  function settle() {
    const held = new DataTransfer();
    for (const each of chosen) held.items.add(each.file);
    field.files = held.files;
    chosen.forEach((each, place) => number(box, each.row, place + 1));
    moveWords(described, chosen[0]?.row);
    const several = (box.dataset.several ?? "").replace("%d", String(chosen.length));
    say(box, chosen.length === 1 ? box.dataset.one ?? "" : chosen.length ? several : "");
  }
}

/** Which of the new files are taken, and for the others why not. @param {HTMLElement} box @param {File[]} known @param {File[]} files */
function sorted(box, known, files) {
  const taken = /** @type {File[]} */ ([]);
  const left = /** @type {string[]} */ ([]);
  const sum = () => [...known, ...taken].reduce((bytes, file) => bytes + file.size, 0);
  for (const file of files) {
    if (known.some((each) => isSame(each, file))) continue;
    const why = refusal(box, file);
    if (why) left.push(`${file.name}: ${box.dataset[why]}`);
    else if (known.length + taken.length >= Number(box.dataset.most)) left.push(box.dataset.many ?? "");
    else if (sum() + file.size > Number(box.dataset.mostBytes)) left.push(box.dataset.heavy ?? "");
    else taken.push(file);
  }
  return { taken, left: [...new Set(left)] };
}

/** @param {File} one @param {File} other */
function isSame(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}

/** A word for why a file would not be kept; a kind that the browser does not tell is left to the program. @param {HTMLElement} box @param {File} file */
function refusal(box, file) {
  if (!file.size) return "empty";
  if (/^image\/hei[cf]/.test(file.type) || /\.hei[cf]$/i.test(file.name)) return "heic";
  if (file.type.startsWith("video/")) return "video";
  if (file.type && !KINDS.has(file.type)) return "unknown";
  return file.size > Number(box.dataset.largestBytes) ? "tooLarge" : "";
}

/** @param {HTMLElement} box @param {File} file */
function newRow(box, file) {
  const template = /** @type {HTMLTemplateElement} */ (box.querySelector("template"));
  const row = /** @type {HTMLElement} */ (template.content.cloneNode(true).firstChild);
  const picture = /** @type {HTMLImageElement} */ (row.querySelector("img"));
  picture.src = URL.createObjectURL(file);
  return row;
}

/** @param {HTMLElement} row */
function letGo(row) {
  URL.revokeObjectURL(/** @type {HTMLImageElement} */ (row.querySelector("img")).src);
  row.remove();
}

/** @param {HTMLElement} box @param {HTMLElement} row @param {number} number */
function number(box, row, number) {
  const words = /** @type {HTMLTemplateElement} */ (box.querySelector("template")).content;
  const said = (/** @type {string | null | undefined} */ text) => (text ?? "").replace("%d", String(number));
  const label = /** @type {HTMLLabelElement} */ (row.querySelector("label"));
  const area = /** @type {HTMLTextAreaElement} */ (row.querySelector("textarea"));
  area.id = `seen-${number}`;
  label.htmlFor = area.id;
  label.textContent = said(words.querySelector("label")?.textContent);
  row.querySelector("button")?.setAttribute("aria-label", said(words.querySelector("button")?.getAttribute("aria-label")));
}

/** What was typed before a photo was chosen goes to the first. @param {HTMLTextAreaElement} described @param {HTMLElement | undefined} first */
function moveWords(described, first) {
  const area = /** @type {HTMLTextAreaElement | null | undefined} */ (first?.querySelector("textarea"));
  const place = /** @type {HTMLElement} */ (described.closest(".field"));
  place.hidden = Boolean(area);
  if (!area || !described.value) return;
  area.value = [described.value, area.value].filter(Boolean).join("\n");
  described.value = "";
}

/** @param {HTMLElement} box @param {string[]} lines */
function remark(box, lines) {
  const place = /** @type {HTMLElement} */ (box.querySelector("[data-photos-remark]"));
  place.textContent = lines.join(" ");
  place.hidden = !lines.length;
}

/** @param {HTMLElement} box @param {string} words */
function say(box, words) {
  /** @type {HTMLElement} */ (box.querySelector("[data-photos-state]")).textContent = words;
}
