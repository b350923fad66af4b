"""Forms of people, appointments and letters."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from afterglow.core import content
from afterglow.plans import documents
from afterglow.plans.forms.parts import (
    LONGEST_TEXT,
    Lines,
    PartForm,
    long,
    short,
)
from afterglow.ui.forms import ClockField, DayField, PrivateForm


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


class LetterForm(PartForm):
    document = documents.Letter
    stamp = "written"
    adding, changing = _("Write a letter to yourself"), _("Change this letter")

    title = short(_("A name for it"), hint=_("It is shown while the letter is closed."))
    text = long(_("Your letter"), required=True, rows=10)
    open_on = DayField(
        label=_("Open it on"),
        help_text=_("It stays closed until then out of courtesy. You can open it early."),
    )

    @classmethod
    def prefilled(cls, sent: Mapping[str, str], today: date) -> dict[str, Any]:
        """Begun from one of the ideas for letters, where its id was sent."""
        for idea in content.letter_ideas(get_language() or ""):
            if idea.id == sent.get("idea"):
                opens = today + timedelta(days=idea.open_after_days)
                return {"title": idea.title, "text": f"{idea.opening} ", "open_on": opens}
        return super().prefilled(sent, today)


class AgreedForm(PrivateForm):
    """What was agreed in an appointment."""

    lines = Lines(
        label=_("What did you agree on?"),
        help_text=_("One thing on each line. Each becomes a small goal."),
        max_length=LONGEST_TEXT,
        rows=5,
    )
