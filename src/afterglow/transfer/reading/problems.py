"""Why a place in a file could not be brought in, in words for the page and the command line."""

from django.utils.translation import gettext_lazy as _

WHY = {
    "empty": _("there is no text in it"),
    "not_text": _("this is not a text that can be read here"),
    "too_large": _("it is larger than can be brought in through this page"),
    "not_a_zip": _("the zip is damaged or locked with a password"),
    "not_json": _("this is not readable JSON"),
    "no_time": _("the date could not be read"),
    "no_columns": _("the first line does not name the columns that are looked for"),
    "no_score": _("the score is not a whole number in the range of this questionnaire"),
    "no_level": _("this mood is not one of the five that are known"),
    "unknown_kind": _("it comes from a newer version and cannot be kept by this one"),
    "odd_document": _("its fields do not fit together"),
    "no_file": _("the photo or recording itself is not in the file"),
    "not_named": _("this kind of file is not known here"),
}
