// Small kindnesses on top of pages that work without them: drafts, the zone, leaving by keyboard, keeping offline.
import { keepDrafts } from "./drafts.js";
import { leaveByKey } from "./leave.js";
import { lockByItself } from "./lock.js";
import { workOffline } from "./offline.js";
import { keepForms } from "./sealed_forms.js";
import { nameZone } from "./zone.js";

nameZone();
leaveByKey();
lockByItself();
keepForms();
keepDrafts();
workOffline().catch(() => {});

const errors = document.getElementById("form-errors");
if (errors) errors.focus();
