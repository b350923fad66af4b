"""What a passphrase, a recovery code and preferences must look like."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from afterglow.ui.forms import LongText, PrivateForm
from afterglow.vault import door_words

SHORTEST_PASSPHRASE = 15


class PassphraseField(forms.CharField):
    """A passphrase; paste is welcome, and what is typed can be seen on request of the browser."""

    def __init__(self, **kwargs: Any) -> None:
        purpose = kwargs.pop("purpose", "current-password")
        widget = forms.PasswordInput(attrs={"autocomplete": purpose}, render_value=False)
        super().__init__(widget=widget, max_length=400, strip=False, **kwargs)


class OpenForm(PrivateForm):
    name = forms.CharField(label=_("Name"), max_length=80, required=False)
    passphrase = PassphraseField(label=_("Passphrase"))


class NewPassphrase(PrivateForm):
    """A new passphrase, typed twice; the offered six words may simply be used."""

    passphrase = forms.CharField(
        label=_("Your passphrase"),
        max_length=400,
        strip=False,
        help_text=_("The six words are a good one. Your own needs at least 15 characters."),
    )

    def clean_passphrase(self) -> str:
        text: str = self.cleaned_data["passphrase"]
        if door_words.length_of(text) < SHORTEST_PASSPHRASE:
            raise forms.ValidationError(
                _("This is a little short. Please use at least 15 characters.")
            )
        if door_words.too_common(text):
            raise forms.ValidationError(
                _("This one is easy to guess. A few unrelated words are better.")
            )
        return text


class BeginForm(NewPassphrase):
    name = forms.CharField(
        label=_("A name for this vault"),
        max_length=80,
        required=False,
        help_text=_(
            "Only needed if several people use this computer. It is not kept, only a fingerprint of it."
        ),
    )
    kept = forms.BooleanField(
        label=_("I have written it down or can remember it"),
        error_messages={
            "required": _("Please keep it somewhere first: nobody can reset it for you.")
        },
    )


class ConfirmForm(PrivateForm):
    """Is it still you? The passphrase, or nothing where a passkey has just answered."""

    passphrase = PassphraseField(label=_("Your passphrase"), required=False)


class PairForm(PrivateForm):
    code = forms.CharField(label=_("The code on your computer"), max_length=40)


LOCK_MINUTES = [
    (1, _("a minute")),
    (5, _("5 minutes")),
    (15, _("15 minutes")),
    (30, _("30 minutes")),
    (60, _("an hour")),
]


class DeviceForm(PrivateForm):
    name = forms.CharField(
        label=_("What you call it"),
        max_length=60,
        required=False,
        help_text=_("It is sealed like everything else. It may stay empty."),
    )
    lock_minutes = forms.TypedChoiceField(
        label=_("Lock it by itself after"),
        coerce=int,
        choices=LOCK_MINUTES,
        help_text=_("So long without a touch, or out of sight. Words you have begun stay kept."),
    )


class ChangePassphrase(NewPassphrase):
    old = PassphraseField(label=_("The passphrase you use now"), required=False)
    field_order = ("old", "passphrase")


class RecoverForm(NewPassphrase):
    name = forms.CharField(label=_("Name"), max_length=80, required=False)
    code = forms.CharField(label=_("Recovery code"), max_length=120)
    field_order = ("name", "code", "passphrase")

    def clean_code(self) -> str:
        text: str = self.cleaned_data["code"]
        try:
            door_words.check_recovery_code(text)
        except ValueError as error:
            raise forms.ValidationError(
                _("That does not look like the whole code: eight groups of four letters or digits.")
            ) from error
        return text


class ConfirmRecovery(PrivateForm):
    second = forms.CharField(label=_("The second group"), max_length=12)
    last = forms.CharField(label=_("The last group"), max_length=12)


class PreferencesForm(PrivateForm):
    theme = forms.ChoiceField(
        label=_("Look"),
        choices=[
            ("auto", _("As this device does it")),
            ("light", _("Light")),
            ("dark", _("Dark")),
            ("night", _("Night: amber on black")),
        ],
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    lock_minutes = forms.TypedChoiceField(
        label=_("Lock this device by itself after"),
        coerce=int,
        choices=LOCK_MINUTES,
    )
    low_energy = forms.BooleanField(
        label=_("Low energy: one question a day, nothing else"), required=False
    )


class OpenHelpForm(PrivateForm):
    text = LongText(
        label=_("Lines to show on the Help page before unlocking"),
        rows=4,
        strip=True,
        max_length=2000,
    )


class DeleteForm(ConfirmForm):
    sure = forms.BooleanField(label=_("I understand that this cannot be undone"))
