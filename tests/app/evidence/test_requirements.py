"""The table of requirements names tests that are there, and says of each line who answers for it."""

from pathlib import Path

import pytest

import app
from app.evidence.requirements import REQUIREMENTS, Owner, Requirement

ROOT = Path(app.__file__).parents[1]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda each: each.number)
def test_each_line_is_proved_by_tests_that_are_there_or_is_somebody_elses(
    requirement: Requirement,
) -> None:
    assert [] == [test for test in requirement.tests if not (ROOT / test).is_file()]
    ours = requirement.owner in (Owner.PAYTHREAD, Owner.SHARED)
    assert ours == bool(requirement.tests)
    if requirement.owner is not Owner.PAYTHREAD:
        assert requirement.yours


def test_no_line_is_there_twice() -> None:
    numbers = [each.number for each in REQUIREMENTS]
    assert len(numbers) == len(set(numbers))
