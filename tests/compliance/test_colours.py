"""A merchant's colour: whatever it is, what is drawn in it can be read, in light and in dark."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compliance.colours import (
    BLACK,
    CONTRAST_MIN,
    WHITE,
    Colour,
    contrast,
    dark_shades,
    light_shades,
    style_sheet,
)

# What the pay page draws on: sheet, ground and tint, in light and in dark.
LIGHT = [Colour(0xFF, 0xFF, 0xFF), Colour(0xEE, 0xF1, 0xED), Colour(0xF4, 0xF7, 0xF4)]
DARK = [Colour(0x14, 0x1C, 0x1A), Colour(0x0B, 0x11, 0x10), Colour(0x1A, 0x24, 0x22)]

colours = st.builds(Colour, *[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(
    ("code", "luminance"),
    [("#000000", 0), ("#ffffff", 1), ("#808080", 0.2159), ("#ff0000", 0.2126)],
)
def test_luminance_is_that_of_wcag(code: str, luminance: float) -> None:
    colour = Colour.of(code)
    assert colour is not None
    assert luminance == pytest.approx(colour.luminance, abs=0.0001)


def test_black_on_white_is_the_most_contrast_there_is() -> None:
    assert 21 == pytest.approx(contrast(BLACK, WHITE))
    assert 1 == contrast(WHITE, WHITE)


@pytest.mark.parametrize("code", ["", "#fff", "red", "#12345g", "#1234567", "##123456", "#１23456"])
def test_only_six_hexadecimal_digits_are_a_colour(code: str) -> None:
    assert Colour.of(code) is None


@given(colours)
@example(Colour(255, 255, 0))
@example(WHITE)
@example(BLACK)
def test_every_colour_can_be_read_in_light(colour: Colour) -> None:
    shades = light_shades(colour)
    for ground in LIGHT:
        assert contrast(shades.accent, ground) >= CONTRAST_MIN
    for on in (shades.accent, shades.strong):
        assert contrast(shades.on_accent, on) >= CONTRAST_MIN
    for band in (shades.band, shades.raised):
        assert contrast(WHITE, band) >= CONTRAST_MIN
        assert contrast(shades.soft, band) >= CONTRAST_MIN


@given(colours)
@example(Colour(0, 0, 255))
@example(WHITE)
@example(BLACK)
def test_every_colour_can_be_read_in_dark(colour: Colour) -> None:
    shades = dark_shades(colour)
    for ground in DARK:
        assert contrast(shades.accent, ground) >= CONTRAST_MIN
    for on in (shades.accent, shades.strong):
        assert contrast(shades.on_accent, on) >= CONTRAST_MIN
    for band in (shades.band, shades.raised):
        assert contrast(WHITE, band) >= CONTRAST_MIN
        assert contrast(shades.soft, band) >= CONTRAST_MIN


def test_a_colour_that_can_be_read_is_left_as_it_is() -> None:
    colour = Colour(0x0D, 0x5C, 0x4B)
    assert colour == light_shades(colour).accent


def test_the_style_sheet_sets_variables_alone() -> None:
    lines = style_sheet(Colour(0xE8, 0x59, 0x0C)).splitlines()
    variables = r":root\{(?:--[a-z-]+:#[0-9a-f]{6};?){6}\}"
    assert re.fullmatch(variables, lines[0])
    assert re.fullmatch(r"@media \(prefers-color-scheme: dark\) \{" + variables + r"\}", lines[1])
