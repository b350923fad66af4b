"""A recording has an id of its own from its first second: however often and by whichever way it comes, it is one entry."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from afterglow.journal.documents import Entry
from afterglow.journal.services import snippet_of
from afterglow.vault.documents import Stored
from afterglow.vault.media import queries as files
from afterglow.vault.media import services as media
from afterglow.vault.open_vault import OpenVault


def kept_before(
    vault: OpenVault, recording: UUID | None, *, arrived: UUID | None = None
) -> Stored[Entry] | None:
    """The entry that holds it already: under its own id, or by what had arrived of it while it was spoken."""
    for stored in vault.heads(Entry):
        if stored.id == recording or (arrived is not None and arrived in stored.document.media):
            return vault.get(Entry, stored.id)
    return None


def join(
    vault: OpenVault, known: Stored[Entry], came: Iterable[UUID], *, text: str, seconds: int
) -> Stored[Entry]:
    """The same recording once more: the longest copy stays, and words that came with either."""
    came, before = tuple(came), known.document
    words = _both(before.text, text)
    changed = msgspec.structs.replace(
        before,
        media=_longest(vault, before.media, came),
        lasted_seconds=max(before.lasted_seconds, seconds),
        text=words,
        snippet=snippet_of(words or before.all_described),
    )
    if changed != before:
        vault.put(changed, record=known.id, base_rev=known.rev)
    media.remove_unused(vault, came, used=changed.media)
    return known


def _both(before: str, came: str) -> str:
    if came.strip() in before:
        return before
    return came if before.strip() in came else f"{before}\n\n{came}"


def _longest(
    vault: OpenVault, before: tuple[UUID, ...], came: tuple[UUID, ...]
) -> tuple[UUID, ...]:
    """A copy that broke off earlier gives its place to one that went on; it stays in the history of the entry."""
    longest = max(came, key=lambda each: _length(vault, each), default=None)
    sound = next((each for each in before if _is_sound(vault, each)), None)
    if longest is None or (sound is not None and _length(vault, longest) <= _length(vault, sound)):
        return before
    if sound is None:
        return (*before, longest)
    return tuple(longest if each == sound else each for each in before)


def _is_sound(vault: OpenVault, record: UUID) -> bool:
    found = files.media_or_none(vault, record)
    return found is not None and found.document.is_sound


def _length(vault: OpenVault, record: UUID) -> int:
    found = files.media_or_none(vault, record)
    return found.document.length if found is not None else 0
