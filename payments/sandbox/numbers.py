"""Does this text hold a card number? Used to refuse one wherever it has no business to be."""

import re
from collections.abc import Iterator
from typing import Any

# Digits in groups as people and programs write them; not inside a longer word or number.
_CANDIDATE = re.compile(r"(?<![0-9A-Za-z])[2-6](?:[ .\-]?[0-9]){12,18}(?![0-9A-Za-z])")


def passes_luhn(number: str) -> bool:
    total = 0
    for index, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def holds_card_number(text: str) -> bool:
    for candidate in _CANDIDATE.finditer(text):
        digits = re.sub(r"\D", "", candidate.group())
        if 13 <= len(digits) <= 19 and passes_luhn(digits):
            return True
    return False


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in nested parameters, keys included, with where it stands."""
    if isinstance(value, dict):
        for name, inner in value.items():
            place = f"{path}[{name}]" if path else name
            yield path, name
            yield from leaves(inner, place)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, f"{path}[]")
    else:
        yield path, str(value)
