// The worker of this browser. It keeps pages without a word of a person and gives them when the program cannot be
// reached; personal pages are never kept. For a reminder it shows one fixed sentence. `KNOWN` comes from /sw.js.

const worker = /** @type {any} */ (self);
/** @type {{ version: string, files: string[], pages: string[], answers: [string, string][], start: string, away: string, files_under: string, leave: string, left: string, says: string }} */
const known = worker.KNOWN;
const CACHE = `afterglow-${known.version}`;
const LOOK = "/offline/look";
/** So a proxy answers for a program that it does not reach. */
const NOT_THERE = new Set([502, 503, 504]);
/** Every answer of the program carries this header; what stands before it says nothing of the kind. */
const OF_THE_PROGRAM = "Cross-Origin-Resource-Policy";
/** A page with a stand-in of its own is waited for this long; any other for as long as the browser waits. */
const LIMIT_MS = 5000;

worker.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(fetchAll().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(forgetEarlier().then(() => worker.clients.claim()));
});

worker.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data?.look) event.waitUntil(lookLike(event.data.look));
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== worker.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, address));
  else if (request.method === "GET" && address.pathname.startsWith(known.files_under)) event.respondWith(file(request));
});

worker.addEventListener("push", (/** @type {any} */ event) => {
  event.waitUntil(worker.registration.showNotification(known.says, { tag: "note", silent: true }));
});

worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(worker.clients.openWindow("/"));
});

async function fetchAll() {
  const cache = await caches.open(CACHE);
  await cache.addAll(known.files);
  await fetchPages(cache);
}

/** @param {Cache} cache */
async function fetchPages(cache) {
  await Promise.all(known.pages.map((page) => cache.add(new Request(page, { cache: "reload", redirect: "error" }))));
}

async function forgetEarlier() {
  const names = (await caches.keys()).filter((name) => name.startsWith("afterglow-") && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** When look, language or country were changed, the kept pages are fetched anew. @param {string} look */
async function lookLike(look) {
  const cache = await caches.open(CACHE);
  const before = await cache.match(LOOK);
  if (before && (await before.text()) === look) return;
  await fetchPages(cache);
  await cache.put(LOOK, new Response(look));
}

/** @param {Request} request */
async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

/** @param {Request} request @param {URL} address */
async function page(request, address) {
  const own = request.method === "GET" ? standIn(address.pathname) : undefined;
  try {
    return fromTheProgram(await (own ? withinLimit(fetch(request)) : fetch(request)));
  } catch {
    const kept = request.method === "POST" && address.pathname === known.leave ? known.left : own ?? known.away;
    return (await caches.match(kept)) ?? Response.error();
  }
}

/** What a proxy says of a program that has stopped is no page of it; the program's own trouble is shown. @param {Response} reply */
function fromTheProgram(reply) {
  if (NOT_THERE.has(reply.status) && !reply.headers.has(OF_THE_PROGRAM)) throw new Error("away");
  return reply;
}

/** @param {string} path */
function standIn(path) {
  if (path === "/") return known.start;
  if (known.pages.includes(path)) return path;
  return known.answers.find(([start]) => path.startsWith(start))?.[1];
}

/** @param {Promise<Response>} reply @returns {Promise<Response>} */
function withinLimit(reply) {
  return Promise.race([reply, new Promise((_, refuse) => setTimeout(() => refuse(new Error("away")), LIMIT_MS))]);
}
