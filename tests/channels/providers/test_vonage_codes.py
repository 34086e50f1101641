"""Vonage's error codes in our words."""

import pytest

from channels import problems
from channels.providers.vonage_codes import code_in, problem_of

TYPE = "https://developer.vonage.com/api-errors/messages#1210"


@pytest.mark.parametrize(
    ("error", "code", "problem"),
    [
        ({"title": "1210"}, 1210, problems.FILTERED),
        ({"type": TYPE, "title": "Rejected"}, 1210, problems.FILTERED),
        ({"title": "1234567"}, None, problems.REFUSED),
        ({"title": "٣٣٣٣"}, None, problems.REFUSED),
        ({"title": None, "type": 5}, None, problems.REFUSED),
        ({"title": "9999"}, 9999, problems.REFUSED),
        ({}, None, problems.REFUSED),
        (None, None, None),
        ([], None, None),
        ("1210", None, None),
    ],
)
def test_a_code_is_read_from_the_title_or_the_type(
    error: object, code: int | None, problem: str | None
) -> None:
    assert code_in(error) == code
    assert problem_of(error) == problem


def test_every_problem_of_ours_can_be_told_to_an_agent() -> None:
    told = {problem_of({"title": str(code)}) for code in range(1000, 1400)}
    assert told <= problems.DETAILS.keys()
