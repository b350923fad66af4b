"""Changes to entries: keep, change, mark, delete. Knows no request; never reads what an entry may mean."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from afterglow.core.days import Moment, at_local
from afterglow.journal import queries
from afterglow.journal.documents import (
    KINDS_OF_ENTRY,
    Deletion,
    Entry,
    Listened,
    OwnKindness,
    Seen,
)
from afterglow.medicine.queries import HOLD_HOURS, held_until, later
from afterglow.medicine.services import HeldForNow
from afterglow.vault.documents import Stored
from afterglow.vault.media.services import remove_unused
from afterglow.vault.open_vault import Conflict, OpenVault
from afterglow.vault.outbox import Received, Sent

SNIPPET_CHARS = 140
LONGEST_TAG = 60
MOST_TAGS = 30

Kept = Stored[Entry] | Conflict


def keep_entry(
    *,
    vault: OpenVault,
    text: str,
    written: Moment,
    kind_of: str = "entry",
    sitting: UUID | None = None,
    title: str = "",
    tags: Iterable[str] = (),
    tender: bool = False,
    question: str = "",
    question_text: str = "",
    imported_from: str = "",
    media: Iterable[UUID] = (),
    lasted_seconds: int = 0,
    described: str = "",
    seen: Iterable[Seen] = (),
    listened: Listened | None = None,
    draft: str | None = None,
    record: UUID | None = None,
) -> Stored[Entry]:
    """Keep a new entry; `draft` names the form whose draft it completes, `record` an id that was given before."""
    entry = Entry(
        written=written,
        kind_of=kind_of if kind_of in KINDS_OF_ENTRY else "entry",
        sitting=sitting,
        title=title,
        tags=tidy_tags(tags),
        tender=tender,
        question=question,
        question_text=question_text,
        imported_from=imported_from,
        media=tuple(media),
        lasted_seconds=lasted_seconds,
        text=text,
        described=described,
        seen=tuple(seen),
        listened=listened,
    )
    return vault.put(with_beginning(entry), record=record, draft=draft)


def change_entry(
    *,
    vault: OpenVault,
    entry: UUID,
    text: str,
    written: Moment,
    kind_of: str,
    sitting: UUID | None,
    tags: Iterable[str],
    tender: bool,
    base_rev: int | None,
    draft: str | None = None,
) -> Kept:
    """Keep a new revision; where the entry had changed meanwhile both are kept. Raises NotHere."""
    before = vault.get(Entry, entry).document
    changed = msgspec.structs.replace(
        before,
        text=text,
        snippet=snippet_of(text or before.all_described),
        written=written,
        kind_of=kind_of if kind_of in KINDS_OF_ENTRY else "entry",
        sitting=sitting,
        tags=tidy_tags(tags),
        tender=tender,
    )
    return vault.put(changed, record=entry, base_rev=base_rev, draft=draft)


def bring_back(*, vault: OpenVault, entry: UUID, rev: int) -> bool:
    """Make an earlier revision the newest one. False where there is no such revision. Raises NotHere."""
    for earlier in vault.history(Entry, entry):
        if earlier.rev == rev:
            vault.put(earlier.document, record=entry)
            return True
    return False


def mark_tender(*, vault: OpenVault, entry: UUID, tender: bool) -> Kept:
    """Tender entries never come back by themselves. Raises NotHere."""
    stored = vault.get(Entry, entry)
    return vault.put(msgspec.structs.replace(stored.document, tender=tender), record=entry)


def delete_entry(*, vault: OpenVault, entry: UUID, now: Moment) -> Stored[Deletion] | None:
    """Remove an entry with all its revisions, or, within a day of a sitting, let the wish wait for a day.

    Gives the waiting wish, or None where the entry is gone. Raises NotHere.
    """
    vault.head(Entry, entry)
    waiting = queries.waiting_deletion(vault, entry)
    if waiting is not None:
        return waiting
    if held_until(vault, now) is None:
        _remove(vault, entry)
        return None
    wish = Deletion(entry=entry, asked=now, due=later(now, hours=HOLD_HOURS))
    return vault.put(wish)


def _remove(vault: OpenVault, entry: UUID) -> None:
    """The entry with every revision, and the photos and recordings that no other entry shows."""
    media = _media_of_all_revisions(vault, entry)
    with vault.together():
        vault.delete(entry)
        remove_unused(vault, media, used=_media_shown(vault))


def _media_of_all_revisions(vault: OpenVault, entry: UUID) -> list[UUID]:
    revisions = vault.history(Entry, entry)
    return [each for revision in revisions for each in revision.document.media]


def _media_shown(vault: OpenVault) -> set[UUID]:
    return {each for stored in vault.heads(Entry) for each in stored.document.media}


def call_off_deletion(*, vault: OpenVault, entry: UUID) -> None:
    """The entry stays after all."""
    waiting = queries.waiting_deletion(vault, entry)
    if waiting is not None:
        vault.delete(waiting.id)


def carry_out_due_deletions(vault: OpenVault, now: Moment) -> int:
    """Remove the entries whose day of waiting is over; gives how many."""
    due = [stored for stored in vault.heads(Deletion) if stored.document.due.at <= now.at]
    if not due:
        return 0
    with vault.together():
        for stored in due:
            if queries.entry_or_none(vault, stored.document.entry) is not None:
                _remove(vault, stored.document.entry)
            vault.delete(stored.id)
    return len(due)


def clear_history(*, vault: OpenVault, entry: UUID, now: Moment) -> int:
    """Remove the earlier revisions, with the files that only they held; gives how many.

    Raises NotHere, and HeldForNow near a sitting.
    """
    vault.head(Entry, entry)
    until = held_until(vault, now)
    if until is not None:
        raise HeldForNow(until)
    media = _media_of_all_revisions(vault, entry)
    with vault.together():
        cleared = vault.clear_history(entry)
        remove_unused(vault, media, used=_media_shown(vault))
    return cleared


def with_beginning(entry: Entry) -> Entry:
    """The entry with what a list shows of it: its words, else what is to be seen."""
    beginning = snippet_of(entry.text or entry.all_described)
    return msgspec.structs.replace(entry, snippet=beginning)


def snippet_of(text: str) -> str:
    """The beginning of a text in one line, cut at a word."""
    line = " ".join(text[: SNIPPET_CHARS * 4].split())
    if len(line) <= SNIPPET_CHARS:
        return line
    cut = line[:SNIPPET_CHARS].rpartition(" ")[0] or line[:SNIPPET_CHARS]
    return f"{cut}…"


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without spaces around them and without a leading #, each once however it is written."""
    tidy: dict[str, str] = {}
    for tag in tags:
        name = " ".join(tag.strip().lstrip("#").split())[:LONGEST_TAG]
        if name:
            tidy.setdefault(name.casefold(), name)
    return tuple(tidy.values())[:MOST_TAGS]


