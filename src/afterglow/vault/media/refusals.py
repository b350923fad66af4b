"""Why a file was not kept, as a word for programs and a sentence for people."""

from django.utils.translation import gettext_lazy as _

WHY = {
    "too_large": _("This file is larger than can be kept here."),
    "empty": _("There is nothing in this file."),
    "heic": _(
        "This photo is in the HEIC format, which cannot be read here. Your phone can send it as JPEG."
    ),
    "video": _("Films cannot be kept here. A photo or a sound recording can."),
    "not_known": _("This kind of file cannot be kept here. Photos and sound recordings can."),
    "no_picture": _("This is no picture. A sound recording can be kept as a voice note."),
    "no_sound": _("This is no sound recording. A picture can be kept as a photo."),
    "not_readable": _("This picture could not be read. It may be damaged."),
    "not_all": _("Part of this file has not arrived yet."),
    "odd_piece": _("This part does not fit the file that was begun."),
    "too_many": _("Too many files are on their way at once. Please wait for one of them."),
    "many_photos": _(
        "One entry holds up to 12 photos. Those after them were not kept; another entry can hold them."
    ),
    "no_room": _("There is no room left on this computer's disk, so this file was not kept."),
    "not_written": _("This computer's disk did not take this file, so it was not kept."),
}


# What is no fault of the file: it may be taken later.
FOR_NOW = frozenset({"no_room", "not_written"})


class Refused(Exception):
    """A file that is not kept; `why` is a word of WHY."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    @property
    def sentence(self) -> str:
        return str(WHY[self.why])
