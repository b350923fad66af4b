"""The thread: image, theme, meaning, purpose or obstacle, goal, practice, and how the days after were."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from afterglow.companion.queries.knots import STAGES, Key, Knot, Net, Stage, Weaver, names_a_theme
from afterglow.core import content
from afterglow.core.plan.thread import chain
from afterglow.core.themes.themes import Theme
from afterglow.insights.queries import decided, finding
from afterglow.journal.documents import Entry
from afterglow.measures import queries as measures
from afterglow.vault.open_vault import OpenVault

MOST_OF_A_STAGE = 12
MOST_DAYS, FEW_IMAGES = 6, 3
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Stretch:
    """All knots of one stage, in order of time; `more` says how many older ones are not shown."""

    stage: Stage
    knots: list[Knot]
    more: int


@dataclass(frozen=True, slots=True)
class DayAfter:
    """A day on which something was done: levels of that day and of the next, 0 to 10, where one was tapped."""

    day: date
    level: int | None
    next_level: int | None


@dataclass(frozen=True, slots=True)
class Thread:
    """`waits` says that themes were left out, since finding them would take long here."""

    here: Knot
    meaning: str
    stretches: list[Stretch]
    days: list[DayAfter]
    waits: bool = False


def thread(vault: OpenVault, kind: str, record: str, language: str) -> Thread | None:
    """The whole thread through one thing, or None where it is not here."""
    waits = kind != "theme" and _would_take_long(vault)
    wanted = kind in {"theme", "entry"} or names_a_theme(vault)
    themes = _themes(vault) if wanted and not waits else ()
    titles = {practice.id: practice.title for practice in content.practices(language)}
    net = vault.memo(
        f"companion.net.{language}.{bool(themes)}", lambda: Weaver(vault, themes, titles).net()
    )
    here = net.knots.get((kind, record))
    if here is None:
        return None
    keys = _without_crowd(here, chain(here.key, net.links), net)
    return Thread(
        here=here,
        meaning=_meaning(vault, here),
        stretches=_quoting(vault, here, themes, _stretches(keys, net)),
        days=_days_after(vault, keys, net),
        waits=wanted and waits,
    )


def _themes(vault: OpenVault) -> tuple[Theme, ...]:
    return finding.shaped(vault).themes if finding.enough_entries(vault) else ()


def _would_take_long(vault: OpenVault) -> bool:
    """A long journal in which nothing was looked for since it was opened."""
    return finding.last_found(vault) is None and len(vault.heads(Entry)) > MOST_AT_ONCE


def _meaning(vault: OpenVault, here: Knot) -> str:
    """What a theme means to the person, in their words."""
    decision = decided.decision(vault, here.id) if here.kind == "theme" else None
    return decision.meaning if decision else ""


def _without_crowd(here: Knot, keys: set[Key], net: Net) -> set[Key]:
    """Entries stand in many themes: of a theme's own thread they are the images; of another's only those it names."""
    if here.stage in {"image", "theme"}:
        return keys
    named = {one for one, other in net.links if other in keys and other[0] != "theme"}
    return {key for key in keys if net.knots[key].stage != "image" or key in named}


def _quoting(
    vault: OpenVault, here: Knot, themes: tuple[Theme, ...], stretches: list[Stretch]
) -> list[Stretch]:
    """In the thread of a theme a few images stand for all, the first and the latest, in the words of the theme.

    Those of a tender theme stand there without words.
    """
    theme = next((theme for theme in themes if ("theme", theme.id) == here.key), None)
    if theme is None:
        return stretches
    tender = here.id in decided.tender_themes(vault)
    quotes = {} if tender else {mention.entry: mention.quote for mention in theme.mentions[::-1]}
    return [_few(each, quotes) if each.stage == "image" else each for each in stretches]


def _few(stretch: Stretch, quotes: Mapping[str, str]) -> Stretch:
    ends = [*stretch.knots[:1], *stretch.knots[1:][1 - FEW_IMAGES :]]
    knots = [replace(knot, words=quotes.get(knot.id, "")) for knot in ends]
    return Stretch(stretch.stage, knots, stretch.more + len(stretch.knots) - len(knots))


def _stretches(keys: set[Key], net: Net) -> list[Stretch]:
    found = []
    for stage in STAGES:
        knots = [net.knots[key] for key in keys if net.knots[key].stage == stage]
        knots.sort(key=lambda knot: (knot.on or date.min, knot.id))
        shown = [*knots[:1], *knots[1:][1 - MOST_OF_A_STAGE :]]
        if shown:
            found.append(Stretch(stage, shown, len(knots) - len(shown)))
    return found


def _days_after(vault: OpenVault, keys: set[Key], net: Net) -> list[DayAfter]:
    """The last few days on which a thing of the thread was done, each with the day after it."""
    done = sorted({day for key in keys for day in net.done_on.get(key, ())})[-MOST_DAYS:]
    levels = {tap.document.at.day: tap.document.level for tap in measures.check_ins(vault)}
    return [DayAfter(day, levels.get(day), levels.get(day + timedelta(days=1))) for day in done]
