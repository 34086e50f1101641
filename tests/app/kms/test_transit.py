"""The transit engine over HTTP: what is asked, how each failure is told. Covers app.kms.transit and app.kms.port."""

import secrets
from pathlib import Path

import pytest

from app.kms.port import KeyService, KmsUnusable
from app.kms.transit import Transit
from tests.support.free_port import free_port
from tests.support.transit_engine import TransitEngine

SECRET = secrets.token_bytes(32)


def service(engine: TransitEngine, **changed: object) -> KeyService:
    settings: dict[str, object] = {"key": "paythread", "token": "s.token", **changed}
    return Transit(engine.url, **settings)  # type: ignore[arg-type]


def test_what_it_wraps_it_opens_also_after_its_own_key_was_rotated(engine: TransitEngine) -> None:
    kms = service(engine)
    first = kms.wrap(SECRET)
    engine.rotate()
    second = kms.wrap(SECRET)
    assert (first[:9], second[:9]) == ("vault:v1:", "vault:v2:")
    assert all(kms.knows(each) for each in (first, second))
    assert kms.unwrap(first) == kms.unwrap(second) == SECRET


@pytest.mark.parametrize(
    "text", ["ab" * 32, "vault:v1:", "vault:v:AAAA", "vault:v1:AA AA", "VAULT:v1:AAAA"]
)
def test_other_texts_are_not_its_own(engine: TransitEngine, text: str) -> None:
    assert not service(engine).knows(text)


def test_the_token_of_a_file_is_read_at_each_call(engine: TransitEngine, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("s.old\n")
    kms = service(engine, token=None, token_file=file)
    with pytest.raises(KmsUnusable, match="refuses our token"):
        kms.wrap(SECRET)
    file.write_text("s.token\n")
    assert kms.unwrap(kms.wrap(SECRET)) == SECRET
    file.unlink()
    with pytest.raises(KmsUnusable, match="PAYTHREAD_KMS_TOKEN_FILE"):
        kms.wrap(SECRET)


def test_a_namespace_and_the_request_header_go_along(engine: TransitEngine) -> None:
    service(engine, namespace="pay/eu").wrap(SECRET)
    path, headers = engine.asked[-1]
    assert path == "/v1/transit/encrypt/paythread"
    assert (headers["x-vault-namespace"], headers["x-vault-request"]) == ("pay/eu", "true")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"token": "s.other"}, "403"),
        ({"key": "unknown"}, "404"),
        ({"mount": "elsewhere"}, "404"),
    ],
)
def test_a_refusal_is_told_by_its_reason(
    engine: TransitEngine, changed: dict[str, object], told: str
) -> None:
    with pytest.raises(KmsUnusable, match=told):
        service(engine, **changed).wrap(SECRET)


def test_a_damaged_wrapping_is_told(engine: TransitEngine) -> None:
    kms = service(engine)
    wrapped = kms.wrap(SECRET)
    with pytest.raises(KmsUnusable, match="400"):
        kms.unwrap(wrapped[:-8] + "AAAAAAA=")


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (503, b'{"errors":["Vault is sealed"]}', "sealed"),
        (502, b"<html>", "502"),
        (200, b"<html>", "form"),
        (200, b"[]", "form"),
        (200, b'{"data":null}', "form"),
        (200, b'{"data":{"ciphertext":7,"plaintext":7}}', "form"),
        (200, b'{"data":{"ciphertext":"a,b","plaintext":"***"}}', "no .*key"),
        (302, b"", "302"),
    ],
)
def test_a_silly_answer_is_told_and_holds_no_secret(
    engine: TransitEngine, status: int, body: bytes, told: str
) -> None:
    kms = service(engine)
    wrapped = kms.wrap(SECRET)
    engine.says = (status, body)
    for attempt in (lambda: kms.wrap(SECRET), lambda: kms.unwrap(wrapped)):
        with pytest.raises(KmsUnusable, match=told) as caught:
            attempt()
        assert "s.token" not in str(caught.value) + repr(kms)


def test_one_that_is_away_is_told() -> None:
    away = Transit(f"http://127.0.0.1:{free_port()}", "paythread", token="s.token")
    with pytest.raises(KmsUnusable, match="does not answer"):
        away.wrap(SECRET)