def keep_own_kindness(
    *, vault: OpenVault, sentences: Iterable[str], memories: Iterable[str], draft: str | None = None
) -> None:
    """Keep the sentences and memories as they are now; earlier ones stay in its history."""
    own = OwnKindness(sentences=_lines(sentences), memories=_lines(memories))
    vault.put(own, record=queries.own_kindness_id(vault), draft=draft)


def _lines(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines if line.strip())


# What was kept on a phone


def keep_sent(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """An entry that was written where this program could not be reached. Raises ValueError and LookupError."""
    asked = queries.question(sent.text("question"), sent.language)
    entry = _sent(
        sent,
        Entry(
            written=sent.written(),
            question=asked.id if asked else "",
            question_text=asked.text if asked else "",
        ),
    )
    vault.put(entry, record=item, draft=sent.finished_draft(vault, "entry.new"))
    return Received("journal:entry", (item,), "?kept=1")


def change_sent(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """A change to an entry. Where it had changed meanwhile both are kept. Raises ValueError and NotHere."""
    entry = UUID(sent.text("entry"))
    before = vault.get(Entry, entry).document
    changed, draft = _sent(sent, before), f"entry.{entry}"
    kept = vault.put(
        changed,
        record=entry,
        base_rev=int(sent.text("base_rev")),
        draft=sent.finished_draft(vault, draft),
    )
    if isinstance(kept, Conflict):
        return Received("journal:both", (entry, kept.other.rev), both=True)
    return Received("journal:entry", (entry,), "?kept=1")


def _sent(sent: Sent, entry: Entry) -> Entry:
    text, sitting = sent.text("text"), sent.text("sitting")
    if not text.strip() and not sent.kept_media:
        raise ValueError("an entry needs words, or a file")
    return msgspec.structs.replace(
        entry,
        text=text,
        title=sent.text("title") or entry.title,
        media=(*entry.media, *sent.kept_media),
        snippet=snippet_of(text),
        written=on_day(sent, entry.written),
        kind_of=_kind_of(sent.text("kind_of")),
        sitting=UUID(sitting) if sitting else None,
        tags=tidy_tags(sent.text("tags").split(",")),
        tender=bool(sent.text("tender")),
    )


def on_day(sent: Sent, written: Moment) -> Moment:
    """The day that was chosen, at the hour of writing. Raises ValueError for one that is still to come."""
    named = sent.text("day")
    day = date.fromisoformat(named) if named else written.day
    if day > sent.written().day:
        raise ValueError("this day is still to come")
    if day == written.day:
        return written
    local = written.local()
    return at_local(day, local.hour, local.minute, written.zone)


def _kind_of(name: str) -> str:
    return name if name in KINDS_OF_ENTRY else "entry"
