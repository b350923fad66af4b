"""Forms between two people who share."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.core.content import Practice
from afterglow.sharing.partner.wire import LONGEST
from afterglow.ui.forms import LongText, PrivateForm

MOST_OWN_DAYS = 12
LONGEST_QUESTION = 300
POINTS = (
    ("24h", _("A day after a sitting")),
    ("72h", _("Three days after")),
    ("1w", _("A week after")),
    ("2w", _("Two weeks after")),
    ("1m", _("A month after")),
    ("3m", _("Three months after")),
)


class MessageForm(PrivateForm):
    text = LongText(
        label=_("Your words"),
        required=True,
        rows=4,
        max_length=LONGEST,
        error_messages={"required": _("There are no words here yet. One is enough.")},
    )


class QuestionForm(PrivateForm):
    text = LongText(
        label=_("One question"),
        help_text=_("They may answer it, write to it for themselves, or leave it."),
        required=True,
        rows=3,
        max_length=LONGEST,
        error_messages={"required": _("There are no words here yet. One is enough.")},
    )


class PracticeForm(PrivateForm):
    practice = forms.ChoiceField(label=_("A practice"))
    text = LongText(label=_("A few words with it"), rows=3, max_length=LONGEST)

    def __init__(self, *args: Any, practices: Iterable[Practice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ChoiceField = self.fields["practice"]  # type: ignore[assignment]
        field.choices = [(each.id, each.title) for each in sorted(practices, key=_title)]


def _title(practice: Practice) -> str:
    return practice.title


class ObstacleForm(PrivateForm):
    """A plan for an obstacle, beside the one that is there."""

    if_words = LongText(label=_("If this happens …"), rows=2, max_length=LONGEST)
    then_words = LongText(
        label=_("… then this"),
        rows=2,
        max_length=LONGEST,
        required=True,
        error_messages={"required": _("There are no words here yet. One is enough.")},
    )
    text = LongText(label=_("A few words with it"), rows=3, max_length=LONGEST)


class Days(LongText):
    """One day on each line, as 2026-05-14."""

    def clean(self, value: Any) -> tuple[date, ...]:
        text = super().clean(value) or ""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        try:
            days = {date.fromisoformat(line) for line in lines}
        except ValueError as error:
            raise forms.ValidationError(
                _("Please write each day on a line of its own, such as 2026-05-14.")
            ) from error
        if len(days) > MOST_OWN_DAYS:
            raise forms.ValidationError(_("Twelve days are the most."))
        return tuple(sorted(days))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, (tuple, list)):
            return "\n".join(day.isoformat() for day in value)
        return value


class CheckInsForm(PrivateForm):
    """When, and what is asked. The same on both sides."""

    points = forms.MultipleChoiceField(
        label=_("When"),
        choices=POINTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own_days = Days(
        label=_("Other days"),
        help_text=_("One on each line, such as 2026-05-14."),
        rows=2,
        max_length=400,
    )
    question1 = forms.CharField(
        label=_("A question"),
        help_text=_("Left empty, it asks what a check-in with oneself asks."),
        required=False,
        max_length=LONGEST_QUESTION,
    )
    question2 = forms.CharField(label=_("Another one"), required=False, max_length=LONGEST_QUESTION)

    more = frozenset({"own_days", "question1", "question2"})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "own_days" in cleaned and not cleaned.get("points") and not cleaned["own_days"]:
            self.add_error("points", _("Please choose at least one time."))
        return cleaned

    @staticmethod
    def of(
        points: Sequence[str], own_days: Sequence[date], questions: Sequence[str]
    ) -> dict[str, Any]:
        asked = dict(zip(("question1", "question2"), questions, strict=False))
        return {"points": list(points), "own_days": tuple(own_days)} | asked

    def facts(self) -> dict[str, Any]:
        """As the services take them."""
        asked = (self.cleaned_data["question1"], self.cleaned_data["question2"])
        return {
            "points": tuple(self.cleaned_data["points"]),
            "own_days": self.cleaned_data["own_days"],
            "questions": tuple(each for each in asked if each),
        }


class AgreeForm(CheckInsForm):
    """On the side of the person, who says what is told."""

    tell_missed = forms.BooleanField(
        label=_("If I do not answer one, they may see that it went by"), required=False
    )


class AnswerForm(PrivateForm):
    """One field for each question; each may stay empty."""

    def __init__(self, *args: Any, questions: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, text in enumerate(questions):
            self.fields[f"answer{number}"] = LongText(label=text, rows=3, max_length=LONGEST)

    def answers(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class NoteForm(PrivateForm):
    text = LongText(
        label=_("A note for yourself"),
        required=True,
        rows=4,
        max_length=LONGEST,
        error_messages={"required": _("There are no words here yet. One is enough.")},
    )


class HelpPartnerForm(PrivateForm):
    """Who may see it, or nobody."""

    partner = forms.ChoiceField(
        label=_("Who may see that I asked for help?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, people: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ChoiceField = self.fields["partner"]  # type: ignore[assignment]
        field.choices = [("", _("Nobody")), *((str(person), name) for person, name in people)]
