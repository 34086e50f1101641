"""A merchant's colour, made readable: the shades that text and buttons can be drawn in, in light and in dark.

Contrast is WCAG 2.2's (1.4.3: at least 4.5 to 1 for text). No colour is refused: what cannot be read is darkened on
light ground and lightened on dark ground, in small steps and only as far as it takes, so its hue stays.
https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

import re
from dataclasses import dataclass
from typing import Final

CONTRAST_MIN: Final = 4.5
_CODE: Final = re.compile(r"#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
_STEP: Final = 0.02


@dataclass(frozen=True, slots=True)
class Colour:
    """In sRGB, 8 bits a channel."""

    red: int
    green: int
    blue: int

    @classmethod
    def of(cls, code: str) -> "Colour | None":
        """The colour of `#rrggbb`, or None for what is none."""
        found = _CODE.fullmatch(code)
        return None if found is None else cls(*(int(part, 16) for part in found.groups()))

    @property
    def code(self) -> str:
        """`#rrggbb`, in small letters."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Relative luminance, from 0 for black to 1 for white."""
        red, green, blue = (_linear(part / 255) for part in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def towards(self, other: "Colour", share: float) -> "Colour":
        """Mixed with so much of the other."""
        pairs = ((self.red, other.red), (self.green, other.green), (self.blue, other.blue))
        return Colour(*(round(mine + (theirs - mine) * share) for mine, theirs in pairs))


BLACK: Final = Colour(0, 0, 0)
WHITE: Final = Colour(255, 255, 255)
# The pay page's own grounds that come closest to its accent: `--ground` in light, `--tint` in dark.
_LIGHT_GROUND: Final = Colour(0xEE, 0xF1, 0xED)
_DARK_GROUND: Final = Colour(0x1A, 0x24, 0x22)
_DARK_INK: Final = Colour(0x06, 0x0C, 0x0A)


@dataclass(frozen=True, slots=True)
class Shades:
    """For one scheme: `accent` is read on the page's grounds and `on_accent` on it; white and `soft` on `band` and
    on `raised`."""

    accent: Colour
    strong: Colour
    on_accent: Colour
    band: Colour
    raised: Colour
    soft: Colour


def contrast(one: Colour, other: Colour) -> float:
    """From 1 for equal colours to 21 for black on white."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def light_shades(colour: Colour) -> Shades:
    """What the colour becomes on a light page."""
    accent = _until(colour, BLACK, against=_LIGHT_GROUND, least=CONTRAST_MIN)
    band = _until(colour, BLACK, against=WHITE, least=7)
    return _shades(accent, accent.towards(BLACK, 0.25), WHITE, band)


def dark_shades(colour: Colour) -> Shades:
    """What the colour becomes on a dark page."""
    accent = _until(colour, WHITE, against=_DARK_GROUND, least=CONTRAST_MIN)
    band = _until(colour, BLACK, against=WHITE, least=12)
    return _shades(accent, accent.towards(WHITE, 0.25), _DARK_INK, band)


def style_sheet(colour: Colour) -> str:
    """The colour as the pay page's style sheet takes it: its variables, for light and dark."""
    dark = _variables(dark_shades(colour))
    return f"{_variables(light_shades(colour))}\n@media (prefers-color-scheme: dark) {{{dark}}}\n"


def _shades(accent: Colour, strong: Colour, on_accent: Colour, band: Colour) -> Shades:
    raised = band.towards(WHITE, 0.1)
    soft = _until(band.towards(WHITE, 0.75), WHITE, against=raised, least=CONTRAST_MIN)
    return Shades(accent, strong, on_accent, band, raised, soft)


def _until(colour: Colour, target: Colour, *, against: Colour, least: float) -> Colour:
    """The colour, mixed with as little of the target as gives that contrast."""
    share = 0.0
    mixed = colour
    while contrast(mixed, against) < least and share < 1:
        share = min(1.0, share + _STEP)
        mixed = colour.towards(target, share)
    return mixed


def _variables(shades: Shades) -> str:
    values = {
        "accent": shades.accent,
        "accent-strong": shades.strong,
        "on-accent": shades.on_accent,
        "band": shades.band,
        "band-raised": shades.raised,
        "on-band-soft": shades.soft,
    }
    return ":root{" + ";".join(f"--{name}:{each.code}" for name, each in values.items()) + "}"


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
