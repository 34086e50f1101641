"""How many SMS a text takes (3GPP TS 23.038: the GSM 7-bit alphabet, else UCS-2)."""

from __future__ import annotations

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These take two septets: an escape and the character.
_GSM_EXTENDED = frozenset("\f^{}\\[~]|€")

BODY_UNITS_MAX = 1600


def utf16_units(text: str) -> int:
    """The length as UCS-2 counts it: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def segments(text: str) -> int:
    """At least 1. A long text loses 7 septets or 3 units of each segment to the header that joins them."""
    if all(char in _GSM or char in _GSM_EXTENDED for char in text):
        units, single, joined = sum(2 if char in _GSM_EXTENDED else 1 for char in text), 160, 153
    else:
        units, single, joined = utf16_units(text), 70, 67
    return 1 if units <= single else -(-units // joined)
