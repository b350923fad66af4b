"""What the pages of themes show: all of them by kind, one with its quotes, and why it is there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from afterglow.core.themes.decided import Held, Place
from afterglow.core.themes.themes import Kind, Mention, Theme
from afterglow.insights.documents import ThemeDecision
from afterglow.insights.queries import decided, finding, sources
from afterglow.insights.queries.sittings import Quoted, quotes_of
from afterglow.plans.documents import Goal, Insight, Obstacle, Purpose
from afterglow.vault.open_vault import OpenVault

KINDS: tuple[Kind, ...] = ("person", "symbol", "feeling", "theme", "insight", "obstacle")
MOST_LINKS = 6
SHOWN_AT_ONCE = 3
NOT_NOW = "themes.not-now"
PARTS: tuple[tuple[type[Insight | Obstacle | Purpose | Goal], str], ...] = (
    (Insight, "insight"),
    (Obstacle, "obstacle"),
    (Purpose, "purpose"),
    (Goal, "text"),
)


@dataclass(frozen=True, slots=True)
class Why:
    """The evidence for showing a theme: how many entries, how many of them at or after sittings, how many sittings."""

    entries: int
    after_sittings: int
    sittings: int
    started: bool
    taught: bool
    by_meaning: bool
    course: str


@dataclass(frozen=True, slots=True)
class Row:
    """One theme in the list. The quote of a tender one waits until it is asked for."""

    theme: Theme
    why: Why
    quote: Mention | None
    tender: bool
    pinned: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one kind; the first few are shown at once, the others when asked for."""

    kind: Kind
    rows: tuple[Row, ...]

    @property
    def first(self) -> tuple[Row, ...]:
        return self.rows[:SHOWN_AT_ONCE]

    @property
    def more(self) -> tuple[Row, ...]:
        return self.rows[SHOWN_AT_ONCE:]


@dataclass(frozen=True, slots=True)
class Whole:
    """One theme as its page shows it."""

    theme: Theme
    decision: ThemeDecision
    why: Why
    quotes: tuple[Quoted, ...]
    together: tuple[tuple[Theme, int], ...]
    merged: tuple[Theme, ...]
    asked: Quoted | None
    refused: tuple[Quoted, ...]
    put_away: bool


def groups(vault: OpenVault, kinds: Collection[str] = KINDS) -> list[Group]:
    """Themes by kind, most telling first, empty kinds left out."""
    rows = [_row(vault, theme) for theme in finding.shaped(vault).themes if theme.type in kinds]
    sorted_in = [
        Group(kind, tuple(row for row in rows if row.theme.type == kind)) for kind in KINDS
    ]
    return [group for group in sorted_in if group.rows]


def _row(vault: OpenVault, theme: Theme) -> Row:
    stored = decided.head(vault, theme.id)
    own = stored.document if stored else ThemeDecision(theme=theme.id)
    quote = None if own.tender else next(iter(theme.mentions), None)
    return Row(theme, why(vault, theme), quote, own.tender, own.pinned)


def put_away(vault: OpenVault) -> tuple[Theme, ...]:
    """Themes that were put away; their words are not shown."""
    return finding.shaped(vault).put_away


def why(vault: OpenVault, theme: Theme) -> Why:
    """Counted, not judged."""
    numbers = {str(key): number for key, number in sources.sitting_of(vault).items()}
    after = [numbers[entry] for entry in theme.entries if entry in numbers]
    return Why(
        entries=len(theme.entries),
        after_sittings=len(after),
        sittings=len(set(after)),
        started="you_started_it" in theme.why,
        taught="you_taught" in theme.why,
        by_meaning="near_in_meaning" in theme.why,
        course=theme.course,
    )


def whole(vault: OpenVault, theme_id: str, today: date) -> Whole | None:
    """Everything about one theme; one that was merged is found under the theme it went into."""
    shaped = finding.shaped(vault)
    theme = shaped.theme(theme_id)
    if theme is None:
        return None
    merged = tuple(source for source, into in shaped.merged if into == theme_id)
    held = _held(vault, theme_id)
    return Whole(
        theme=theme,
        decision=decided.decision(vault, theme_id) or ThemeDecision(theme=theme_id),
        why=why(vault, theme),
        quotes=tuple(quotes_of(vault, theme.mentions)),
        together=tuple(together(shaped.themes, theme)),
        merged=merged,
        asked=_asked(vault, theme, held, today),
        refused=tuple(_refused(vault, held)),
        put_away=theme in shaped.put_away,
    )


def theme_named(vault: OpenVault, name: str) -> Theme | None:
    """A theme by its id, by the id of one that was merged into it, or by a label it has or had."""
    shaped = finding.shaped(vault)
    found = shaped.theme(name)
    if found is not None:
        return found
    merged = [into for source, into in shaped.merged if name in {source.id, source.label}]
    known = [
        one.theme
        for one in (s.document for s in decided.decisions(vault).values())
        if one.found_as == name
    ]
    same = [theme.id for theme in shaped.themes if theme.label == name]
    return next((shaped.theme(each) for each in (*merged, *known, *same)), None)


def together(themes: Sequence[Theme], theme: Theme) -> list[tuple[Theme, int]]:
    """Themes that are in at least two of the same entries, and more often than chance would have it."""
    total = len({entry for each in themes for entry in each.entries})
    found = []
    for other in themes:
        shared = len(set(theme.entries) & set(other.entries))
        expected = len(theme.entries) * len(other.entries) / max(total, 1)
        if other.id != theme.id and shared > 1 and shared > expected:
            found.append((other, shared, shared / expected))
    found.sort(key=lambda pair: (-pair[2], pair[0].id))
    return [(other, shared) for other, shared, _ in found[:MOST_LINKS]]


def made_of(vault: OpenVault, theme: Theme) -> list[tuple[str, UUID, str]]:
    """Kind, id and words of the parts of the plan that were made of a theme: the way on from it."""
    own = decided.head(vault, theme.id)
    names = {theme.id, theme.label, own.document.found_as if own else theme.label} - {""}
    return [
        (kind.kind, stored.id, getattr(stored.document, words))
        for kind, words in PARTS
        for stored in vault.heads(kind)
        if stored.document.theme in names
    ]


def put_off_today(vault: OpenVault, today: date) -> frozenset[Place]:
    """The passages of which the person said *not now* today."""
    kept = vault.draft(NOT_NOW)
    if kept.get("day") != today.isoformat():
        return frozenset()
    return frozenset(_put_off(word) for word in kept.get("places", "").split())


def _put_off(word: str) -> Place:
    entry, start, end = word.rsplit("-", 2)
    return Place(entry, int(start), int(end))


def _held(vault: OpenVault, theme_id: str) -> Held | None:
    texts = finding.found(vault).texts
    return next((one for one in decided.held(vault, texts) if one.id == theme_id), None)


def _asked(vault: OpenVault, theme: Theme, held: Held | None, today: date) -> Quoted | None:
    """The next passage to ask about; one that was put off today is not asked again today."""
    from afterglow.core.themes.held import next_to_ask  # heavy: numpy, not before it is needed

    nearest = next_to_ask(theme, held, put_off_today(vault, today))
    return next(iter(quotes_of(vault, [nearest])), None) if nearest else None


def _refused(vault: OpenVault, held: Held | None) -> list[Quoted]:
    """What the person said is not part of it, so that a tap too many can be taken back."""
    texts = finding.found(vault).texts
    places = held.no if held else ()
    return quotes_of(
        vault,
        [Mention(p.entry, p.start, p.end, texts[p.entry][p.start : p.end], 0) for p in places],
    )
