"""An ID token that does not hold lets nobody in, whatever is wrong with it; the answer is one, the journal says why.

Covers compliance.sso.id_tokens and compliance.sso.refusals.
"""

import hmac
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from compliance.users import User
from tests.compliance.sso.conftest import Browser, Told
from tests.support.clock import START
from tests.support.oidc_provider import (
    CLIENT_ID,
    EC,
    OTHER_RSA,
    RSA,
    Forge,
    OidcProvider,
    base64_of,
    json_of,
    unsigned,
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What a token says does not depend on the database."""
    return sqlite_url


NOW = int(START.timestamp())


async def refused(browser: Browser, told: Told) -> str:
    """Signs in, is refused in the one way there is, and answers the journal's reason."""
    answer = await browser.sign_in()
    assert 401 == answer.status_code, answer.text
    assert {
        "status": 401,
        "code": "sso_refused",
        "detail": "Your organisation's account could not be used to sign in here.",
    } == answer.json()
    assert not any("paythread_session" in each for each in answer.headers.get_list("set-cookie"))
    assert [] == await told("session.started")
    [failed] = await told("session.failed")
    assert "single_sign_on" == failed["way"]
    return str(failed["reason"])


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"iss": "https://evil.example"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"aud": "somebody-else"}, "audience"),
        ({"aud": ["somebody-else"]}, "audience"),
        ({"aud": None}, "audience"),
        ({"aud": {CLIENT_ID: 1}}, "audience"),
        ({"aud": [CLIENT_ID, "somebody-else"]}, "authorised_party"),
        ({"azp": "somebody-else"}, "authorised_party"),
        ({"exp": NOW - 60}, "expired"),
        ({"exp": None}, "times"),
        ({"exp": True}, "times"),
        ({"exp": "9999999999"}, "times"),
        ({"iat": None}, "times"),
        ({"iat": NOW + 61}, "issued_at"),
        ({"iat": NOW - 661}, "issued_at"),
        ({"nbf": NOW + 61}, "not_yet"),
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"nonce": 5}, "nonce"),
        ({"sub": None}, "subject"),
        ({"sub": ""}, "subject"),
        ({"sub": "s" * 256}, "subject"),
        ({"sub": 5}, "subject"),
        ({"email": None}, "email"),
        ({"email": "no address"}, "email"),
        ({"email": ["zoe@acme.example"]}, "email"),
        ({"email_verified": False}, "email_not_verified"),
        ({"email_verified": None}, "email_not_verified"),
        ({"email_verified": "true"}, "email_not_verified"),
        ({"email_verified": 1}, "email_not_verified"),
    ],
)
async def test_a_claim_that_does_not_hold_is_refused(
    *,
    browser: Browser,
    far_end: OidcProvider,
    zoe: User,
    told: Told,
    claims: dict[str, Any],
    reason: str,
) -> None:
    far_end.claims = claims
    assert reason == await refused(browser, told)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": [CLIENT_ID]},
        {"aud": [CLIENT_ID, "somebody-else"], "azp": CLIENT_ID},
        {"azp": CLIENT_ID},
        {"exp": NOW - 59},
        {"iat": NOW + 60},
        {"nbf": NOW + 60},
        {"exp": NOW + 300.5},
        {"something": {"else": [1]}},
    ],
)
async def test_what_the_specification_allows_is_taken(
    browser: Browser, far_end: OidcProvider, zoe: User, claims: dict[str, Any]
) -> None:
    far_end.claims = claims
    assert 201 == (await browser.sign_in()).status_code


def by_the_public_key(claims: dict[str, Any]) -> str:
    """HS256 under the public key's text, which everybody has."""
    header = json_of({"alg": "HS256", "kid": RSA.kid})
    signed_part = f"{base64_of(header)}.{base64_of(json_of(claims))}"
    digest = hmac.digest(RSA.as_pem(private=False), signed_part.encode(), "sha256")
    return f"{signed_part}.{base64_of(digest)}"


def by_a_key_of_its_own(claims: dict[str, Any]) -> str:
    """The header brings the key along."""
    mine = RSAKey.generate_key(2048, {"kid": "mine"}, private=True)
    provider = OidcProvider(lambda: START)
    return provider.sign(claims, mine, jwk=mine.as_dict(private=False), kid=RSA.kid)


def with_a_changed_payload(claims: dict[str, Any]) -> str:
    first, second = (
        OidcProvider(lambda: START).sign(each).split(".") for each in (claims, {**claims, "x": 1})
    )
    return ".".join((first[0], second[1], first[2]))


def signed(**header: Any) -> Forge:
    return lambda claims: OidcProvider(lambda: START).sign(claims, **header)


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        (unsigned, "algorithm"),
        (by_the_public_key, "algorithm"),
        (by_a_key_of_its_own, "signature"),
        (with_a_changed_payload, "signature"),
        (lambda claims: OidcProvider(lambda: START).sign(claims, OTHER_RSA), "unknown_key"),
        (
            lambda claims: OidcProvider(lambda: START).sign(claims, OTHER_RSA, kid="rsa-1"),
            "signature",
        ),
        (signed(kid="ec-1"), "unknown_key"),
        (signed(key=OTHER_RSA, kid="rsa-1", alg="PS256"), "algorithm"),
        (signed(crit=["b64"], b64=True), "unreadable"),
        (lambda _claims: "not.a.token", "unreadable"),
        (lambda _claims: "...", "unreadable"),
        (lambda _claims: "", "no_id_token"),
        (lambda _claims: "x" * 70_000, "no_id_token"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_signature_that_is_not_the_providers_is_refused(
    *, browser: Browser, far_end: OidcProvider, zoe: User, told: Told, forge: Forge, reason: str
) -> None:
    far_end.forge = forge
    assert reason == await refused(browser, told)


async def test_an_algorithm_that_discovery_does_not_name_is_refused(
    browser: Browser, far_end: OidcProvider, zoe: User, told: Told
) -> None:
    far_end.metadata = {"id_token_signing_alg_values_supported": ["RS256"]}
    far_end.signing_key = EC
    assert "algorithm" == await refused(browser, told)


async def test_an_elliptic_key_is_as_good(
    browser: Browser, far_end: OidcProvider, zoe: User
) -> None:
    far_end.signing_key = EC
    assert 201 == (await browser.sign_in()).status_code


async def test_without_a_key_id_the_only_key_that_fits_is_taken(
    browser: Browser, far_end: OidcProvider, zoe: User
) -> None:
    far_end.forge = signed(kid=None)
    assert 201 == (await browser.sign_in()).status_code


async def test_a_claim_of_another_name_may_say_that_the_address_is_verified(
    new_browser: Any, far_end: OidcProvider, zoe: User
) -> None:
    browser: Browser = await new_browser(verified_claim="xms_edov")
    assert 401 == (await browser.sign_in()).status_code
    far_end.claims = {"email_verified": None, "xms_edov": True}
    assert 201 == (await browser.sign_in()).status_code
