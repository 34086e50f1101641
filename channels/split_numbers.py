"""Finds a card number that a customer sent in pieces: "4242 4242", and a moment later "4242 4242".

No piece is a card number, so none can be refused or masked when it comes. What is promised instead:

- `mask_across` looks at the pieces of one thread together, the latest with those before it, and masks the number in
  all of them as soon as the last digits are there. Pieces are joined as they are, and also with what stands around
  the cut left out or replaced by a space, for people break a number wherever they like. A piece that said a part of
  a number which now came whole ("is it 4242 4242 4242 424?") loses that part too. Nothing else is touched.
- The journal cannot be rewritten, so words that might become such a piece (`may_be_part`) are kept there under a key
  of their own. When they do become one, the key is destroyed, and the entry reads as `without_digits` says. What
  is kept in clear for good is therefore less than five digits of a number at its start, and the last four of it.

A number is looked for across `PIECES_MAX` pieces, each of which came within `WINDOW` of the one after it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from compliance import masking

WINDOW: Final = timedelta(minutes=10)
# Four groups of four, with two more for a subject and a slip of the finger.
PIECES_MAX: Final = 6
# Nineteen digits with five separators between any two are shorter.
_REACH: Final = 120
_DIGITS_SHOWN_MAX: Final = 4
_MASKED: Final = "••••"
_MASK_SHOWN: Final = re.compile(rf"{_MASKED}(?: \d{{4}})?")
_ESCAPED: Final = re.compile(r"%(?:20|09|0[aAdD]|2[dDeEfF])|&#?x?[0-9a-z]{2,4};")
_JOINTS: Final = ("as it is", "", " ")


def mask_across(pieces: Sequence[str], *, new: int) -> list[str]:
    """The pieces, oldest first, with every card number masked that ends in one of those from index `new` on."""
    masked = list(pieces)
    numbers = []
    for index in range(new, len(masked)):
        numbers += [_digits(masked[index][s.start : s.end]) for s in _found(masked[index])]
        masked[index] = masking.mask(masked[index])
    for joint in _JOINTS:
        for index in range(new, len(masked)):
            numbers += _mask_joined(masked, index, joint)
    for number in numbers:
        masked[:new] = [_without_part_of(number, piece) for piece in masked[:new]]
    return masked


def may_be_part(earlier: Sequence[str], piece: str) -> bool:
    """Whether this piece, after these, shows so much of what may be a number that it may have to be taken back."""
    stretches = list(_stretches(piece))
    if any(len(each.digits) > _DIGITS_SHOWN_MAX for each in stretches):
        return True
    head = stretches[0] if stretches else None
    if head is None or not _at_start(piece, head):
        return False
    return _digits_at_end(earlier) + len(head.digits) > _DIGITS_SHOWN_MAX


def without_digits(piece: str) -> str:
    """The piece with each stretch of digits masked whole, whatever it may be."""
    return _cut(piece, [(each.start, each.end, _MASKED) for each in _stretches(piece)])


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From a digit to the last one before the next letter."""

    start: int
    end: int
    digits: str


def _stretches(text: str) -> Iterator[_Stretch]:
    digits: list[str] = []
    start = end = 0
    # What was masked before is not looked at again.
    for index, character in enumerate(_MASK_SHOWN.sub(_letters, text)):
        digit = masking.digit_value(character)
        if digit is not None:
            start = start if digits else index
            digits.append(str(digit))
            end = index + 1
        elif character.isalpha() and digits:
            yield _Stretch(start, end, "".join(digits))
            digits = []
    if digits:
        yield _Stretch(start, end, "".join(digits))


def _letters(found: re.Match[str]) -> str:
    """As long as the match, and no part of any number."""
    return "x" * len(found.group())


def _at_start(piece: str, stretch: _Stretch) -> bool:
    return not any(character.isalpha() for character in piece[: stretch.start])


def _digits_at_end(pieces: Sequence[str]) -> int:
    """How many digits stand at the end of what was said, back to the last letter."""
    count = 0
    for piece in reversed(pieces):
        blank = _MASK_SHOWN.sub(_letters, piece)
        after_letters = re.split(r"[^\W\d_]", blank)[-1]
        count += sum(masking.digit_value(c) is not None for c in after_letters)
        if after_letters != blank:
            break
    return count


def _mask_joined(masked: list[str], last: int, joint: str) -> list[str]:
    """Masks in place what runs over the pieces up to `last`; answers the numbers found."""
    text, origin = _joined(masked, last, joint)
    numbers = []
    cuts: dict[int, list[tuple[int, int, str]]] = {}
    for span in _found(text):
        places = [place for place in origin[span.start : span.end] if place is not None]
        touched = sorted({piece for piece, _ in places})
        if len(touched) < 2 or touched[-1] != last:
            continue
        numbers.append(_digits(text[span.start : span.end]))
        for piece in touched:
            at = [index for owner, index in places if owner == piece]
            shown = f"{_MASKED} {span.last4}" if piece == last else _MASKED
            cuts.setdefault(piece, []).append((min(at), max(at) + 1, shown))
    for piece, found in cuts.items():
        masked[piece] = _cut(masked[piece], found)
    return numbers


def _joined(
    pieces: Sequence[str], last: int, joint: str
) -> tuple[str, list[tuple[int, int] | None]]:
    """The end of the pieces up to `last` as one text, and where each of its characters came from."""
    characters: list[str] = []
    origin: list[tuple[int, int] | None] = []
    for piece in range(max(0, last - PIECES_MAX), last + 1):
        text = _MASK_SHOWN.sub(_letters, pieces[piece])
        start, end = 0, len(text)
        if joint != _JOINTS[0]:
            inside = [index for index, one in enumerate(text) if one.isalnum()]
            start, end = (inside[0], inside[-1] + 1) if inside else (0, 0)
            if characters and joint:
                characters.append(joint)
                origin.append(None)
        if piece == last:
            end = min(end, start + _REACH)
        elif end - start > _REACH:
            # Nothing reaches over so much, so what came before it does not matter.
            start, characters, origin = end - _REACH, [], []
        characters += text[start:end]
        origin += [(piece, index) for index in range(start, end)]
    return "".join(characters), origin


def _without_part_of(number: str, piece: str) -> str:
    cuts = [
        (each.start, each.end, _MASKED)
        for each in _stretches(piece)
        if len(each.digits) > _DIGITS_SHOWN_MAX and each.digits in number
    ]
    return _cut(piece, cuts)


def _cut(text: str, cuts: Sequence[tuple[int, int, str]]) -> str:
    for start, end, shown in sorted(cuts, reverse=True):
        text = f"{text[:start]}{shown}{text[end:]}"
    return text


def _found(text: str) -> list[masking.Span]:
    return masking.find_card_numbers(text)


def _digits(text: str) -> str:
    values = (masking.digit_value(character) for character in _ESCAPED.sub(" ", text))
    return "".join(str(value) for value in values if value is not None)
