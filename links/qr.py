"""QR codes (ISO/IEC 18004) of a link's URL, as SVG or PNG. They hold our own URL and nothing else."""

import io
from typing import Final

import qrcode
import qrcode.image.svg
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

PNG_SIZE_MIN: Final = 64
PNG_SIZE_MAX: Final = 2048
PNG_SIZE_DEFAULT: Final = 512


def svg(url: str) -> bytes:
    """A scalable code with the quiet zone that scanners need."""
    image = _code(url).make_image(image_factory=qrcode.image.svg.SvgPathFillImage)
    out = io.BytesIO()
    image.save(out)
    return out.getvalue()


def png(url: str, *, size: int) -> bytes:
    """A bitmap of `size` × `size` pixels; each module is a whole number of pixels, so the edges stay sharp.

    What is left over becomes a wider margin.
    """
    assert PNG_SIZE_MIN <= size <= PNG_SIZE_MAX
    code = _code(url)
    modules = code.modules_count + 2 * code.border
    code.box_size = max(1, size // modules)
    drawn = code.make_image().get_image().convert("L")
    image = Image.new("L", (size, size), color=255)
    margin = (size - drawn.width) // 2
    image.paste(drawn, (margin, margin))
    out = io.BytesIO()
    image.save(out, format="PNG")
    return out.getvalue()


def _code(url: str) -> "qrcode.QRCode[object]":
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(url)
    code.make(fit=True)
    return code
