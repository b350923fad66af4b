// While what was shared gets new keys: asks again until all of it has them. Without this the page asks by itself.
// @ts-expect-error found by the browser: both folders stand under one address
import { lookAgain } from "../ui/look_again.js";

lookAgain("#left", 400, { goesOn: (/** @type {Element} */ here) => Boolean(here.querySelector("progress")) });
