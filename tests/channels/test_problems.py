"""Why a delivery failed, in words."""

import pytest

from channels import problems


def test_every_problem_of_ours_has_a_sentence() -> None:
    codes = {
        value for name, value in vars(problems).items() if name.isupper() and isinstance(value, str)
    }
    assert codes == set(problems.DETAILS)


@pytest.mark.parametrize("code", sorted(problems.DETAILS))
def test_a_problem_is_a_code_and_a_sentence(code: str) -> None:
    shown = problems.describe(code)
    assert shown == {"code": code, "detail": problems.DETAILS[code]}
    assert shown["detail"].endswith(".")


def test_no_problem_is_null_and_an_unknown_one_is_a_refusal() -> None:
    assert problems.describe(None) is None
    assert problems.describe("strange") == {
        "code": "strange",
        "detail": problems.DETAILS[problems.REFUSED],
    }
