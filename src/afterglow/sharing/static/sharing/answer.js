// Goes into the empty page for an answer, after hpke.js: seals what was typed, and sends nothing.

/* global canSeal, seal, utf8, bytes */

const [words, button, said, out, to] = ["words", "seal", "said", "sealed", "to"].map((id) => document.getElementById(id));

button.addEventListener("click", async () => {
  if (!(await canSeal())) {
    said.textContent = said.dataset.cannot;
    return;
  }
  const item = crypto.randomUUID();
  const { owner, key, form } = to.dataset;
  const blob = await seal({ owner, key: bytes(key), item, plaintext: utf8(words.value) });
  out.value = `${form}:${item}:${btoa(String.fromCharCode(...blob))}`;
  said.textContent = said.dataset.sealed;
  out.focus();
  out.select();
});
