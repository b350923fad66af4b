"""Where a document of an export belongs in this vault: most keep their id, a few have one place in every vault."""

from collections.abc import Callable
from uuid import UUID

from afterglow.accounts.documents import Preferences
from afterglow.accounts.queries import preferences_id
from afterglow.journal.documents import OwnKindness
from afterglow.journal.queries import own_kindness_id
from afterglow.plans.documents import PracticeNote, QuestionNote, Rhythm, SafetyPlan, Values
from afterglow.plans.queries import values_id
from afterglow.plans.queries.rhythm import note_id, rhythm_id
from afterglow.plans.queries.safety import safety_plan_id
from afterglow.sharing.partner.documents import CheckIns, HelpPartner
from afterglow.sharing.partner.queries.check_ins import check_ins_id
from afterglow.sharing.partner.queries.thread import help_partner_id
from afterglow.transfer.reading.found import Row
from afterglow.vault.open_vault import OpenVault

ONE_OF_THESE: dict[str, Callable[[OpenVault], UUID]] = {
    Preferences.kind: preferences_id,
    OwnKindness.kind: own_kindness_id,
    Values.kind: values_id,
    Rhythm.kind: rhythm_id,
    SafetyPlan.kind: safety_plan_id,
    HelpPartner.kind: help_partner_id,
}
# One note for each practice or question, which the note names in this field.
NOTES = {PracticeNote.kind: "practice", QuestionNote.kind: "question"}
PLACES = frozenset({*ONE_OF_THESE, *NOTES, CheckIns.kind})


def place_of(vault: OpenVault, row: Row) -> UUID:
    """The id under which this row is kept here."""
    if row.kind in ONE_OF_THESE:
        return ONE_OF_THESE[row.kind](vault)
    if row.kind in NOTES:
        return note_id(vault, str(row.fields[NOTES[row.kind]]))
    if row.kind == CheckIns.kind:
        other = UUID(str(row.fields["other"]))
        return check_ins_id(vault, other, asking=bool(row.fields["asking"]))
    return row.record
