"""Finds and masks what looks like a card number, in any text from anywhere.

PCI DSS 4.0.1, 4.2.2 and 12.10.7: a number that arrives where none should is masked before it is stored or
shown. A card number is 12 to 19 digits in any script or ornament (４, ④, 4️⃣), grouped by spaces, dashes, dots, slashes
or nothing, that passes the Luhn check and starts and measures as a card scheme's numbers do (ISO/IEC 7812).
Between groups as they are printed on a card, or single digits, anything but letters may stand ("4242, 4242, …").
Text between two letters counts too ("card4242…exp"). A longer unbroken run of digits is no card number.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

DIGITS_MIN: Final = 12
DIGITS_MAX: Final = 19
_TELEPHONE_DIGITS_MAX: Final = 13
# One hand-typed separator between groups is usual; three allow for " - " and the like.
_SEPARATORS_MAX: Final = 3
# More of them, or commas, brackets and the like: there the groups must be those of a card as well.
_LOOSE_SEPARATORS_MAX: Final = 5
# The last four are letters that look like spaces.
_SEPARATOR_CHARACTERS: Final = frozenset("-_./\\*+·•\n\r\t\u115f\u1160\u3164\uffa0")
_DIGIT: Final = re.compile(r"\d")
_ESCAPED_SPACE: Final = re.compile(r"%(?:20|09|0[aAdD]|2[dDeEfF])|\+|&(?:nbsp|#160|#xa0|#32|#x20);")
# As cards print their numbers in groups, and one digit at a time.
_SHAPES: Final = re.compile(r"4{3,4}[1-4]?|46[45]|1{12,19}")

# (first prefix, last prefix, lengths): who issues such numbers.
_SCHEMES: Final[tuple[tuple[str, str, frozenset[int]], ...]] = (
    ("1", "1", frozenset({15})),  # UATP
    ("2014", "2014", frozenset({15})),  # enRoute
    ("2149", "2149", frozenset({15})),
    ("2131", "2131", frozenset({15})),  # JCB, old
    ("1800", "1800", frozenset({15})),
    ("2200", "2204", frozenset(range(16, 20))),  # Mir
    ("2221", "2720", frozenset({16})),  # Mastercard, 2-series
    ("3088", "3094", frozenset({16})),  # JCB, old, here and in the next four
    ("3096", "3102", frozenset({16})),
    ("3112", "3120", frozenset({16})),
    ("3158", "3159", frozenset({16})),
    ("3337", "3349", frozenset({16})),
    ("300", "305", frozenset(range(14, 20))),  # Diners Club
    ("3095", "3095", frozenset(range(14, 20))),
    ("34", "34", frozenset({15})),  # American Express
    ("37", "37", frozenset({15})),
    ("36", "36", frozenset(range(14, 20))),
    ("38", "39", frozenset(range(14, 20))),
    ("3528", "3589", frozenset(range(16, 20))),  # JCB
    ("4", "4", frozenset({13, 16, 18, 19})),  # Visa
    ("50", "50", frozenset(range(12, 20))),  # Maestro, Dankort, Verve, Elo, RuPay
    ("51", "55", frozenset({16})),  # Mastercard
    ("56", "58", frozenset(range(12, 20))),  # Maestro
    ("60", "69", frozenset(range(12, 20))),  # Discover, UnionPay, Maestro, RuPay, Hipercard, Elo
    ("81", "82", frozenset(range(16, 20))),  # RuPay, UnionPay
    ("9792", "9792", frozenset({16})),  # Troy
)


def _lengths_by_start() -> dict[str, tuple[int, ...]]:
    """Every four digits that a card number may start with, and how long it may then be, shortest first."""
    found: dict[str, tuple[int, ...]] = {}
    for number in range(10_000):
        start = f"{number:04}"
        for first, last, lengths in _SCHEMES:
            if first <= start[: len(first)] <= last:
                found[start] = tuple(sorted({*found.get(start, ()), *lengths}))
    return found


_LENGTHS_BY_START: Final = _lengths_by_start()
# Each digit doubled, its own digits summed: 7 is 14 is 5.
_DOUBLED: Final = str.maketrans("0123456789", "0246813579")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a card number stands in the text, and its last four digits."""

    start: int
    end: int
    last4: str


@dataclass(frozen=True, slots=True)
class _Group:
    start: int
    end: int
    digits: str
    # What stands before it would usually part two numbers.
    loose: bool


def find_card_numbers(text: str) -> list[Span]:
    """Every card number in the text, left to right, none overlapping."""
    if _count_digits(text) < DIGITS_MIN:
        return []  # most texts, told at once
    found: list[Span] = []
    for groups in _runs(text):
        found.extend(_cards_in(groups, text))
    return found


def holds_card_number(text: str) -> bool:
    """Whether there is anything to mask."""
    return bool(find_card_numbers(text))


def mask(text: str) -> str:
    """The text with each card number as `•••• 4242`; other text is untouched."""
    spans = find_card_numbers(text)
    for span in reversed(spans):
        text = f"{text[: span.start]}•••• {span.last4}{text[span.end :]}"
    return text


