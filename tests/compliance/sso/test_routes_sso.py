"""From the button to the session and back to where one was; and whose sign-in a state is.

Covers compliance.routes.sso and compliance.sso.desk.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from compliance.merchant_settings import write
from compliance.merchants import Merchant
from compliance.routes import sso
from compliance.routes.gate import COOKIE, Gate
from compliance.second_factor import MfaPolicy
from compliance.sso.desk import SsoDesk
from compliance.sso.logins import LIFE, sso_logins
from compliance.sso.policy import SsoPolicy
from compliance.totp import code_at, step_at
from compliance.users import User
from tests.compliance.sso.conftest import BASE, Browser, NewBrowser, NewDesk, Told
from tests.support.clock import SettableClock
from tests.support.doors import calling, service
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider


async def test_a_person_signs_in_and_goes_on_where_they_were(
    browser: Browser, zoe: User, told: Told
) -> None:
    answer = await browser.sign_in(return_to="#/links/lnk_1")
    assert 201 == answer.status_code, answer.text
    assert (zoe.id, "#/links/lnk_1") == (answer.json()["user"]["id"], answer.json()["return_to"])
    cookie = next(each for each in answer.headers.get_list("set-cookie") if COOKIE in each)
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    current = await browser.client.get("/v1/sessions/current")
    assert zoe.id == current.json()["user"]["id"]
    assert [{"user": zoe.id, "way": "single_sign_on"}] == await told("session.started")


async def test_what_the_provider_is_asked_holds_no_secret_and_is_new_each_time(
    browser: Browser,
) -> None:
    first, second = [
        {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        for url in (await browser.begin(), await browser.begin())
    ]
    assert {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": f"{BASE}/v1/sso/callback",
        "scope": "openid email profile",
        "code_challenge_method": "S256",
    } == {name: first[name] for name in first if name not in {"state", "nonce", "code_challenge"}}
    assert CLIENT_SECRET not in str(first)
    assert 43 == len(first["code_challenge"])
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]


async def test_the_cookie_of_a_sign_in_is_short_lived_and_out_of_reach_of_scripts(
    browser: Browser,
) -> None:
    answer = await browser.client.post("/v1/sso/logins", json={})
    cookie = answer.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=lax", "Path=/v1/sso", "Max-Age=600"):
        assert part in cookie


async def test_the_database_holds_neither_the_cookie_nor_the_state(
    browser: Browser, gate: Gate
) -> None:
    state = parse_qs(urlsplit(await browser.begin()).query)["state"][0]
    async with gate.database.snapshot() as session:
        [row] = await session.all(sa.select(sso_logins))
    kept = repr(dict(row))
    assert state not in kept
    assert browser.client.cookies[sso.COOKIE] not in kept


async def test_coming_back_changes_nothing_by_itself(browser: Browser, gate: Gate) -> None:
    back = await browser.at_provider(await browser.begin())
    answer = await browser.client.get("/v1/sso/callback", params=back)
    assert answer.headers["location"].startswith(f"/#/sso/{back['state']}/")
    assert "set-cookie" not in answer.headers
    async with gate.database.snapshot() as session:
        assert 1 == await session.scalar(sa.select(sa.func.count()).select_from(sso_logins))


@pytest.mark.parametrize(
    "params",
    [
        {"error": "access_denied", "state": "x"},
        {"state": "x"},
        {"code": "x"},
        {"state": "", "code": ""},
    ],
)
async def test_without_a_code_the_console_is_told_that_it_came_to_nothing(
    browser: Browser, params: dict[str, str]
) -> None:
    answer = await browser.client.get("/v1/sso/callback", params=params)
    assert (303, "/#/sso/refused") == (answer.status_code, answer.headers["location"])


async def test_what_comes_back_cannot_lead_out_of_the_console(browser: Browser) -> None:
    params = {"state": "//evil.example", "code": "a/../b#?\r\nSet-Cookie: x=1"}
    answer = await browser.client.get("/v1/sso/callback", params=params)
    location = answer.headers["location"]
    assert location.startswith("/#/sso/%2F%2Fevil.example/a%2F..%2Fb%23%3F%0D%0A")
    assert "set-cookie" not in answer.headers


async def test_a_state_is_used_once(browser: Browser, zoe: User) -> None:
    back = await browser.at_provider(await browser.begin())
    cookie = browser.client.cookies[sso.COOKIE]
    assert 201 == (await browser.come_back(back)).status_code
    browser.client.cookies.set(sso.COOKIE, cookie, domain="service.test", path="/v1/sso")
    again = await browser.come_back(back)
    assert (401, "sso_over") == (again.status_code, again.json()["code"])


async def test_another_browser_cannot_go_on_and_the_right_one_still_can(
    browser: Browser, new_browser: NewBrowser, far_end: OidcProvider, zoe: User
) -> None:
    """A code that somebody else got, slipped to a victim, signs the victim in nowhere."""
    other: Browser = await new_browser()
    back = await browser.at_provider(await browser.begin())
    without = await other.come_back(back)
    assert (401, "sso_over") == (without.status_code, without.json()["code"])
    await other.begin()
    with_own = await other.come_back(back)
    assert (401, "sso_over") == (with_own.status_code, with_own.json()["code"])
    assert 0 == far_end.calls_of("/token")
    assert 201 == (await browser.come_back(back)).status_code


async def test_a_sign_in_is_over_after_ten_minutes(
    browser: Browser, zoe: User, clock: SettableClock
) -> None:
    back = await browser.at_provider(await browser.begin())
    clock.advance(LIFE)
    assert "sso_over" == (await browser.come_back(back)).json()["code"]
    back = await browser.at_provider(await browser.begin())
    clock.advance(LIFE - timedelta(seconds=1))
    assert 201 == (await browser.come_back(back)).status_code


async def test_two_processes_share_a_sign_in(
    new_desk: NewDesk, gate: Gate, browser: Browser, zoe: User
) -> None:
    back = await browser.at_provider(await browser.begin())
    app = service(gate, sso.router, state={"sso_desk": new_desk()})
    async with calling(app) as elsewhere:
        elsewhere.cookies.update(browser.client.cookies)
        moved = Browser(elsewhere, browser.network)
        assert 201 == (await moved.come_back(back)).status_code


async def test_a_code_of_another_sign_in_is_not_taken(
    browser: Browser, new_browser: NewBrowser, zoe: User, told: Told
) -> None:
    """PKCE: the code belongs to the verifier of the browser that asked for it."""
    other: Browser = await new_browser()
    theirs = await other.at_provider(await other.begin())
    own = await browser.at_provider(await browser.begin())
    answer = await browser.come_back({**own, "code": theirs["code"]})
    assert (401, "sso_refused") == (answer.status_code, answer.json()["code"])
    [failed] = await told("session.failed")
    assert {"user": None, "way": "single_sign_on", "reason": "code_refused"} == failed


async def test_a_code_in_which_digits_stand_by_chance_is_taken_to_the_provider(
    browser: Browser, far_end: OidcProvider, zoe: User
) -> None:
    """Some providers' codes are three UUIDs; now and then one looks like a card number."""
    far_end.next_code = "0a4242-4242-4242-4242b"
    assert 201 == (await browser.sign_in()).status_code


