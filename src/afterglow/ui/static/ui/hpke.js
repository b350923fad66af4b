// Seals bytes to a person's public inbox key, exactly as the program does: HPKE base mode (RFC 9180) with X25519,
// HKDF-SHA256 and AES-256-GCM, bound to owner and item, padded. There is nothing here that opens.

const KEM = suite("KEM", [0x0020]);
const HPKE = suite("HPKE", [0x0020, 0x0001, 0x0002]);
const SUITE = "afterglow/1/aes-256-gcm/hkdf-sha256";
const SHORTEST_PADDED = 64;
const NONE = new Uint8Array();

/** Whether this browser can seal at all. */
export async function canSeal() {
  try {
    await crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]);
    return true;
  } catch {
    return false;
  }
}

/**
 * The sealed bytes: ephemeral public key (32), ciphertext, tag (16).
 * @param {{ key: Uint8Array, owner: string, item: string, plaintext: Uint8Array, ephemeral?: CryptoKeyPair }} what
 */
export async function seal({ key, owner, item, plaintext, ephemeral }) {
  const pair = ephemeral ?? /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]));
  const enc = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const receiver = await crypto.subtle.importKey("raw", buffer(key), { name: "X25519" }, false, []);
  const dh = new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: receiver }, pair.privateKey, 256));
  const eae = await extract(KEM, NONE, "eae_prk", dh);
  const shared = await expand(KEM, eae, "shared_secret", join(enc, key), 32);
  const info = bind("inbox", SUITE, uuid(owner), uuid(item));
  const context = join(new Uint8Array([0]), await extract(HPKE, NONE, "psk_id_hash", NONE), await extract(HPKE, NONE, "info_hash", info));
  const secret = await extract(HPKE, shared, "secret", NONE);
  const aead = await crypto.subtle.importKey("raw", buffer(await expand(HPKE, secret, "key", context, 32)), "AES-GCM", false, ["encrypt"]);
  const nonce = await expand(HPKE, secret, "base_nonce", context, 12);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: buffer(nonce) }, aead, buffer(pad(plaintext)));
  return join(enc, new Uint8Array(sealed));
}

/**
 * Length (4 bytes), plaintext, zeros up to the Padmé length, at least 64 bytes in all.
 * @param {Uint8Array} plaintext
 */
export function pad(plaintext) {
  const used = 4 + plaintext.length;
  const padded = new Uint8Array(paddedLength(used));
  new DataView(padded.buffer).setUint32(0, plaintext.length);
  padded.set(plaintext, 4);
  return padded;
}

/** @param {number} length */
export function paddedLength(length) {
  if (length <= SHORTEST_PADDED) return SHORTEST_PADDED;
  const exponent = bits(length) - 1;
  const step = 2 ** (exponent - bits(exponent));
  return Math.ceil(length / step) * step;
}

/** @param {number} whole */
function bits(whole) {
  return 32 - Math.clz32(whole);
}

/**
 * Each part with its type letter and length, so that two different tuples never give the same bytes.
 * @param {...(string | Uint8Array)} parts texts, or the 16 bytes of an id
 */
export function bind(...parts) {
  return join(
    ...parts.map((part) => {
      const raw = typeof part === "string" ? utf8(part) : part;
      const head = new Uint8Array(5);
      head[0] = (typeof part === "string" ? "s" : "u").charCodeAt(0);
      new DataView(head.buffer).setUint32(1, raw.length);
      return join(head, raw);
    }),
  );
}

/** @param {string} text */
export function utf8(text) {
  return new TextEncoder().encode(text);
}

/** @param {string} hex */
export function bytes(hex) {
  return new Uint8Array((hex.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));
}

/** @param {string} id */
function uuid(id) {
  return bytes(id.replaceAll("-", ""));
}

/** @param {string} name @param {number[]} ids */
function suite(name, ids) {
  return join(utf8(name), ...ids.map((id) => new Uint8Array([id >> 8, id & 255])));
}

/** @param {Uint8Array} id @param {Uint8Array} salt @param {string} label @param {Uint8Array} secret */
function extract(id, salt, label, secret) {
  return hmac(salt.length ? salt : new Uint8Array(32), join(utf8("HPKE-v1"), id, utf8(label), secret));
}

/** One block is enough for at most 32 bytes. @param {Uint8Array} id @param {Uint8Array} prk @param {string} label @param {Uint8Array} info @param {number} length */
async function expand(id, prk, label, info, length) {
  const labelled = join(new Uint8Array([0, length]), utf8("HPKE-v1"), id, utf8(label), info, new Uint8Array([1]));
  return (await hmac(prk, labelled)).slice(0, length);
}

/** @param {Uint8Array} key @param {Uint8Array} text */
async function hmac(key, text) {
  const imported = await crypto.subtle.importKey("raw", buffer(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, buffer(text)));
}

/** @param {...Uint8Array} parts */
function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** WebCrypto's types ask for a plain buffer. @param {Uint8Array} view */
function buffer(view) {
  return /** @type {ArrayBuffer} */ (view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}
