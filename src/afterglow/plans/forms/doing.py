"""Forms of goals, self-care and wins."""

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.plans import documents
from afterglow.plans.forms.parts import (
    PartForm,
    Weekdays,
    hidden_id,
    long,
    short,
)
from afterglow.ui.forms import ClockField, DayField, PrivateForm


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


class WinForm(PartForm):
    document = documents.Win
    source = "comes_from"
    adding, changing = _("Add a win"), _("Change this win")

    text = long(_("What went well?"), required=True, hint=_("Anything counts."), rows=2)
    comes_from = hidden_id()


class MoveForm(PrivateForm):
    """Another day for a goal."""

    day = DayField(label=_("Which day fits better?"))
