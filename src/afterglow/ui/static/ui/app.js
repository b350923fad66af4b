// Small kindnesses on top of pages that work without them: drafts, the zone, leaving by keyboard.
import { keepDrafts } from "./drafts.js";
import { leaveByKey } from "./leave.js";
import { nameZone } from "./zone.js";

nameZone();
leaveByKey();
keepDrafts();

const errors = document.getElementById("form-errors");
if (errors) errors.focus();
