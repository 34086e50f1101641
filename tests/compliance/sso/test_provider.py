"""What the provider says of itself is checked, kept for an hour, and its keys are asked for anew once, not for ever.

Covers compliance.sso.provider and compliance.sso.logins.
"""

from typing import Any

import pytest
from joserfc.jwk import RSAKey

from compliance.sso.logins import Login
from compliance.sso.provider import AWAY, KEPT, KEYS_EVERY, read_keys, read_metadata
from compliance.sso.refusals import SsoUnavailable
from compliance.users import User
from tests.compliance.sso.conftest import Browser, NewDesk
from tests.support.clock import SettableClock
from tests.support.oidc_provider import CLIENT_SECRET, EC, OTHER_RSA, RSA, OidcProvider

ISSUER = "https://idp.example"
GOOD: dict[str, Any] = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
    "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the provider says does not depend on the database."""
    return sqlite_url


def test_only_algorithms_that_nobody_else_can_sign_by_are_taken() -> None:
    assert frozenset({"RS256"}) == read_metadata(GOOD, ISSUER).algorithms


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://evil.example"},
        {"issuer": f"{ISSUER}/"},
        {"token_endpoint": None},
        {"token_endpoint": "http://idp.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": f"{ISSUER}/authorize#x"},
        {"jwks_uri": 5},
        {"id_token_signing_alg_values_supported": ["HS256", "none"]},
        {"id_token_signing_alg_values_supported": None},
        {"code_challenge_methods_supported": ["plain"]},
    ],
)
def test_a_provider_that_cannot_be_trusted_is_not_used(wrong: dict[str, Any]) -> None:
    with pytest.raises(SsoUnavailable):
        read_metadata({**GOOD, **wrong}, ISSUER)


def test_keys_that_do_not_sign_are_left_out() -> None:
    short = RSAKey.generate_key(1024, {"kid": "short"}, private=True)
    good = RSA.as_dict(private=False)
    keys = [
        good,
        EC.as_dict(private=False),
        short.as_dict(private=False),
        OTHER_RSA.as_dict(private=True),
        {**good, "use": "enc"},
        {"kty": "oct", "k": "c2VjcmV0", "kid": "oct"},
        {"kty": "RSA", "n": "?", "e": "AQAB"},
        {"kty": "EC", "crv": "P-1", "x": "a", "y": "b"},
        {**good, "kid": 5},
        "no key",
    ]
    assert ["rsa-1", "ec-1"] == [key.id for key in read_keys({"keys": keys})]
    for unreadable in ({}, {"keys": None}, {"keys": {}}):
        with pytest.raises(SsoUnavailable):
            read_keys(unreadable)


async def test_a_new_key_is_found_and_an_unknown_one_asked_for_once_a_minute(
    browser: Browser, far_end: OidcProvider, zoe: User, clock: SettableClock
) -> None:
    assert 201 == (await browser.sign_in()).status_code
    assert (1, 1) == (
        far_end.calls_of("/keys"),
        far_end.calls_of("/.well-known/openid-configuration"),
    )
    far_end.signing_key = OTHER_RSA
    assert 401 == (await browser.sign_in()).status_code
    assert 1 == far_end.calls_of("/keys")
    clock.advance(KEYS_EVERY)
    for _ in range(3):
        assert 401 == (await browser.sign_in()).status_code
    assert 2 == far_end.calls_of("/keys")
    far_end.published = [OTHER_RSA]
    clock.advance(KEYS_EVERY)
    assert 201 == (await browser.sign_in()).status_code
    assert 3 == far_end.calls_of("/keys")


async def test_what_was_found_is_asked_for_again_after_an_hour(
    browser: Browser, far_end: OidcProvider, zoe: User, clock: SettableClock
) -> None:
    await browser.sign_in()
    clock.advance(KEPT)
    await browser.sign_in()
    assert 2 == far_end.calls_of("/.well-known/openid-configuration")
    assert 2 == far_end.calls_of("/keys")


async def test_while_the_provider_is_away_it_is_asked_now_and_then(
    browser: Browser, far_end: OidcProvider, clock: SettableClock
) -> None:
    far_end.is_away = True
    for _ in range(3):
        assert 503 == (await browser.client.post("/v1/sso/logins", json={})).status_code
    assert 1 == far_end.calls_of("/.well-known/openid-configuration")
    far_end.is_away = False
    clock.advance(AWAY)
    assert 201 == (await browser.client.post("/v1/sso/logins", json={})).status_code


async def test_a_provider_that_takes_the_secret_in_the_body_gets_it_there(
    browser: Browser, far_end: OidcProvider, zoe: User
) -> None:
    far_end.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert 201 == (await browser.sign_in()).status_code


@pytest.mark.parametrize("answer", [{"id_token": None}, {"id_token": 5}, {"id_token": ""}])
async def test_an_answer_without_a_token_lets_nobody_in(
    browser: Browser, far_end: OidcProvider, zoe: User, answer: dict[str, Any]
) -> None:
    far_end.answer = answer
    assert "sso_refused" == (await browser.sign_in()).json()["code"]


async def test_an_endpoint_in_a_private_network_is_not_called(
    browser: Browser, far_end: OidcProvider, zoe: User
) -> None:
    """The operator lists the hosts that may be private; discovery cannot add to them."""
    far_end.metadata = {"token_endpoint": "http://127.0.0.2:1/token"}
    answer = await browser.sign_in()
    assert (503, "sso_unavailable") == (answer.status_code, answer.json()["code"])


async def test_doctor_hears_what_is_wrong(new_desk: NewDesk, far_end: OidcProvider) -> None:
    assert await new_desk().check() is None
    far_end.published = []
    assert "publishes no key" in str(await new_desk().check())
    far_end.metadata = {"issuer": "https://other.example"}
    assert "another issuer" in str(await new_desk().check())
    far_end.is_away = True
    assert "does not answer" in str(await new_desk().check())


def test_a_sign_in_shows_nothing_of_its_secrets_and_each_secret_is_of_its_own() -> None:
    login, other = Login("state", "browser", "mer_1", "#/links"), Login("s", "browser", "m", "#/")
    assert 43 == len(login.verifier) == len(login.nonce) == len(login.challenge)
    assert 6 == len({login.verifier, login.nonce, other.verifier, other.nonce, "browser", "state"})
    assert "browser" not in repr(login)
    assert CLIENT_SECRET not in repr(login)
