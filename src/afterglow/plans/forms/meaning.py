"""Forms of why, insight, obstacle and purpose."""

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.plans import documents
from afterglow.plans.forms.parts import (
    LONGEST_TEXT,
    Lines,
    PartForm,
    hidden_id,
    hidden_words,
    long,
    short,
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
    means = long(_("What does it mean to you?"), hint=_("It can wait. A few words are enough."))
    strengthen = forms.BooleanField(label=_("I want to strengthen this"), required=False)
    practise = short(
        _("A way to practise it"),
        hint=_("For example: say it once while the kettle boils."),
    )
    sitting, entry = hidden_id(), hidden_id()
    theme, practice = hidden_words(), hidden_words()


class ObstacleForm(PartForm):
    document = documents.Obstacle
    words, source = "obstacle", "insight"
    more = frozenset({"wish", "outcome"})
    adding, changing = _("Add an obstacle"), _("Change this obstacle")

    obstacle = long(_("What gets in the way?"), required=True)
    if_words = long(
        _("If this happens …"), hint=_("For example: if I am tired and reach for my phone"), rows=2
    )
    then_words = long(
        _("… then I do this"), hint=_("For example: then I put the kettle on first"), rows=2
    )
    wish = short(_("What you would like instead"))
    outcome = short(_("What would be good about it"))
    harm = forms.BooleanField(
        label=_("Someone hurts or frightens me"),
        help_text=_("If so, it needs no plan of yours. The page shows people who can help."),
        required=False,
    )
    insight = hidden_id()
    theme = hidden_words()


class SlowPathForm(PartForm):
    """An obstacle that is a person or a place which does not do one good."""

    document = documents.Obstacle
    words, source = "obstacle", "insight"
    adding, changing = _("A slow path"), _("Change this slow path")

    obstacle = long(_("Who or what is it?"), hint=_("A sign is enough, or nothing."), rows=2)
    noticed = long(_("How you are afterwards"), rows=2)
    would_miss = long(_("What you would miss"), rows=2)
    less = long(_("What could be a little less"), rows=2)
    instead = long(_("Something instead"), rows=2)
    who_knows = short(_("Who knows"))
    insight = hidden_id()
    theme = hidden_words()


class PurposeForm(PartForm):
    document = documents.Purpose
    words, source = "purpose", "insight"
    adding, changing = _("Add a purpose"), _("Change this purpose")

    purpose = long(_("Where would you like this to lead?"), required=True)
    steps = Lines(
        label=_("Steps"), help_text=_("One on each line. Small is good."), max_length=LONGEST_TEXT
    )
    value = hidden_words()
    insight = hidden_id()
    theme = hidden_words()
