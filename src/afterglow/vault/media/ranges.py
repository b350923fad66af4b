"""Reads the Range header of a request (RFC 9110, section 14). One stretch is answered; several are answered with all."""

import re

# No file here has a length of more digits than this.
_ONE = re.compile(r"^bytes=([0-9]{0,18})-([0-9]{0,18})$")


class NotInside(Exception):
    """The stretch asked for begins after the end."""


def stretch(header: str, length: int) -> tuple[int, int] | None:
    """First byte and the one after the last, or None where the whole is to be given. Raises NotInside."""
    match = _ONE.match("".join(header.split()))
    if match is None or match.group(1) == match.group(2) == "":
        return None
    first, last = match.groups()
    if not first:
        most = int(last)
        if most == 0:
            raise NotInside
        return max(0, length - most), length
    if int(first) >= length:
        raise NotInside
    end = int(last) + 1 if last else length
    # An end before the beginning is no stretch at all, and the header is then to be ignored.
    return (int(first), min(end, length)) if end > int(first) else None
