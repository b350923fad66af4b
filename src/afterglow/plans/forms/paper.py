"""Forms of what goes on paper: parts of the plan, and the page to take along to an appointment.

Their labels are also the headings on the paper.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.plans import documents
from afterglow.plans.forms.parts import PartForm, long
from afterglow.ui.forms import PrivateForm

PARTS = (
    ("why", _("My why")),
    ("came_up", _("What came up and what it means")),
    ("in_the_way", _("What is in the way, and the plan for it")),
    ("strengthen", _("What I want to strengthen")),
    ("purpose", _("Purpose and steps")),
    ("care", _("Self-care")),
    ("goals", _("Small goals")),
    ("habits", _("Habits")),
    ("people", _("My people")),
    ("appointments", _("Appointments")),
)


class PaperForm(PrivateForm):
    """Which parts stand on the paper."""

    parts = forms.MultipleChoiceField(
        label=_("What should stand on it?"),
        choices=PARTS,
        initial=[name for name, _label in PARTS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one part.")},
    )


class SummaryForm(PartForm):
    """The one page to take along. Everything on it is the person's to change."""

    document = documents.Appointment
    words, stamp = "to_ask", ""

    to_ask = long(_("What I want to talk about"), rows=4)
    since_last = long(_("Since last time"), rows=4)
    came_up = long(_("What came up"), rows=4)
    what_changed = long(_("What has changed"), rows=4)
    measured = long(_("Measures"), hint=_("Only if you want them on the page."), rows=3)
    to_mention = long(
        _("Worth mentioning"),
        hint=_("What you noted in the last month. Take it out if it is for somebody else."),
        rows=2,
    )


SUMMARY_PARTS = tuple(name for name in SummaryForm.base_fields if name != "rev")
