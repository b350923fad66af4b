"""What every kept thing of the journal may say of its place: the day, the sitting it is about, and whether it is tender."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.medicine import queries as medicine
from afterglow.ui.forms import DayField, PrivateForm
from afterglow.ui.templatetags.ui import short_day
from afterglow.vault.open_vault import OpenVault


class Placed(PrivateForm):
    day = DayField(label=_("Day"))
    sitting = forms.ChoiceField(label=_("About a sitting"), required=False)
    tender = forms.BooleanField(
        label=_("This is tender: never bring it back by itself"), required=False
    )

    def __init__(self, *args: Any, vault: OpenVault, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["sitting"].choices = sitting_choices(vault, self.initial.get("sitting"))  # type: ignore[attr-defined]

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
