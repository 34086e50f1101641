"""Logos: what is a picture by its bytes is written anew, whatever else was in the file; everything else is refused."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from links.logo_image import BYTES_MAX, LogoTooLarge, LogoUnusable, remade


def picture(
    kind: str = "PNG", size: tuple[int, int] = (300, 100), mode: str = "RGB", **how: Any
) -> bytes:
    held = io.BytesIO()
    Image.new(mode, size, 120).save(held, kind, **how)
    return held.getvalue()


def opened(image: bytes) -> Image.Image:
    return Image.open(io.BytesIO(image))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_three_kinds_become_one(kind: str) -> None:
    made = remade(picture(kind))
    assert ("WEBP", (300, 100)) == (opened(made.image).format, (made.width, made.height))


def test_a_large_picture_is_made_as_small_as_the_page_shows_it() -> None:
    made = remade(picture(size=(2000, 1000)))
    assert (288, 144) == (made.width, made.height)


def test_a_transparent_ground_stays_so() -> None:
    assert "RGBA" == opened(remade(picture(mode="RGBA")).image).mode


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_every_kind_of_pixels_is_read(mode: str) -> None:
    assert remade(picture(mode=mode)).image


def test_nothing_of_the_file_survives_but_what_is_seen() -> None:
    secret = "taken at 51.5 N"
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", secret)
    file = picture(pnginfo=notes) + b"<script>alert(1)</script>"
    assert secret.encode() in file
    made = remade(file).image
    assert secret.encode() not in made
    assert b"<script>" not in made


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        b"GIF89a" + bytes(40),
        b"BM" + bytes(60),
        b"%PDF-1.7",
        b"RIFF\x10\x00\x00\x00WAVEfmt ",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + b"<svg/>" * 20,
        b"\xff\xd8\xff\xe0" + bytes(200),
    ],
)
def test_what_is_no_picture_by_its_bytes_is_refused(file: bytes) -> None:
    with pytest.raises(LogoUnusable):
        remade(file)


def test_a_picture_cut_short_is_refused_wherever_it_was_cut() -> None:
    whole = picture("JPEG", (200, 200))
    for length in range(0, len(whole) - 2, max(1, len(whole) // 40)):
        with pytest.raises(LogoUnusable):
            remade(whole[:length])


def test_a_bomb_is_refused_by_its_header_alone() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    with pytest.raises((LogoTooLarge, LogoUnusable)):
        remade(file)


@pytest.mark.parametrize("size", [(4097, 100), (2001, 2000)])
def test_a_picture_with_too_many_pixels_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(LogoTooLarge):
        remade(picture(size=size))


@pytest.mark.parametrize("size", [(15, 100), (100, 15)])
def test_a_picture_too_small_to_see_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(LogoUnusable):
        remade(picture(size=size))


def test_too_many_bytes_are_not_even_looked_at() -> None:
    with pytest.raises(LogoTooLarge):
        remade(picture() + bytes(BYTES_MAX))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_moves_is_refused(kind: str) -> None:
    held = io.BytesIO()
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    frames[0].save(held, kind, save_all=True, append_images=frames[1:])
    with pytest.raises(LogoUnusable):
        remade(held.getvalue())
