"""Everything that can stand in a thread, and the links between: ids inside documents, nothing that was guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from afterglow.core.folding import folded
from afterglow.core.themes.themes import Theme
from afterglow.insights.documents import ThemeDecision
from afterglow.journal.documents import Entry
from afterglow.medicine.documents import Sitting
from afterglow.plans import documents as plans
from afterglow.plans.queries.rhythm import days_practised
from afterglow.vault.documents import Document, Stored
from afterglow.vault.open_vault import OpenVault

Stage = Literal["image", "theme", "meaning", "way", "goal", "practice"]
STAGES: tuple[Stage, ...] = ("image", "theme", "meaning", "way", "goal", "practice")
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Knot:
    """One thing in a thread. A tender one says no word of its own here."""

    kind: str
    id: str
    stage: Stage
    words: str
    more: str = ""
    on: date | None = None
    tender: bool = False

    @property
    def key(self) -> Key:
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Net:
    """All knots, the links between them from before to after, and the days on which something was done."""

    knots: dict[Key, Knot]
    links: list[tuple[Key, Key]]
    done_on: dict[Key, tuple[date, ...]]


def _names(vault: OpenVault) -> dict[str, str]:
    """Every name and id that a theme had, with the id it goes by now."""
    decisions = [stored.document for stored in vault.heads(ThemeDecision)]
    into = {decision.theme: decision.merged_into for decision in decisions if decision.merged_into}
    return {
        folded(name): _end_of(decision.theme, into)
        for decision in decisions
        for name in (decision.theme, decision.found_as, decision.renamed)
        if name
    }


def _end_of(theme: str, into: Mapping[str, str]) -> str:
    """Where a theme went that was put together with another, which may have gone on itself."""
    seen = {theme}
    while (following := into.get(theme)) and following not in seen:
        theme = following
        seen.add(theme)
    return theme


def names_a_theme(vault: OpenVault) -> bool:
    """Whether any part of the plan was made from a theme; finding themes takes a while, and may not be needed."""
    named = (
        *(stored.document.theme for stored in vault.heads(plans.Insight)),
        *(stored.document.theme for stored in vault.heads(plans.Obstacle)),
        *(stored.document.theme for stored in vault.heads(plans.Purpose)),
        *(stored.document.theme for stored in vault.heads(plans.Goal)),
    )
    return any(named)


class Weaver:
    """One pass over the documents of a vault."""

    def __init__(
        self, vault: OpenVault, themes: Sequence[Theme], practices: Mapping[str, str]
    ) -> None:
        self.vault = vault
        self.practices = practices
        self.themes = {theme.id: theme for theme in themes}
        self.by_name = _names(vault) | {folded(theme.label): theme.id for theme in themes}
        self.knots: dict[Key, Knot] = {}
        self.links: list[tuple[Key, Key]] = []
        self.done_on: dict[Key, tuple[date, ...]] = {}
        self.keys: dict[UUID, Key] = {}

    def net(self) -> Net:
        self._written()
        for theme in self.themes.values():
            self._theme(theme)
        self._meanings()
        self._doing()
        self._practices()
        self._from_ids()
        known = self.knots.keys()
        return Net(
            self.knots,
            [link for link in self.links if link[0] in known and link[1] in known],
            self.done_on,
        )

    def _tie(self, stored: Stored[Any], stage: Stage, words: str, **facts: Any) -> Key:
        document: Document = stored.document
        knot = Knot(
            document.kind, str(stored.id), stage, words, **({"on": document.when()} | facts)
        )
        self.knots[knot.key] = knot
        self.keys[stored.id] = knot.key
        if named := getattr(document, "theme", ""):
            self._under_theme(str(named), knot.key)
        if practice := getattr(document, "practice", ""):
            self.links.append((knot.key, ("practice", str(practice))))
        return knot.key

    def _under_theme(self, named: str, key: Key) -> None:
        """Documents name a theme by its id, or by the name it had."""
        if named not in self.themes:
            named = self.by_name.get(folded(named), named)
        self.links.append((("theme", named), key))

    def _written(self) -> None:
        for sitting in self.vault.all(Sitting):
            kept = sitting.document
            came_up = kept.images or kept.messages or kept.intention
            if not kept.cancelled:
                self._tie(sitting, "image", came_up.strip().partition("\n")[0])
        for entry in self.vault.heads(Entry):
            tender = entry.document.tender
            words = "" if tender else entry.document.title or entry.document.snippet
            self._tie(entry, "image", words, tender=tender)

    def _theme(self, theme: Theme) -> None:
        key = ("theme", theme.id)
        self.knots[key] = Knot("theme", theme.id, "theme", theme.label, on=theme.first)
        self.links += [((kind, one), key) for one in theme.entries for kind in ("entry", "sitting")]

    def _meanings(self) -> None:
        for insight in self.vault.heads(plans.Insight):
            kept = insight.document
            key = self._tie(insight, "meaning", kept.insight, more=kept.means)
            self.done_on[key] = kept.practised_on
        for obstacle in self.vault.heads(plans.Obstacle):
            # What someone does to a person stays out: others may see the screen.
            if obstacle.document.harm:
                continue
            plan = " ".join(
                filter(None, (obstacle.document.if_words, obstacle.document.then_words))
            )
            words = obstacle.document.obstacle or obstacle.document.noticed
            self._tie(obstacle, "way", words, more=plan)
        for purpose in self.vault.heads(plans.Purpose):
            self._tie(purpose, "way", purpose.document.purpose)
        for review in self.vault.whole(self.vault.heads(plans.Review)):
            if review.document.change:
                self._tie(review, "way", review.document.change)
        for met in self.vault.heads(plans.Appointment):
            if met.document.agreed:
                self._tie(met, "way", met.document.who)

    def _doing(self) -> None:
        for goal in self.vault.heads(plans.Goal):
            key = self._tie(goal, "goal", goal.document.text, more=goal.document.tiny)
            self.done_on[key] = goal.document.done_on
        for habit in self.vault.heads(plans.Habit):
            key = self._tie(habit, "practice", habit.document.text, more=habit.document.tiny)
            self.done_on[key] = habit.document.done_on

    def _practices(self) -> None:
        """Those of the content files, by title; only what a document names is linked."""
        for record, title in self.practices.items():
            knot = Knot("practice", record, "practice", title)
            self.knots[knot.key] = knot
            self.done_on[knot.key] = days_practised(self.vault, record)

    def _from_ids(self) -> None:
        """A link for every id of another knot inside a document; wins are the doing of what they come from."""
        for kind in (plans.Insight, plans.Obstacle, plans.Purpose, plans.Goal, plans.Habit):
            for stored in self.vault.heads(kind):
                self.links += [
                    (self.keys[linked], self.keys[stored.id])
                    for linked in stored.document.linked()
                    if linked in self.keys and stored.id in self.keys
                ]
