"""What arrived and asks for the person, in lines that can be read: words as they were typed, numbers with their names."""

from django.utils.translation import gettext as _

from afterglow.companion.queries.severity import SEVERITY_WORDS
from afterglow.medicine.documents import TAKEN_AT
from afterglow.vault.outbox import Sent

# A field as short as this holds a choice, not words.
SHORTEST_WORDS = 3
NOTED_OF_A_SITTING = frozenset({"blood-pressure", "side-effect"})


def lines_of(sent: Sent) -> list[str]:
    """Everything a person typed, a line each."""
    match sent.kind:
        case "blood-pressure":
            return [line for taken in TAKEN_AT if (line := _reading(sent, *taken))]
        case "side-effect":
            return [_noticed(sent)]
    return [value for _name, value in sent.fields if len(value) > SHORTEST_WORDS]


def _reading(sent: Sent, taken: str, *names: str) -> str:
    high, low = (sent.text(name).strip() for name in names)
    if not (high or low):
        return ""
    numbers = {"high": high or "–", "low": low or "–"}
    if taken == "before":
        return _("Blood pressure before: %(high)s over %(low)s") % numbers
    return _("Blood pressure at 40 minutes: %(high)s over %(low)s") % numbers


def _noticed(sent: Sent) -> str:
    strengths = {str(severity): word for severity, word in SEVERITY_WORDS.items()}
    name, how = sent.text("name"), strengths.get(sent.text("severity"))
    return f"{name}: {how}" if how else name
