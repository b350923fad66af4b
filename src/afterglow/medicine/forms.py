"""The shape of what is asked about a sitting."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from afterglow.core import content
from afterglow.medicine.documents import (
    PRESSURE_MMHG,
    TAKEN_AT,
    BloodPressure,
    SideEffect,
    Sitting,
)
from afterglow.ui.forms import ClockField, DayField, LongText, PrivateForm

EFFECT = "effect_"
TICK = "tick_"
# The two readings that are usually taken, and how else they may have been written down.
READINGS = ("before", "40 min")
ALSO_WRITTEN = {"0 min": "before", "40": "40 min"}
YEARS = range(1960, 2101)
LEVELS = [(0, _("not noticed")), (1, _("a little")), (2, _("quite")), (3, _("a lot"))]


def language() -> str:
    return get_language() or "en"


def routes() -> list[tuple[str, Any]]:
    return [("", _("not noted")), *((route.id, route.name) for route in content.routes(language()))]


def preparation() -> list[content.Checklist]:
    """The lists to tick off; pages to hand over to somebody are not among them."""
    return [each for each in content.checklists(language()) if not each.hand_over]


def points() -> list[content.Tick]:
    """The points of all these lists, in order."""
    return [point for each in preparation() for point in each.points]


def reading(pressure: BloodPressure) -> str:
    """Which of the usual readings it is, else when it was taken."""
    return ALSO_WRITTEN.get(pressure.at, pressure.at)


def in_own_words(effects: tuple[SideEffect, ...]) -> list[SideEffect]:
    """Side effects that are not on the list of the form."""
    known = {effect.id for effect in content.side_effects(language())}
    return [each for each in effects if each.name not in known]


def as_line(effects: list[SideEffect]) -> str:
    return ", ".join(each.name for each in effects)


def started(initial: dict[str, Any], draft: dict[str, str]) -> dict[str, Any]:
    """What a form begins with: a draft goes over what is kept; a box missing from the draft was not ticked."""
    if not draft:
        return initial
    boxes = {name: False for name, value in initial.items() if isinstance(value, bool)}
    return initial | boxes | draft


def _level(chosen: str) -> int:
    return int(chosen or 0)


class FactsForm(PrivateForm):
    """When, how and where."""

    day = DayField(label=_("Day"))
    clock = ClockField(label=_("Time, if you know it"), required=False)
    route = forms.ChoiceField(label=_("How the medicine is taken"), required=False)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    who = forms.CharField(
        label=_("Who is with me"),
        max_length=300,
        required=False,
        help_text=_("A person, staff at the clinic, or nobody."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["route"].choices = routes()  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        """Outside these years it is a slip of the pen: ketamine was first made in 1962."""
        day: date = self.cleaned_data["day"]
        if day.year not in YEARS:
            raise forms.ValidationError(_("Please look at the year once more."))
        return day

    def facts(self) -> dict[str, Any]:
        """The cleaned fields, with the time as HH:MM."""
        cleaned = dict(self.cleaned_data)
        clock = cleaned["clock"]
        cleaned["clock"] = clock.strftime("%H:%M") if clock else ""
        return cleaned


class RowForm(FactsForm):
    """The same, with the series that it may belong to."""

    series = forms.CharField(
        label=_("Series"),
        max_length=120,
        required=False,
        help_text=_("If it belongs to one, such as “first six” or “booster”."),
    )


class PlanForm(RowForm):
    """A sitting to come, or one that was."""

    done = forms.BooleanField(label=_("It has already taken place"), required=False)


class EditForm(RowForm):
    """Everything that was recorded by others: how it was given, and whether it took place."""

    dose_mg = forms.FloatField(
        label=_("Dose in mg, as recorded"),
        required=False,
        min_value=0,
        max_value=5000,
        help_text=_("Only what the clinic wrote. Afterglow never says anything about it."),
    )
    dose_words = forms.CharField(
        label=_("Dose in words, as recorded"), max_length=200, required=False
    )
    state = forms.ChoiceField(
        label=_("It is"),
        choices=[("planned", _("planned")), ("done", _("done")), ("cancelled", _("cancelled"))],
    )
    base_rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def of(sitting: Sitting, rev: int) -> dict[str, Any]:
        state = "cancelled" if sitting.cancelled else "done" if sitting.done else "planned"
        names = ("day", "clock", "route", "place", "who", "series", "dose_mg", "dose_words")
        return {name: getattr(sitting, name) for name in names} | {"state": state, "base_rev": rev}


class BeforeForm(PrivateForm):
    """Three cards and a list to tick off; all of it may stay empty."""

    intention = LongText(
        label=_("My intention"), rows=3, help_text=_("A few words, a question, or nothing.")
    )
    lift_home = forms.CharField(
        label=_("How I get home"),
        max_length=300,
        required=False,
        help_text=_("You may not be able to drive until the next day, after sleep."),
    )
    who = forms.CharField(label=_("Who is with me"), max_length=300, required=False)
    base_rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for point in points():
            self.fields[TICK + point.id] = forms.BooleanField(
                label=point.text, help_text=point.why, required=False
            )

    def prepared(self) -> tuple[str, ...]:
        return tuple(
            name.removeprefix(TICK)
            for name, ticked in self.cleaned_data.items()
            if name.startswith(TICK) and ticked
        )

    def lists(self) -> list[tuple[content.Checklist, list[forms.BoundField]]]:
        """Each list with its boxes."""
        return [(each, [self[TICK + point.id] for point in each.points]) for each in preparation()]

    @staticmethod
    def of(sitting: Sitting, rev: int) -> dict[str, Any]:
        ticks = {TICK + point.id: point.id in sitting.prepared for point in points()}
        words = {name: getattr(sitting, name) for name in ("intention", "lift_home", "who")}
        return words | ticks | {"base_rev": rev}


class AfterForm(PrivateForm):
    """What came up, in any order; every field may stay empty."""

    images = LongText(label=_("Images and symbols"), rows=3)
    feelings = LongText(label=_("Feelings"), rows=2)
    body_felt = LongText(label=_("In the body"), rows=2)
    messages = LongText(label=_("Words or messages"), rows=2)
    people = LongText(label=_("Who appeared"), rows=2)
    hard = LongText(label=_("What was hard"), rows=2)
    notes = LongText(label=_("Anything else"), rows=3)
    other_effects = forms.CharField(
        label=_("Something else in the body"), max_length=300, required=False
    )
    before_high = forms.IntegerField(label=_("Before: upper"), required=False)
    before_low = forms.IntegerField(label=_("Before: lower"), required=False)
    later_high = forms.IntegerField(label=_("At 40 minutes: upper"), required=False)
    later_low = forms.IntegerField(label=_("At 40 minutes: lower"), required=False)
    base_rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    words = ("images", "feelings", "body_felt", "messages", "people", "hard", "notes")
    pairs = TAKEN_AT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for effect in content.side_effects(language()):
            self.fields[EFFECT + effect.id] = forms.TypedChoiceField(
                label=effect.name, choices=LEVELS, coerce=_level, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for _at, high, low in self.pairs:
            if (cleaned.get(high) is None) != (cleaned.get(low) is None):
                self.add_error(
                    high, _("Blood pressure has two numbers. Please add the other, or clear both.")
                )
            for name in (high, low):
                if cleaned.get(name) is not None and cleaned[name] not in PRESSURE_MMHG:
                    self.add_error(name, _("This number looks unusual. Please look once more."))
        return cleaned

    def words_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.words]

    def effect_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith(EFFECT)]

    def pressure_fields(self) -> list[forms.BoundField]:
        return [self[name] for _at, *names in self.pairs for name in names]

    def side_effects(self, kept: tuple[SideEffect, ...]) -> tuple[SideEffect, ...]:
        """What was chosen, and the free words; those that were not touched stay as they were."""
        named = [
            SideEffect(name=name.removeprefix(EFFECT), severity=level)
            for name, level in self.cleaned_data.items()
            if name.startswith(EFFECT) and level
        ]
        typed, own = self.cleaned_data["other_effects"].strip(), in_own_words(kept)
        if typed == as_line(own):
            return (*named, *own)
        known = {each.name: each.severity for each in own}
        words = list(dict.fromkeys(part.strip() for part in typed.split(",") if part.strip()))
        return (*named, *(SideEffect(name=each, severity=known.get(each, 1)) for each in words))

    def pressures(self, kept: tuple[BloodPressure, ...]) -> tuple[BloodPressure, ...]:
        """The two usual readings; readings at other times stay as they are."""
        read = [
            BloodPressure(at=at, systolic=self.cleaned_data[high], diastolic=self.cleaned_data[low])
            for at, high, low in self.pairs
            if self.cleaned_data[high] is not None
        ]
        return (*read, *(each for each in kept if reading(each) not in READINGS))

    @classmethod
    def of(cls, sitting: Sitting, rev: int) -> dict[str, Any]:
        own = in_own_words(sitting.side_effects)
        effects = {
            EFFECT + each.name: each.severity for each in sitting.side_effects if each not in own
        }
        initial = {name: getattr(sitting, name) for name in cls.words} | effects
        initial |= {"other_effects": as_line(own), "base_rev": rev}
        for at, high, low in cls.pairs:
            for each in sitting.pressures:
                if reading(each) == at:
                    initial |= {high: each.systolic, low: each.diastolic}
        return initial
