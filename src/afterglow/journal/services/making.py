"""Keeping what was made: recordings, drawings, photos, and the few words beside them. Knows no request."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from afterglow.core.days import Moment
from afterglow.core.drawing import pictures, strokes
from afterglow.journal.documents import Entry, Listened
from afterglow.journal.services import Kept, keep_entry, snippet_of
from afterglow.journal.services.recordings import join, kept_before
from afterglow.medicine.queries import held_until
from afterglow.vault.documents import Stored
from afterglow.vault.media import services as media
from afterglow.vault.media.kinds import SOUNDS, STROKES
from afterglow.vault.open_vault import OpenVault


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """Where a made thing belongs."""

    written: Moment
    sitting: UUID | None = None
    tender: bool = False


def keep_recording(
    *,
    vault: OpenVault,
    upload: UUID | None,
    placed: Placed,
    recording: UUID | None = None,
    arrived: UUID | None = None,
    kind_of: str = "voice",
    text: str = "",
    listened: Listened | None = None,
    lasted_seconds: int = 0,
    waveform: Sequence[int] = (),
) -> Stored[Entry]:
    """A voice note, or music: the recording and the words in one transaction. Raises Refused and NotHere.

    `recording` is the id that the recording got where it was made: under it, it is one entry however often it comes.
    `arrived` is what had been streamed of it.
    """
    with vault.together():
        kept: list[UUID] = []
        if upload is not None:
            stored = media.finish_upload(
                vault, upload, seconds=float(lasted_seconds), waveform=waveform, wanted=SOUNDS
            )
            kept.append(stored.id)
        known = kept_before(vault, recording, arrived=arrived or upload) if kept else None
        if kept and arrived is not None:
            media.drop_upload(vault, arrived)
        if known is not None:
            return join(vault, known, kept, text=text, seconds=lasted_seconds)
        return keep_entry(
            vault=vault,
            record=recording if kept else None,
            text=text,
            kind_of=kind_of,
            media=kept,
            lasted_seconds=lasted_seconds,
            listened=listened,
            **_place(placed),
        )


def keep_drawing(
    *,
    vault: OpenVault,
    drawing: strokes.Strokes | None,
    placed: Placed,
    text: str = "",
    described: str = "",
    draft: str | None = None,
) -> Stored[Entry]:
    """Its picture and its strokes, or only the description. Raises Refused."""
    with vault.together():
        return keep_entry(
            vault=vault,
            text=text,
            described=described,
            kind_of="drawing",
            media=kept_drawing(vault, drawing),
            draft=draft,
            **_place(placed),
        )


def draw_on(
    *,
    vault: OpenVault,
    entry: UUID,
    drawing: strokes.Strokes | None,
    placed: Placed,
    text: str,
    described: str,
    base_rev: int | None,
    draft: str | None = None,
) -> Kept:
    """A drawing that was taken up again; the picture before stays with its revision. Raises NotHere, Refused."""
    with vault.together():
        before = vault.get(Entry, entry).document
        changed = msgspec.structs.replace(
            before,
            written=placed.written,
            sitting=placed.sitting,
            tender=placed.tender,
            text=text,
            described=described,
            snippet=snippet_of(text or described),
            media=kept_drawing(vault, drawing) or before.media,
        )
        return vault.put(changed, record=entry, base_rev=base_rev, draft=draft)


def keep_movement(
    *, vault: OpenVault, placed: Placed, text: str, minutes: int | None
) -> Stored[Entry]:
    return keep_entry(
        vault=vault,
        text=text,
        kind_of="movement",
        lasted_seconds=60 * (minutes or 0),
        **_place(placed),
    )


def keep_poem(*, vault: OpenVault, placed: Placed, text: str, title: str) -> Stored[Entry]:
    return keep_entry(vault=vault, text=text, title=title.strip(), kind_of="poem", **_place(placed))


def add_words(*, vault: OpenVault, entry: UUID, text: str) -> Kept:
    """Words that came later, beside a recording. Raises NotHere."""
    before = vault.get(Entry, entry)
    changed = msgspec.structs.replace(before.document, text=text, snippet=snippet_of(text))
    return vault.put(changed, record=entry, base_rev=before.rev)


def let_go(*, vault: OpenVault, upload: UUID, now: Moment) -> None:
    """A recording that broke off and is not wanted; within a day of a sitting it stays, and is offered again. Raises NotHere."""
    media.facts_of(vault, upload)
    if held_until(vault, now) is None:
        media.drop_upload(vault, upload)


def kept_drawing(vault: OpenVault, drawing: strokes.Strokes | None) -> tuple[UUID, ...]:
    """The picture first, for every list; then the strokes, for going on with it."""
    if drawing is None:
        return ()
    picture = media.keep_media(
        vault, pictures.as_png(drawing), name="drawing.png", content_type="image/png"
    )
    kept = media.keep_media(
        vault,
        strokes.written(drawing),
        name="drawing.json",
        content_type=STROKES,
        made_from=None,
    )
    return (picture.id, kept.id)


def _place(placed: Placed) -> dict[str, Any]:
    return {"written": placed.written, "sitting": placed.sitting, "tender": placed.tender}
