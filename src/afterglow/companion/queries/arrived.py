"""What arrived and asks for the person, in lines that can be read: words as they were typed, numbers with their names."""

from django.utils.translation import gettext as _

from afterglow.companion.queries.severity import SEVERITY_WORDS
from afterglow.medicine.documents import TAKEN_AT
from afterglow.vault.outbox import Sent

# Where a person's own words stand, however few they are.
OWN_WORDS = frozenset(
    {"text", "title", "artist", "link", "described", "seen", "words", "name", "tags"}
)
# What a page says beside them, for this program only.
NOT_WORDS = frozenset(
    {
        "base_rev",
        "check_in",
        "day",
        "entry",
        "exercise",
        "from_images",
        "instead_of",
        "kind_of",
        "lasted_seconds",
        "level",
        "question",
        "severity",
        "sitting",
        "strokes",
        "tender",
        "thing",
        "upload",
        "waveform",
    }
)
# In a field that is not known here, as of a newer page, so little is a choice.
SHORTEST_WORDS = 3
NOTED_OF_A_SITTING = frozenset({"blood-pressure", "side-effect"})


def lines_of(sent: Sent) -> list[str]:
    """Everything a person typed, a line each."""
    match sent.kind:
        case "blood-pressure":
            return [line for taken in TAKEN_AT if (line := _reading(sent, *taken))]
        case "side-effect":
            return [_noticed(sent)]
    return [value for name, value in sent.fields if _is_words(name, value)]


def _is_words(name: str, value: str) -> bool:
    if name in OWN_WORDS:
        return bool(value.strip())
    return name not in NOT_WORDS and name[:1] != "_" and len(value) > SHORTEST_WORDS


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
