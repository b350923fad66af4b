"""What Today shows, put together from what the capabilities know."""

from dataclasses import dataclass, field, replace
from datetime import date

from afterglow.accounts.documents import Preferences
from afterglow.accounts.queries import preferences
from afterglow.companion.queries.choice import Asked, choice_for, place_on
from afterglow.companion.queries.day import DayState, day_state
from afterglow.companion.queries.due import measure_due, next_appointment, own_check_due
from afterglow.companion.queries.looking_back import look_back_due
from afterglow.companion.queries.programmes import (
    Standing,
    TodaysPart,
    part_for_today,
    standing,
    suggestion,
)
from afterglow.companion.queries.shown import ShownThing, shown
from afterglow.companion.queries.words import welcome, word_of
from afterglow.core.content import library
from afterglow.core.content.kinds import Coping, KindWord, OwnCheck, Practice, Programme
from afterglow.core.days import Moment
from afterglow.core.plan.choose import Choice
from afterglow.core.plan.gentle import in_quiet_hours, may_offer_why
from afterglow.core.plan.phase import Place
from afterglow.measures import queries as measures
from afterglow.measures.documents import CheckIn
from afterglow.medicine import queries as medicine
from afterglow.medicine.documents import Sitting
from afterglow.medicine.queries import is_under_way
from afterglow.plans import queries as plans
from afterglow.plans.documents import Appointment, Person
from afterglow.plans.queries import rhythm
from afterglow.plans.queries.safety import has_safety_plan, topics_are_due
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

HARD_SITTING_DAYS = 2
ASK_FELT_DAYS = 3
UNSAID_DAYS = 14
MOST_LINES = 2
MEETING_SHOWN_DAYS = 14


@dataclass(frozen=True, slots=True)
class Today:
    """Everything on the page. Where it is hard, paused, finished or a quiet hour, `choice` is empty."""

    day: Moment
    place: Place
    last: Stored[Sitting] | None
    following: Stored[Sitting] | None
    unsaid: Stored[Sitting] | None
    sitting: Stored[Sitting] | None
    tap: Stored[CheckIn] | None
    state: DayState
    likes: Preferences
    hard: bool
    quiet_hour: bool
    waits_to_be_asked: bool
    choice: Choice = field(default_factory=Choice)
    things: list[ShownThing] = field(default_factory=list)
    done: list[Practice] = field(default_factory=list)
    standing: Standing | None = None
    part: TodaysPart | None = None
    meeting: Stored[Appointment] | None = None
    people: list[Stored[Person]] = field(default_factory=list)
    coping: Coping | None = None
    has_plan: bool = False
    welcome: KindWord | None = None
    rest_word: KindWord | None = None
    offer_why: bool = False
    measure_due: bool = False
    own_check: OwnCheck | None = None
    look_back: str = ""
    topics_due: bool = False
    suggestion: Programme | None = None
    tell_clinic: bool = False
    much_energy: bool = False

    @property
    def nothing_lifted(self) -> bool:
        return self.last is not None and self.last.document.felt == "nothing"

    @property
    def paused(self) -> bool:
        return bool(self.likes.paused_on)

    @property
    def finished(self) -> bool:
        return bool(self.likes.finished_on) and not self.likes.paused_on

    @property
    def quiet_lines(self) -> tuple[str, ...]:
        """What is named below in one line each: two at most, so that the page keeps its air."""
        if self.state.enough or self.evening:
            return ()
        wanted = {
            "own-check": self.own_check is not None,
            "why": self.offer_why,
            "measure": self.measure_due,
            "topics": self.topics_due,
            "programme": self.suggestion is not None,
        }
        return tuple(line for line, there in wanted.items() if there)[:MOST_LINES]

    @property
    def offers_anything(self) -> bool:
        """Whether this is a day and an hour for offers at all."""
        held_back = self.paused or self.finished or self.quiet_hour or self.state.enough
        return not (self.hard or held_back or self.likes.low_energy)

    @property
    def counts_days(self) -> bool:
        """Whether the days since the sitting stand at the top: not for someone for whom nothing lifted."""
        since = self.place.days_since
        return since is not None and since <= 14 and not self.nothing_lifted and not self.finished

    @property
    def evening(self) -> bool:
        """Home and settled today: nothing is asked any more."""
        home = self.last.document.home if self.last else None
        return home is not None and home.day == self.day.day

    @property
    def under_way(self) -> bool:
        """A sitting has begun, and nobody said yet that they are home."""
        return self.sitting is not None and is_under_way(self.sitting.document, self.day)

    @property
    def ask_how_it_was(self) -> bool:
        if self.last is None or self.last.document.felt or self.quiet_hour or self.evening:
            return False
        since = self.place.days_since
        put_off = self.last.document.felt_on == self.day.day
        return since is not None and since <= ASK_FELT_DAYS and not put_off


