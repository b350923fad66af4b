"""A shared page as the parts of a sheet, for someone who is reached on paper or by file only.

Headings and days come in as words in the person's language; nothing here is worded.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from afterglow.core.days import Moment
from afterglow.core.paper import Part, Piece, Row
from afterglow.plans.documents import Goal
from afterglow.sharing.documents import ThemeShown
from afterglow.sharing.queries.shown import Plan, Shown
from afterglow.vault.documents import Stored

Said = Callable[[date | Moment], str]


def parts_of(
    shown: Shown, words: Mapping[str, str], levels: Callable[[int], str], said: Said
) -> tuple[Part, ...]:
    """Every part that was chosen and holds something."""
    made = [
        _part(words["goal"], _goals([shown.goal] if shown.goal else [], said)),
        _part(words["mood"], _mood(shown, levels, said)),
        _part(words["measures"], _measures(shown, said)),
        _part(words["sittings"], _sittings(shown, said)),
        _part(words["effects"], _effects(shown, said)),
        _part(words["themes"], _themes(shown.themes or (), said)),
        *(_plan(shown.plan, words, said) if shown.plan else ()),
        _part(words["appointments"], _appointments(shown, said)),
        _part(words["entries"], _entries(shown, said)),
    ]
    return tuple(part for part in made if part.pieces)


def _part(heading: str, pieces: Iterable[Piece]) -> Part:
    return Part(heading=heading, pieces=tuple(pieces))


def _items(rows: Iterable[tuple[str, str]], *, own: bool = True) -> list[Piece]:
    found = tuple(Row(words=words, more=more, own=own) for words, more in rows if words)
    return [Piece(kind="items", items=found)] if found else []


def _goals(goals: Iterable[Stored[Goal]], said: Said) -> list[Piece]:
    documents = [stored.document for stored in goals]
    return _items((each.text, said(each.day) if each.day else each.clock) for each in documents)


def _mood(shown: Shown, levels: Callable[[int], str], said: Said) -> list[Piece]:
    taps = [stored.document for stored in shown.taps or ()]
    return _items(((levels(each.level), said(each.at)) for each in taps), own=False)


def _measures(shown: Shown, said: Said) -> list[Piece]:
    taken = [stored.document for stored in shown.answers or () if stored.document.total is not None]
    lines = ((f"{each.instrument.upper()} {each.total}", said(each.at)) for each in taken)
    return _items(lines, own=False)


def _sittings(shown: Shown, said: Said) -> list[Piece]:
    done = [stored.document for stored in shown.sittings or () if stored.document.done]
    dose = (each.dose_words or (f"{each.dose_mg:g} mg" if each.dose_mg else "") for each in done)
    return _items(
        ((said(each.day), more) for each, more in zip(done, dose, strict=True)), own=False
    )


def _effects(shown: Shown, said: Said) -> list[Piece]:
    lines = []
    for stored in shown.effects or ():
        sitting = stored.document
        named = [effect.name for effect in sitting.side_effects]
        named += [f"{one.systolic}/{one.diastolic} mmHg" for one in sitting.pressures]
        lines.append((", ".join(named), said(sitting.day)))
    return _items(lines, own=False)


def _themes(themes: Iterable[Stored[ThemeShown]], said: Said) -> list[Piece]:
    pieces: list[Piece] = []
    for stored in themes:
        pieces += _items([(stored.document.name, "")], own=False)
        pieces += [Piece(kind="quote", words=quote.words) for quote in stored.document.quotes]
    return pieces


def _plan(plan: Plan, words: Mapping[str, str], said: Said) -> list[Part]:
    obstacles = (stored.document for stored in plan.obstacles)
    return [
        _part(words["why"], [Piece(kind="quote", words=s.document.why) for s in plan.why]),
        _part(
            words["insights"],
            _items((s.document.insight, s.document.means) for s in plan.insights),
        ),
        _part(words["obstacles"], _items((each.obstacle, each.then_words) for each in obstacles)),
        _part(words["purposes"], _items((s.document.purpose, "") for s in plan.purposes)),
        _part(words["goals"], _goals(plan.goals, said)),
        _part(words["habits"], _items((s.document.text, "") for s in plan.habits)),
        _part(words["care"], _items((s.document.text, "") for s in plan.self_care)),
        _part(words["wins"], _items((s.document.text, said(s.document.on)) for s in plan.wins)),
    ]


def _appointments(shown: Shown, said: Said) -> list[Piece]:
    pieces = []
    for stored in shown.appointments or ():
        each = stored.document
        day = f"{said(each.day)}, {each.clock}" if each.clock else said(each.day)
        pieces += _items([(day, "")], own=False)
        pieces += [Piece(kind="quote", words=each.to_ask)] if each.to_ask else []
    return pieces


def _entries(shown: Shown, said: Said) -> list[Piece]:
    pieces = []
    for stored in shown.entries or ():
        entry = stored.document
        pieces += [
            Piece(kind="quiet", words=said(entry.written), own=False),
            Piece(kind="quote", words=entry.text),
        ]
    return pieces
