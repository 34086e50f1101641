"""Prefixed ids that sort by the time they were made.

`lnk_01k9…`: a prefix that names the kind, then 26 characters of Crockford's base 32 (lower case):
48 bits of milliseconds and 80 random bits, as in the ULID specification.
"""

import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Final

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_BODY: Final = re.compile(r"[0-9a-hjkmnp-tv-z]{26}")

PREFIXES: Final = frozenset(
    re.findall(
        r"\w+",
        "mer usr cus adr cnv msg dlv int lnk pay att txn ref dsp evt whe key ses gwa cha psp wrk vlt pg"
        " flg cap rel rec whd can nte vis pgr emb psk rol",
    )
)


def new_id(prefix: str, now: datetime) -> str:
    """A fresh id, e.g. `new_id("lnk", now)`. Two made in one millisecond differ, in no given order."""
    assert prefix in PREFIXES, prefix
    milliseconds = int(now.timestamp() * 1000)
    number = (milliseconds << 80) | secrets.randbits(80)
    return f"{prefix}_{_base32(number)}"


def first_id(prefix: str, moment: datetime) -> str:
    """No id of this kind that was made in this millisecond or later sorts before it; every earlier one does."""
    assert prefix in PREFIXES, prefix
    return f"{prefix}_{_base32(int(moment.timestamp() * 1000) << 80)}"


def is_id(text: str, prefix: str) -> bool:
    """Whether the text has the form of an id of this kind (it may still name nothing)."""
    head, _, body = text.partition("_")
    return head == prefix and _BODY.fullmatch(body) is not None


def made_at(text: str) -> datetime:
    """When an id was made, to the millisecond."""
    assert _BODY.fullmatch(text.partition("_")[2]), "not an id of ours"
    number = 0
    for letter in text.partition("_")[2]:
        number = number * 32 + _ALPHABET.index(letter)
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=number >> 80)


def _base32(number: int) -> str:
    digits = []
    for _ in range(26):
        number, digit = divmod(number, 32)
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))