def today(vault: OpenVault, now: Moment, language: str) -> Today:
    """The whole of Today for one person at one moment."""
    likes, state = preferences(vault), day_state(vault, now.day)
    place, last = place_on(vault, now.day), medicine.last_sitting(vault, now.day)
    local = now.local()
    page = Today(
        day=now,
        place=place,
        last=last,
        following=medicine.next_sitting(vault, now.day),
        unsaid=_unsaid(vault, now.day),
        sitting=medicine.sitting_today(vault, now),
        tap=measures.check_in_of(vault, now.day),
        state=state,
        likes=likes,
        hard=_is_hard(vault, place, last, state),
        quiet_hour=in_quiet_hours(f"{local:%H:%M}", likes.quiet_from, likes.quiet_until),
        waits_to_be_asked=_waits_to_be_asked(vault, last),
        tell_clinic=measures.item9_today(vault, now.day) > 1,
        much_energy=_much_energy(vault, now),
        welcome=welcome(vault, now, language),
    )
    if page.hard:
        return _hard_day(vault, page, language)
    if page.paused or page.finished or page.quiet_hour:
        return page
    return _usual_day(vault, page, Asked(vault, now.day, local.hour, language, likes, state))


def _hard_day(vault: OpenVault, page: Today, language: str) -> Today:
    """One coping practice, my people, Help; everything else waits."""
    options = library.coping(language)
    coping = options[page.day.day.toordinal() % len(options)] if options else None
    return _with(page, coping=coping, people=plans.people(vault), has_plan=has_safety_plan(vault))


def _usual_day(vault: OpenVault, page: Today, asked: Asked) -> Today:
    choice = choice_for(asked, page.place)
    full = not page.likes.low_energy
    look_back = _look_back(vault, page) if full else ""
    if page.waits_to_be_asked or look_back:
        choice = Choice(things=choice.things)
    things = shown(vault, choice.things)
    return _with(
        page,
        choice=choice,
        things=things,
        done=_done(vault, page, asked.language) if full else [],
        standing=standing(vault, page.place, asked.language) if full else None,
        part=part_for_today(vault, page.place, asked.language) if full else None,
        meeting=_meeting(vault, page, things) if full else None,
        offer_why=full and _offer_why(vault, page),
        measure_due=full and _measure_is_left(vault, page, things),
        look_back=look_back,
        own_check=_own_check(vault, page, asked.language) if full and not look_back else None,
        topics_due=full and _topics_are_due(vault, page),
        suggestion=_suggestion(vault, page, asked.language) if full else None,
        rest_word=word_of(page.day.day, "enough", asked.language) if page.state.enough else None,
    )


def _with(page: Today, **changes: object) -> Today:
    return replace(page, **changes)  # type: ignore[arg-type]


def _unsaid(vault: OpenVault, day: date) -> Stored[Sitting] | None:
    """A planned sitting whose day has come; one long past is not asked about any more."""
    found = medicine.unrecorded_sitting(vault, day)
    return found if found and (day - found.document.day).days <= UNSAID_DAYS else None


