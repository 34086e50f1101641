"""Finds and masks what looks like a card number, in any text from anywhere.

PCI DSS 4.0.1, 4.2.2 and 12.10.7: a number that arrives where none should is masked before it is stored or
shown. A card number is 12 to 19 digits in any script, grouped by spaces, dashes, dots, slashes or
nothing, that passes the Luhn check and starts and measures as a card scheme's numbers do (ISO/IEC 7812).
Text between two letters counts too ("card4242…exp"). A longer unbroken run of digits is no card number.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

DIGITS_MIN: Final = 12
DIGITS_MAX: Final = 19
# One hand-typed separator between groups is usual; three allow for " - " and the like.
_SEPARATORS_MAX: Final = 3
_SEPARATOR_CHARACTERS: Final = frozenset("-_./\\*+·•\n\r\t")
_PERCENT_SPACE: Final = re.compile(r"%(?:20|09|0[aAdD]|2[dDeEfF])|\+")

# (first prefix, last prefix, lengths): who issues such numbers.
_SCHEMES: Final[tuple[tuple[str, str, frozenset[int]], ...]] = (
    ("1", "1", frozenset({15})),  # UATP
    ("2014", "2014", frozenset({15})),  # enRoute
    ("2149", "2149", frozenset({15})),
    ("2131", "2131", frozenset({15})),  # JCB, old
    ("1800", "1800", frozenset({15})),
    ("2200", "2204", frozenset(range(16, 20))),  # Mir
    ("2221", "2720", frozenset({16})),  # Mastercard, 2-series
    ("300", "305", frozenset(range(14, 20))),  # Diners Club
    ("3095", "3095", frozenset(range(14, 20))),
    ("34", "34", frozenset({15})),  # American Express
    ("37", "37", frozenset({15})),
    ("36", "36", frozenset(range(14, 20))),
    ("38", "39", frozenset(range(14, 20))),
    ("3528", "3589", frozenset(range(16, 20))),  # JCB
    ("4", "4", frozenset({13, 16, 18, 19})),  # Visa
    ("5018", "5038", frozenset(range(12, 20))),  # Maestro, Dankort
    ("5060", "5099", frozenset(range(16, 20))),  # Verve, Elo, RuPay
    ("51", "55", frozenset({16})),  # Mastercard
    ("56", "58", frozenset(range(12, 20))),  # Maestro
    ("60", "69", frozenset(range(12, 20))),  # Discover, UnionPay, Maestro, RuPay, Hipercard, Elo
    ("81", "82", frozenset(range(16, 20))),  # RuPay, UnionPay
    ("9792", "9792", frozenset({16})),  # Troy
)


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


def find_card_numbers(text: str) -> list[Span]:
    """Every card number in the text, left to right, none overlapping."""
    found: list[Span] = []
    for groups in _runs(text):
        found.extend(_cards_in(groups))
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
    if isinstance(value, int) and not isinstance(value, bool):
        masked = mask(str(value))
        return value if masked == str(value) else masked
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
    return isinstance(value, int) and not isinstance(value, bool) and holds_card_number(str(value))


def passes_luhn(digits: str) -> bool:
    """The mod-10 check of ISO/IEC 7812-1, annex B."""
    total = 0
    for index, character in enumerate(reversed(digits)):
        digit = int(character)
        if index % 2 == 1:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        total += digit
    return total % 10 == 0


def _runs(text: str) -> Iterator[list[_Group]]:
    """Groups of digits that stand close enough together to be one number."""
    groups: list[_Group] = []
    index = gap = 0
    while index < len(text):
        if _digit(text[index]) is not None:
            end = index
            digits = []
            while end < len(text) and (digit := _digit(text[end])) is not None:
                digits.append(digit)
                end += 1
            groups.append(_Group(index, end, "".join(digits)))
            index, gap = end, 0
            continue
        width = _separator_width(text, index)
        gap += 1
        if width == 0 or gap > _SEPARATORS_MAX:
            if groups:
                yield groups
            groups = []
        index += max(width, 1)
    if groups:
        yield groups


def _digit(character: str) -> str | None:
    value = unicodedata.decimal(character, None)
    return None if value is None else str(value)


def _separator_width(text: str, index: int) -> int:
    """How many characters the separator here takes; 0 when this is none."""
    encoded = _PERCENT_SPACE.match(text, index)
    if encoded is not None:
        return encoded.end() - index
    character = text[index]
    category = unicodedata.category(character)
    # Zs: spaces of every width; Pd: dashes; Cf: zero-width characters that hide in plain sight.
    if character in _SEPARATOR_CHARACTERS or category in {"Zs", "Pd", "Cf"}:
        return 1
    return 0


def _cards_in(groups: list[_Group]) -> Iterator[Span]:
    first = 0
    while first < len(groups):
        last = _last_group_of_card(groups, first)
        if last is None:
            first += 1
            continue
        digits = "".join(group.digits for group in groups[first : last + 1])
        yield Span(groups[first].start, groups[last].end, digits[-4:])
        first = last + 1


def _last_group_of_card(groups: list[_Group], first: int) -> int | None:
    digits = ""
    best = None
    for last in range(first, len(groups)):
        digits += groups[last].digits
        if len(digits) > DIGITS_MAX:
            break
        if len(digits) >= DIGITS_MIN and _is_card(digits):
            # Sixteen is what nearly every card has; a longer match may have swallowed its expiry.
            if len(digits) == 16:
                return last
            best = last
    return best


def _is_card(digits: str) -> bool:
    return passes_luhn(digits) and any(
        first <= digits[: len(first)] <= last and len(digits) in lengths
        for first, last, lengths in _SCHEMES
    )
