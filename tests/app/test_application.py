"""The application as a whole: health, metrics, the console's door, the API's description, accounts from settings.

Covers app.application, app.accounts, app.http.health, app.http.console, app.http.docs_page, app.problems,
app.wiring, links.customer_links.
"""

import json

import httpx2
import sqlalchemy as sa
from starlette.types import ASGIApp

from app.accounts import channel_configs, set_up_accounts, stripe_config
from app.application import create_app, create_watch, readiness_of
from app.settings import Settings
from channels.accounts import accounts_of
from core.clock import utc_now
from payments.tables import gateway_accounts
from tests.app.conftest import PASSWORD, Running

STRIPE = {
    "STRIPE_SECRET_KEY": "sk_test_1",
    "STRIPE_PUBLISHABLE_KEY": "pk_test_1",
    "STRIPE_WEBHOOK_SECRET": "whsec_1",
}
TWILIO = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "TWILIO_FROM": "+15005550006"}
SMTP = {"SMTP_HOST": "127.0.0.1", "SMTP_FROM": "pay@example.com", "SMTP_SECURITY": "none"}


def settings(**values: str) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


async def test_health_and_readiness_answer(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/healthz")).text == "ok"
    ready = {"status": "ready", "database": "up", "schema": "current"}
    assert (await client.get("/readyz")).json() == ready
    metrics = (await client.get("/metrics")).text
    for name in (
        "paythread_work_total",
        "paythread_work_due",
        'paythread_responses_total{status="2xx"}',
    ):
        assert name in metrics


async def test_metrics_are_for_those_inside(running_service: Running) -> None:
    """At the service's port only this machine is; at the port for health, whoever reaches it."""
    house = running_service.house

    async def status(app: ASGIApp, address: str = "192.0.2.7", **headers: str) -> int:
        passage = httpx2.ASGITransport(app=app, client=(address, 1234))
        async with httpx2.AsyncClient(transport=passage, base_url=running_service.url) as stranger:
            return (await stranger.get("/metrics", headers=headers)).status_code

    assert 404 == await status(create_app(house))
    assert 200 == await status(create_app(house), "127.0.0.1")
    # What a proxy beside us passes on comes from anywhere.
    assert 404 == await status(create_app(house), "127.0.0.1", Forwarded="for=192.0.2.7")
    assert 200 == await status(create_watch(house, readiness_of(house)))


async def test_the_api_describes_itself_without_a_third_party(client: httpx2.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()
    assert "/v1/links" in described["paths"]
    page = await client.get("/docs")
    assert page.status_code == 200
    assert "/v1/links/{link_id}/messages" in page.text
    assert "<script" not in page.text


async def test_a_person_signs_in_and_out(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    """The cookie works for reading; changing needs the CSRF token; after signing out it is worth nothing."""
    credentials = {"email": running_service.agent_email, "password": PASSWORD}
    signed_in = await client.post("/v1/sessions", json=credentials)
    assert signed_in.status_code == 201
    cookie = signed_in.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    me = await client.get("/v1/sessions/current")
    assert me.json()["user"]["email"] == running_service.agent_email
    link = {"amount": 100, "currency": "GBP", "description": "x"}
    headers = {"Idempotency-Key": "one"}
    assert (await client.post("/v1/links", json=link, headers=headers)).status_code == 403
    headers["X-CSRF-Token"] = signed_in.json()["csrf_token"]
    foreign = {**headers, "Origin": "https://evil.example"}
    assert (await client.post("/v1/links", json=link, headers=foreign)).status_code == 403
    made = await client.post("/v1/links", json=link, headers=headers)
    assert made.status_code == 201
    assert made.json()["agent"] == me.json()["user"]["id"]
    assert (await client.delete("/v1/sessions/current", headers=headers)).status_code == 204
    assert (await client.get("/v1/sessions/current")).status_code == 401


async def test_wrong_credentials_do_not_tell_who_exists(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    answers = [
        await client.post("/v1/sessions", json={"email": email, "password": "wrong password 1"})
        for email in (running_service.agent_email, "nobody@acme.example")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()


async def test_the_screen_pop_shows_what_is_open_and_what_ran_out(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    """One call by phone number: the customer, and the links that still matter; a cancelled one does not."""
    made = []
    for reference in ("one", "two"):
        body = {
            "amount": 100,
            "currency": "GBP",
            "description": "Water bill",
            "reference": reference,
            "customer": {"name": "Casey", "phone": "+447700900123"},
        }
        answer = await client.post("/v1/links", json=body, headers=running_service.post_headers())
        made.append(answer.json())
    cancel = f"/v1/links/{made[0]['id']}/cancel"
    cancelled = await client.post(cancel, headers=running_service.post_headers())
    assert cancelled.status_code == 200
    assert cancelled.json()["progress"]["step"] == "cancelled"
    found = await client.get(
        "/v1/customers/lookup", params={"phone": "07700 900123"}, headers=running_service.headers
    )
    assert found.status_code == 200
    shown = json.dumps(found.json())
    assert made[1]["id"] in shown
    assert made[0]["customer"] in shown


def test_an_incomplete_account_is_no_account() -> None:
    assert stripe_config(settings(STRIPE_SECRET_KEY="sk_test_1")) is None
    assert channel_configs(settings(TWILIO_ACCOUNT_SID="AC1")) == []


async def test_accounts_from_the_environment_are_set_up_once(running_service: Running) -> None:
    house = running_service.house
    found = settings(**STRIPE, **TWILIO, **SMTP)
    for _ in range(2):
        await set_up_accounts(house.database, house.vault, found, now=utc_now())
    async with house.database.snapshot() as session:
        gateways = await session.all(sa.select(gateway_accounts))
        channels = await accounts_of(session, merchant=running_service.merchant)
    assert [row["provider"] for row in gateways] == ["stripe"]
    assert "sk_test_1" not in gateways[0]["config"]
    assert sorted(account.provider for account in channels) == ["smtp", "twilio"]


async def test_the_console_is_served_with_a_strict_policy(client: httpx2.AsyncClient) -> None:
    page = await client.get("/")
    assert page.status_code in {200, 503}
    if page.status_code == 200:
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert "unsafe" not in page.headers["content-security-policy"]
