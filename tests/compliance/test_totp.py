"""Codes of an authenticator app are those of RFC 6238's appendix B, hold a step either way, and hold once."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from compliance.totp import address_for_apps, code_at, generate_secret, matching_step, step_at

SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 11, 22, 13, 24, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    step = step_at(datetime.fromtimestamp(seconds, UTC))
    assert code == code_at(SECRET, step, digits=8)
    assert code[2:] == code_at(SECRET, step)


@pytest.mark.parametrize(
    ("off", "holds"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_holds_one_step_either_way(off: int, holds: bool) -> None:
    step = step_at(NOW) + off
    found = matching_step(SECRET, code_at(SECRET, step), now=NOW, after=None)
    assert (step if holds else None) == found


def test_a_code_and_every_earlier_one_hold_no_more_once_it_was_used() -> None:
    here = step_at(NOW)
    for step in (here - 1, here):
        assert matching_step(SECRET, code_at(SECRET, step), now=NOW, after=here) is None
    following = code_at(SECRET, here + 1)
    assert here + 1 == matching_step(SECRET, following, now=NOW, after=here)


@pytest.mark.parametrize("code", ["", "0", "é" * 6, "000000 ", "x" * 40])
def test_what_is_no_code_matches_nothing(code: str) -> None:
    assert matching_step(SECRET, code, now=NOW + timedelta(days=1), after=None) is None


def test_secrets_are_long_differ_and_reach_the_app_whole() -> None:
    made = {generate_secret() for _ in range(100)}
    assert 100 == len(made)
    assert {32} == {len(secret) for secret in made}
    address = address_for_apps(SECRET, account="zoë@acme.example", issuer="Paythread")
    assert address.startswith("otpauth://totp/Paythread%3Azo%C3%AB%40acme.example?")
    assert f"secret={SECRET}" in address
