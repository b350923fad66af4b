"""One form for each part of the plan: how it is asked, shown again, and turned into a document."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from afterglow.core.days import Moment
from afterglow.plans import documents
from afterglow.ui.forms import ClockField, DayField, LongText, PrivateForm
from afterglow.vault.documents import Document

LONGEST_LINE = 300
LONGEST_TEXT = 20_000


class Lines(LongText):
    """One thing on each line; empty lines go."""

    def clean(self, value: Any) -> tuple[str, ...]:
        text = super().clean(value) or ""
        return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (tuple, list)) else value


class Weekdays(forms.TypedMultipleChoiceField):
    """Days of the week, Monday = 0; none means every day."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", list(WEEKDAYS.items()))
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(coerce=int, required=False, **kwargs)

    def clean(self, value: Any) -> tuple[int, ...]:
        return tuple(sorted(super().clean(value)))


def hidden_id() -> forms.UUIDField:
    return forms.UUIDField(required=False, widget=forms.HiddenInput)


def short(label: Any, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, help_text=hint, max_length=LONGEST_LINE)


def long(label: Any, *, required: bool = False, hint: Any = "", rows: int = 3) -> LongText:
    return LongText(
        label=label, required=required, help_text=hint, max_length=LONGEST_TEXT, rows=rows
    )


