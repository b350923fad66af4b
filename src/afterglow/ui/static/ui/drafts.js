// Keeps a draft in the vault while the person types. The words never touch the browser's own storage.

const PAUSE_MS = 1200;

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    watch(/** @type {HTMLFormElement} */ (form));
  }
}

/** @param {HTMLFormElement} form */
function watch(form) {
  const state = form.querySelector("[data-draft-state]");
  let timer = 0;
  let sent = "";
  const keep = () => {
    const body = new FormData(form);
    body.set("_form", form.dataset.draft ?? "");
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    const now = new URLSearchParams(/** @type {any} */ (body)).toString();
    if (now === sent) return;
    fetch(form.dataset.draftUrl ?? "", { method: "POST", body, credentials: "same-origin", keepalive: now.length < 60000 })
      .then((reply) => {
        if (reply.ok) sent = now;
        if (state) state.textContent = (reply.ok ? form.dataset.draftKept : form.dataset.draftNotKept) ?? "";
      })
      .catch(() => {
        if (state) state.textContent = form.dataset.draftNotKept ?? "";
      });
  };
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, PAUSE_MS);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
}
