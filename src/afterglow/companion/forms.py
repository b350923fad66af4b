"""What suits a person, the answers to a check-in with oneself, and what is asked on the day of a sitting."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.accounts.documents import Preferences
from afterglow.companion.queries.severity import SEVERITY_WORDS
from afterglow.core.content import library
from afterglow.medicine.documents import LONGEST_EFFECT, PRESSURE_MMHG, TAKEN_AT
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
    """One of the three cards before a sitting."""

    words = LongText(label=_("In your own words"), rows=2, max_length=300)

    def clean_words(self) -> str:
        return str(self.cleaned_data["words"]).strip()


class WhyCardForm(CardForm):
    words = LongText(label=_("In your own words"), rows=3, max_length=10_000)


class SaidForm(Recorded):
    """Something said: a recording that was streamed while it was made, a file, or words."""

    recording = SealedFileField(
        label=_("A recording from this device"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "audio/*", "capture": "user"}),
    )
    text = LongText(label=_("Or in words"), rows=3)

    @property
    def is_empty(self) -> bool:
        return self.recorded is None and not self.cleaned_data["text"].strip()


class WordsForm(PrivateForm):
    text = LongText(
        label=_("A few words"),
        rows=5,
        widget=forms.Textarea(attrs={"rows": 5, "class": "own-words"}),
    )


class PressureForm(PrivateForm):
    """The two usual readings; each has two numbers, or none."""

    before_high = forms.IntegerField(label=_("Before: upper"), required=False)
    before_low = forms.IntegerField(label=_("Before: lower"), required=False)
    later_high = forms.IntegerField(label=_("At 40 minutes: upper"), required=False)
    later_low = forms.IntegerField(label=_("At 40 minutes: lower"), required=False)

    pairs = TAKEN_AT

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for _at, high, low in self.pairs:
            if (cleaned.get(high) is None) != (cleaned.get(low) is None):
                self.add_error(
                    high, _("Blood pressure has two numbers. Please add the other, or clear both.")
                )
            for name in (high, low):
                if cleaned.get(name) is not None and cleaned[name] not in PRESSURE_MMHG:
                    self.add_error(name, _("This number looks unusual. Please look once more."))
        return cleaned

    def readings(self) -> list[tuple[str, int, int]]:
        return [
            (at, self.cleaned_data[high], self.cleaned_data[low])
            for at, high, low in self.pairs
            if self.cleaned_data[high] is not None
        ]


class SideEffectForm(PrivateForm):
    """In own plain words, as strong as it was."""

    name = forms.CharField(
        label=_("What did you notice in the body?"),
        help_text=_("In your own words, such as: my legs felt far away."),
        max_length=LONGEST_EFFECT,
        error_messages={"required": _("There are no words here yet. One is enough.")},
    )
    severity = forms.TypedChoiceField(
        label=_("How strong was it?"),
        choices=list(SEVERITY_WORDS.items()),
        coerce=int,
        initial=1,
        widget=forms.RadioSelect,
    )


class BackForm(PrivateForm):
    """One answer on a screen of its own; the label is the question."""

    words = LongText(rows=5, max_length=20_000)

    def __init__(self, *args: Any, question: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = question
        self.fields["words"].help_text = hint
