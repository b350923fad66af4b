"""Fills a new vault with the fictional person of the demo. Leaves out where that person comes from (`core.demo`)."""

from datetime import date, time, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from afterglow.accounts import services as accounts
from afterglow.core import demo
from afterglow.core.content import data_folder
from afterglow.core.crypto import v1
from afterglow.core.days import Moment, at_local, day_of
from afterglow.core.demo import parts
from afterglow.core.instruments.loading import load_instrument
from afterglow.core.instruments.scoring import score
from afterglow.insights.documents import ThemeMark
from afterglow.journal.documents import Entry
from afterglow.journal.services import snippet_of
from afterglow.measures.documents import Answers, CheckIn
from afterglow.medicine.documents import BloodPressure, SideEffect, Sitting
from afterglow.plans import documents as plans
from afterglow.vault import unlock
from afterglow.vault.documents import Document
from afterglow.vault.open_vault import OpenVault

IDS = UUID("0f4b5c1e-6f0c-4d4b-9a55-6a2d0d3b6e10")
KINDS = {
    "free": "entry",
    "guided": "entry",
    "spoken": "dictated",
    "after": "sitting",
    "appointment": "note",
}
REPEATS: dict[str, plans.Repeats] = {"once": "", "day": "daily", "week": "weekly"}
STATES: dict[str, plans.GoalState] = {
    "done": "done",
    "open": "open",
    "moved": "moved",
    "let go": "let_go",
}
Rows = list[tuple[UUID, Document]]


def fill(today: date | None = None) -> str:
    """Make the vault, fill it, and give its passphrase."""
    passphrase = accounts.six_words()
    entered = accounts.begin(name="", passphrase=passphrase)
    unlock.set_recovery_code(entered.vault.keys, v1.new_recovery_code())
    accounts.keep_preferences(vault=entered.vault, country="GB")
    put_person(entered.vault, today or day_of(timezone.now(), "Europe/London"))
    return passphrase


def put_person(vault: OpenVault, today: date) -> int:
    """Keep every document of the demo person, day 0 being `today`; gives how many."""
    rows = Demo(demo.load_demo(data_folder() / "demo"), today).rows()
    vault.put_all(rows)
    return len(rows)