@pytest.mark.parametrize("iss", ["https://evil.example", None])
async def test_the_answer_of_another_issuer_is_not_taken(
    browser: Browser, far_end: OidcProvider, zoe: User, told: Told, iss: str | None
) -> None:
    """RFC 9207: a mix-up. Nobody is asked for a token."""
    back = await browser.at_provider(await browser.begin())
    answer = await browser.come_back(
        {name: value for name, value in {**back, "iss": iss}.items() if value is not None}
    )
    assert "sso_refused" == answer.json()["code"]
    assert ["answer_of_another_issuer"] == [each["reason"] for each in await told("session.failed")]
    assert 0 == far_end.calls_of("/token")


@pytest.mark.parametrize(
    "return_to",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "#/links?x=1",
        "#/links\nx",
        "#//evil.example:80",
        "",
        None,
    ],
)
async def test_nobody_is_led_out_of_the_console_afterwards(
    browser: Browser, zoe: User, return_to: str | None
) -> None:
    assert "#/links" == (await browser.sign_in(return_to=return_to)).json()["return_to"]


async def test_another_site_can_neither_begin_nor_end_a_sign_in(browser: Browser) -> None:
    foreign = {"origin": "https://evil.example"}
    body = {"state": "a", "code": "b"}
    for path, sent in (("/v1/sso/logins", {}), ("/v1/sso/sessions", body)):
        answer = await browser.client.post(path, json=sent, headers=foreign)
        assert 403 == answer.status_code


