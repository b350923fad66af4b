// Sends something that still grows to the vault, a piece at a time; the last piece is sent again as it grows.

const PIECE_BYTES = 1048576;

/** @param {string} known what was begun before and goes on, or nothing @param {(upload: string) => void} [begun] is told the id of a new one */
export function stream(known = "", begun = () => {}) {
  let upload = known;
  let closed = false;
  let sure = 0; // Pieces that are whole and have arrived.
  let size = 0; // How much of it has arrived.
  let failing = false;
  let working = Promise.resolve();
  let newest = /** @type {Blob | null} */ (null);

  /** @param {Blob} whole */
  async function send(whole) {
    if (!upload) {
      const said = JSON.stringify({ name: "recording", type: whole.type, length: null });
      upload = (await ask("/media/begin/", said, "application/json")).upload;
      begun(upload);
      if (closed) return letGo(upload);
    }
    for (let at = sure; at * PIECE_BYTES < whole.size; at += 1) {
      const piece = whole.slice(at * PIECE_BYTES, (at + 1) * PIECE_BYTES);
      await ask(`/media/${upload}/${at}/`, piece, "application/octet-stream");
      if (piece.size === PIECE_BYTES) sure = at + 1;
      size = at * PIECE_BYTES + piece.size;
    }
  }

  /** Only the newest state is worth sending; a failure waits for the next one. */
  function next() {
    const whole = newest;
    newest = null;
    if (!whole || closed) return;
    return send(whole).then(
      () => void (failing = false),
      () => void (failing = true),
    );
  }

  return {
    get failing() {
      return failing;
    },
    get upload() {
      return upload;
    },
    /** @param {Blob} whole */
    grow(whole) {
      newest = whole;
      working = working.then(next);
    },
    /** The upload's id where all of it has arrived, or nothing. @param {Blob} whole */
    async end(whole) {
      await working;
      newest = whole;
      await next();
      return !failing && size === whole.size ? upload : "";
    },
    /** Nothing more is sent: it is kept by another way, or not wanted. */
    close() {
      closed = true;
    },
  };
}

/** What has arrived so far is not wanted. @param {string} upload */
export function letGo(upload) {
  if (upload) ask(`/capture/unfinished/${upload}/let-go/`, "", "application/x-www-form-urlencoded").catch(() => {});
}

/** @param {string} address @param {BodyInit} body @param {string} type */
async function ask(address, body, type) {
  const key = document.querySelector("input[name=csrfmiddlewaretoken]");
  const reply = await fetch(address, {
    method: "POST",
    body,
    headers: { "Content-Type": type, "X-CSRFToken": key instanceof HTMLInputElement ? key.value : "" },
    credentials: "same-origin",
    signal: AbortSignal.timeout(20000),
  });
  if (!reply.ok) throw new Error(String(reply.status));
  return reply.headers.get("Content-Type")?.startsWith("application/json") ? reply.json() : {};
}
