"""Photos of an entry: several at once, more of them later, each with words of its own, and one taken out again.

One photo that is refused never costs the others, or the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from afterglow.journal.documents import MOST_PHOTOS, Entry, Seen
from afterglow.journal.services import Kept, keep_entry, with_beginning
from afterglow.journal.services.making import Placed
from afterglow.vault.documents import Stored
from afterglow.vault.media import services as media
from afterglow.vault.media.kinds import PICTURES
from afterglow.vault.media.queries import media_or_none
from afterglow.vault.media.refusals import Refused
from afterglow.vault.open_vault import NotHere, OpenVault


class NothingLeft(Exception):
    """Without this photo nothing would be left of the entry."""


@dataclass(frozen=True, slots=True)
class Photo:
    """One that arrived: its upload, or why it could not be taken in; and what is to be seen in it."""

    upload: UUID | None
    words: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was kept of several photos, and for each of the others why it was not."""

    seen: tuple[Seen, ...]
    refused: tuple[str, ...]


def keep_photos(
    *,
    vault: OpenVault,
    photos: Sequence[Photo],
    placed: Placed,
    text: str = "",
    described: str = "",
) -> tuple[Stored[Entry], tuple[str, ...]]:
    """An entry with every photo that can be kept, and why the others were not. Raises Refused where none can."""
    with vault.together():
        taken = _taken_in(vault, photos, room=MOST_PHOTOS)
        if not taken.seen:
            raise Refused(taken.refused[0])
        described, seen = in_words(taken.seen, described)
        stored = keep_entry(
            vault=vault,
            text=text,
            kind_of="photo",
            media=[each.media for each in taken.seen],
            described=described,
            seen=seen,
            written=placed.written,
            sitting=placed.sitting,
            tender=placed.tender,
        )
    return stored, taken.refused


def describe_photos(
    *,
    vault: OpenVault,
    entry: UUID,
    words: Mapping[UUID, str],
    for_all: str,
    base_rev: int | None,
    draft: str | None = None,
) -> Kept:
    """What is to be seen in each, and in all of them, as it is said now. Raises NotHere."""
    before = vault.get(Entry, entry)
    changed = _saying(before.document, for_all, words)
    if changed != before.document:
        return vault.put(changed, record=entry, base_rev=base_rev, draft=draft)
    if draft:
        vault.drop_draft(draft)
    return before


def add_photos(
    *,
    vault: OpenVault,
    entry: UUID,
    photos: Sequence[Photo],
    base_rev: int | None,
    described: str = "",
) -> tuple[Kept, tuple[str, ...]]:
    """More photos beside those that are there, and why others were not kept.

    `described` speaks of the photo that is added, or of all of them. Raises NotHere, and Refused where none can be kept.
    """
    with vault.together():
        before = vault.get(Entry, entry).document
        taken = _taken_in(vault, photos, room=MOST_PHOTOS - photos_in(vault, before))
        if not taken.seen:
            raise Refused(taken.refused[0])
        kept = vault.put(wider(before, taken.seen, described), record=entry, base_rev=base_rev)
    return kept, taken.refused


def wider(entry: Entry, more: Iterable[Seen], described: str) -> Entry:
    """The entry with these photos, too; `described` speaks of the one that is added, or of all of them."""
    for_all, words = said_of(entry)
    new = {each.media: each.words for each in more}
    if len(new) == 1:
        new = {each: own or described for each, own in new.items()}
    elif described:
        for_all = "\n".join(filter(None, (for_all, described)))
    with_them = msgspec.structs.replace(entry, media=(*entry.media, *new))
    return _saying(with_them, for_all, {**words, **new})


def take_out(*, vault: OpenVault, entry: UUID, photo: UUID, base_rev: int | None) -> Kept:
    """The entry without one of its photos, which stays with the earlier version until that is cleared.

    Raises NotHere, and NothingLeft where it is all that the entry holds.
    """
    before = vault.get(Entry, entry).document
    if photo not in before.media:
        raise NotHere
    left = tuple(each for each in before.media if each != photo)
    if not left and not before.text.strip():
        raise NothingLeft
    for_all, words = said_of(before)
    narrower = msgspec.structs.replace(
        before,
        media=left,
        kind_of="entry" if before.kind_of == "photo" and not left else before.kind_of,
    )
    changed = _saying(narrower, for_all if left else "", words)
    return vault.put(changed, record=entry, base_rev=base_rev)


def photos_in(vault: OpenVault, entry: Entry) -> int:
    """How many pictures an entry holds."""
    known = (media_or_none(vault, each) for each in entry.media)
    return sum(1 for each in known if each is not None and each.document.is_picture)


def said_of(entry: Entry) -> tuple[str, dict[UUID, str]]:
    """The words for all pictures together, and those of each; of a single one they are its own."""
    if len(entry.media) == 1:
        return "", {entry.media[0]: entry.all_described}
    return entry.described, {each.media: each.words for each in entry.seen}


def in_words(seen: Sequence[Seen], for_all: str) -> tuple[str, tuple[Seen, ...]]:
    """How an entry holds them: of a single photo all words are those of the entry, of several each keeps its own."""
    if len(seen) == 1:
        return "\n".join(filter(None, (for_all, seen[0].words))), ()
    return for_all, tuple(each for each in seen if each.words)


def kept_query(refused: Iterable[str]) -> str:
    """What the page of the entry is told: that it was kept, and in one word for each why a photo was not."""
    return "?" + urlencode([("kept", "1"), *(("not", word) for word in refused)])


def _taken_in(vault: OpenVault, photos: Iterable[Photo], *, room: int) -> Taken:
    seen: list[Seen] = []
    refused: list[str] = []
    for photo in photos:
        try:
            kept = _finished(vault, photo, has_room=len(seen) < room)
        except Refused as error:
            refused.append(error.why)
        else:
            seen.append(Seen(media=kept, words=photo.words.strip()))
    return Taken(tuple(seen), tuple(refused))


def _finished(vault: OpenVault, photo: Photo, *, has_room: bool) -> UUID:
    """The photo as it is kept. Raises Refused."""
    if photo.upload is None:
        raise Refused(photo.refused or "not_readable")
    if not has_room:
        raise Refused("many_photos")
    return media.finish_upload(vault, photo.upload, wanted=PICTURES).id


def _saying(entry: Entry, for_all: str, words: Mapping[UUID, str]) -> Entry:
    """The same entry with these words for its pictures."""
    each = [Seen(media=one, words=words.get(one, "").strip()) for one in entry.media]
    described, seen = in_words(each, for_all.strip())
    return with_beginning(msgspec.structs.replace(entry, described=described, seen=seen))
