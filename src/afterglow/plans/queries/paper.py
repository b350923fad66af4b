"""The plan as sheets for paper.

Headings and names come in as words in the person's language; nothing here is worded. What does harm stays off paper.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from afterglow.core.paper import Part, Piece, Row
from afterglow.plans.documents import Insight, Obstacle
from afterglow.plans.queries.doing import habits, open_goals, self_care
from afterglow.plans.queries.meaning import (
    insights,
    my_values,
    obstacles,
    purposes,
    to_strengthen,
    whys,
)
from afterglow.plans.queries.others import coming_appointments, people
from afterglow.vault.open_vault import OpenVault

Said = Callable[[object], str]


def parts_of_plan(
    vault: OpenVault, wanted: Mapping[str, str], names: Mapping[str, str], said: Said, today: date
) -> tuple[Part, ...]:
    """The wanted parts that hold something. `wanted` maps a part to its heading, `said` puts a day or time in words."""
    make: dict[str, Callable[[], Sequence[Piece]]] = {
        "why": lambda: [_quote(each.document.why) for each in whys(vault)],
        "came_up": lambda: [_insight(each.document) for each in insights(vault)],
        "in_the_way": lambda: _obstacles(vault, names),
        "strengthen": lambda: _strengthen(vault),
        "purpose": lambda: _purposes(vault),
        "care": lambda: _list(
            [(each.document.text, said(each.document)) for each in self_care(vault)]
        ),
        "goals": lambda: _list(
            [(each.document.text, said(each.document)) for each in open_goals(vault)]
        ),
        "habits": lambda: _list(
            [(s.document.text, s.document.tiny) for s in habits(vault) if not s.document.resting]
        ),
        "people": lambda: _people(vault),
        "appointments": lambda: _appointments(vault, said, today),
    }
    made = [
        Part(heading=wanted[name], pieces=tuple(make[name]())) for name in make if name in wanted
    ]
    return tuple(part for part in made if part.pieces)


def _quote(words: str) -> Piece:
    return Piece(kind="quote", words=words)


def _list(lines: Sequence[tuple[str, str]], *, own: bool = True) -> list[Piece]:
    if not lines:
        return []
    items = tuple(Row(words=words, more=more, own=own) for words, more in lines)
    return [Piece(kind="items", items=items)]


def _insight(insight: Insight) -> Piece:
    return Piece(kind="items", items=(Row(words=insight.insight, more=insight.means),))


def _strengthen(vault: OpenVault) -> list[Piece]:
    return _list([(s.document.insight, s.document.practise) for s in to_strengthen(vault)])


def _obstacles(vault: OpenVault, names: Mapping[str, str]) -> list[Piece]:
    pieces = []
    for stored in obstacles(vault):
        if not stored.document.harm:
            pieces += [_quote(stored.document.obstacle)] if stored.document.obstacle else []
            pieces += [Piece(kind="pairs", items=_named(stored.document, names))]
    return pieces


def _named(obstacle: Obstacle, names: Mapping[str, str]) -> tuple[Row, ...]:
    """Every line that was written, under the name of its field."""
    lines = ((label, str(getattr(obstacle, name))) for name, label in names.items())
    return tuple(Row(words=words, more=label) for label, words in lines if words)


def _purposes(vault: OpenVault) -> list[Piece]:
    pieces = _list([(card.word, card.words) for card in my_values(vault).cards])
    for stored in purposes(vault):
        purpose = stored.document
        open_steps = [(step, "") for step in purpose.steps if step not in purpose.steps_done]
        pieces += [_quote(purpose.purpose), *_list(open_steps)]
    return pieces


def _people(vault: OpenVault) -> list[Piece]:
    return _list(
        [
            (s.document.name, " · ".join(filter(None, (s.document.role, s.document.phone))))
            for s in people(vault)
        ],
        own=False,
    )


def _appointments(vault: OpenVault, said: Said, today: date) -> list[Piece]:
    coming = coming_appointments(vault, today)
    return _list([(s.document.who, said(s.document)) for s in coming], own=False)
