"""What the export and import pages may send."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from afterglow.ui.forms import PrivateForm
from afterglow.vault.media.sealed_upload import SealedFileField

SHORTEST_PASSPHRASE = 12
MOST_UPLOAD_BYTES = 60 * 1024 * 1024
TOO_LARGE = _("This file is too large for this page. The command line takes larger ones.")


class ExportForm(PrivateForm):
    """An export that anyone can read, or one that opens with words of its own."""

    passphrase = forms.CharField(
        label=_("Words to lock it with, if you like"),
        required=False,
        strip=False,
        min_length=SHORTEST_PASSPHRASE,
        max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same words again"),
        required=False,
        strip=False,
        max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "passphrase" in given and given["passphrase"] != given.get("again", ""):
            self.add_error("again", _("The two do not match yet."))
        return given


class UploadForm(PrivateForm):
    """One file: a zip, a text or a table."""

    file = SealedFileField(
        label=_("A file from this device"),
        allow_empty_file=False,
        error_messages={"too_large": TOO_LARGE},
    )

    passphrase = forms.CharField(
        label=_("If the export is locked: its words"),
        required=False,
        strip=False,
        max_length=400,
        widget=forms.PasswordInput,
    )

    def say_still_locked(self) -> None:
        self.add_error("passphrase", _("These words do not open this file."))

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_UPLOAD_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class ArriveForm(PrivateForm):
    """A backup of another computer, and the passphrase that opened it there."""

    file = forms.FileField(
        label=_("The sealed copy from the other computer"),
        error_messages={"required": _("Please choose the file that you took with you.")},
    )
    passphrase = forms.CharField(
        label=_("The passphrase you used there"),
        strip=False,
        max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
