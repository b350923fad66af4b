"""What the demo person drew and hummed: a small picture and a small sound, made here and now."""

import io
import math
import struct

import msgspec
from PIL import Image, ImageDraw

from afterglow.journal.documents import Entry
from afterglow.vault.documents import Stored
from afterglow.vault.media.documents import Media
from afterglow.vault.media.services import keep_media
from afterglow.vault.open_vault import OpenVault

SIZE = (480, 360)
PAPER = (251, 248, 244)
LINES = ((61, 90, 128), (106, 139, 165), (152, 182, 186), (224, 178, 130))
RATE_HERTZ = 8000
# Three notes that fall, a second each.
NOTES_HERTZ = (220.0, 196.0, 164.8)
LOUDEST = 9000


def keep_shown(vault: OpenVault) -> None:
    """The drawing beside the latest entry about a sitting, the hum beside the latest that was spoken."""
    drawn = keep_media(vault, drawing(), name="the-water.png", content_type="image/png")
    hummed = keep_media(
        vault,
        hum(),
        name="what-i-hummed.wav",
        content_type="audio/wav",
        seconds=float(len(NOTES_HERTZ)),
        waveform=[round(100 * math.sin(math.pi * step / 40) ** 2) for step in range(41)],
    )
    _put_beside(vault, "sitting", drawn)
    _put_beside(vault, "dictated", hummed)


def _put_beside(vault: OpenVault, kind_of: str, media: Stored[Media]) -> None:
    entries = [each for each in vault.heads(Entry) if each.document.kind_of == kind_of]
    latest = max(entries, key=lambda each: each.document.written.at)
    whole = vault.get(Entry, latest.id).document
    # Told in one go: the first revision, without it, is nothing that anybody wrote.
    vault.put(msgspec.structs.replace(whole, media=(media.id,)), record=latest.id)
    vault.clear_history(latest.id)


def drawing() -> bytes:
    """Water in lines, and something warm above it."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    width, height = SIZE
    pen.ellipse((330, 50, 400, 120), fill=LINES[3])
    for number, colour in enumerate(LINES[:3] * 2):
        level = height * 0.5 + number * 26
        points = [
            (x, level + 9 * math.sin(x / 38 + number * 1.3) + number * math.sin(x / 90))
            for x in range(0, width + 6, 6)
        ]
        pen.line(points, fill=colour, width=5, joint="curve")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def hum() -> bytes:
    """A WAVE file: each note swells and fades."""
    sound = bytearray()
    for note in NOTES_HERTZ:
        for step in range(RATE_HERTZ):
            part = step / RATE_HERTZ
            loud = LOUDEST * math.sin(math.pi * part) ** 2
            sound += struct.pack("<h", round(loud * math.sin(2 * math.pi * note * part)))
    form = struct.pack("<IHHIIHH", 16, 1, 1, RATE_HERTZ, 2 * RATE_HERTZ, 2, 16)
    body = b"WAVEfmt " + form + b"data" + struct.pack("<I", len(sound)) + bytes(sound)
    return b"RIFF" + struct.pack("<I", len(body)) + body