class Demo:
    """One pass from the demo's parts to documents; ids are made from the demo's own names."""

    def __init__(self, person: demo.DemoPerson, today: date) -> None:
        self.person = person
        self.today = today
        self.zone = person.person.zone
        self.names = {someone.id: someone.name for someone in person.people}
        self.texts = {entry.id: entry.text for entry in person.entries}

    def rows(self) -> Rows:
        return [
            *self._sittings(),
            *self._entries(),
            *self._days(),
            *self._meanings(),
            *self._goals(),
            *self._people(),
            *self._marks(),
        ]

    def _id(self, name: str) -> UUID:
        return uuid5(IDS, name)

    def _link(self, name: str) -> UUID | None:
        return self._id(name) if name else None

    def _day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def _moment(self, offset: int, at: time) -> Moment:
        return at_local(self._day(offset), at.hour, at.minute, self.zone)

    def _sittings(self) -> Rows:
        return [(self._id(part.id), self._sitting(part)) for part in self.person.sittings]

    def _sitting(self, part: parts.Sitting) -> Sitting:
        return Sitting(
            day=self._day(part.day),
            clock=f"{part.at:%H:%M}",
            zone=self.zone,
            done=part.state == "done",
            series=part.series,
            route=part.route,
            place=part.place,
            dose_words=part.dose,
            who=", ".join(self.names.get(name, name) for name in part.with_me),
            intention=part.intention,
            felt=part.felt,
            felt_on=self._day(part.day) if part.felt else None,
            has_after=part.state == "done",
            images="\n".join(part.images),
            feelings=", ".join(part.feelings),
            body_felt=part.body,
            messages="\n".join(part.messages),
            people="\n".join(part.who_came),
            hard=part.hard,
            side_effects=tuple(
                SideEffect(name=e.what, severity=e.severity) for e in part.side_effects
            ),
            pressures=tuple(
                BloodPressure(at=f"{p.minute} min", systolic=p.upper_mmhg, diastolic=p.lower_mmhg)
                for p in part.pressure
            ),
        )

    def _entries(self) -> Rows:
        return [
            (
                self._id(part.id),
                Entry(
                    written=self._moment(part.day, part.at),
                    kind_of=KINDS.get(part.kind, part.kind),
                    sitting=self._link(part.sitting),
                    snippet=snippet_of(part.text),
                    tags=part.tags,
                    tender=part.tender,
                    question_text=part.question,
                    text=part.text,
                ),
            )
            for part in self.person.entries
        ]

    def _days(self) -> Rows:
        taps: Rows = [
            (
                self._id(f"tap {number}"),
                CheckIn(
                    at=self._moment(tap.day, tap.at),
                    level=tap.level,
                    feelings=tap.feelings,
                    words=tap.words,
                ),
            )
            for number, tap in enumerate(self.person.check_ins)
        ]
        taken = [
            (self._id(f"answers {number}"), self._answers(part))
            for number, part in enumerate(self.person.measures)
        ]
        return [*taps, *taken]

    def _answers(self, part: parts.Measure) -> Answers:
        known = load_instrument(part.instrument)
        result = score(known, part.answers)
        return Answers(
            at=self._moment(part.day, part.at),
            instrument=known.id,
            version=known.version,
            answers=part.answers,
            total=result.total,
            band=result.band or "",
            item9=result.item9,
        )

    def _meanings(self) -> Rows:
        latest = self.person.why[-1]
        why = plans.Why(why=latest.text, since=self._day(latest.day))
        return [
            (self._id("why"), why),
            *((self._id(part.id), self._insight(part)) for part in self.person.insights),
            *((self._id(part.id), self._obstacle(part)) for part in self.person.obstacles),
            *((self._id(part.id), self._purpose(part)) for part in self.person.purposes),
        ]

    def _insight(self, part: parts.Insight) -> plans.Insight:
        return plans.Insight(
            insight=f"{part.text}\n{part.means}",
            sitting=self._link(part.sitting),
            entry=self._link(part.entry),
            theme=part.theme,
            strengthen=part.strengthen,
            on=self._day(part.day),
        )

    def _obstacle(self, part: parts.Obstacle) -> plans.Obstacle:
        return plans.Obstacle(
            obstacle=part.text,
            if_words=part.if_this,
            then_words=part.then_that,
            on=self._day(part.day),
            insight=self._link(part.insight),
        )

    def _purpose(self, part: parts.Purpose) -> plans.Purpose:
        return plans.Purpose(
            purpose=part.text,
            steps=tuple(step.text for step in part.steps),
            steps_done=tuple(step.text for step in part.steps if step.done_on is not None),
            on=self._day(part.day),
        )

    def _goals(self) -> Rows:
        goals: Rows = [(self._id(part.id), self._goal(part)) for part in self.person.goals]
        wins: Rows = [
            (
                self._id(part.id),
                plans.Win(text=part.text, on=self._day(part.day), comes_from=self._link(part.goal)),
            )
            for part in self.person.wins
        ]
        cares: Rows = [
            (self._id(part.id), plans.SelfCare(text=part.text, clock=f"{part.at:%H:%M}"))
            for part in self.person.self_care
        ]
        return [*goals, *wins, *cares]

    def _goal(self, part: parts.Goal) -> plans.Goal:
        day = part.moved_to if part.moved_to is not None else part.on_day
        return plans.Goal(
            text=part.text,
            day=self._day(day),
            clock=f"{part.at:%H:%M}",
            place=part.place,
            repeats=REPEATS[part.every],
            state=STATES[part.state],
            comes_from=self._link(part.comes_from),
            done_on=tuple(self._day(day) for day in part.done_on),
            on=self._day(part.day),
        )

    def _people(self) -> Rows:
        people: Rows = [
            (
                self._id(part.id),
                plans.Person(
                    name=part.name,
                    role=part.role,
                    phone=part.phone,
                    may_be_told=bool(part.may_be_told),
                    helps=part.may_be_told,
                ),
            )
            for part in self.person.people
            if part.in_plan
        ]
        meetings: Rows = [
            (
                self._id(part.id),
                plans.Appointment(
                    day=self._day(part.day),
                    clock=f"{part.at:%H:%M}",
                    who=self.names.get(part.who, part.who),
                    place=part.place,
                    agreed=part.agreed,
                    held=part.day < 0,
                    prepare="\n".join((part.came_up, part.changed, *part.to_ask)),
                    notes=part.notes,
                ),
            )
            for part in self.person.appointments
        ]
        letters: Rows = [
            (self._id(part.id), plans.Letter(open_on=self._day(part.opens_on), text=part.text))
            for part in self.person.letters
        ]
        return [*people, *meetings, *letters]

    def _marks(self) -> Rows:
        return [
            (self._id(f"mark {theme.id} {number}"), self._mark(theme.name, mark))
            for theme in self.person.themes
            if theme.decision != "dismissed"
            for number, mark in enumerate(theme.marks)
        ]

    def _mark(self, label: str, mark: parts.Mark) -> ThemeMark:
        start = self.texts[mark.entry].index(mark.quote)
        return ThemeMark(
            label=label,
            entry=self._id(mark.entry),
            start=start,
            end=start + len(mark.quote),
            belongs=mark.belongs,
        )
