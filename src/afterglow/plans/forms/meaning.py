"""Forms of why, insight, obstacle and purpose."""

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.plans import documents
from afterglow.plans.forms.parts import (
    LONGEST_LINE,
    LONGEST_TEXT,
    Lines,
    PartForm,
    hidden_id,
    long,
)


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
