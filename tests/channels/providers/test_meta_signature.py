"""X-Hub-Signature-256: only the secret's holder can make it, and any change of the body breaks it."""

import pytest

from channels.providers.meta_signature import holds, sign

BODY = b'{"object":"page","entry":[]}'


def test_a_signature_is_the_hmac_in_hexadecimal() -> None:
    # From `openssl dgst -sha256 -hmac "app secret"` over the body.
    header = sign("app secret", BODY)
    assert header.startswith("sha256=")
    assert len(header) == len("sha256=") + 64
    assert holds(header, app_secrets=["app secret"], body=BODY)


def test_a_known_vector_of_rfc_4231_holds() -> None:
    body = b"what do ya want for nothing?"
    known = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert sign("Jefe", body) == f"sha256={known}"


def test_while_a_secret_is_rolled_out_either_one_holds() -> None:
    for secret in ("new", "old"):
        assert holds(sign(secret, BODY), app_secrets=["new", "old"], body=BODY)
    assert not holds(sign("older", BODY), app_secrets=["new", "old"], body=BODY)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        "sha1=" + "0" * 40,
        sign("app secret", BODY).removeprefix("sha256="),
        sign("app secret", BODY).upper(),
        sign("app secret", BODY)[:-1],
        sign("app secret", BODY + b" "),
        "sha256=é\udc80",
    ],
)
def test_anything_else_does_not_hold(header: str | None) -> None:
    assert not holds(header, app_secrets=["app secret"], body=BODY)
