"""What an address is on each channel, and when two of them are the same one."""

from __future__ import annotations

import re

from channels.simulator.masking import passes_luhn

ADDRESS_CHARS_MAX = 254

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_SHORT_CODE = re.compile(r"[0-9]{3,8}")
_ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11}")
_EMAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{1,189}")
_SPACING = re.compile(r"[\s().\u00a0-]+")
# 15 digits after the plus could be an American Express number, which no telephone's is: 34 is Spain with 9
# digits, and the countries under 37 have at most 9.
_AMEX = re.compile(r"\+3[47][0-9]{13}")


def phone_key(text: str) -> str:
    """The number without spaces, brackets and hyphens, in E.164 where the text allows it.

    A query string's bare `+` arrives as a space, so digits alone count as an international number.
    """
    bare = _SPACING.sub("", text)
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    if bare.isascii() and bare.isdigit() and len(bare) > 8:
        bare = f"+{bare}"
    return bare.upper()


def email_key(text: str) -> str:
    """The address without surrounding space, in lower case."""
    return text.strip().lower()


def is_e164(number: str) -> bool:
    """True for a telephone number in E.164 form (ITU-T E.164: a plus and up to 15 digits)."""
    if _E164.fullmatch(number) is None:
        return False
    return not (_AMEX.fullmatch(number) and passes_luhn(number[1:]))


def is_sms_sender(text: str) -> bool:
    """True for what may stand in an SMS's From: a number, a short code or up to 11 letters and digits."""
    return is_e164(text) or bool(_SHORT_CODE.fullmatch(text) or _ALPHANUMERIC.fullmatch(text))


def can_be_answered(sender: str) -> bool:
    """True for a number or short code. A name as sender has no way back (a GSM limit, not ours)."""
    return is_e164(sender) or _SHORT_CODE.fullmatch(sender) is not None


def is_email(text: str) -> bool:
    """True for something a mail could be delivered to. Deliberately loose: a far end takes what it is sent."""
    # Printable: bytes that are no UTF-8 come from the wire as lone surrogates, which nothing can store.
    return (
        len(text) <= ADDRESS_CHARS_MAX and text.isprintable() and _EMAIL.fullmatch(text) is not None
    )
