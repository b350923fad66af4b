"""What suits a person, and the answers to a check-in with oneself."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.accounts.documents import Preferences
from afterglow.core.content import library
from afterglow.medicine.documents import BloodPressure
from afterglow.ui.forms import ClockField, LongText, PrivateForm
from afterglow.vault.media.sealed_upload import Recorded, SealedFileField


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


class CardForm(PrivateForm):
    """The words of one card before a sitting."""

    words = forms.CharField(max_length=2_000, required=False, strip=False)


class SaidForm(Recorded):
    """Something said in the middle of a sitting: a recording, or words."""

    recording = SealedFileField(
        label=_("A recording from this device"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "audio/*", "capture": "user"}),
    )
    text = LongText(label=_("Or in words"), rows=3)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.recorded and not cleaned.get("text", "").strip() and not self.errors:
            raise forms.ValidationError(_("There is nothing here yet. One word is enough."))
        return cleaned

    def said(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "upload": self.recorded,
            "text": cleaned["text"],
            "lasted_seconds": cleaned["lasted_seconds"] or 0,
            "waveform": cleaned["waveform"],
        }


class PressureForm(PrivateForm):
    """As read from the cuff. The numbers are only kept; nothing is said about them."""

    at = forms.ChoiceField(
        label=_("When"), choices=[("before", _("before")), ("40 min", _("at 40 minutes"))]
    )
    systolic = forms.IntegerField(label=_("Upper number"), min_value=50, max_value=300)
    diastolic = forms.IntegerField(label=_("Lower number"), min_value=20, max_value=200)

    def reading(self) -> BloodPressure:
        return BloodPressure(**self.cleaned_data)


MORNING_QUESTIONS = {
    "voice": _("You said this. What stays of it this morning?"),
    "drawing": _("You drew this. What do you see in it today?"),
    "wrote": _("You wrote this. Is there a word to add today?"),
    "images": _("You kept these images. Which one comes back first?"),
    "messages": _("You kept these words. How do they sound this morning?"),
    "hard": _("You said that this was hard. How is it this morning?"),
    "first": _("What is the first thing that comes back this morning?"),
    "body": _("How is the body today?"),
    "gift": _("What would you like to keep of it, if anything?"),
    "someone": _("Is there somebody you would like to tell?"),
}


class MorningForm(PrivateForm):
    """A field for each question; all may stay empty."""

    def __init__(self, *args: Any, asks: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = {each.key: each for each in asks}
        for key in self.asks:
            self.fields[key] = LongText(label=MORNING_QUESTIONS[key], rows=3)

    def rows(self) -> list[tuple[Any, forms.BoundField]]:
        return [(ask, self[key]) for key, ask in self.asks.items()]

    def answers(self) -> list[tuple[str, str, str]]:
        return [(key, str(MORNING_QUESTIONS[key]), self.cleaned_data[key]) for key in self.asks]


class StaysForm(PrivateForm):
    text = LongText(label=_("What stays?"), rows=5)
    small = forms.CharField(
        label=_("One small thing that would fit it"),
        max_length=300,
        required=False,
        help_text=_("So small that a tired day can hold it. It may stay empty."),
    )

    @property
    def question(self) -> str:
        return str(self.fields["text"].label)
