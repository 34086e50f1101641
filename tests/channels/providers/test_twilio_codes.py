"""Twilio's words in ours."""

from channels import problems
from channels.providers.twilio_codes import FACTS, problem_of
from channels.states import REPORTABLE


def test_every_status_is_a_fact_that_can_be_reported() -> None:
    assert set(FACTS.values()) <= REPORTABLE


def test_error_codes_become_ours_and_unknown_ones_a_refusal() -> None:
    assert problem_of(30003) == problem_of("30003") == problems.UNREACHABLE
    assert problem_of("12345") == problems.REFUSED
    for nothing in (None, "", "abc", "٣", "-1"):
        assert problem_of(nothing) is None
