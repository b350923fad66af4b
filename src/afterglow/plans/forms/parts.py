"""What the forms of all parts share: how a part is asked, shown again, and turned into a document."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from django import forms
from django.utils.dates import WEEKDAYS

from afterglow.core.days import Moment
from afterglow.ui.forms import LongText, PrivateForm
from afterglow.vault.documents import Document

LONGEST_LINE = 300


LONGEST_TEXT = 20_000


class Lines(LongText):
    """One thing on each line; empty lines go."""

    def clean(self, value: Any) -> tuple[str, ...]:
        text = super().clean(value) or ""
        return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (tuple, list)) else value


class Weekdays(forms.TypedMultipleChoiceField):
    """Days of the week, Monday = 0; none means every day."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", list(WEEKDAYS.items()))
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(coerce=int, required=False, **kwargs)

    def clean(self, value: Any) -> tuple[int, ...]:
        return tuple(sorted(super().clean(value)))


def hidden_id() -> forms.UUIDField:
    return forms.UUIDField(required=False, widget=forms.HiddenInput)


def hidden_words() -> forms.CharField:
    return forms.CharField(required=False, max_length=LONGEST_LINE, widget=forms.HiddenInput)


def short(label: Any, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, help_text=hint, max_length=LONGEST_LINE)


def long(label: Any, *, required: bool = False, hint: Any = "", rows: int = 3) -> LongText:
    return LongText(
        label=label, required=required, help_text=hint, max_length=LONGEST_TEXT, rows=rows
    )


class PartForm(PrivateForm):
    """What all parts share. `words` names the field with the person's words, `stamp` the one with the day."""

    document: ClassVar[type[Document]]
    words: ClassVar[str] = "text"
    stamp: ClassVar[str] = "on"
    stamped_again: ClassVar[bool] = False
    source: ClassVar[str] = ""
    many: ClassVar[frozenset[str]] = frozenset()
    adding: ClassVar[Any] = ""
    changing: ClassVar[Any] = ""

    rev = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, document: Document, rev: int) -> dict[str, Any]:
        """What the form begins with for a part that is kept."""
        names = [name for name in cls.base_fields if name != "rev"]
        return {name: getattr(document, name) for name in names} | {"rev": rev}

    @classmethod
    def prefilled(cls, sent: Mapping[str, str], today: date) -> dict[str, Any]:
        """What a new form begins with, from words and ids that another page sent."""
        initial: dict[str, Any] = {"day": today, cls.words: sent.get("text", "")}
        for name in ("theme", "value", "means", "tiny", "area", "practice"):
            initial[name] = sent.get(name, "")
        for name in ("entry", "sitting"):
            initial[name] = _id_or_none(sent.get(name, ""))
        if cls.source:
            initial[cls.source] = _id_or_none(sent.get("comes_from", ""))
        return {name: value for name, value in initial.items() if name in cls.base_fields and value}

    def facts(self) -> dict[str, Any]:
        """The fields of the document, as typed values."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "rev"}
        return {
            name: f"{value:%H:%M}" if isinstance(value, time) else "" if name == "clock" else value
            for name, value in values.items()
        }

    def new(self, at: Moment) -> Document:
        """The part as a document, with the day on which it was written."""
        return self.document(**self.facts(), **self._stamped(at))

    def changed(self, before: Document, at: Moment) -> Document:
        """The part with what was typed; what the form does not ask stays."""
        stamp = self._stamped(at) if self.stamped_again else {}
        return msgspec.structs.replace(before, **self.facts(), **stamp)

    def _stamped(self, at: Moment) -> dict[str, Any]:
        if not self.stamp:
            return {}
        return {self.stamp: at if self.stamp == "written" else at.day}

    def source_id(self) -> UUID | None:
        """The insight or purpose that this comes from, as far as the form knows."""
        return _id_or_none(str(self[self.source].value() or "")) if self.source else None


def _id_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