async def test_a_second_factor_is_asked_for_as_after_a_password(
    *, browser: Browser, gate: Gate, merchant: Merchant, zoe: User, clock: SettableClock, told: Told
) -> None:
    await _ask_for_a_second_factor(gate, merchant, clock)
    far = await browser.sign_in(return_to="#/floor")
    assert 202 == far.status_code
    assert not any(COOKIE in each for each in far.headers.get_list("set-cookie"))
    pending = far.json()["pending"]
    assert ("enrol", "#/floor") == (pending["step"], far.json()["return_to"])
    ticket = {"ticket": pending["ticket"]}
    secret = (await browser.client.post("/v1/sessions/enrolments", json=ticket)).json()["secret"]
    code = code_at(secret, step_at(clock()))
    body = {**ticket, "code": code}
    assert 201 == (await browser.client.post("/v1/sessions/steps", json=body)).status_code
    clock.advance(seconds=30)
    pending = (await browser.sign_in()).json()["pending"]
    assert "code" == pending["step"]
    wrong = {"ticket": pending["ticket"], "code": "000000"}
    assert 401 == (await browser.client.post("/v1/sessions/steps", json=wrong)).status_code
    ways = [each["way"] for each in await told("session.started", "session.failed")]
    assert ["single_sign_on", "single_sign_on"] == ways


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"amr": ["pwd", "mfa"]}, 201),
        ({"acr": "mfa"}, 201),
        ({"amr": ["pwd"]}, 202),
        ({"amr": "mfa"}, 202),
        ({}, 202),
    ],
)
async def test_the_providers_second_factor_stands_for_ours_only_where_the_setting_says_so(
    *,
    browser: Browser,
    far_end: OidcProvider,
    gate: Gate,
    merchant: Merchant,
    zoe: User,
    clock: SettableClock,
    claims: dict[str, Any],
    status: int,
) -> None:
    await _ask_for_a_second_factor(gate, merchant, clock)
    far_end.claims = claims
    assert 202 == (await browser.sign_in()).status_code
    await _set(gate, merchant, clock, accept_second_factor=True)
    assert status == (await browser.sign_in()).status_code


async def test_an_old_password_is_nothing_to_who_comes_without_one(
    browser: Browser, zoe: User, clock: SettableClock
) -> None:
    clock.advance(days=89)
    assert 201 == (await browser.sign_in()).status_code
    clock.advance(days=2)
    assert 201 == (await browser.sign_in()).status_code


async def test_where_nothing_is_set_up_there_is_no_button_and_no_door(
    gate: Gate, clock: SettableClock
) -> None:
    desk = SsoDesk(gate.database, gate.vault, None, clock)
    async with calling(service(gate, sso.router, state={"sso_desk": desk})) as client:
        assert {"label": None} == (await client.get("/v1/sso")).json()
        assert 404 == (await client.post("/v1/sso/logins", json={})).status_code
        client.cookies.set(sso.COOKIE, "x")
        body = {"state": "a", "code": "b"}
        assert 404 == (await client.post("/v1/sso/sessions", json=body)).status_code
    assert desk.config is None
    assert await desk.check() is None


async def test_the_button_says_what_is_set(new_browser: NewBrowser, merchant: Merchant) -> None:
    browser: Browser = await new_browser(label="Acme account")
    assert {"label": "Acme account"} == (await browser.client.get("/v1/sso")).json()


async def test_a_provider_that_is_away_is_no_refusal(
    browser: Browser, far_end: OidcProvider, zoe: User
) -> None:
    far_end.is_away = True
    answer = await browser.client.post("/v1/sso/logins", json={})
    assert (503, "sso_unavailable") == (answer.status_code, answer.json()["code"])


async def _ask_for_a_second_factor(gate: Gate, merchant: Merchant, clock: SettableClock) -> None:
    async with gate.database.transaction() as session:
        required = {"required_for": ["agent"]}
        await write(session, merchant.id, MfaPolicy, required, actor="system", now=clock())


async def _set(gate: Gate, merchant: Merchant, clock: SettableClock, **values: bool) -> None:
    async with gate.database.transaction() as session:
        await write(session, merchant.id, SsoPolicy, values, actor="system", now=clock())
