// Passkeys: one tap, then the fingerprint, face or PIN of this device. Makes one, opens with one, or confirms with one.
// The secret for the vault key goes to the program and is kept nowhere in this browser.

const SECRET = 32;
// A passkey belongs to a name; an address of numbers has none.
const BY_NUMBER = /^[\d.]+$|:/;

for (const place of document.querySelectorAll("[data-passkey]")) offer(/** @type {HTMLElement} */ (place));

/** @param {HTMLElement} place */
function offer(place) {
  if (!window.PublicKeyCredential || !window.isSecureContext || BY_NUMBER.test(location.hostname)) return;
  place.hidden = false;
  for (const other of document.querySelectorAll("[data-passkey-missing]")) /** @type {HTMLElement} */ (other).hidden = true;
  // One main button a page: at the door that is now this one.
  if (place.dataset.passkey === "open") place.nextElementSibling?.querySelector(".main")?.classList.remove("main");
  const button = /** @type {HTMLButtonElement} */ (place.querySelector("button"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    say(place, "waits");
    await act(place).catch((error) => say(place, error instanceof Said ? error.word : "not"));
    button.disabled = false;
  });
}

/** Something to tell the person, by the name of its words. */
class Said extends Error {
  /** @param {string} word */
  constructor(word) {
    super(word);
    this.word = word;
  }
}

/** @param {HTMLElement} place */
async function act(place) {
  const options = await post(place.dataset.ask ?? "", null);
  if (place.dataset.passkey === "add") return make(place, options);
  const credential = await get(options);
  const reply = await post(place.dataset.answer ?? "", { ...answer(credential), next: place.dataset.next ?? "" });
  if (place.dataset.passkey === "open") return location.replace(reply.page);
  confirmed(place);
}

/** @param {HTMLElement} place @param {any} options */
async function make(place, options) {
  const credential = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({ publicKey: creation(options) }));
  const made = answer(credential);
  if (!made.secret && prfOf(credential)?.enabled) made.secret = await secretAfterwards(credential, options);
  const reply = await post(place.dataset.answer ?? "", made);
  if (reply.opens) return location.replace(reply.page);
  say(place, "noSecret");
  /** @type {HTMLElement} */ (place.querySelector(".buttons")).hidden = true;
}

/** Some devices give the secret only when asked once more. @param {PublicKeyCredential} credential @param {any} options */
async function secretAfterwards(credential, options) {
  const asked = await navigator.credentials
    .get({
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        rpId: options.rp.id,
        allowCredentials: [{ type: "public-key", id: credential.rawId }],
        userVerification: "required",
        extensions: evaluated(options.extensions),
      },
    })
    .catch(() => null);
  return asked ? answer(/** @type {PublicKeyCredential} */ (asked)).secret : "";
}

/** @param {any} options @returns {Promise<PublicKeyCredential>} */
async function get(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: options.allowCredentials.map(withId),
    extensions: evaluated(options.extensions),
  };
  return /** @type {PublicKeyCredential} */ (await navigator.credentials.get({ publicKey }));
}

/** @param {any} options @returns {PublicKeyCredentialCreationOptions} */
function creation(options) {
  return {
    ...options,
    challenge: bytes(options.challenge),
    user: withId(options.user),
    excludeCredentials: (options.excludeCredentials ?? []).map(withId),
    extensions: evaluated(options.extensions),
  };
}

/** @param {any} each */
const withId = (each) => ({ ...each, id: bytes(each.id) });

/** @param {any} extensions */
function evaluated(extensions) {
  const { eval: first, evalByCredential } = extensions.prf;
  /** @param {{ first: string }} salts */
  const read = (salts) => ({ first: bytes(salts.first) });
  const prf = /** @type {any} */ ({ eval: read(first) });
  if (evalByCredential) {
    prf.evalByCredential = Object.fromEntries(Object.entries(evalByCredential).map(([id, salts]) => [id, read(salts)]));
  }
  return { prf };
}

/** @param {PublicKeyCredential} credential @returns {any} */
const prfOf = (credential) => /** @type {any} */ (credential.getClientExtensionResults()).prf;

/** @param {PublicKeyCredential} credential */
function answer(credential) {
  const given = /** @type {any} */ (credential.response);
  const response = /** @type {Record<string, string>} */ ({});
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given[name]) response[name] = text(given[name]);
  }
  const first = prfOf(credential)?.results?.first;
  const secret = first && first.byteLength === SECRET ? text(first) : "";
  const id = text(credential.rawId);
  return { answer: { id, rawId: id, type: credential.type, response }, secret };
}

/** @param {string} address @param {any} body @returns {Promise<any>} */
async function post(address, body) {
  const key = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=csrfmiddlewaretoken]"));
  const reply = await fetch(address, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": key?.value ?? "" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Said("away");
  });
  const said = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Said(said.word === "counted back" ? "countedBack" : "not");
  return said;
}

/** @param {HTMLElement} place */
function confirmed(place) {
  say(place, "confirmed");
  /** @type {HTMLElement} */ (place.querySelector(".buttons")).hidden = true;
  const field = document.querySelector(`[name="${place.dataset.field}"]`)?.closest(".field");
  if (field) /** @type {HTMLElement} */ (field).hidden = true;
}

/** @param {HTMLElement} place @param {string} word */
function say(place, word) {
  const state = /** @type {HTMLElement} */ (place.querySelector("[data-passkey-state]"));
  state.textContent = place.dataset[word] ?? "";
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer} value */
function text(value) {
  const plain = String.fromCharCode(...new Uint8Array(value));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
