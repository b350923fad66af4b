"""The base of every form: nothing typed is offered again by the browser, and labels are plain."""

from typing import Any, ClassVar

from django import forms


class PrivateForm(forms.Form):
    """Fields without autocomplete; errors are kept beside what was typed."""

    # Fields that wait under a line of their own until they are wanted.
    more: ClassVar[frozenset[str]] = frozenset()
    required_css_class = "required"
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    @property
    def more_open(self) -> bool:
        """Whether one of those fields holds something, or needs a look."""
        return any(self[name].value() or self[name].errors for name in self.more)


class LongText(forms.CharField):
    """A growing text field."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("required", False)
        kwargs.setdefault("strip", False)
        kwargs.setdefault("max_length", 2_000_000)
        super().__init__(**kwargs)


class DayField(forms.DateField):
    """A calendar day, picked or typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class ClockField(forms.TimeField):
    """A time of day, picked or typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        super().__init__(**kwargs)
