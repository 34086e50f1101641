"""The code that the agent reads out and the page shows."""

import re

from links.check_codes import check_code
from links.tokens import new_token


def test_a_link_has_the_same_code_always() -> None:
    token = new_token()
    assert check_code(token, "lnk_1") == check_code(token, "lnk_1")


def test_it_has_four_characters_that_look_like_no_other() -> None:
    for _ in range(200):
        assert re.fullmatch(r"[3479ACEFHJKMNPRTWXY]{4}", check_code(new_token(), "lnk_1"))


def test_whoever_knows_only_the_links_id_does_not_know_the_code() -> None:
    codes = {check_code(new_token(), "lnk_1") for _ in range(200)}
    assert len(codes) > 190


def test_two_links_have_different_codes() -> None:
    token = new_token()
    assert len({check_code(token, f"lnk_{number}") for number in range(100)}) > 95
