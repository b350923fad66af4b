"""The plan as sheets for paper, and what a page for an appointment can begin with.

Headings and names come in as words in the person's language; nothing here is worded. What does harm stays off paper.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from afterglow.core.paper import Part, Piece, Row
from afterglow.measures import queries as measures
from afterglow.plans.documents import Appointment, Insight, Obstacle
from afterglow.plans.queries.doing import habits, open_goals, self_care, wins_since
from afterglow.plans.queries.meaning import (
    insights,
    my_values,
    obstacles,
    purposes,
    to_strengthen,
    whys,
)
from afterglow.plans.queries.others import coming_appointments, past_appointments, people
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

INSTRUMENTS = {"phq-9": "PHQ-9", "gad-7": "GAD-7"}
MONTH = timedelta(days=30)
MOST_LINES = 12

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


def summary_to_begin_with(
    vault: OpenVault, appointment: Stored[Appointment], today: date, said: Said
) -> dict[str, str]:
    """What a page for an appointment can begin with, all of it in the person's own words and numbers."""
    since = _since(vault, appointment, today)
    seen = [s.document for s in insights(vault) if s.document.on and s.document.on >= since]
    won = dict.fromkeys(stored.document.text for stored in wins_since(vault, since))
    return {
        "came_up": "\n".join(_lines(insight) for insight in seen[:MOST_LINES]),
        "what_changed": "\n".join(list(won)[:MOST_LINES]),
        "measured": "\n".join(_measured(vault, said)),
        "to_ask": appointment.document.prepare,
    }


def _lines(insight: Insight) -> str:
    return "\n".join(filter(None, (insight.insight, insight.means)))


def _since(vault: OpenVault, appointment: Stored[Appointment], today: date) -> date:
    """The last meeting with the same person, or a month ago."""
    for stored in past_appointments(vault, appointment.document.day):
        same = stored.document.who == appointment.document.who
        if same and stored.id != appointment.id and stored.document.day < today:
            return stored.document.day
    return today - MONTH


def _measured(vault: OpenVault, said: Said) -> list[str]:
    """The last two totals of each questionnaire."""
    lines = []
    for instrument, name in INSTRUMENTS.items():
        taken = [a.document for a in measures.answers_of(vault, instrument)]
        whole = [f"{a.total} ({said(a.at.day)})" for a in taken if a.total is not None][-2:]
        if whole:
            lines.append(f"{name}: {', '.join(whole)}")
    return lines
