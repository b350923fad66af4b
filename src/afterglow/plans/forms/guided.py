"""Forms of guided pages, of looking back, and of value cards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.core.content import Value
from afterglow.plans import documents
from afterglow.plans.forms.parts import LONGEST_LINE, PartForm, long, short
from afterglow.ui.forms import LongText, PrivateForm


class AnswerForm(PrivateForm):
    """One answer on a screen of its own; the label is the question."""

    words = LongText(rows=5)

    def __init__(
        self, *args: Any, question: str, hint: str = "", longest: int, **kwargs: Any
    ) -> None:
        kwargs.setdefault("auto_id", "answer_%s")
        super().__init__(*args, **kwargs)
        asked = LongText(label=question, help_text=hint, max_length=longest, rows=5)
        asked.widget.attrs["autocomplete"] = "off"
        self.fields["words"] = asked


class WeekForm(PartForm):
    document = documents.Review
    words = "helped"
    adding, changing = _("The week"), _("Change this review")

    helped = long(_("What helped"))
    in_the_way = long(_("What got in the way"))
    change = long(_("One thing to change"))


class MonthForm(WeekForm):
    progress = long(_("What has moved"))
    realised = long(_("What I understood"))
    before = long(_("Before"))
    after = long(_("Now"))

    field_order = ["progress", "realised", "before", "after", "helped", "in_the_way", "change"]


class ChooseForm(PrivateForm):
    """Which values matter; one may be added that is on no card."""

    chosen = forms.MultipleChoiceField(
        label=_("Which of these matter to you?"),
        help_text=_("Three to five are plenty. You can change them at any time."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own = short(_("One that is on no card"))

    def __init__(self, *args: Any, cards: tuple[Value, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: forms.MultipleChoiceField = self.fields["chosen"]  # type: ignore[assignment]
        chosen.choices = [(card.id, f"{card.word}. {card.line}") for card in cards]


class ValueWordsForm(PrivateForm):
    words = long(_("What does it mean to you?"), hint=_("In your own words."), rows=4)
    word = forms.CharField(required=False, max_length=LONGEST_LINE, widget=forms.HiddenInput)
