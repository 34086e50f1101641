"""Makes a picture safe to show: decodes it, and writes what was seen into a new file.

What a file says it is counts for nothing; only what its bytes are. Nothing of the original
file survives: no metadata, no appended script, no second frame. SVG is never taken, because it is a program.
"""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from core.errors import Kind, PaythreadError

BYTES_MAX: Final = 512 * 1024
SIDE_MAX: Final = 4096
_SIDE_MIN: Final = 16
# A panorama of 4096 by 16 is no bomb; 4096 by 4096 is 64 MB in memory, and allowed to nobody.
_PIXELS_MAX: Final = 4_000_000
_FORMATS: Final = ("PNG", "JPEG", "WEBP")
_SIGNATURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
# Three device pixels for each that the page gives it.
_BOX: Final = (480, 144)
MEDIA_TYPE: Final = "image/webp"


class LogoUnusable(PaythreadError):
    """The file is no picture that can be shown; the sentence says why."""

    code = "logo_unusable"


class LogoTooLarge(PaythreadError):
    """The file has more bytes, or more pixels, than are taken."""

    code = "logo_too_large"
    kind = Kind.TOO_LARGE


@dataclass(frozen=True, slots=True)
class Picture:
    """A WebP file of our own making."""

    image: bytes
    width: int
    height: int


def remade(file: bytes) -> Picture:
    """The picture in a new file, made smaller where it is larger than a page shows. Raises the errors above.

    Takes up to some hundred milliseconds: call it in a thread.
    """
    if len(file) > BYTES_MAX:
        raise LogoTooLarge(f"A logo has at most {BYTES_MAX // 1024} KiB.")
    if not file.startswith(_SIGNATURES):
        raise LogoUnusable("A logo is a PNG, JPEG or WebP picture.")
    try:
        with Image.open(io.BytesIO(file), formats=_FORMATS) as opened:
            _check(opened)
            return _remade(opened)
    except PaythreadError:
        raise
    except (
        Exception
    ) as error:  # whatever a decoder stumbles over in a broken file is the file's fault
        raise LogoUnusable("The picture cannot be read; the file may be damaged.") from error


def _check(opened: Image.Image) -> None:
    """By the header alone, before anything is decoded."""
    width, height = opened.size
    if max(width, height) > SIDE_MAX or width * height > _PIXELS_MAX:
        raise LogoTooLarge(f"A logo has at most {SIDE_MAX} pixels a side, and 4 million in all.")
    if min(width, height) < _SIDE_MIN:
        raise LogoUnusable(f"A logo has at least {_SIDE_MIN} pixels a side.")
    if getattr(opened, "n_frames", 1) != 1:
        raise LogoUnusable("A logo does not move.")


def _remade(opened: Image.Image) -> Picture:
    upright = ImageOps.exif_transpose(opened)
    picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    picture.thumbnail(_BOX, Image.Resampling.LANCZOS)
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    image = min((_written(clean, lossless=True), _written(clean, lossless=False)), key=len)
    return Picture(image, *clean.size)


def _written(picture: Image.Image, *, lossless: bool) -> bytes:
    held = io.BytesIO()
    picture.save(held, "WEBP", lossless=lossless, quality=85, method=6)
    return held.getvalue()
