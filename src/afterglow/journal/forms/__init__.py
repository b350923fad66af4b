"""The shape of an entry, of a search, and of what is made rather than written."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.journal.documents import Entry
from afterglow.journal.forms.placed import Placed
from afterglow.ui.forms import LongText, PrivateForm

KINDS = [
    ("entry", _("an entry")),
    ("dream", _("a dream")),
    ("sitting", _("about a sitting")),
    ("list", _("a list")),
    ("note", _("a note")),
    ("dictated", _("spoken and written down")),
    ("letter", _("a letter")),
    ("made", _("something made")),
    ("voice", _("a voice note")),
    ("drawing", _("a drawing")),
    ("photo", _("a photo")),
    ("music", _("music")),
    ("poem", _("a poem")),
    ("movement", _("a dance or movement")),
]


class EntryForm(Placed):
    """The words come first; everything else may stay as it is."""

    text = LongText(
        label=_("Your words"),
        required=True,
        widget=forms.Textarea(attrs={"rows": 10, "class": "own-words"}),
        error_messages={"required": _("There are no words here yet. One is enough.")},
    )
    kind_of = forms.ChoiceField(label=_("It is"), choices=KINDS, required=False)
    tags = forms.CharField(
        label=_("Tags"), max_length=1000, required=False, help_text=_("Separated by commas.")
    )
    question = forms.CharField(widget=forms.HiddenInput, max_length=120, required=False)
    base_rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    field_order = ("text", "day", "sitting", "kind_of", "tags", "tender", "question", "base_rev")

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if self.fields["text"].required and not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text

    def clean_tags(self) -> list[str]:
        text: str = self.cleaned_data["tags"]
        return text.split(",")

    @property
    def more_is_open(self) -> bool:
        """Whether something below the words needs a look."""
        return bool(set(self.errors) - {"text"})

    @staticmethod
    def of(entry: Entry, rev: int) -> dict[str, Any]:
        return {
            "text": entry.text,
            "day": entry.written.day,
            "sitting": str(entry.sitting or ""),
            "kind_of": entry.kind_of,
            "tags": ", ".join(entry.tags),
            "tender": entry.tender,
            "question": entry.question,
            "base_rev": rev,
        }


class SearchForm(PrivateForm):
    words = forms.CharField(
        label=_("Words to look for"),
        max_length=300,
        error_messages={"required": _("Please type a word to look for.")},
        widget=forms.TextInput(attrs={"type": "search"}),
    )


def started(initial: dict[str, Any], draft: dict[str, str]) -> dict[str, Any]:
    """What the form begins with: a draft goes over what is kept; a box missing from it was not ticked."""
    return initial | {"tender": False} | draft if draft else initial
