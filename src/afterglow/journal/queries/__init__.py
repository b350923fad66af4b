"""Reads about entries: newest, by sitting, by day, by tag, by words. Tender ones come only where they are looked for."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from uuid import UUID, uuid5

from afterglow.core import content
from afterglow.core.folding import Span, folded, spans_of, words_of
from afterglow.journal.documents import Deletion, Entry, Listened, OwnKindness
from afterglow.medicine.queries import days_since
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import NotHere, OpenVault

PAGE_SIZE = 20
OWN_KINDNESS = UUID("5f0d1c52-8a57-4b3b-9c1c-0a4be7a8f3d4")
REREAD_SIZE = 5
SNIPPET_CHARS = 180
CHARS_BEFORE_HIT = 60
# Which stage of reflection is offered up to which day after a sitting.
STAGES = ((2, "narrate"), (7, "notice"), (14, "matters"), (30, "act"))

WRITTEN_AT = attrgetter("document.written.at")

Entries = list[Stored[Entry]]


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries of a longer row, newest first; bodies are not opened."""

    entries: Entries
    page: int
    pages: int
    count: int

    @property
    def earlier(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None

    @property
    def later(self) -> int | None:
        return self.page - 1 if self.page > 1 else None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it is what was looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that holds all the words; `spans` are places in `snippet`, a stretch of its text."""

    stored: Stored[Entry]
    snippet: str
    spans: tuple[Span, ...]

    @property
    def pieces(self) -> list[Piece]:
        pieces, at = [], 0
        for start, end in self.spans:
            pieces += [Piece(self.snippet[at:start], found=False)]
            pieces += [Piece(self.snippet[start:end], found=True)]
            at = end
        return [piece for piece in [*pieces, Piece(self.snippet[at:], found=False)] if piece.text]


@dataclass(frozen=True, slots=True)
class Search:
    """One page of what was found, newest first, and how many there are in all."""

    found: list[Found]
    page: int
    pages: int
    count: int

    @property
    def earlier(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None

    @property
    def later(self) -> int | None:
        return self.page - 1 if self.page > 1 else None


def entries(vault: OpenVault) -> Entries:
    """All entries without their text, newest first; of the same moment, the one kept last."""
    return vault.memo("journal.entries", lambda: _newest_first(vault.heads(Entry)))


def _newest_first(row: Entries) -> Entries:
    return sorted(row, key=WRITTEN_AT)[::-1]


def newest(vault: OpenVault, *, page: int = 1) -> Page:
    """A page of twenty, newest first; a page beyond the last is the last."""
    return _page(entries(vault), page)


def _page(row: Entries, page: int) -> Page:
    page, pages = _bounded(page, len(row))
    start = (page - 1) * PAGE_SIZE
    return Page(row[start : start + PAGE_SIZE], page, pages, len(row))


def _bounded(page: int, count: int) -> tuple[int, int]:
    pages = max(1, -(-count // PAGE_SIZE))
    return min(max(page, 1), pages), pages


def entries_of_sitting(vault: OpenVault, sitting: UUID) -> Entries:
    """What was written about one sitting, earliest first."""
    return [stored for stored in reversed(entries(vault)) if stored.document.sitting == sitting]


def on_this_day(vault: OpenVault, day: date) -> Entries:
    """Entries of the same day in earlier months and years, newest first; never tender ones."""
    return [
        stored
        for stored in entries(vault)
        if stored.document.written.day.day == day.day
        and stored.document.written.day < day
        and not stored.document.tender
    ]


def reread(
    vault: OpenVault, *, before: date, sitting: UUID | None = None, most: int = REREAD_SIZE
) -> Entries:
    """Some earlier entries with their text, for someone who asked; never tender ones, newest first."""
    chosen = [
        stored
        for stored in entries(vault)
        if not stored.document.tender
        and stored.document.written.day < before
        and (sitting is None or stored.document.sitting == sitting)
    ]
    whole = {stored.id: stored for stored in vault.whole(chosen[:most])}
    return [whole[stored.id] for stored in chosen[:most] if stored.id in whole]


def tags(vault: OpenVault) -> list[tuple[str, int]]:
    """Every tag with how many entries carry it, in alphabetical order."""
    return vault.memo("journal.tags", lambda: _counted(entries(vault)))


def _counted(row: Entries) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for stored in row:
        for tag in stored.document.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts.items(), key=lambda pair: folded(pair[0]))


def tagged(vault: OpenVault, tag: str, *, page: int = 1) -> Page:
    """Entries that carry a tag, newest first."""
    return _page([stored for stored in entries(vault) if tag in stored.document.tags], page)


def search(vault: OpenVault, words: str, *, page: int = 1) -> Search:
    """Entries whose text, title or tags hold all the words, whatever their case and accents."""
    wanted = words_of(words)
    if not wanted:
        return Search([], 1, 1, 0)
    texts = vault.folded(Entry, text_to_search)
    hits = [
        stored
        for stored in entries(vault)
        if all(word in texts.get(stored.id, "") for word in wanted)
    ]
    shown = _page(hits, page)
    whole = {stored.id: stored for stored in vault.whole(shown.entries)}
    found = [_found(whole[stored.id], wanted) for stored in shown.entries if stored.id in whole]
    return Search(found, shown.page, shown.pages, shown.count)


def text_to_search(entry: Entry) -> str:
    """Everything of an entry that can be looked for, folded."""
    heard = entry.listened or Listened()
    named = (entry.title, heard.title, heard.artist, entry.text, entry.all_described)
    return folded("\n".join((*named, *entry.tags)))


def _found(stored: Stored[Entry], wanted: tuple[str, ...]) -> Found:
    text = stored.document.text
    spans = spans_of(text, wanted)
    first = spans[0][0] if spans else 0
    start = _word_start(text, max(0, first - CHARS_BEFORE_HIT))
    end = min(len(text), start + SNIPPET_CHARS)
    inside = [
        (max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start
    ]
    return Found(stored, text[start:end], tuple(inside))


def _word_start(text: str, place: int) -> int:
    """Forward to the beginning of a word, so that nothing is cut in the middle."""
    if place == 0:
        return 0
    gap = text.find(" ", place, place + CHARS_BEFORE_HIT // 2)
    return gap + 1 if gap >= 0 else place


def waiting_deletion(vault: OpenVault, entry: UUID) -> Stored[Deletion] | None:
    """The wish to delete this entry, if one waits."""
    for stored in vault.heads(Deletion):
        if stored.document.entry == entry:
            return stored
    return None


def entry_or_none(vault: OpenVault, entry: UUID) -> Stored[Entry] | None:
    """The entry without its text, or None where it is gone."""
    try:
        return vault.head(Entry, entry)
    except NotHere:
        return None


def question(question_id: str, language: str) -> content.Question | None:
    """One question by its id."""
    for known in content.questions(language):
        if known.id == question_id:
            return known
    return None


def question_to_offer(
    vault: OpenVault, today: date, language: str, *, after: str = ""
) -> content.Question | None:
    """A question that fits the days since the last sitting; *another* gives the one after `after`."""
    stage = _stage(days_since(vault, today))
    fitting = [known for known in content.questions(language) if known.stage == stage]
    if not fitting:
        return None
    ids = [known.id for known in fitting]
    place = ids.index(after) + 1 if after in ids else today.toordinal()
    return fitting[place % len(fitting)]


def _stage(days: int | None) -> str:
    if days is None:
        return "look-back"
    return next((stage for last, stage in STAGES if days <= last), "look-back")


def own_kindness_id(vault: OpenVault) -> UUID:
    return uuid5(OWN_KINDNESS, vault.owner.hex)


def own_kindness(vault: OpenVault) -> OwnKindness:
    """Own sentences and memories, or none yet."""
    try:
        return vault.get(OwnKindness, own_kindness_id(vault)).document
    except NotHere:
        return OwnKindness()
