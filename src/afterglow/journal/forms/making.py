"""What can be made and kept: a voice note, a drawing, a photo, music, a poem, a movement. Only one thing is ever asked."""

import json
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.core.drawing.strokes import COLOURS, NotADrawing, Strokes
from afterglow.core.drawing.strokes import read as read_strokes
from afterglow.journal.documents import Listened
from afterglow.journal.forms.placed import Placed
from afterglow.journal.queries.making import NAMED_COLOURS
from afterglow.ui.forms import LongText
from afterglow.vault.media.sealed_upload import Recorded, SealedFileField


class Made(Placed):
    """Words beside it, when it was, and what it belongs to: all may stay as they are."""

    more: ClassVar[frozenset[str]] = frozenset({"day", "sitting", "tender"})
    kind_of: ClassVar[str] = "made"

    @property
    def more_open_now(self) -> bool:
        """The day is always there; only a remark or a mark opens this part."""
        return bool(set(self.errors) & self.more) or bool(self["tender"].value())


class VoiceForm(Recorded, Made):
    """A recording that was streamed while it was made (`upload`), or a file."""

    kind_of = "voice"
    recording = SealedFileField(
        label=_("A recording from this device"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "audio/*", "capture": "user"}),
    )
    text = LongText(
        label=_("What was it about?"),
        help_text=_("A few words, so that you find it again. It can wait."),
        rows=3,
    )
    field_order = ("recording", "text")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            not cleaned.get("upload")
            and not cleaned.get("recording")
            and "recording" not in self.errors
        ):
            self.add_error(
                "recording",
                _("There is no recording yet. Words alone are welcome too, under Write."),
            )
        return cleaned


class DrawingForm(Made):
    """Strokes, or only a description: both are a drawing."""

    kind_of = "drawing"
    strokes = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8_000_000)
    described = LongText(
        label=_("What is it?"),
        help_text=_("Words can be the whole drawing, if drawing is not possible now."),
        rows=2,
        max_length=2_000,
    )
    text = LongText(label=_("More words, if there are any"), rows=2)
    base_rev = forms.IntegerField(widget=forms.HiddenInput, required=False)
    more = Made.more | {"text"}
    field_order = ("strokes", "described", "text")
    colours_json = json.dumps(COLOURS)
    colours = NAMED_COLOURS

    def clean_strokes(self) -> Strokes | None:
        text = self.cleaned_data["strokes"]
        if not text:
            return None
        try:
            drawing = read_strokes(text)
        except NotADrawing as error:
            raise forms.ValidationError(
                _("The drawing could not be read. Your words are here.")
            ) from error
        return drawing if drawing.strokes else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        nothing = not cleaned.get("strokes") and not cleaned.get("described", "").strip()
        if nothing and not self.errors:
            raise forms.ValidationError(
                _("There is nothing here yet. One line is enough, or one word.")
            )
        return cleaned


class PoemForm(Made):
    kind_of = "poem"
    text = LongText(
        label=_("The poem"),
        required=True,
        help_text=_("Lines stay where you break them."),
        widget=forms.Textarea(attrs={"rows": 10, "class": "own-words"}),
        error_messages={"required": _("There are no words here yet. One is enough.")},
    )
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    field_order = ("title", "text")


class MusicForm(Recorded, Made):
    """What was listened to, or what was hummed or played."""

    kind_of = "music"
    title = forms.CharField(label=_("What I listened to"), max_length=300, required=False)
    artist = forms.CharField(label=_("By whom"), max_length=300, required=False)
    link = forms.CharField(
        label=_("A link"),
        max_length=1_000,
        required=False,
        help_text=_("Kept as text. Nothing is fetched from it."),
    )
    recording = SealedFileField(
        label=_("What I hummed or played"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "audio/*", "capture": "user"}),
    )
    text = LongText(label=_("What it was like"), rows=3)
    field_order = ("title", "artist", "link", "recording", "text")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        anything = any(
            cleaned.get(name) for name in ("title", "recording", "upload", "text", "link")
        )
        if not anything and not self.errors:
            raise forms.ValidationError(
                _("There is nothing here yet. A title is enough, or a hum.")
            )
        return cleaned

    @property
    def listened(self) -> Listened | None:
        named = {name: self.cleaned_data[name].strip() for name in ("title", "artist", "link")}
        return Listened(**named) if any(named.values()) else None


class MovementForm(Made):
    kind_of = "movement"
    text = LongText(label=_("One line about it"), rows=2)
    minutes = forms.IntegerField(
        label=_("About how many minutes"), required=False, min_value=0, max_value=600
    )
    field_order = ("text", "minutes")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("text", "").strip() and not cleaned.get("minutes") and not self.errors:
            raise forms.ValidationError(
                _("There is nothing here yet. One word is enough, or a number.")
            )
        return cleaned
