"""What the one page for an appointment can begin with: since the last time, in the person's own words and numbers."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from afterglow.measures import queries as measures
from afterglow.measures.documents import LEVELS
from afterglow.medicine import queries as medicine
from afterglow.plans.documents import Appointment, Goal, Insight
from afterglow.plans.queries.doing import goals_from, wins_since
from afterglow.plans.queries.meaning import insights
from afterglow.plans.queries.others import past_appointments
from afterglow.plans.queries.safety import worth_mentioning_lines
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

INSTRUMENTS = {"phq-9": "PHQ-9", "gad-7": "GAD-7"}
MONTH = timedelta(days=30)
MOST_LINES = 8
MOST_SITTINGS = 6

Said = Callable[[object], str]


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """The words between the person's own, in their language; `said` puts a day in words."""

    said: Said
    language: str
    last_time: str
    sittings: str
    agreed: str
    done: str
    open: str
    let_go: str
    check_ins: str
    very_low: str
    low: str
    in_between: str
    fairly_good: str
    good: str

    @property
    def levels(self) -> dict[int, str]:
        words = (self.very_low, self.low, self.in_between, self.fairly_good, self.good)
        return dict(zip(LEVELS, words, strict=True))


def summary_to_begin_with(
    vault: OpenVault, appointment: Stored[Appointment], today: date, words: SummaryWords
) -> dict[str, str]:
    """Every part that has something; the person changes, shortens or empties it."""
    last = _last_time(vault, appointment, today)
    since = last.document.day if last else today - MONTH
    seen = [s.document for s in insights(vault) if s.document.on and s.document.on >= since]
    won = dict.fromkeys(stored.document.text for stored in wins_since(vault, since))
    return {
        "since_last": "\n".join(_since_last(vault, last, since, today, words)),
        "came_up": "\n".join(_lines(insight) for insight in seen[:MOST_LINES]),
        "what_changed": "\n".join(list(won)[:MOST_LINES]),
        "measured": "\n".join([*_measured(vault, words), *_moods(vault, since, words)]),
        "to_mention": "\n".join(worth_mentioning_lines(vault, since, today, words.language)),
        "to_ask": appointment.document.prepare,
    }


def _last_time(
    vault: OpenVault, appointment: Stored[Appointment], today: date
) -> Stored[Appointment] | None:
    """The last meeting with the same person."""
    for stored in past_appointments(vault, appointment.document.day):
        same = stored.document.who == appointment.document.who
        if same and stored.id != appointment.id and stored.document.day < today:
            return stored
    return None


def _since_last(
    vault: OpenVault,
    last: Stored[Appointment] | None,
    since: date,
    today: date,
    words: SummaryWords,
) -> list[str]:
    """The last time, the sittings since, and what became of each thing that was agreed."""
    days = [
        s.document.day for s in medicine.done_sittings(vault) if since < s.document.day <= today
    ]
    sat = ", ".join(words.said(day) for day in days[-MOST_SITTINGS:])
    lines = [f"{words.last_time}: {words.said(last.document.day)}"] if last else []
    lines += [f"{words.sittings}: {sat}"] if sat else []
    agreed = goals_from(vault, last.id)[:MOST_LINES] if last else []
    return lines + [
        f"{words.agreed}: {goal.document.text} ({_became(goal.document, words)})" for goal in agreed
    ]


def _became(goal: Goal, words: SummaryWords) -> str:
    if goal.done_on or goal.state == "done":
        return words.done
    return words.let_go if goal.state == "let_go" else words.open


def _lines(insight: Insight) -> str:
    return "\n".join(filter(None, (insight.insight, insight.means)))


def _measured(vault: OpenVault, words: SummaryWords) -> list[str]:
    """The last two totals of each questionnaire."""
    lines = []
    for instrument, name in INSTRUMENTS.items():
        taken = [a.document for a in measures.answers_of(vault, instrument)]
        whole = [f"{a.total} ({words.said(a.at.day)})" for a in taken if a.total is not None][-2:]
        if whole:
            lines.append(f"{name}: {', '.join(whole)}")
    return lines


def _moods(vault: OpenVault, since: date, words: SummaryWords) -> list[str]:
    """How often each level was tapped since then, as words."""
    taps = [tap.document for tap in measures.check_ins(vault) if tap.document.at.day >= since]
    often = Counter(tap.level for tap in taps)
    said = [f"{word} {often[level]}" for level, word in words.levels.items() if often[level]]
    return [f"{words.check_ins}: {', '.join(said)}"] if said else []
