"""Photos and drawings: opened, turned upright, and written anew, so that place, device and thumbnails stay behind.

Leaves out sound. Nothing of the file that came is kept but its pixels.
"""

import io
import threading
from dataclasses import dataclass

from PIL import Image, ImageOps

from afterglow.vault.media.refusals import Refused

FORMATS = ("JPEG", "PNG", "WEBP")
# A JPEG is decoded at a fraction of its size; any other is held whole, with four bytes for each pixel.
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 32_000_000, "WEBP": 32_000_000}
LONGEST_SIDE = 3000
SMALL_SIDE = 480
JPEG_QUALITY = 88
SMALL_QUALITY = 80
# One picture at a time: a crowd of large ones would need more memory than a small computer has.
_seat = threading.Semaphore(1)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept, and a small one beside it where the large one is larger."""

    content: bytes
    content_type: str
    width: int
    height: int
    small: "Picture | None" = None


def prepared(content: bytes) -> Picture:
    """The same picture without anything but its pixels. Raises Refused."""
    try:
        with _seat:
            return _written_anew(_upright(content))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("too_large") from error
    except Refused:
        raise
    # Pillow's readers raise whatever a broken file leads them into.
    except Exception as error:
        raise Refused("not_readable") from error


def _upright(content: bytes) -> Image.Image:
    opened = Image.open(io.BytesIO(content), formats=FORMATS)
    if opened.width * opened.height > MOST_PIXELS[opened.format or "PNG"]:
        raise Refused("too_large")
    was_drawn = opened.format == "PNG"
    if not was_drawn:
        # A JPEG can be decoded at a fraction of its size, which saves memory for what is made smaller anyway.
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(opened)
    keeps_alpha = was_drawn and _has_alpha(turned)
    image = turned.convert("RGBA" if keeps_alpha else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    plain = Image.new(image.mode, image.size)
    plain.paste(image)
    plain.format = "PNG" if was_drawn else "JPEG"
    return plain


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def _written_anew(image: Image.Image) -> Picture:
    large = _encoded(image, image.format or "JPEG", JPEG_QUALITY)
    if max(image.size) <= SMALL_SIDE:
        return large
    small = image.convert(image.mode)
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    made = _encoded(small, image.format or "JPEG", SMALL_QUALITY)
    return Picture(large.content, large.content_type, large.width, large.height, made)


def _encoded(image: Image.Image, written_as: str, quality: int) -> Picture:
    out = io.BytesIO()
    if written_as == "PNG":
        image.save(out, "PNG", optimize=False)
    else:
        image.save(out, "JPEG", quality=quality, progressive=True)
    return Picture(out.getvalue(), f"image/{written_as.lower()}", image.width, image.height)
