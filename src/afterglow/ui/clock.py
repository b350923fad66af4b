"""What time it is for the person who looks at the page."""

import os
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from afterglow.core.days import Moment, is_zone, moment


def zone_of(request: HttpRequest) -> str:
    """The zone that the browser named, else this computer's."""
    named = request.COOKIES.get(f"{settings.COOKIE_PREFIX}-zone", "").replace("%2F", "/")
    return named if named and is_zone(named) else system_zone()


def now(request: HttpRequest) -> Moment:
    return moment(timezone.now(), zone_of(request))


def today(request: HttpRequest) -> date:
    """The person's day, which begins at four."""
    return now(request).day


@cache
def system_zone() -> str:
    """The IANA name of this computer's zone, or UTC where it cannot be told."""
    named = os.environ.get("TZ", "").lstrip(":")
    if named and is_zone(named):
        return named
    target = str(Path("/etc/localtime").resolve())
    _, found, name = target.partition("zoneinfo/")
    return name if found and is_zone(name) else "UTC"
