// What this browser keeps for the program, in one small database: public keys, sealed items, drafts under a key that
// cannot be exported. Nothing in it can be read as words.

const NAME = "afterglow";
const STORES = ["keys", "items", "pieces", "drafts", "recordings", "slices"];
const VERSION = 2;
/** @type {Promise<IDBDatabase> | null} */
let opening = null;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const known = request.result.objectStoreNames;
      for (const store of STORES) if (!known.contains(store)) request.result.createObjectStore(store);
    };
    request.onsuccess = () => {
      request.result.onclose = () => (opening = null);
      request.result.onversionchange = () => {
        request.result.close();
        opening = null;
      };
      resolve(request.result);
    };
    request.onerror = () => {
      opening = null;
      reject(request.error);
    };
  });
  return opening;
}

/**
 * Several changes at once, answered only when they are on the disk as far as the browser can tell.
 * @param {string[]} stores @param {(open: (store: string) => IDBObjectStore) => void} change
 * @returns {Promise<void>}
 */
export async function change(stores, change) {
  const transaction = (await database()).transaction(stores, "readwrite", { durability: "strict" });
  const done = finished(transaction);
  change((store) => transaction.objectStore(store));
  transaction.commit();
  await done;
}

/** @param {string} store @param {string} name @param {any} value */
export const put = (store, name, value) => change([store], (open) => open(store).put(value, name));

/** @param {string} store @param {string} name */
export const drop = (store, name) => change([store], (open) => open(store).delete(name));

/** @param {string} store @param {string} name @returns {Promise<any>} */
export async function get(store, name) {
  return answer((await database()).transaction(store).objectStore(store).get(name));
}

/** @param {string} store @returns {Promise<any[]>} */
export async function all(store) {
  return answer((await database()).transaction(store).objectStore(store).getAll());
}

/** @param {string} store @returns {Promise<number>} */
export async function count(store) {
  return answer((await database()).transaction(store).objectStore(store).count());
}

/**
 * A key that this browser may use and never give away. It is made once, however many ask at the same time.
 * @param {string} name @returns {Promise<CryptoKey>}
 */
export async function keyNamed(name) {
  const known = await get("keys", name);
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const transaction = (await database()).transaction("keys", "readwrite", { durability: "strict" });
  const keys = transaction.objectStore("keys");
  let kept = /** @type {CryptoKey} */ (made);
  const first = keys.get(name);
  first.onsuccess = () => {
    if (first.result) kept = first.result;
    else keys.put(made, name);
  };
  await finished(transaction);
  return kept;
}

/** @param {string} store @returns {Promise<[string, any][]>} */
export async function named(store) {
  const open = (await database()).transaction(store).objectStore(store);
  const [names, values] = await Promise.all([answer(open.getAllKeys()), answer(open.getAll())]);
  return names.map((/** @type {string} */ name, /** @type {number} */ at) => [name, values[at]]);
}

/**
 * One tab after the other, since every tab reaches the door at the lock while something may begin in one of them.
 * @template T @param {string} lock @param {() => Promise<T>} work @returns {Promise<T>}
 */
export function alone(lock, work) {
  return navigator.locks ? navigator.locks.request(lock, work) : work();
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function finished(transaction) {
  return new Promise((resolve, reject) => {
    // Not on error: why it fails, such as no room, stands in the transaction only once it has been given up.
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("not kept", "AbortError"));
  });
}

/** @param {IDBRequest} request @returns {Promise<any>} */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
