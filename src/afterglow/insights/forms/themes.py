"""What a page about a theme may send."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.core.themes.decided import Place
from afterglow.ui.forms import LongText, PrivateForm

LONGEST_NAME = 80
FARTHEST = 2_000_000_000


class MeaningForm(PrivateForm):
    meaning = LongText(
        label=_("What does this mean to you?"),
        rows=4,
        help_text=_("In your own words, whenever you like."),
    )


class NameForm(PrivateForm):
    name = forms.CharField(
        label=_("Your name for it"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("One word is enough.")},
    )


class PlaceForm(PrivateForm):
    """One stretch of an entry."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
    start = forms.IntegerField(min_value=0, max_value=FARTHEST, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, max_value=FARTHEST, widget=forms.HiddenInput)

    def place(self) -> Place:
        cleaned = self.cleaned_data
        return Place(str(cleaned["entry"]), cleaned["start"], cleaned["end"])


class MarkForm(PlaceForm):
    belongs = forms.ChoiceField(choices=[(word, word) for word in ("yes", "no", "later", "back")])


class StartForm(PlaceForm, NameForm):
    """A stretch of an entry, and the name of the theme that begins with it."""


class MergeForm(PrivateForm):
    into = forms.ChoiceField(
        label=_("Which one is it the same as?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one, or go back.")},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = choices  # type: ignore[attr-defined]


class SplitForm(NameForm):
    """Which quotes are something of their own, by their place in the row, and what that is called."""

    passages = forms.TypedMultipleChoiceField(
        label=_("Which of these are something else?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick at least one.")},
    )
    field_order = ("passages", "name")

    def __init__(self, *args: Any, quotes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passages"].choices = list(enumerate(quotes))  # type: ignore[attr-defined]


class LookForm(PrivateForm):
    words = forms.CharField(
        label=_("Words to look for"),
        max_length=300,
        error_messages={"required": _("Please type a word to look for.")},
        widget=forms.TextInput(attrs={"type": "search"}),
    )
