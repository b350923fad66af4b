"""Which files are kept, told by their first bytes and never by their name, and how large each may be."""

import json

from afterglow.vault.media.refusals import Refused

MIB = 1024 * 1024
STROKES = "application/json"
LIMITS = {
    "image/jpeg": 25 * MIB,
    "image/png": 25 * MIB,
    "image/webp": 25 * MIB,
    "audio/webm": 50 * MIB,
    "audio/ogg": 50 * MIB,
    "audio/mp4": 50 * MIB,
    "audio/mpeg": 50 * MIB,
    "audio/wav": 50 * MIB,
    STROKES: 8 * MIB,
}
LARGEST_BYTES = max(LIMITS.values())
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "audio/webm": "webm",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    STROKES: "json",
}
# Names under which browsers and phones send the same kinds.
SAME = {
    "image/jpg": "image/jpeg",
    "video/webm": "audio/webm",
    "video/mp4": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/aac": "audio/mp4",
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/opus": "audio/ogg",
    "application/ogg": "audio/ogg",
}
# What a form may ask for: only files of this beginning.
PICTURES, SOUNDS = "image/", "audio/"
UNSAID = {"", "application/octet-stream"}
_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"OggS", "audio/ogg"),
    (b"\x1a\x45\xdf\xa3", "audio/webm"),
    (b"ID3", "audio/mpeg"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_FILM_MARKS = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG")
LOOKED_AT_BYTES = 256 * 1024


def check_said(content_type: str, length: int | None) -> None:
    """Turn away early what is said to be of another kind or too large. Raises Refused."""
    said = _plain(content_type)
    if said in UNSAID:
        limit: int | None = LARGEST_BYTES
    elif said in {"image/heic", "image/heif", "image/avif"}:
        raise Refused("heic")
    else:
        limit = LIMITS.get(SAME.get(said, said))
    if limit is None:
        raise Refused("video" if said.startswith("video/") else "not_known")
    if length is not None:
        check_length(length, limit)


def check_length(length: int, limit: int) -> None:
    if length <= 0:
        raise Refused("empty")
    if length > limit:
        raise Refused("too_large")


def kind_of(content: bytes, *, said: str = "") -> str:
    """The kind of a whole file. Raises Refused for any that is not kept here or is too large."""
    if not content:
        raise Refused("empty")
    kind = _sniffed(content) or _strokes(content, said)
    if kind is None:
        raise Refused("not_known")
    check_length(len(content), LIMITS[kind])
    return kind


def check_wanted(kind: str, wanted: str) -> None:
    """Turn away what a form did not ask for; one that asks for nothing takes all that is kept here. Raises Refused."""
    if wanted and not kind.startswith(wanted):
        raise Refused("no_picture" if wanted == PICTURES else "no_sound")


def _sniffed(content: bytes) -> str | None:
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return _sound_only(content, kind)
    if content[:4] == b"RIFF":
        return _RIFF.get(content[8:12])
    if content[4:8] == b"ftyp":
        return _mp4(content)
    # An MPEG frame without a tag before it: eleven set bits, then layer III.
    if content[0] == 0xFF and len(content) > 1 and content[1] & 0xE6 == 0xE2:
        return "audio/mpeg"
    return None


def _mp4(content: bytes) -> str:
    if content[8:12] in _HEIC:
        raise Refused("heic")
    # A handler of the kind "vide" announces pictures that move.
    at = content.find(b"hdlr")
    while at >= 0:
        if content[at + 12 : at + 16] == b"vide":
            raise Refused("video")
        at = content.find(b"hdlr", at + 4)
    return "audio/mp4"


def _sound_only(content: bytes, kind: str) -> str:
    beginning = content[:LOOKED_AT_BYTES]
    if kind == "audio/webm" and any(mark in beginning for mark in _FILM_MARKS):
        raise Refused("video")
    if kind == "audio/ogg" and b"\x80theora" in beginning:
        raise Refused("video")
    return kind


def _strokes(content: bytes, said: str) -> str | None:
    """Strokes of a drawing, kept as they are; only where they were said to be that."""
    if _plain(said) != STROKES:
        return None
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return None
    return STROKES


def _plain(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
