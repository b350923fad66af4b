"""A file of a form after it was sealed, and the form field that takes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.core.files.uploadedfile import UploadedFile

from afterglow.ui.forms import PrivateForm
from afterglow.vault.documents import Stored
from afterglow.vault.media import pieces, services
from afterglow.vault.media.documents import Media
from afterglow.vault.media.refusals import WHY, Refused
from afterglow.vault.open_vault import OpenVault

LONGEST_LASTED_SECONDS = 12 * 3600
MOST_WAVES = 400


class SealedUpload(UploadedFile):  # type: ignore[type-arg]
    """Pieces of an upload. What is not kept by the end of the request is forgotten."""

    def __init__(
        self,
        vault: OpenVault,
        upload: UUID | None,
        *,
        name: str,
        content_type: str,
        size: int,
        refused: Refused | None,
    ) -> None:
        super().__init__(None, name=name, content_type=content_type, size=size)
        self.vault = vault
        self.upload = upload
        self.refused = refused

    def read(self, *args: Any) -> bytes:
        """The whole file as it was sent. Raises Refused."""
        return services.uploaded(self.vault, self._arrived())

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        return pieces.all_of(services.way_to(self.vault, self._arrived()))

    def keep(self) -> Stored[Media]:
        """Keep it as media. Raises Refused."""
        return services.finish_upload(self.vault, self._arrived())

    def _arrived(self) -> UUID:
        if self.refused is not None or self.upload is None:
            raise self.refused or Refused("not_all")
        return self.upload

    def close(self) -> None:
        if self.upload is not None:
            services.drop_upload(self.vault, self.upload)


class SealedFileField(forms.FileField):
    """A file of a form; where it could not be taken in, the person reads why."""

    default_error_messages = {name: sentence for name, sentence in WHY.items() if name != "empty"}

    def to_python(self, data: Any) -> Any:
        if isinstance(data, SealedUpload) and data.refused is not None:
            why = data.refused.why
            raise forms.ValidationError(self.error_messages[why], code=why)
        return super().to_python(data)


@dataclass(frozen=True, slots=True)
class Arrived:
    """One of several files of a form: its upload, or the word for why it was not taken in."""

    upload: UUID | None
    refused: str = ""


class SeveralFiles(forms.ClearableFileInput):
    """A field in which several files may be chosen."""

    allow_multiple_selected = True


class SealedFilesField(SealedFileField):
    """Several files, in the order in which they were sent. One that is refused costs no other."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Arrived]:
        sent = [each for each in data or () if each]
        if not sent:
            super().clean(None, initial)
            return []
        arrived = [self._arrived(each) for each in sent]
        if not any(each.upload for each in arrived):
            words = dict.fromkeys(each.refused for each in arrived)
            raise forms.ValidationError([str(WHY[word]) for word in words])
        return arrived

    def _arrived(self, file: SealedUpload) -> Arrived:
        try:
            taken: SealedUpload = super().clean(file)
        except forms.ValidationError as error:
            code = str(error.code)
            return Arrived(None, code if code in WHY else "not_readable")
        return Arrived(taken.upload)


class Recorded(PrivateForm):
    """The hidden fields of a page that records: what was streamed, how long it lasted, how loud it was, and its own id.

    `instead_of` names what had arrived of it where the recording itself comes as a file.
    """

    upload = forms.UUIDField(widget=forms.HiddenInput, required=False)
    instead_of = forms.UUIDField(widget=forms.HiddenInput, required=False)
    recording_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    lasted_seconds = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=LONGEST_LASTED_SECONDS
    )
    waveform = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4_000)

    def clean_waveform(self) -> list[int]:
        """Loudness steps as they were sent; anything else is no waveform."""
        try:
            found = msgspec.json.decode(self.cleaned_data["waveform"] or "[]", type=list[int])
        except msgspec.DecodeError:
            return []
        return found[:MOST_WAVES]

    @property
    def recorded(self) -> UUID | None:
        """The upload that holds the recording, however it came."""
        sent = self.cleaned_data.get("recording")
        return self.cleaned_data.get("upload") or (sent.upload if sent else None)
