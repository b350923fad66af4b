// Sends a recording, photo or drawing in pieces that are sealed as they arrive. Goes on after a break where it stopped.

const TRIES = 5;
const FIRST_PAUSE_MS = 400;

export class NotSent extends Error {
  /**
   * @param {"locked" | "refused" | "unreachable"} why
   * @param {string} sentence what the person may read, where the program has said it
   * @param {string} upload where a later try can go on, or nothing
   */
  constructor(why, sentence = "", upload = "") {
    super(sentence || why);
    this.why = why;
    this.sentence = sentence;
    this.upload = upload;
  }
}

/**
 * @param {Blob} blob
 * @param {{name?: string, type?: string, upload?: string, seconds?: number, waveform?: number[],
 *   onProgress?: (share: number) => void, onUpload?: (upload: string) => void, signal?: AbortSignal}} [options]
 * @returns {Promise<string>} the id of the kept media
 */
export async function sendMedia(blob, options = {}) {
  const { onProgress = () => {}, onUpload = () => {}, signal } = options;
  let upload = options.upload ?? "";
  let pieceBytes = 1048576;
  let kept = new Set();
  try {
    const state = upload ? await earlier(upload, signal) : null;
    if (state) {
      kept = new Set(state.kept);
    } else {
      const said = { name: options.name ?? "", type: options.type ?? blob.type, length: blob.size };
      const begun = await ask("/media/begin/", "POST", JSON.stringify(said), "application/json", signal);
      upload = begun.upload;
      pieceBytes = begun.piece_bytes;
      onUpload(upload);
    }
    const count = Math.ceil(blob.size / pieceBytes);
    for (let index = 0; index < count; index += 1) {
      if (!kept.has(index)) {
        const piece = blob.slice(index * pieceBytes, (index + 1) * pieceBytes);
        await ask(`/media/${upload}/${index}/`, "POST", piece, "application/octet-stream", signal);
      }
      onProgress((index + 1) / count);
    }
    const ending = JSON.stringify({ seconds: options.seconds ?? 0, waveform: options.waveform ?? [] });
    return (await ask(`/media/${upload}/finish/`, "POST", ending, "application/json", signal)).media;
  } catch (error) {
    if (error instanceof NotSent) error.upload = upload;
    throw error;
  }
}

/** @param {string} upload @param {AbortSignal} [signal] */
async function earlier(upload, signal) {
  try {
    return await ask(`/media/${upload}/state/`, "GET", null, "", signal);
  } catch (error) {
    // Forgotten meanwhile, or kept already: finishing tells which, and a new upload harms nothing.
    if (error instanceof NotSent && error.why === "refused") return null;
    throw error;
  }
}

/**
 * @param {string} address @param {string} method @param {BodyInit | null} body @param {string} type
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
async function ask(address, method, body, type, signal) {
  for (let attempt = 0; ; attempt += 1) {
    const reply = await tried(address, method, body, type, signal);
    if (reply && reply.ok) return reply.json();
    if (reply && reply.status === 423) throw new NotSent("locked");
    const lasting = reply && reply.status < 500 && reply.status !== 429;
    if (reply && (lasting || reply.status === 507)) throw await refusal(reply);
    if (attempt + 1 >= TRIES) throw new NotSent("unreachable");
    await pause(FIRST_PAUSE_MS * 2 ** attempt, signal);
  }
}

/**
 * @param {string} address @param {string} method @param {BodyInit | null} body @param {string} type
 * @param {AbortSignal} [signal]
 */
async function tried(address, method, body, type, signal) {
  /** @type {Record<string, string>} */
  const headers = method === "GET" ? {} : { "Content-Type": type, "X-CSRFToken": formKey() };
  try {
    return await fetch(address, { method, body, headers, signal, credentials: "same-origin", redirect: "error" });
  } catch (error) {
    if (signal?.aborted) throw error;
    return null;
  }
}

/** @param {Response} reply */
async function refusal(reply) {
  const said = await reply.json().catch(() => ({}));
  return new NotSent("refused", said.sentence ?? "");
}

function formKey() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field instanceof HTMLInputElement ? field.value : "";
}

/** @param {number} milliseconds @param {AbortSignal} [signal] */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = window.setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      window.clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
