"""Card numbers in pieces are found wherever they are broken, and nothing else is touched."""

from itertools import pairwise

import pytest

from channels.split_numbers import mask_across, may_be_part, without_digits
from compliance import masking
from tests.support.vectors import vectors

VISA = "4242424242424242"
NUMBERS = [
    VISA,
    "4242 4242 4242 4242",
    "4242-4242-4242-4242",
    "378282246310005",
    "3782 822463 10005",
    "my card: 5555555555554444",
    "4000 0000 0000 0000 006",
    "４２４２４２４２４２４２４２４２",
    "④②④②④②④②④②④②④②④②",
    "4242, 4242, 4242, 4242",
    "4242%204242%204242%204242",
]
NEGATIVES = [
    "1748503543012",
    "4012-8888-8888-1882",
    "Order 12345678 of 2026-11-22",
    "call 07700 900123",
    "room 42, floor 4",
    "•••• 4242",
]


def in_clear(pieces: list[str]) -> str:
    return "".join(each for each in "".join(pieces) if each.isdigit())


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_broken_anywhere_is_masked_in_both_pieces(number: str) -> None:
    for at in range(1, len(number)):
        first, second = mask_across([number[:at], number[at:]], new=1)
        assert len(in_clear([first, second])) <= 4, (number[:at], number[at:])
        assert not masking.holds_card_number(first + second)


@pytest.mark.parametrize("number", NUMBERS[:-1])
def test_a_number_broken_twice_is_masked_in_all_three(number: str) -> None:
    for start in range(1, len(number) - 1):
        for end in range(start + 1, len(number)):
            pieces = [number[:start], number[start:end], number[end:]]
            told: list[str] = []
            for piece in pieces:
                told = mask_across([*told, piece], new=len(told))
            assert len(in_clear(told)) <= 4, pieces


def test_four_groups_in_four_messages_leave_the_last_group() -> None:
    told: list[str] = []
    for piece in ("4242", "4242", "4242", "4242"):
        told = mask_across([*told, piece], new=len(told))
    assert told == ["••••", "••••", "••••", "•••• 4242"]


def test_words_around_the_pieces_stay() -> None:
    told = mask_across(["my card is 4242 4242 ...", "... 4242 4242, exp 12/30"], new=1)
    assert told == ["my card is •••• ...", "... •••• 4242, exp 12/30"]


def test_a_part_said_before_the_whole_is_masked_with_it() -> None:
    told = mask_across(["is it 4242 4242 4242 424 then?", "4242 4242 4242 4242 sorry"], new=1)
    assert told == ["is it •••• then?", "•••• 4242 sorry"]


@pytest.mark.parametrize("text", NEGATIVES)
def test_what_is_no_number_with_its_neighbours_is_untouched(text: str) -> None:
    for before, after in pairwise(["Hello", text, "Thanks, see you at 10"]):
        assert mask_across([before, after], new=1) == [before, after]
    for at in range(1, len(text)):
        assert mask_across([text[:at], text[at:]], new=1) == [text[:at], text[at:]]


def test_words_between_two_pieces_keep_them_apart() -> None:
    pieces = ["room 4242 4242", "and then", "4242 4242"]
    assert mask_across(pieces, new=2) == pieces


@pytest.mark.parametrize(
    ("earlier", "piece", "expected"),
    [
        ([], "Hello", False),
        ([], "room 4242", False),
        ([], "4242 4", True),
        ([], "4242 4242 is half of it", True),
        (["4242"], "4242", True),
        (["so 4242"], "4242 ok", True),
        (["4242"], "room 4242", False),
        (["4242", "hello"], "4242", False),
        (["•••• 4242"], "4242", False),
    ],
)
def test_what_may_have_to_be_taken_back_is_told(
    earlier: list[str], piece: str, expected: bool
) -> None:
    assert may_be_part(earlier, piece) is expected


def test_what_stays_after_taking_back_has_no_digits() -> None:
    assert without_digits("so 4242 4242 and 12/30") == "so •••• and ••••"


def test_what_is_never_taken_back_is_no_more_than_a_start_and_an_end() -> None:
    """Whatever the cuts, what the journal keeps in clear of a number is less than its first and last digits."""
    for start in range(1, len(VISA) - 1):
        for end in range(start + 1, len(VISA)):
            kept, earlier = "", []
            for piece in (VISA[:start], VISA[start:end], VISA[end:]):
                masked = mask_across([*earlier, piece], new=len(earlier))
                if masked[-1] != piece:
                    kept += masked[-1]
                elif not may_be_part(earlier, piece):
                    kept += piece
                earlier = [*earlier, piece]
            assert len(in_clear([kept])) <= 8


@pytest.mark.slow
def test_published_cases_broken_anywhere_are_masked_and_the_others_left_alone() -> None:
    for case in vectors("pan_detection.json")["cases"]:
        text = case["text"]
        for at in range(1, len(text)):
            told = mask_across([*mask_across([text[:at]], new=0), text[at:]], new=1)
            if case["count"] == 0:
                # A piece may pass for a number of its own; the two together never do.
                assert told == [masking.mask(text[:at]), masking.mask(text[at:])], at
            else:
                assert not masking.holds_card_number("".join(told)), text
                # A first piece may pass for a number of its own, whose last four then stand as well.
                assert len(in_clear(told)) <= 4 * (case["count"] + 1)
