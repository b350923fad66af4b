"""Photos: several at once, more of them later, and what is to be seen in each."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from afterglow.journal.forms.making import Made
from afterglow.journal.queries.making import PHOTO_LIMITS, Shown
from afterglow.journal.services.photos import Photo
from afterglow.ui.forms import LongText, PrivateForm
from afterglow.vault.media.sealed_upload import SealedFilesField, SeveralFiles

LONGEST_SEEN = 2_000


def _how_many() -> str:
    limits = {"most": PHOTO_LIMITS.most, "megabytes": PHOTO_LIMITS.megabytes}
    text = gettext("Up to %(most)s at once, together up to %(megabytes)s MB. JPEG, PNG or WebP.")
    return text % limits


def photos_field(**more: Any) -> SealedFilesField:
    return SealedFilesField(
        label=_("Photos"),
        help_text=lazy(_how_many, str)(),
        error_messages={"required": _("Please choose a photo, or take one.")},
        widget=SeveralFiles(attrs={"accept": PHOTO_LIMITS.accept}),
        **more,
    )


def described_field() -> LongText:
    return LongText(
        label=_("What is to be seen"),
        help_text=_("For a day on which you listen instead of looking, and for searching."),
        rows=2,
        max_length=LONGEST_SEEN,
    )


class Chosen(PrivateForm):
    """What a form with photos gives, and what its page needs to say before anything is sent."""

    limits = PHOTO_LIMITS

    @property
    def photos(self) -> list[Photo]:
        """In the order in which they were chosen; `seen` stands once for each, where scripts made fields for it."""
        words = dict(enumerate(cast("QueryDict", self.data).getlist("seen")))
        return [
            Photo(each.upload, words.get(place, "")[:LONGEST_SEEN], each.refused)
            for place, each in enumerate(self.cleaned_data["photo"])
        ]


class PhotoForm(Chosen, Made):
    kind_of = "photo"
    photo = photos_field()
    text = LongText(label=_("Words beside it"), rows=3)
    described = described_field()
    field_order = ("photo", "text", "described")


class MorePhotosForm(Chosen):
    """More photos for an entry that is there."""

    photo = photos_field()
    described = described_field()
    base_rev = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SeenForm(PrivateForm):
    """What is to be seen in each photo of an entry, and in all of them."""

    base_rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, pictures: Sequence[Shown], for_all: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pictures = pictures
        for number, each in enumerate(pictures, start=1):
            label = _("Photo %(number)d: what is to be seen") % {"number": number}
            self.fields[_name(each.id)] = LongText(label=label, rows=2, max_length=LONGEST_SEEN)
        if for_all:
            self.fields["for_all"] = LongText(label=_("All of them"), rows=2)

    def rows(self) -> list[tuple[Shown, forms.BoundField]]:
        return [(each, self[_name(each.id)]) for each in self.pictures]

    def words(self) -> dict[UUID, str]:
        return {each.id: self.cleaned_data[_name(each.id)] for each in self.pictures}

    @staticmethod
    def begun(
        words: dict[UUID, str], for_all: str, rev: int, draft: dict[str, str]
    ) -> dict[str, Any]:
        """What is said so far, and over it what was typed; photos may have come and gone since, so it names no rev."""
        said = {_name(media): text for media, text in words.items()}
        return said | {"for_all": for_all} | draft | {"base_rev": rev}


def _name(media: UUID) -> str:
    return f"seen_{media.hex}"
