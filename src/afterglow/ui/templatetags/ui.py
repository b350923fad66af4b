"""The tags that draw: the horizon, charts, a person's day in words. The only place where markup is made in Python."""

import re
from datetime import date, datetime

from django import template
from django.utils import formats
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from afterglow.core.days import Moment

register = template.Library()

# Two stars for weight, one for a name or title: the only marks in a line of our own texts.
STRONG = re.compile(r"\*\*(\S(?:[^*]*\S)?)\*\*")
EMPHASIS = re.compile(r"\*(\S(?:[^*]*\S)?)\*")

HORIZON_WIDTH = 320
HORIZON_STOPS = (("0", "--h1"), ("0.36", "--h2"), ("0.58", "--h3"), ("1", "--h4"))


@register.filter
def day(value: date | datetime | Moment | None) -> str:
    """Thursday 3 February, in the page's language and order."""
    if value is None:
        return ""
    plain = value.day if isinstance(value, Moment) else value
    return formats.date_format(plain, pgettext("date", "l j F"))


@register.filter
def short_day(value: date | datetime | Moment | None) -> str:
    """3 Feb 2026."""
    if value is None:
        return ""
    plain = value.day if isinstance(value, Moment) else value
    return formats.date_format(plain, pgettext("date", "j M Y"))


@register.filter
def iso_day(value: str) -> str:
    """3 Feb 2026, for a day of a data file."""
    return short_day(date.fromisoformat(value))


@register.filter
def clock(value: Moment | None) -> str:
    """The wall clock where it was written."""
    return formats.time_format(value.local(), "H:i") if value else ""


@register.filter
def lasted(seconds: int) -> str:
    """How long something lasted, as minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def weekday(value: date | Moment) -> str:
    plain = value.day if isinstance(value, Moment) else value
    return formats.date_format(plain, "l")


@register.simple_tag
def horizon(days: int, length: int = 14) -> SafeString:
    """The band of days since a sitting, with a mark for today: it counts days, never what is left."""
    place = min(max(days, 0), length) / length * (HORIZON_WIDTH - 8) + 4
    return format_html(
        '<svg class="horizon" viewBox="0 0 320 56" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<defs><linearGradient id="horizon-band">{}</linearGradient></defs>'
        '<rect x="0" y="6" width="320" height="44" rx="12" fill="url(#horizon-band)"/>'
        '<rect x="{}" y="0" width="4" height="56" rx="2" class="horizon-mark"/></svg>',
        _stops(),
        f"{place - 2:.1f}",
    )


def _stops() -> SafeString:
    # Only constants of this module are put together here.
    return mark_safe(  # noqa: S308
        "".join(
            f'<stop offset="{offset}" class="stop{index}"/>'
            for index, (offset, _) in enumerate(HORIZON_STOPS)
        )
    )


@register.filter
def get(mapping: dict[object, object], key: object) -> object:
    """A value by key, for templates."""
    return mapping.get(key)


@register.filter
def unlocalized(value: float) -> str:
    """A coordinate with a decimal point in every language."""
    return f"{value:g}"


@register.filter
def plus(value: float, other: int) -> str:
    """A coordinate moved by a few units."""
    return f"{value + other:g}"


@register.filter
def weekday_name(number: int) -> str:
    """Thu, for Monday = 0."""
    return str(WEEKDAYS_ABBR[number])


@register.filter
def weekday_letter(number: int) -> str:
    """The first letter of a weekday, for the head of a narrow picture."""
    return str(WEEKDAYS[number])[0]


@register.filter
def day_and_month(value: date) -> str:
    """3 Feb."""
    return formats.date_format(value, pgettext("date", "j M"))


@register.filter
def marked(line: str) -> SafeString:
    """A line of our own texts: `**weight**` and `*a name*` as markup, all else escaped."""
    safe = STRONG.sub(r"<strong>\1</strong>", escape(line))
    return mark_safe(EMPHASIS.sub(r"<em>\1</em>", safe))  # noqa: S308  escaped above
