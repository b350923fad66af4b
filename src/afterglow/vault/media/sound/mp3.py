"""MP3: tags stand before the first frame (ID3v2) or behind the last one (ID3v1, APEv2)."""

HEADER_BYTES = 10
ID3V1_BYTES = 128
APE_BYTES = 32


def without_words(content: bytes) -> bytes:
    start, end = 0, len(content)
    while content[start : start + 3] == b"ID3":
        start += _id3_length(content[start : start + HEADER_BYTES])
    while (shorter := _before_tag(content, end)) < end:
        end = shorter
    return content[start:end]


def _id3_length(header: bytes) -> int:
    """The tag's length stands in four bytes of seven bits each; a footer repeats the header."""
    size = 0
    for byte in header[6:HEADER_BYTES]:
        size = size << 7 | byte & 0x7F
    has_footer = len(header) > 5 and header[5] & 0x10
    return size + HEADER_BYTES * (2 if has_footer else 1)


def _before_tag(content: bytes, end: int) -> int:
    """Where the last tag before this place begins, or the place itself."""
    if content[max(0, end - ID3V1_BYTES) : end].startswith(b"TAG") and end > ID3V1_BYTES:
        return end - ID3V1_BYTES
    footer = content[max(0, end - APE_BYTES) : end]
    if footer.startswith(b"APETAGEX") and len(footer) == APE_BYTES:
        size = int.from_bytes(footer[12:16], "little")
        has_header = footer[23] & 0x80
        return max(0, end - size - (APE_BYTES if has_header else 0))
    return end
