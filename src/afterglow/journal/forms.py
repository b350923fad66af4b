"""The shape of an entry and of a search."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.journal.documents import Entry
from afterglow.medicine import queries as medicine
from afterglow.ui.forms import DayField, LongText, PrivateForm
from afterglow.ui.templatetags.ui import short_day
from afterglow.vault.open_vault import OpenVault

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
    ("movement", _("movement")),
]


class EntryForm(PrivateForm):
    """The words come first; everything else may stay as it is."""

    text = LongText(
        label=_("Your words"),
        required=True,
        widget=forms.Textarea(attrs={"rows": 10, "class": "own-words"}),
        error_messages={"required": _("There are no words here yet. One is enough.")},
    )
    day = DayField(label=_("Day"))
    sitting = forms.ChoiceField(label=_("About a sitting"), required=False)
    kind_of = forms.ChoiceField(label=_("It is"), choices=KINDS, required=False)
    tags = forms.CharField(
        label=_("Tags"), max_length=1000, required=False, help_text=_("Separated by commas.")
    )
    tender = forms.BooleanField(
        label=_("This is tender: never bring it back by itself"), required=False
    )
    question = forms.CharField(widget=forms.HiddenInput, max_length=120, required=False)
    base_rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, vault: OpenVault, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["sitting"].choices = sitting_choices(vault, self.initial.get("sitting"))  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(
                _("This day is still to come. Please choose today or earlier.")
            )
        return day

    def clean_sitting(self) -> UUID | None:
        chosen = self.cleaned_data["sitting"]
        return UUID(chosen) if chosen else None

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


def sitting_choices(vault: OpenVault, kept: str | None) -> list[tuple[str, Any]]:
    """The sittings that took place, newest first; a link to a removed one stays until it is changed."""
    done = reversed(medicine.done_sittings(vault))
    days = [(str(stored.id), short_day(stored.document.day)) for stored in done]
    rows = [("", _("none")), *days]
    if kept and kept not in {value for value, _label in rows}:
        rows.append((kept, _sitting_label(vault, kept)))
    return rows


def _sitting_label(vault: OpenVault, kept: str) -> Any:
    for stored in medicine.sittings(vault):
        if str(stored.id) == kept:
            return short_day(stored.document.day)
    return _("a sitting that was removed")


def started(initial: dict[str, Any], draft: dict[str, str]) -> dict[str, Any]:
    """What the form begins with: a draft goes over what is kept; a box missing from it was not ticked."""
    return initial | {"tender": False} | draft if draft else initial
