"""What suits a person, and the answers to a check-in with oneself."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.accounts.documents import Preferences
from afterglow.core.content import library
from afterglow.ui.forms import ClockField, LongText, PrivateForm


class SuitsForm(PrivateForm):
    """All of it may stay empty; nothing here is a diagnosis, and none of it leaves the vault."""

    unsuitable = forms.MultipleChoiceField(
        label=_("Does any of this hold for you now?"),
        help_text=_("Practices that do not go with it are not offered."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hardest = forms.ChoiceField(
        label=_("Which part of the day is hardest?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", _("None, or I do not know")),
            ("morning", _("Mornings")),
            ("afternoon", _("Afternoons")),
            ("evening", _("Evenings")),
            ("night", _("Nights")),
        ],
    )
    quiet_from = ClockField(
        label=_("Today asks nothing from"),
        help_text=_("In these hours it is quiet. Help and writing are always there."),
        required=False,
    )
    quiet_until = ClockField(label=_("until"), required=False)

    def __init__(self, *args: Any, language: str = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unsuitable"]
        field.choices = [(each.id, each.name) for each in library.cautions(language)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("quiet_from")) != bool(cleaned.get("quiet_until")):
            self.add_error("quiet_until", _("Quiet hours need a beginning and an end."))
        return cleaned

    @staticmethod
    def of(likes: Preferences) -> dict[str, Any]:
        return {
            "unsuitable": list(likes.unsuitable),
            "hardest": likes.hardest,
            "quiet_from": likes.quiet_from or None,
            "quiet_until": likes.quiet_until or None,
        }

    def changes(self) -> dict[str, Any]:
        """As the preferences keep it: HH:MM or empty."""
        clocks = {name: self.cleaned_data[name] for name in ("quiet_from", "quiet_until")}
        return {
            "unsuitable": tuple(self.cleaned_data["unsuitable"]),
            "hardest": self.cleaned_data["hardest"],
            **{name: f"{clock:%H:%M}" if clock else "" for name, clock in clocks.items()},
        }


class OwnCheckForm(PrivateForm):
    """One field for each question; each may stay empty."""

    def __init__(self, *args: Any, questions: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, text in enumerate(questions):
            self.fields[f"answer{number}"] = LongText(label=text, rows=3)

    def answers(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class MentionForm(PrivateForm):
    """What the last month held; nothing ticked is an answer too."""

    topics = forms.MultipleChoiceField(
        label=_("In the last month, was there any of this?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = LongText(label=_("In your own words"), help_text=_("Only if you like."), rows=3)

    def __init__(self, *args: Any, language: str = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.MultipleChoiceField = self.fields["topics"]  # type: ignore[assignment]
        topics = library.worth_mentioning(language)
        field.choices = [(each.id, f"{each.name}. {each.line}") for each in topics]


class MadeForm(PrivateForm):
    """Words about what was made, or the words that were made."""

    text = LongText(
        label=_("What came of it, in words"),
        help_text=_("A poem, a line, or what it was like. It is kept with your entries."),
        rows=4,
        required=True,
        error_messages={"required": _("There are no words here yet. One is enough.")},
    )
    from_images = forms.CharField(required=False, widget=forms.HiddenInput())

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text


class KindnessForm(PrivateForm):
    """One sentence or memory on each line; both may stay empty."""

    sentences = LongText(
        label=_("Sentences about me that are true enough"),
        help_text=_("One on each line. Half believing it is enough."),
        rows=4,
    )
    memories = LongText(
        label=_("Memories I like to come back to"), help_text=_("One on each line."), rows=3
    )

    def lines(self) -> dict[str, list[str]]:
        return {name: str(self.cleaned_data[name]).splitlines() for name in self.fields}