class PartForm(PrivateForm):
    """What all parts share. `words` names the field with the person's words, `stamp` the one with the day."""

    document: ClassVar[type[Document]]
    words: ClassVar[str] = "text"
    stamp: ClassVar[str] = "on"
    stamped_again: ClassVar[bool] = False
    source: ClassVar[str] = ""
    many: ClassVar[frozenset[str]] = frozenset()
    adding: ClassVar[Any] = ""
    changing: ClassVar[Any] = ""

    rev = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, document: Document, rev: int) -> dict[str, Any]:
        """What the form begins with for a part that is kept."""
        names = [name for name in cls.base_fields if name != "rev"]
        return {name: getattr(document, name) for name in names} | {"rev": rev}

    @classmethod
    def prefilled(cls, sent: Mapping[str, str], today: date) -> dict[str, Any]:
        """What a new form begins with, from words and ids that another page sent."""
        initial: dict[str, Any] = {"day": today, cls.words: sent.get("text", "")}
        initial["theme"] = sent.get("theme", "")
        for name in ("entry", "sitting"):
            initial[name] = _id_or_none(sent.get(name, ""))
        if cls.source:
            initial[cls.source] = _id_or_none(sent.get("comes_from", ""))
        return {name: value for name, value in initial.items() if name in cls.base_fields and value}

    def facts(self) -> dict[str, Any]:
        """The fields of the document, as typed values."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "rev"}
        return {
            name: f"{value:%H:%M}" if isinstance(value, time) else "" if name == "clock" else value
            for name, value in values.items()
        }

    def new(self, at: Moment) -> Document:
        """The part as a document, with the day on which it was written."""
        return self.document(**self.facts(), **self._stamped(at))

    def changed(self, before: Document, at: Moment) -> Document:
        """The part with what was typed; what the form does not ask stays."""
        stamp = self._stamped(at) if self.stamped_again else {}
        return msgspec.structs.replace(before, **self.facts(), **stamp)

    def _stamped(self, at: Moment) -> dict[str, Any]:
        if not self.stamp:
            return {}
        return {self.stamp: at if self.stamp == "written" else at.day}

    def source_id(self) -> UUID | None:
        """The insight or purpose that this comes from, as far as the form knows."""
        return _id_or_none(str(self[self.source].value() or "")) if self.source else None


def _id_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class WhyForm(PartForm):
    document = documents.Why
    words, stamp, stamped_again = "why", "since", True
    adding, changing = _("My why"), _("My why")

    why = long(
        _("What is all of this for?"),
        required=True,
        hint=_("For example: to sit at breakfast with my daughter and be there."),
        rows=5,
    )


class InsightForm(PartForm):
    document = documents.Insight
    words = "insight"
    adding, changing = _("Add an insight"), _("Change this insight")

    insight = long(_("What did you see?"), required=True, hint=_("Your own words, as they came."))
    strengthen = forms.BooleanField(label=_("I want to come back to this"), required=False)
    sitting, entry = hidden_id(), hidden_id()
    theme = forms.CharField(required=False, max_length=LONGEST_LINE, widget=forms.HiddenInput)


class ObstacleForm(PartForm):
    document = documents.Obstacle
    words, source = "obstacle", "insight"
    adding, changing = _("Add an obstacle"), _("Change this obstacle")

    obstacle = long(_("What gets in the way?"), required=True)
    if_words = long(
        _("If this happens …"), hint=_("For example: if I am tired and reach for my phone"), rows=2
    )
    then_words = long(
        _("… then I do this"), hint=_("For example: then I put the kettle on first"), rows=2
    )
    harm = forms.BooleanField(
        label=_("Someone hurts or frightens me"),
        help_text=_("If so, it needs no plan of yours. The page shows people who can help."),
        required=False,
    )
    insight = hidden_id()


class PurposeForm(PartForm):
    document = documents.Purpose
    words = "purpose"
    adding, changing = _("Add a purpose"), _("Change this purpose")

    purpose = long(_("Where would you like this to lead?"), required=True)
    steps = Lines(
        label=_("Steps"), help_text=_("One on each line. Small is good."), max_length=LONGEST_TEXT
    )


class GoalForm(PartForm):
    document = documents.Goal
    source = "comes_from"
    adding, changing = _("Add a small goal"), _("Change this goal")

    text = short(_("One small thing"), required=True)
    tiny = short(_("The tiniest version"), hint=_("For a tired day. Two minutes count."))
    day = DayField(label=_("Day"), required=False)
    clock = ClockField(label=_("Time"), required=False)
    place = short(_("Where"))
    repeats = forms.ChoiceField(
        label=_("How often"),
        required=False,
        choices=[("", _("Once")), ("daily", _("Every day")), ("weekly", _("Every week"))],
    )
    comes_from = hidden_id()


class SelfCareForm(PartForm):
    document = documents.SelfCare
    stamp = ""
    many = frozenset({"weekdays"})
    adding, changing = _("Add self-care"), _("Change this self-care")

    text = short(_("Something kind for yourself"), required=True)
    clock = ClockField(label=_("Time"), required=False)
    weekdays = Weekdays(label=_("Days"), help_text=_("None ticked means any day."))


class PersonForm(PartForm):
    document = documents.Person
    words, stamp = "name", ""
    adding, changing = _("Add a person"), _("Change this person")

    name = short(_("Name"), required=True)
    role = short(_("Who they are to you"), hint=_("For example: sister, friend, therapist"))
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    helps = short(_("What helps when we talk"))
    may_be_told = forms.BooleanField(label=_("They may know about my sittings"), required=False)


class AppointmentForm(PartForm):
    document = documents.Appointment
    words, stamp = "who", ""
    adding, changing = _("Add an appointment"), _("Change this appointment")

    who = short(_("With whom"), required=True)
    day = DayField(label=_("Day"))
    clock = ClockField(label=_("Time"), required=False)
    place = short(_("Where"))
    prepare = long(_("What I want to bring up"), rows=4)
    notes = long(_("Notes"), hint=_("During it or after it."), rows=4)


class WinForm(PartForm):
    document = documents.Win
    source = "comes_from"
    adding, changing = _("Add a win"), _("Change this win")

    text = long(_("What went well?"), required=True, hint=_("Anything counts."), rows=2)
    comes_from = hidden_id()


class LetterForm(PartForm):
    document = documents.Letter
    stamp = "written"
    adding, changing = _("Write a letter to yourself"), _("Change this letter")

    text = long(_("Your letter"), required=True, rows=10)
    open_on = DayField(label=_("Open it on"))


class MoveForm(PrivateForm):
    """Another day for a goal."""

    day = DayField(label=_("Which day fits better?"))


class AgreedForm(PrivateForm):
    """What was agreed in an appointment."""

    lines = Lines(
        label=_("What did you agree on?"),
        help_text=_("One thing on each line. Each becomes a small goal."),
        max_length=LONGEST_TEXT,
        rows=5,
    )


FORMS: dict[str, type[PartForm]] = {
    form.document.kind: form
    for form in (
        WhyForm,
        InsightForm,
        ObstacleForm,
        PurposeForm,
        GoalForm,
        SelfCareForm,
        PersonForm,
        AppointmentForm,
        WinForm,
        LetterForm,
    )
}
