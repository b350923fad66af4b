"""Forms between two people who share."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.core.content import Practice
from afterglow.sharing.partner.wire import LONGEST
from afterglow.ui.forms import DayField, LongText, PrivateForm

LONGEST_QUESTION = 300
DAYS, QUESTIONS = ("day1", "day2", "day3"), ("question1", "question2")
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


class CheckInsForm(PrivateForm):
    """When, and what is asked. The same on both sides."""

    points = forms.MultipleChoiceField(
        label=_("When"),
        choices=POINTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    day1 = DayField(label=_("A day of your own choosing"), required=False)
    day2 = DayField(label=_("Another day"), required=False)
    day3 = DayField(label=_("And another"), required=False)
    question1 = forms.CharField(
        label=_("A question"),
        help_text=_("Left empty, it asks what a check-in with oneself asks."),
        required=False,
        max_length=LONGEST_QUESTION,
    )
    question2 = forms.CharField(label=_("Another one"), required=False, max_length=LONGEST_QUESTION)

    more = frozenset({*DAYS, *QUESTIONS})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        asked = cleaned.get("points") or any(cleaned.get(name) for name in DAYS)
        if not asked and not self.errors:
            self.add_error("points", _("Please choose at least one time."))
        return cleaned

    @staticmethod
    def of(
        points: Sequence[str], own_days: Sequence[date], questions: Sequence[str]
    ) -> dict[str, Any]:
        days = dict(zip(DAYS, own_days, strict=False))
        return {"points": list(points)} | days | dict(zip(QUESTIONS, questions, strict=False))

    def facts(self) -> dict[str, Any]:
        """As the services take them."""
        given = self.cleaned_data
        return {
            "points": tuple(given["points"]),
            "own_days": tuple(sorted({given[name] for name in DAYS if given[name]})),
            "questions": tuple(given[name] for name in QUESTIONS if given[name]),
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


# The headings of a page for an appointment, as its own form has them.
HEADINGS = (
    ("to_ask", _("What I want to talk about")),
    ("since_last", _("Since last time")),
    ("came_up", _("What came up")),
    ("what_changed", _("What has changed")),
    ("measured", _("Measures")),
    ("to_mention", _("Worth mentioning")),
)


class PageForm(PrivateForm):
    """The page as it would be sent: all of it can still be changed."""

    text = LongText(
        label=_("What they will read"),
        required=True,
        rows=14,
        max_length=LONGEST,
        error_messages={"required": _("There are no words here yet. One is enough.")},
    )
