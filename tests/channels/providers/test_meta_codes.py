"""Meta's error codes in our words."""

import pytest

from channels import problems
from channels.providers import meta_codes
from channels.providers.meta_codes import is_rate, leaves_open, problem_of


@pytest.mark.parametrize(
    ("code", "subcode", "problem"),
    [
        (131047, None, problems.WINDOW_CLOSED),
        (10, 2018278, problems.WINDOW_CLOSED),
        (10, 2534022, problems.WINDOW_CLOSED),
        (10, None, problems.CHANNEL_MISCONFIGURED),
        (190, 460, problems.CHANNEL_MISCONFIGURED),
        (200, None, problems.CHANNEL_MISCONFIGURED),
        (299, None, problems.CHANNEL_MISCONFIGURED),
        (131026, None, problems.UNREACHABLE),
        (551, 1545041, problems.UNREACHABLE),
        (100, 2018001, problems.INVALID_ADDRESS),
        (100, None, problems.INVALID_CONTENT),
        (131051, None, problems.INVALID_CONTENT),
        (131053, None, problems.INVALID_CONTENT),
        (131049, None, problems.FILTERED),
        (131050, None, problems.RECIPIENT_OPTED_OUT),
        (130429, None, problems.RATE_LIMITED),
        (80007, None, problems.RATE_LIMITED),
        (987654321, None, problems.REFUSED),
        (None, None, problems.REFUSED),
        ("131047", None, problems.REFUSED),
        (True, None, problems.REFUSED),
        ({}, [], problems.REFUSED),
    ],
)
def test_a_code_has_one_of_our_words(code: object, subcode: object, problem: str) -> None:
    assert problem_of(code, subcode) == problem


def test_every_word_is_one_of_ours() -> None:
    used = {*meta_codes._BY_CODE.values(), *meta_codes._BY_SUBCODE.values()}
    assert used <= set(problems.DETAILS)


def test_codes_that_ask_to_slow_down_are_told_from_those_that_leave_it_open() -> None:
    assert all(is_rate(code) for code in (4, 613, 80006, 80007, 130429, 131056))
    assert all(leaves_open(code) for code in (1, 2, 131000, 131016))
    assert not any(
        is_rate(code) or leaves_open(code) for code in (10, 190, 131047, None, "4", True)
    )
    assert not meta_codes.RATE_CODES & meta_codes.OPEN_CODES