def _is_hard(vault: OpenVault, place: Place, last: Stored[Sitting] | None, state: DayState) -> bool:
    """Very low today, or said so; a sitting called hard keeps its first days quiet until the person says otherwise."""
    if state.hard == "yes" or measures.is_hard_today(vault, place.day):
        return True
    hard_sitting = last is not None and last.document.felt == "hard"
    return hard_sitting and (place.days_since or 0) <= HARD_SITTING_DAYS and state.hard != "no"


def _waits_to_be_asked(vault: OpenVault, last: Stored[Sitting] | None) -> bool:
    """After a hard sitting nothing is reflected on until the person asks for it."""
    if last is None or last.document.felt != "hard":
        return False
    return rhythm.rhythm(vault).reflect_after != last.id


def _done(vault: OpenVault, page: Today, language: str) -> list[Practice]:
    """Practices done today of which it was not said yet whether they helped."""
    day, notes = page.day.day, rhythm.practice_notes(vault)
    return [
        practice
        for practice in library.practices(language)
        if practice.id in notes
        and day in notes[practice.id].done_on
        and day not in notes[practice.id].helped_on
        and day not in notes[practice.id].no_help_on
        and f"helped:{practice.id}" not in page.state.not_now
    ]


def _meeting(vault: OpenVault, page: Today, things: list[ShownThing]) -> Stored[Appointment] | None:
    """The next appointment, unless it already stands among the small things."""
    coming = next_appointment(vault, page.day.day)
    if coming is None or any(thing.kind == "appointment" for thing in things):
        return None
    near = (coming.document.day - page.day.day).days <= MEETING_SHOWN_DAYS
    return coming if near else None


def _look_back(vault: OpenVault, page: Today) -> str:
    """Questions that build on what was kept, in place of the question and the check-in of that day."""
    point = "" if page.ask_how_it_was else look_back_due(vault, page.place)
    return "" if point in page.state.ids_put_off else point


def _own_check(vault: OpenVault, page: Today, language: str) -> OwnCheck | None:
    """The check-in with oneself that is open; not before it was said how the sitting was."""
    point = own_check_due(vault, page.place)
    if point is None or point in page.state.ids_put_off or page.ask_how_it_was:
        return None
    return next((each for each in library.own_checks(language) if each.id == point), None)


def _topics_are_due(vault: OpenVault, page: Today) -> bool:
    """Once a month, unless it was put off for today."""
    return "month" not in page.state.ids_put_off and topics_are_due(vault, page.day.day)


def _suggestion(vault: OpenVault, page: Today, language: str) -> Programme | None:
    """A guided way that fits these days; none where nothing lifted or the sitting was hard."""
    if page.ask_how_it_was or page.nothing_lifted or page.waits_to_be_asked:
        return None
    return suggestion(vault, page.place, language)


def _measure_is_left(vault: OpenVault, page: Today, things: list[ShownThing]) -> bool:
    """A due measure that found no place among the small things is a quiet line below."""
    among = any(thing.kind == "measure" for thing in things)
    left = [due for due in measure_due(vault, page.place) if due.id not in page.state.ids_put_off]
    return bool(left) and not among and page.place.phase != "rest"


def _offer_why(vault: OpenVault, page: Today) -> bool:
    if plans.my_why(vault) is None or page.place.phase == "rest":
        return False
    # The last tap of a day counts.
    levels = {tap.document.at.day: tap.document.level for tap in measures.check_ins(vault)}
    return may_offer_why(page.day.day, levels, rhythm.rhythm(vault).why_offered_on)


def _much_energy(vault: OpenVault, now: Moment) -> bool:
    """Much energy, or beliefs that worry others, tapped today: what a prescriber would want to hear."""
    to_tell = {feeling.id for feeling in library.feelings() if feeling.ask_clinic}
    taps = [tap.document for tap in measures.check_ins(vault) if tap.document.at.day == now.day]
    return any(to_tell & set(tap.feelings) for tap in taps)
