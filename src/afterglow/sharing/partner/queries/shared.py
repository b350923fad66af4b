"""What one person shares with this one, put together from all grants that hold, and read with the queries of its rooms."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from afterglow.core.instruments import load_instrument
from afterglow.core.plan.phase import Place, place_of
from afterglow.journal.documents import Entry
from afterglow.measures import queries as measures
from afterglow.measures.charts import Chart, chart
from afterglow.measures.documents import Answers, CheckIn
from afterglow.medicine import queries as medicine
from afterglow.medicine.documents import Sitting
from afterglow.plans import queries as plans
from afterglow.plans.documents import (
    Appointment,
    Goal,
    Habit,
    Insight,
    Obstacle,
    Purpose,
    SelfCare,
    ValueCard,
    Values,
    Why,
    Win,
)
from afterglow.sharing.documents import ThemeShown
from afterglow.sharing.partner.documents import LastLook
from afterglow.sharing.queries.people import read_terms
from afterglow.sharing.queries.shown import parts
from afterglow.vault.documents import Document, Stored, as_head
from afterglow.vault.grants.granted import (
    GrantedVault,
    NotGranted,
    granted_to,
    open_granted,
)
from afterglow.vault.media.documents import Media
from afterglow.vault.open_vault import NotHere, OpenVault
from afterglow.vault.readable import Readable

LOOKS = UUID("2f1b7d3c-9a54-4b0f-8a0c-7d2c1e5f6a90")
MOST_WINS, MOST_GOALS, MOST_ENTRIES = 12, 20, 60
FIRST = ("phq-9", "gad-7")
# What a change is called on the list of people; kinds that say little by themselves are left out.
PARTS: dict[str, str] = {
    CheckIn.kind: "mood",
    Answers.kind: "measures",
    Sitting.kind: "sittings",
    Entry.kind: "entries",
    Goal.kind: "plan",
    Win.kind: "plan",
    Why.kind: "plan",
    Obstacle.kind: "plan",
    Insight.kind: "plan",
    Purpose.kind: "plan",
    Values.kind: "plan",
    Habit.kind: "plan",
    SelfCare.kind: "plan",
    Appointment.kind: "appointments",
    ThemeShown.kind: "themes",
}
ORDER = ("sittings", "mood", "measures", "plan", "appointments", "entries", "themes")


@dataclass(frozen=True, slots=True)
class Opened:
    """One grant as it was opened: which parts it shows, for the person who gave it."""

    grant: UUID
    parts: tuple[str, ...]


def opened_parts(vault: OpenVault, person: UUID, *, now: datetime) -> list[Opened]:
    """Which grants of this person stand behind the page, and what of each is on it."""
    return [
        Opened(each.grant, parts(read_terms(each.terms)))
        for each in _opened(vault, person, now=now)
        if each.grant is not None
    ]


def shared_with_me(vault: OpenVault, person: UUID, *, now: datetime) -> GrantedVault | None:
    """Everything that this person's grants show, as one vault to read; None where there is none.

    Raises people.NotMet, people.KeyChanged, Refused.
    """
    opened = _opened(vault, person, now=now)
    return merged(person, opened) if opened else None


def last_day(vault: OpenVault, person: UUID, *, now: datetime) -> date | datetime | None:
    """The latest day until which something is shared, as its owner chose it."""
    opened = _opened(vault, person, now=now)
    days = [read_terms(each.terms).until for each in opened]
    known = [day for day in days if day is not None]
    return max(known) if known else max((each.ends for each in opened if each.ends), default=None)


def _opened(vault: OpenVault, person: UUID, *, now: datetime) -> list[GrantedVault]:
    rows = [row for row in granted_to(vault, now=now) if row.owner == person]
    opened = []
    for row in rows:
        try:
            opened.append(open_granted(vault, row.id, now=now))
        except NotGranted:
            continue
    return opened


def merged(person: UUID, granted: list[GrantedVault]) -> GrantedVault:
    """Several grants as one: of a document that two of them show, the one with more in it."""
    heads: dict[UUID, Stored[Document]] = {}
    source: dict[UUID, GrantedVault] = {}
    for each in granted:
        for stored in each.everything():
            known = heads.get(stored.id)
            if known is None or _size(stored) > _size(known):
                heads[stored.id], source[stored.id] = stored, each

    def bodies(wanted: set[UUID]) -> dict[UUID, Stored[Document]]:
        found: dict[UUID, Stored[Document]] = {}
        for each in granted:
            own = [heads[record] for record in wanted if source.get(record) is each]
            found |= {stored.id: stored for stored in each.whole(own)}
        return found

    return GrantedVault(
        person,
        heads=heads,
        bodies=bodies,
        seen=max((each.seen for each in granted), default=0),
        ends=max((each.ends for each in granted if each.ends), default=None),
    )


def _size(stored: Stored[Document]) -> int:
    return len(as_head(stored.document))


@dataclass(frozen=True, slots=True)
class Measure:
    """One questionnaire over time."""

    name: str
    chart: Chart | None
    taken: list[Stored[Answers]]


@dataclass(frozen=True, slots=True)
class Shared:
    """What the page of one person shows; whatever was not granted is empty."""

    owner: UUID
    place: Place | None
    last: Stored[Sitting] | None
    coming: Stored[Sitting] | None
    sittings: list[Stored[Sitting]]
    mood: Chart | None
    taps: list[Stored[CheckIn]]
    measures: list[Measure]
    why: Stored[Why] | None
    insights: list[Stored[Insight]]
    obstacles: list[Stored[Obstacle]]
    purposes: list[Stored[Purpose]]
    values: tuple[ValueCard, ...]
    habits: list[Stored[Habit]]
    self_care: list[Stored[SelfCare]]
    goals: list[Stored[Goal]]
    became: list[Stored[Goal]]
    wins: list[Stored[Win]]
    appointments: list[Stored[Appointment]]
    past_appointments: list[Stored[Appointment]]
    entries: list[Stored[Entry]]
    media: dict[UUID, Stored[Media]]
    themes: list[Stored[ThemeShown]]
    effects: list[Stored[Sitting]]

    @property
    def has_plan(self) -> bool:
        meaning = (self.why, self.insights, self.obstacles, self.purposes, self.values)
        doing = (self.goals, self.became, self.wins, self.habits, self.self_care)
        return any(meaning) or any(doing)


def shared_page(given: Readable, today: date) -> Shared:
    """The queries of the other rooms, on what was granted."""
    sittings = medicine.done_sittings(given)
    days = [stored.document.day for stored in sittings]
    taps = measures.check_ins(given)
    mood = [(tap.document.at.day, float(tap.document.level)) for tap in taps]
    last, coming = medicine.last_sitting(given, today), medicine.next_sitting(given, today)
    planned = [coming.document.day] if coming else []
    return Shared(
        owner=given.owner,
        place=place_of(today, done=days, planned=planned) if days or planned else None,
        last=last,
        coming=coming,
        sittings=sittings[::-1],
        mood=chart(mood, top=10, rulers=(1, 5, 9), sittings=days, gap_days=7),
        taps=taps[::-1][:60],
        measures=_measures(given, days),
        why=plans.my_why(given),
        insights=plans.insights(given),
        # What does harm is between the person and those who can help.
        obstacles=[each for each in plans.obstacles(given) if not each.document.harm],
        purposes=plans.purposes(given),
        values=plans.my_values(given).cards,
        habits=[each for each in plans.habits(given) if not each.document.resting],
        self_care=plans.self_care(given),
        goals=plans.open_goals(given)[:MOST_GOALS],
        became=[*plans.goals_done(given), *plans.goals_let_go(given)][:MOST_GOALS],
        wins=plans.wins(given)[:MOST_WINS],
        appointments=given.whole(plans.coming_appointments(given, today)),
        past_appointments=given.whole(plans.past_appointments(given, today)),
        entries=given.whole(_newest(given))[:MOST_ENTRIES],
        media={stored.id: stored for stored in given.heads(Media)},
        themes=sorted(given.heads(ThemeShown), key=_theme_order),
        effects=_effects(given),
    )


def _theme_order(stored: Stored[ThemeShown]) -> tuple[bool, int, str]:
    return not stored.document.pinned, -stored.document.entries, stored.document.name


def _effects(given: Readable) -> list[Stored[Sitting]]:
    """Sittings of which side effects or pressures were noted and are shared, newest first."""
    known = [s for s in given.all(Sitting) if s.document.side_effects or s.document.pressures]
    return sorted(known, key=lambda each: each.document.day, reverse=True)


def _newest(given: Readable) -> list[Stored[Entry]]:
    newest = sorted(given.heads(Entry), key=lambda each: each.document.written.at, reverse=True)
    return newest[:MOST_ENTRIES]


def _measures(given: Readable, sittings: list[date]) -> list[Measure]:
    """Every questionnaire that was filled in whole, those that are known best first."""
    known = {each.document.instrument for each in given.heads(Answers)}
    found = []
    for instrument in (*FIRST, *sorted(known.difference(FIRST))):
        whole = [a for a in measures.answers_of(given, instrument) if a.document.total is not None]
        scores = [(a.document.at.day, float(a.document.total or 0)) for a in whole]
        if whole:
            name, top, rulers = _scale(instrument, scores)
            drawn = chart(scores, top=top, rulers=rulers, sittings=sittings)
            found.append(Measure(name, drawn, whole[::-1]))
    return found


def _scale(instrument: str, scores: list[tuple[date, float]]) -> tuple[str, int, tuple[int, ...]]:
    """Name, highest total and cut-offs; of a questionnaire that this version does not know, what was reached."""
    try:
        known = load_instrument(instrument)
    except LookupError:
        most = int(max(score for _, score in scores)) or 1
        return instrument.upper(), most, (most,)
    return known.short_title, known.highest_total, known.cut_offs


def last_look_id(vault: OpenVault, person: UUID) -> UUID:
    return uuid5(LOOKS, f"{vault.owner.hex} {person.hex}")


def last_look(vault: OpenVault, person: UUID) -> LastLook | None:
    try:
        return vault.get(LastLook, last_look_id(vault, person)).document
    except NotHere:
        return None


def newest_change(given: GrantedVault) -> int:
    return max((stored.change for stored in given.everything()), default=0)


def changed_parts(given: GrantedVault, since: LastLook | None) -> list[str]:
    """Which parts changed since the last look, in a fixed order and without counts."""
    seen = since.change if since else -1
    kinds = {each.document.kind for each in given.everything() if each.change > seen}
    found = {PARTS[kind] for kind in kinds if kind in PARTS}
    return [part for part in ORDER if part in found]