def mask_value(value: Any) -> Any:
    """Masks every text inside a JSON-like value, keys included; whole numbers that look like a card too."""
    if isinstance(value, str):
        return mask(value)
    digits = _whole_number(value)
    if digits is not None:
        return mask(digits) if holds_card_number(digits) else value
    if isinstance(value, dict):
        return {mask_value(key): mask_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [mask_value(item) for item in value]
    return value


def value_holds_card_number(value: Any) -> bool:
    """Whether any text or whole number inside a JSON-like value looks like a card number."""
    if isinstance(value, dict):
        return any(
            value_holds_card_number(k) or value_holds_card_number(v) for k, v in value.items()
        )
    if isinstance(value, list | tuple):
        return any(value_holds_card_number(item) for item in value)
    if isinstance(value, str):
        return holds_card_number(value)
    digits = _whole_number(value)
    return digits is not None and holds_card_number(digits)


def _whole_number(value: Any) -> str | None:
    """The digits of a whole number, also of one that came as 4242424242424242.0; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**DIGITS_MAX:
        return str(int(value))
    return str(value) if isinstance(value, int) else None


def passes_luhn(digits: str) -> bool:
    """The mod-10 check of ISO/IEC 7812-1, annex B."""
    plain, doubled = digits[-1::-2], digits[-2::-2].translate(_DOUBLED)
    return (sum(map(int, plain)) + sum(map(int, doubled))) % 10 == 0


def digit_value(character: str) -> int | None:
    """What a character is worth that is read as one digit, in any script, in a circle or raised; else None."""
    return unicodedata.digit(character, None)


def _count_digits(text: str) -> int:
    if text.isascii():
        return len(_DIGIT.findall(text))
    return sum(digit_value(character) is not None for character in text)


def _runs(text: str) -> Iterator[list[_Group]]:
    """Groups of digits that stand close enough together to be one number."""
    groups: list[_Group] = []
    index = gap = 0
    loose = False
    while index < len(text):
        if digit_value(text[index]) is not None:
            end = _end_of_group(text, index)
            digits = "".join(str(digit_value(character)) for character in text[index:end])
            groups.append(_Group(index, end, digits, loose and bool(groups)))
            index, gap, loose = end, 0, False
            continue
        category = unicodedata.category(text[index])
        if category in {"Mn", "Me"}:
            index += 1  # an ornament of what stands before it, like the frame of 4️⃣
            continue
        width = _separator_width(text, index, category)
        gap += 1
        loose = loose or width == 0 or gap > _SEPARATORS_MAX
        if (category[0] in "LN" and width == 0) or gap > _LOOSE_SEPARATORS_MAX:
            if groups:
                yield groups
            groups, loose = [], False
        index += max(width, 1)
    if groups:
        yield groups


def _end_of_group(text: str, start: int) -> int:
    """Where the digits that begin here end. An ornamented one ("①4242…") is not of the plain ones beside it."""
    plain = text[start].isdecimal()
    end = start + 1
    while end < len(text) and text[end].isdecimal() is plain and digit_value(text[end]) is not None:
        end += 1
    return end


def _separator_width(text: str, index: int, category: str) -> int:
    """How many characters the separator here takes; 0 when this is none."""
    encoded = _ESCAPED_SPACE.match(text, index)
    if encoded is not None:
        return encoded.end() - index
    # Zs: spaces of every width; Pd: dashes; Cf: zero-width characters that hide in plain sight.
    return int(text[index] in _SEPARATOR_CHARACTERS or category in {"Zs", "Pd", "Cf"})


class _Run:
    """Groups read as one row of digits, with running sums, so that any part of it is checked in no time.

    Without them a text of spaced single digits, each of which may begin a card, takes seconds a megabyte.
    """

    def __init__(self, groups: list[_Group]) -> None:
        self.groups = groups
        self.digits = "".join(group.digits for group in groups)
        ends = list(accumulate(len(group.digits) for group in groups))
        self.starts = [0, *ends[:-1]]
        self.group_ending_at = {end: index for index, end in enumerate(ends)}
        self._loose = list(accumulate(int(group.loose) for group in groups))
        plain = [int(digit) for digit in self.digits]
        doubled = [int(digit) for digit in self.digits.translate(_DOUBLED)]
        # One sum for cards that end on an even index, one for an odd: a card's last digit counts plain.
        mixed = ([*plain], [*plain])
        mixed[0][1::2], mixed[1][0::2] = doubled[1::2], doubled[0::2]
        self._sums = tuple(list(accumulate(digits, initial=0)) for digits in mixed)

    def passes_luhn(self, start: int, end: int) -> bool:
        sums = self._sums[(end - 1) % 2]
        return (sums[end] - sums[start]) % 10 == 0

    def holds_together(self, first: int, last: int) -> bool:
        """Whether these groups can be one number: nothing loose is between them, or they measure as on a card."""
        if self._loose[last] == self._loose[first]:
            return True
        measures = "".join(str(min(len(each.digits), 9)) for each in self.groups[first : last + 1])
        return _SHAPES.fullmatch(measures) is not None


def _cards_in(groups: list[_Group], text: str) -> Iterator[Span]:
    run = _Run(groups)
    first = 0
    while first < len(groups):
        last = _last_group_of_card(run, first)
        if last is None:
            first += 1
            continue
        start, end = run.starts[first], run.starts[last] + len(groups[last].digits)
        international = groups[first].start > 0 and text[groups[first].start - 1] == "+"
        # E.164: so short a card is hardly issued any more, and such a telephone number is common.
        if not (international and end - start <= _TELEPHONE_DIGITS_MAX):
            yield Span(groups[first].start, groups[last].end, run.digits[end - 4 : end])
        first = last + 1


def _last_group_of_card(run: _Run, first: int) -> int | None:
    start = run.starts[first]
    best = None
    for length in _LENGTHS_BY_START.get(run.digits[start : start + 4], ()):
        last = run.group_ending_at.get(start + length)
        if last is None or not run.passes_luhn(start, start + length):
            continue
        if not run.holds_together(first, last):
            continue
        # Sixteen is what nearly every card has; a longer match may have swallowed its expiry.
        if length == 16:
            return last
        best = last
    return best
