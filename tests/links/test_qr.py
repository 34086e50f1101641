"""QR codes that a camera reads as exactly the link's URL."""

import io
import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from links import qr

URL = "https://pay.acme.test/p/0123456789abcdefABCDEFGH"
LONG = f"https://{'a' * 60}.{'b' * 30}.example.com/p/0123456789abcdefABCDEFGH"


def read(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("size", [64, 65, 100, 128, 300, 512, 777, 2048])
def test_a_png_of_any_size_is_read_as_the_url(size: int) -> None:
    image = Image.open(io.BytesIO(qr.png(URL, size=size)))

    assert ((size, size), [URL]) == (image.size, read(image))


def test_a_long_url_is_read_too() -> None:
    assert [LONG] == read(Image.open(io.BytesIO(qr.png(LONG, size=512))))


@pytest.mark.parametrize("size", [64, 100, 512, 777])
def test_the_modules_of_a_png_are_all_of_one_size(size: int) -> None:
    """Uneven ones are what cheap scanners stumble over: every edge falls on one grid."""
    image = Image.open(io.BytesIO(qr.png(URL, size=size))).convert("L")
    rows = [[image.getpixel((x, y)) for x in range(size)] for y in range(size)]
    edges = {at for row in rows for at in range(1, size) if row[at] != row[at - 1]}
    first = min(edges)
    module = min(edge - first for edge in edges if edge > first)

    assert 0 == sum((edge - first) % module for edge in edges)


@pytest.mark.parametrize("url", [URL, LONG])
def test_an_svg_is_read_as_the_url(url: str) -> None:
    assert [url] == read(drawn(qr.svg(url).decode()))


def drawn(text: str) -> Image.Image:
    """The squares of our SVG's one path, as a bitmap."""
    size = float(re.findall(r'viewBox="0 0 ([\d.]+)', text)[0])
    scale = 10
    image = Image.new("L", (int(size * scale), int(size * scale)), 255)
    pen = ImageDraw.Draw(image)
    path = re.findall(r' d="([^"]+)"', text)[0]
    for x, y, right, down in re.findall(r"M([\d.]+),([\d.]+)H([\d.]+)V([\d.]+)H[\d.]+z", path):
        corners = [float(value) * scale for value in (x, y, right, down)]
        pen.rectangle((corners[0], corners[1], corners[2] - 1, corners[3] - 1), fill=0)
    return image


def test_an_svg_holds_no_script_and_nothing_from_elsewhere() -> None:
    text = qr.svg(URL).decode()

    assert "script" not in text
    assert "href" not in text
    assert URL not in text


def test_a_code_has_the_quiet_zone_that_scanners_need() -> None:
    image = Image.open(io.BytesIO(qr.png(URL, size=512))).convert("L")
    border = [image.getpixel((at, 3)) for at in range(512)]

    assert {255} == set(border)
