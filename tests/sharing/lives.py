"""A life with one document of every kind that could be shared, each word of it found again."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import msgspec
from django.utils import timezone

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.measures.documents import Answers, CheckIn
from afterglow.medicine.documents import BloodPressure, SideEffect, Sitting
from afterglow.plans.documents import (
    Appointment,
    Goal,
    Habit,
    Insight,
    Letter,
    Obstacle,
    Person,
    Purpose,
    Review,
    SelfCare,
    ValueCard,
    Values,
    Why,
    Win,
)
from afterglow.sharing.documents import STANDING, Quote, ThemeShown

NOW = moment(timezone.now(), "UTC")
DAY = date(2031, 2, 3)


@dataclass
class Life:
    """What was put where, by a short name."""

    ids: dict[str, UUID] = field(default_factory=dict)


# Not a word by itself: passphrases that pages offer are made of words, and one of them is a bird.
MARK = "xcanary"


def word(name):
    """A word that stands nowhere else."""
    return f"{MARK}{name}yranac"


def found_in(text):
    """The name of every word of this life in a text; also of one that was cut off."""
    return {part.split("yranac")[0] for part in text.lower().split(MARK)[1:]}


def live(vault):
    life = Life()
    for name, document in documents().items():
        life.ids[name] = vault.put(document).id
    return life


def documents():
    w = word
    return {
        "entry": Entry(written=NOW, title=w("title"), snippet=w("snippet"), text=w("text")),
        "other": Entry(written=NOW, snippet=w("othersnippet"), text=w("othertext")),
        "tender": Entry(written=NOW, snippet=w("tendersnippet"), text=w("tendertext"), tender=True),
        "tap": CheckIn(at=NOW, level=3, feelings=(w("feeling"),)),
        "worded": CheckIn(at=NOW, level=5, feelings=(w("second"),), words=w("tapwords")),
        "answers": Answers(at=NOW, instrument=w("instrument"), total=7, band=w("band")),
        "sitting": Sitting(
            day=DAY,
            done=True,
            series=w("series"),
            place=w("place"),
            dose_words=w("dose"),
            who=w("who"),
            intention=w("intention"),
            images=w("images"),
            hard=w("hard"),
            notes=w("notes"),
            people=w("people"),
            side_effects=(SideEffect(name=w("effect")),),
            pressures=(BloodPressure(at=w("cuff"), systolic=120, diastolic=80),),
        ),
        "why": Why(why=w("why")),
        "insight": Insight(insight=w("insight"), means=w("means")),
        "obstacle": Obstacle(obstacle=w("obstacle"), then_words=w("then")),
        "harm": Obstacle(obstacle=w("harm"), harm=True),
        "slow": Obstacle(obstacle=w("slow"), way="slow", less=w("less")),
        "purpose": Purpose(purpose=w("purpose"), steps=(w("step"),)),
        "values": Values(cards=(ValueCard(word=w("value")),)),
        "goal": Goal(
            text=w("goal"), what_for=w("whatfor"), theme=w("goaltheme"), if_not=w("ifnot")
        ),
        "second_goal": Goal(text=w("secondgoal")),
        "habit": Habit(text=w("habit")),
        "care": SelfCare(text=w("care")),
        "win": Win(text=w("win"), on=DAY),
        "person": Person(name=w("person"), phone=w("phone")),
        "appointment": Appointment(
            day=DAY,
            clock="10:15",
            who=w("therapist"),
            place=w("practice"),
            agreed=(w("agreed"),),
            prepare=w("prepare"),
            notes=w("appointmentnotes"),
            since_last=w("sincelast"),
            came_up=w("cameup"),
            what_changed=w("whatchanged"),
            measured=w("measured"),
            to_ask=w("toask"),
            to_mention=w("tomention"),
        ),
        "letter": Letter(open_on=DAY, text=w("letter")),
        "review": Review(on=DAY, helped=w("helped")),
        "theme": ThemeShown(theme="t", name=w("theme")),
        "quoted": ThemeShown(
            theme="t",
            name=w("quotedtheme"),
            with_quotes=True,
            quotes=(Quote(entry=UUID(int=1), day=DAY, words=w("quote")),),
        ),
    }


MOOD = {"feeling", "second"}
MEASURES = {"instrument", "band"}
SITTINGS = {"series", "dose"}
EFFECTS = {"effect", "cuff"}
PLAN = {
    *("why", "insight", "means", "obstacle", "then", "purpose", "step", "value", "goal"),
    *("whatfor", "goaltheme", "ifnot", "secondgoal", "habit", "care", "win"),
}
# Exactly these words, for each scope.
EXPECTED = {
    "mood": MOOD,
    "measures": MEASURES,
    "sittings": SITTINGS,
    "effects": EFFECTS,
    "plan": PLAN,
    "appointments": {"toask"},
    "themes": {"theme"},
    "themes+quotes": {"quotedtheme", "quote"},
    "entries": {"title", "snippet", "text"},
    "goal": {"goal", "ifnot"},
    "sittings+effects": SITTINGS | EFFECTS,
    "everything": MOOD
    | MEASURES
    | SITTINGS
    | EFFECTS
    | PLAN
    | {"toask", "quotedtheme", "quote", "title", "snippet", "text"},
}


def terms_of(scope, life):
    """The arguments of `cast.give` for one of EXPECTED."""
    if scope == "everything":
        scopes = STANDING
        return {"scopes": scopes, "entries": (life.ids["entry"],), "goal": life.ids["goal"]}
    if scope == "entries":
        return {"entries": (life.ids["entry"],)}
    if scope == "goal":
        return {"goal": life.ids["goal"]}
    return {"scopes": tuple(scope.split("+"))}


def words_in(view):
    """Every canary that the holder of this view can come to."""
    whole = view.whole(list(view._heads.values()))
    text = msgspec.json.encode([msgspec.to_builtins(s.document) for s in whole]).decode()
    return found_in(text)
