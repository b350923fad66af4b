"""From a sheet to a PDF. Nothing is written to disk."""

import io
import subprocess
import sys
from pathlib import Path

import msgspec

from afterglow.core.paper import press
from afterglow.core.paper.sheets import Sheet

SECONDS = 30


class NotSet(Exception):
    """The typesetter did not give a PDF; the reason is its last line."""


def one_page_of(sheet: Sheet, *, fonts: Path) -> bytes:
    """The same, set smaller where it would run over one page. Very long words still run on. Raises NotSet."""
    made = pdf_of(sheet, fonts=fonts)
    if pages_of(made) == 1:
        return made
    return pdf_of(msgspec.structs.replace(sheet, tight=True), fonts=fonts)


def pages_of(pdf: bytes) -> int:
    import pypdf  # heavy: only for sheets that should be one page

    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def pdf_of(sheet: Sheet, *, fonts: Path) -> bytes:
    """The sheet as a tagged PDF, with the TTF files of a folder. Raises NotSet."""
    asked = msgspec.json.encode({"sheet": msgspec.json.encode(sheet).decode(), "fonts": str(fonts)})
    # Only this program's own file is started; the words go through a pipe.
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", press.__file__],
            input=asked,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotSet(type(error).__name__) from error
    if done.returncode != 0:
        raise NotSet((done.stderr.decode(errors="replace").splitlines() or ["no reason"])[-1])
    return done.stdout
