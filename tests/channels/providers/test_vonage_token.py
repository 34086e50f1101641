"""Vonage's tokens: what is signed is believed, and everything near it is not."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from channels.providers.vonage_token import callback_token, holds, read_key, request_token
from tests.channels.providers.vonage_rig import APPLICATION, SIGNATURE_SECRET, private_pem

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BODY = b'{"message_uuid":"u1"}'


def token(secret: str = SIGNATURE_SECRET, **changes: Any) -> str:
    claims = {
        "iat": int(NOW.timestamp()),
        "iss": "Vonage",
        "payload_hash": hashlib.sha256(BODY).hexdigest(),
        "application_id": APPLICATION,
        **changes,
    }
    return callback_token(secret, {k: v for k, v in claims.items() if v is not None})


def believed(header: str, *, body: bytes = BODY, now: datetime = NOW) -> bool:
    return holds(
        header,
        signature_secrets=["another secret altogether", SIGNATURE_SECRET],
        application=APPLICATION,
        body=body,
        now=now,
    )


def test_what_vonage_signs_is_believed_for_as_long_as_it_repeats_it() -> None:
    assert believed(f"Bearer {token()}")
    assert believed(f"bearer {token(payload_hash=hashlib.sha256(BODY).hexdigest().upper())}")
    assert believed(f"Bearer {token(application_id=None)}")
    assert believed(f"Bearer {token()}", now=NOW + timedelta(hours=24))
    assert not believed(f"Bearer {token()}", now=NOW + timedelta(hours=26))
    assert not believed(f"Bearer {token()}", now=NOW - timedelta(minutes=6))
    assert not believed(f"Bearer {token(exp=int(NOW.timestamp()) - 1)}")


@pytest.mark.parametrize(
    "changes",
    [
        {"secret": "a guess that is long enough"},
        {"payload_hash": None},
        {"payload_hash": ""},
        {"payload_hash": "é"},
        {"iss": "Somebody"},
        {"iat": None},
        {"iat": "now"},
        {"iat": True},
        {"exp": "never"},
        {"application_id": "bbbbbbbb-bbbb-cccc-dddd-0123456789ab"},
    ],
)
def test_what_is_signed_otherwise_is_not_believed(changes: dict[str, Any]) -> None:
    assert not believed(f"Bearer {token(**changes)}")


def test_another_body_is_not_believed() -> None:
    assert not believed(f"Bearer {token()}", body=BODY + b" ")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer a.b",
        "Bearer a.b.c",
        "Bearer é.é.é",
        "Bearer ..",
        "Bearer eyJhbGciOiJub25lIn0.e30.",
        f"Basic {token()}",
        f"Bearer {token()}.x",
        f"Bearer {'x' * 5000}.y.z",
    ],
)
def test_a_header_that_is_no_token_is_not_believed(header: str) -> None:
    assert not believed(header)


def test_two_requests_have_tokens_of_their_own() -> None:
    key = read_key(private_pem())
    one, other = (request_token(key, application=APPLICATION, now=NOW) for _ in range(2))
    assert one != other


@pytest.mark.parametrize("pem", ["", "nonsense", "é", "-----BEGIN RSA PRIVATE KEY-----"])
def test_what_is_no_key_is_refused_without_repeating_it(pem: str) -> None:
    with pytest.raises(ValueError, match="RSA private key"):
        read_key(pem)
