"""Changes of mood and measures: keep a tap, keep answers with their score, keep a total from elsewhere."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from afterglow.core.days import Moment
from afterglow.core.instruments.loading import load_instrument
from afterglow.core.instruments.scoring import score
from afterglow.measures.documents import LEVELS, Answers, CheckIn
from afterglow.medicine.queries import held_until
from afterglow.medicine.services import HeldForNow
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.outbox import Received, Sent


def keep_check_in(
    *, vault: OpenVault, at: Moment, level: int, feelings: Sequence[str] = (), words: str = ""
) -> Stored[CheckIn]:
    """Keep how it is now. Raises ValueError for a level that is none of the five."""
    if level not in LEVELS:
        raise ValueError("a level is one of 1, 3, 5, 7, 9")
    return vault.put(CheckIn(at=at, level=level, feelings=tuple(feelings), words=words))


def keep_sent(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """A check-in that was tapped where this program could not be reached. Raises ValueError for no such level."""
    level, feelings = int(sent.text("level")), sent.every("feelings")
    if level not in LEVELS:
        raise ValueError("a level is one of 1, 3, 5, 7, 9")
    document = CheckIn(
        at=sent.written(), level=level, feelings=tuple(feelings), words=sent.text("words")
    )
    vault.put(document, record=item)
    return Received("measures:feelings", (item,))


def add_sent(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """Feelings and words beside a check-in. Raises ValueError and NotHere."""
    add_to_check_in(
        vault=vault,
        check_in=UUID(sent.text("check_in")),
        feelings=sent.every("feelings"),
        words=sent.text("words"),
    )
    return Received("companion:today")


def add_to_check_in(
    *, vault: OpenVault, check_in: UUID, feelings: Sequence[str], words: str
) -> None:
    """Feelings and a few words beside the level."""
    stored = vault.get(CheckIn, check_in)
    changed = msgspec.structs.replace(stored.document, feelings=tuple(feelings), words=words)
    vault.put(changed, record=check_in, base_rev=stored.rev)


def keep_answers(
    *,
    vault: OpenVault,
    at: Moment,
    instrument: str,
    answers: Sequence[int | None],
    draft: str | None = None,
) -> Stored[Answers]:
    """Score by the instrument's rules and keep. Raises ValueError naming the item, LookupError for no such one."""
    known = load_instrument(instrument)
    result = score(known, answers)
    document = Answers(
        at=at,
        instrument=known.id,
        version=known.version,
        answers=tuple(answers),
        total=result.total,
        band=result.band or "",
        missing=result.missing,
        prorated=result.prorated,
        item9=result.item9,
    )
    return vault.put(document, draft=draft)


def keep_total(
    *, vault: OpenVault, at: Moment, instrument: str, total: int, mode: str = "imported"
) -> Stored[Answers]:
    """A total taken elsewhere. Raises ValueError outside the instrument's range."""
    known = load_instrument(instrument)
    if not 0 <= total <= known.highest_total:
        raise ValueError(f"a total of {known.short_title} lies between 0 and {known.highest_total}")
    document = Answers(
        at=at,
        instrument=known.id,
        version=known.version,
        total=total,
        band=known.band_of_total(total).key,
        mode=mode,
    )
    return vault.put(document)


def remove(*, vault: OpenVault, record: UUID, now: Moment) -> None:
    """Raises NotHere, and HeldForNow within a day of a sitting."""
    until = held_until(vault, now)
    if until is not None:
        raise HeldForNow(until)
    vault.delete(record)
