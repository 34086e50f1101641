"""Card-like numbers are masked before anything is stored, so that no far end holds one either.

A card-like number is 12 to 19 digits that pass the Luhn check (ISO/IEC 7812-1), in any script's digits, with
spaces, hyphens, dots or invisible characters between them. What stays of it is `•••• 1111`.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

LENGTH_MIN = 12
LENGTH_MAX = 19
# Nobody writes so many digits in a row by hand. Trying every window of such a run would cost more than it is
# worth, so the run goes as a whole.
RUN_DIGITS_MAX = 200
# "+49 1512 3456789" is a telephone number; one in ten of those passes the Luhn check by chance.
PHONE_DIGITS_MAX = 13

_GAP = r"[\s.\-_/\u00ad\u00b7\u2010-\u2015\u2022\u2212\u200b-\u200f\u2060\ufeff]"
_RUN = re.compile(rf"\d(?:{_GAP}{{0,3}}\d){{{LENGTH_MIN - 1},}}")
# Lengths that each brand issues, for a number that is glued to other digits.
_BRANDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})"
    r"|(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}"
    r"|3[47]\d{13}"
    r"|3(?:0[0-5]|095|[689]\d)\d{11}"
    r"|(?:6011|62\d{2}|64[4-9]\d|65\d{2}|35(?:2[89]|[3-8]\d))\d{12,15}"
)


def mask(text: str) -> str:
    """The text without card-like numbers. Everything else stays as it was."""
    return _RUN.sub(_mask_run, text)


def holds_card_number(text: str) -> bool:
    """True if `mask` would change the text."""
    return mask(text) != text


def mask_html(source: str) -> str:
    """An HTML body without card-like numbers, not even one cut up by tags or written in entities.

    Such a trick cannot be mended in place, so the body is then replaced by its masked text.
    """
    masked = mask(source)
    shown = _visible_text(masked)
    if not holds_card_number(shown):
        return masked
    return f"<pre>{html.escape(mask(shown))}</pre>"


def passes_luhn(digits: str) -> bool:
    """True if the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit)
        if place % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def _mask_run(found: re.Match[str]) -> str:
    run = found.group()
    places = [place for place, char in enumerate(run) if char.isdigit()]
    digits = "".join(str(int(run[place])) for place in places)
    before = found.string[found.start() - 1] if found.start() else ""
    if before == "+" and len(digits) <= PHONE_DIGITS_MAX:
        return run
    if len(digits) > RUN_DIGITS_MAX:
        return "••••"
    masked, copied = [], 0
    for start, end in _card_spans(digits, places):
        masked += [run[copied : places[start]], f"•••• {digits[end - 4 : end]}"]
        copied = places[end - 1] + 1
    return "".join([*masked, run[copied:]])


def _card_spans(digits: str, places: list[int]) -> list[tuple[int, int]]:
    """Where the card-like numbers are in a run of digits, left to right, as half-open index pairs."""
    count = len(digits)
    if count <= LENGTH_MAX and _is_card(digits):
        return [(0, count)]
    starts = {i for i in range(count) if i == 0 or places[i] - places[i - 1] > 1}
    ends = {i for i in range(1, count + 1) if i == count or places[i] - places[i - 1] > 1}
    spans, start = [], 0
    while start <= count - LENGTH_MIN:
        for length in range(min(LENGTH_MAX, count - start), LENGTH_MIN - 1, -1):
            end = start + length
            piece = digits[start:end]
            whole_groups = start in starts and end in ends
            if _is_card(piece) and (whole_groups or _BRANDS.fullmatch(piece)):
                spans.append((start, end))
                start = end
                break
        else:
            start += 1
    return spans


def _is_card(digits: str) -> bool:
    # No issuer's numbers begin with 0, and twelve zeros would pass the check.
    return digits[0] != "0" and passes_luhn(digits)


def _visible_text(source: str) -> str:
    reader = _TextOnly()
    reader.feed(source)
    reader.close()
    return "".join(reader.pieces)


class _TextOnly(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
