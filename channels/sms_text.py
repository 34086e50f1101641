"""What a text message costs: GSM 03.38 septets or UCS-2 units, and how many segments they fill.

3GPP TS 23.038, 6.2.1. One character outside the GSM alphabet turns the whole message into UCS-2, with 70 instead
of 160 to a segment.
"""

from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Behind an escape: two septets each.
_EXTENDED: Final = frozenset("^{}\\[~]|€\f")
# What word processors and money formats put in, and the plain character that says the same.
_PLAIN: Final = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "…": "...",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\t": " ",
    }
)


# Units in a message that fits in one segment, and in each of several; by whether it is GSM.
SEGMENT_UNITS: Final = {True: (160, 153), False: (70, 67)}


def plain(text: str) -> str:
    """The text with typographic characters made plain; no letter of any language is touched."""
    return text.translate(_PLAIN)


def is_gsm(text: str) -> bool:
    """Whether the GSM alphabet is enough."""
    return all(character in _BASIC or character in _EXTENDED for character in text)


def units(text: str) -> int:
    """Its length in septets if it is GSM, else in UTF-16 units."""
    if is_gsm(text):
        return sum(2 if character in _EXTENDED else 1 for character in text)
    return len(text.encode("utf-16-be")) // 2


def segments(text: str) -> int:
    """How many messages the network sends and charges for."""
    whole, part = SEGMENT_UNITS[is_gsm(text)]
    length = units(text)
    return 1 if length <= whole else -(-length // part)
