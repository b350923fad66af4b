"""What was made where this program could not be reached: it comes with its files or strokes, and is kept once."""

import contextlib
from uuid import UUID

import msgspec

from afterglow.core.drawing import strokes
from afterglow.journal.documents import MADE, MOST_PHOTOS, Entry, Listened, Seen
from afterglow.journal.services import on_day, with_beginning
from afterglow.journal.services.making import kept_drawing
from afterglow.journal.services.photos import in_words, kept_query, photos_in, wider
from afterglow.journal.services.recordings import join, kept_before
from afterglow.vault.media import services as media
from afterglow.vault.media.kinds import SOUNDS
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.outbox import Received, Sent

LONGEST_SECONDS = 12 * 3600
TYPED = ("text", "title", "artist", "link", "described", "minutes")
RECORDED = frozenset({"voice", "music"})


def keep_sent(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """A voice note, photo, drawing, poem, piece of music or movement. Raises ValueError, LookupError and NotHere."""
    if sent.kind not in MADE:
        raise LookupError(sent.kind)
    text, described, listened = sent.text("text"), sent.text("described"), _listened(sent)
    files = _files(vault, sent)
    if not (files or text.strip() or described.strip() or listened or _seconds(sent)):
        raise ValueError("there is nothing in it")
    if sent.kind in {"voice", "photo"} and not files:
        raise ValueError("a recording or photo is missing")
    described, seen = _seen(sent, files, described)
    entry = Entry(
        written=on_day(sent, sent.written()),
        kind_of=sent.kind,
        sitting=UUID(sent.text("sitting")) if sent.text("sitting") else None,
        title="" if listened else sent.text("title").strip(),
        tender=bool(sent.text("tender")),
        media=files,
        lasted_seconds=_seconds(sent),
        text=text,
        described=described,
        seen=seen,
        listened=listened,
    )
    record = _kept_once(vault, item, sent, entry)
    return Received("journal:entry", (record,), kept_query(sent.refused))


def _kept_once(vault: OpenVault, item: UUID, sent: Sent, entry: Entry) -> UUID:
    """Where it is now. A recording has an id of its own, so that one that comes by two ways is one entry."""
    if not entry.media or entry.kind_of not in RECORDED:
        vault.put(with_beginning(entry), record=item, draft=_finished_draft(vault, sent))
        return item
    own, arrived = _id(sent, "recording_id"), _id(sent, "instead_of") or _id(sent, "upload")
    known = kept_before(vault, own, arrived=arrived)
    if known is None:
        draft = _finished_draft(vault, sent)
        vault.put(with_beginning(entry), record=own or item, draft=draft)
    else:
        join(vault, known, entry.media, text=entry.text, seconds=entry.lasted_seconds)
    if arrived is not None:
        # The same recording as far as it had arrived before it came whole: nothing is offered twice.
        media.drop_upload(vault, arrived)
    return known.id if known else own or item


def _id(sent: Sent, name: str) -> UUID | None:
    """An id among the fields; anything else is none."""
    with contextlib.suppress(ValueError):
        return UUID(sent.text(name))
    return None


def more_photos_sent(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """Photos for an entry that is there, beside whatever it holds by now. Raises ValueError and NotHere."""
    stored = vault.get(Entry, UUID(sent.text("entry")))
    if not sent.kept_media:
        raise ValueError("a photo is missing")
    if stored.document.kind_of == "drawing":
        raise ValueError("a drawing holds no photos")
    if photos_in(vault, stored.document) + len(sent.kept_media) > MOST_PHOTOS:
        raise ValueError("the entry holds no more photos")
    changed = wider(stored.document, _each_seen(sent, sent.kept_media), sent.text("described"))
    vault.put(changed, record=stored.id, base_rev=stored.rev)
    return Received("journal:entry", (stored.id,), kept_query(sent.refused))


def _seen(sent: Sent, files: tuple[UUID, ...], described: str) -> tuple[str, tuple[Seen, ...]]:
    """The words for all pictures, and of several photos those of each, in the order in which they were chosen."""
    if sent.kind != "photo":
        return described, ()
    return in_words(_each_seen(sent, files), described)


def _each_seen(sent: Sent, files: tuple[UUID, ...]) -> list[Seen]:
    words = dict(enumerate(sent.every("seen")))
    return [
        Seen(media=media, words=words.get(place, "").strip())
        for place, media in zip(sent.kept_places, files, strict=True)
    ]


def _files(vault: OpenVault, sent: Sent) -> tuple[UUID, ...]:
    """The files that came with it; a recording that was streamed while it was made; a drawing's picture and strokes."""
    try:
        if sent.kind == "drawing":
            drawing = strokes.read(sent.text("strokes")) if sent.text("strokes") else None
            return kept_drawing(vault, drawing if drawing and drawing.strokes else None)
        upload = sent.text("upload")
        if upload and not sent.kept_media:
            stored = media.finish_upload(
                vault,
                UUID(upload),
                seconds=float(_seconds(sent)),
                waveform=_waveform(sent),
                wanted=SOUNDS,
            )
            return (stored.id,)
    except media.Refused as refused:
        raise ValueError(refused.why) from refused
    return sent.kept_media


def _listened(sent: Sent) -> Listened | None:
    if sent.kind != "music":
        return None
    named = {name: sent.text(name).strip() for name in ("title", "artist", "link")}
    return Listened(**named) if any(named.values()) else None


def _seconds(sent: Sent) -> int:
    minutes = sent.text("minutes")
    whole = minutes if sent.kind == "movement" else sent.text("lasted_seconds")
    if not (whole.isascii() and whole.isdecimal() and len(whole) < len("1000000")):
        return 0
    return min(LONGEST_SECONDS, int(whole) * (60 if sent.kind == "movement" else 1))


def _waveform(sent: Sent) -> list[int]:
    """The loudness of a recording; anything else is none."""
    try:
        return msgspec.json.decode(sent.text("waveform") or "[]", type=list[int])
    except msgspec.DecodeError:
        return []


def _finished_draft(vault: OpenVault, sent: Sent) -> str | None:
    """The draft that this very thing completes; another one that was begun meanwhile stays."""
    form = f"{sent.kind}.new"
    begun = vault.draft(form)
    if begun.get("strokes", "") not in {"", sent.text("strokes")}:
        return None
    return form if all(begun.get(name, "").strip() in sent.text(name) for name in TYPED) else None
