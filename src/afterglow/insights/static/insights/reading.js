// While a long journal is read: brings the count up to date in place, and shows the page when all is found.
// Without this the page asks again by itself.
// @ts-expect-error found by the browser: both folders stand under one address
import { lookAgain } from "../ui/look_again.js";

lookAgain("#reading", 2000, { gone: () => location.reload() });
