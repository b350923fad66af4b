// Switches on push for this device: asks the browser, and only after a tap. Without it the page says what is needed.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-push]"));
const state = /** @type {HTMLElement | null} */ (document.querySelector("[data-push-state]"));

if (form && state && "serviceWorker" in navigator && "PushManager" in window) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  button.hidden = false;
  state.textContent = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    switchOn(form).catch(() => {
      state.textContent = state.dataset.pushRefused ?? "";
    });
  });
}

/** @param {HTMLFormElement} form */
async function switchOn(form) {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("refused");
  await navigator.serviceWorker.register(form.dataset.pushWorker ?? "");
  const ready = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: form.dataset.pushKey ?? "" };
  const subscription = await ready.pushManager.subscribe(options);
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("endpoint"));
  field.value = subscription.endpoint;
  form.submit();
}
