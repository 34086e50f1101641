"""Signatures are those of Standard Webhooks: its vectors hold, and our documentation's code tells good from bad."""

import base64
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from core.outbound.signing import holds, is_secret, new_secret, signature, signed_headers
from tests.support.clock import START
from tests.support.vectors import PROJECT, vectors

Verify = Callable[[str, Mapping[str, str], bytes, float], bool]
BODY = b'{"type":"payment.paid"}'


@pytest.fixture(scope="module")
def verify() -> Verify:
    """What `docs/webhooks.md` gives to integrators, as they would paste it."""
    page = (PROJECT / "docs" / "webhooks.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    scope: dict[str, Any] = {}
    exec(code, scope)
    found: Verify = scope["verify"]
    return found


def test_the_vectors_of_standard_webhooks_hold_for_what_we_sign() -> None:
    file = vectors("standard_webhooks.json")
    signed = [case for case in file["cases"] if case["accept"]]
    assert len(signed) >= 3
    for case in signed:
        made = signature(
            case.get("secret", file["secret"]),
            message=case["headers"]["webhook-id"],
            at=datetime.fromtimestamp(int(case["headers"]["webhook-timestamp"]), UTC),
            body=case["body"].encode(),
        )
        assert made in case["headers"]["webhook-signature"].split(" "), case["name"]


def test_every_form_of_secret_signs() -> None:
    file = vectors("standard_webhooks.json")
    for case in file["secret_format_cases"]:
        if case["valid"]:
            made = signature(case["secret"], message="evt_1", at=START, body=BODY)
            assert re.fullmatch(r"v1,[A-Za-z0-9+/]{43}=", made)


def test_the_documented_check_takes_and_refuses_as_the_vectors_say(verify: Verify) -> None:
    file = vectors("standard_webhooks.json")
    for case in file["cases"]:
        secret = case.get("secret", file["secret"])
        taken = verify(secret, case["headers"], case["body"].encode(), case["now"])
        assert case["accept"] == taken, case["name"]


def test_the_documented_check_takes_what_we_send_by_either_secret(verify: Verify) -> None:
    old, new, other = new_secret(), new_secret(), new_secret()
    headers = signed_headers([new, old], message="evt_1", at=START, body=BODY)
    now = START.timestamp()
    assert [True, True, False] == [
        verify(secret, headers, BODY, now) for secret in (old, new, other)
    ]
    assert not verify(new, headers, BODY + b" ", now)


def test_a_secret_is_32_random_bytes_and_says_what_it_is() -> None:
    one, other = new_secret(), new_secret()
    assert one != other
    assert one.startswith("whsec_")
    assert 32 == len(base64.b64decode(one.removeprefix("whsec_"), validate=True))


def test_what_we_take_is_what_the_vectors_take() -> None:
    file = vectors("standard_webhooks.json")
    for case in file["cases"]:
        taken = holds(
            [case.get("secret", file["secret"])],
            {name.lower(): value for name, value in case["headers"].items()},
            case["body"].encode(),
            now=datetime.fromtimestamp(case["now"], UTC),
        )
        assert case["accept"] == taken, case["name"]


def test_a_header_of_odd_letters_is_no_signature() -> None:
    secret = new_secret()
    headers = signed_headers([secret], message="evt_1", at=START, body=BODY)
    assert holds([secret], headers, BODY, now=START)
    for name in headers:
        for odd in ("\u00e9\u00e9", "", "\u0661\u0662", "v1,\u00e9"):
            assert not holds([secret], {**headers, name: odd}, BODY, now=START)
    assert not holds([secret], {}, BODY, now=START)


def test_a_secret_that_is_no_base64_or_too_short_cannot_be_signed_with() -> None:
    assert is_secret(new_secret())
    for text in ("", "whsec_", "whsec_%%%", "not base64!", "whsec_YWJj", "\u00e9" * 40):
        assert not is_secret(text)
