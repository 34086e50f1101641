"""Mail at the door: kept once, STOP obeyed, nothing of a forged one, no card number anywhere."""

import asyncio
from collections.abc import AsyncIterator

import httpx2
import pytest
import sqlalchemy as sa

from channels.accounts import add_account
from channels.message_store import messages
from channels.provider_pool import ProviderPool
from channels.providers.smtp import SmtpProvider
from channels.routes import webhooks
from compliance.routes.gate import Gate
from tests.channels.conftest import BASE_URL, EMAIL, Desk
from tests.channels.providers.mailgun_posts import FORM, KEY, event, mail_body
from tests.support.doors import calling, service

SETTINGS = {
    "host": "127.0.0.1",
    "port": 2525,
    "security": "none",
    "from": "pay@acme.example",
    "mailgun_signing_key": KEY,
}


@pytest.fixture
async def mailgun(desk: Desk, gate: Gate) -> AsyncIterator[httpx2.AsyncClient]:
    """Calls in Mailgun's place; the desk's email account is an SMTP one with the signing key."""
    async with desk.database.transaction() as session:
        await add_account(
            session,
            desk.vault,
            merchant=desk.merchant.id,
            channel="email",
            provider="smtp",
            config=SETTINGS,
            account_id=desk.accounts["email"].id,
            now=desk.clock(),
        )
    pool = ProviderPool(
        {"smtp": lambda config: SmtpProvider.from_config(config, desk.clock)}, desk.vault
    )
    app = service(gate, webhooks.router, state={"providers": pool, "channel_base_url": BASE_URL})
    async with calling(app) as client:
        yield client
    await pool.close()


async def post(client: httpx2.AsyncClient, desk: Desk, key: str = KEY, **fields: str) -> int:
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    answer = await client.post(
        f"/webhooks/channels/{desk.accounts['email'].id}",
        content=mail_body(desk.clock(), named, key=key),
        headers={"content-type": FORM},
    )
    return answer.status_code


async def test_a_reply_posted_five_times_at_once_is_one_message(
    mailgun: httpx2.AsyncClient, desk: Desk
) -> None:
    answers = await asyncio.gather(*(post(mailgun, desk) for _ in range(5)))
    assert answers == [200] * 5
    assert await desk.event_types() == ["message.received"]
    [received] = await desk.events("message.received")
    assert (received.data["from"], received.data["text"]) == (EMAIL, "I have a question.")


async def test_stop_by_mail_and_a_complaint_stop_mail(
    mailgun: httpx2.AsyncClient, desk: Desk
) -> None:
    await post(mailgun, desk, body_plain="STOP")
    [changed] = await desk.events("consent.changed")
    assert (changed.data["state"], changed.channel) == ("stopped", "email")
    complaint = event(
        desk.clock(), {"event": "complained", "id": "e1", "recipient": "alex@x.example"}
    )
    answer = await mailgun.post(
        f"/webhooks/channels/{desk.accounts['email'].id}",
        content=complaint.body,
        headers=complaint.headers,
    )
    assert answer.status_code == 200
    states = [each.data["state"] for each in await desk.events("consent.changed")]
    assert states == ["stopped", "stopped"]


async def test_a_forged_mail_is_forbidden_and_leaves_nothing(
    mailgun: httpx2.AsyncClient, desk: Desk
) -> None:
    assert await post(mailgun, desk, key="guess", body_plain="STOP") == 403
    assert await desk.event_types(["message", "consent", "customer"]) == []


async def test_a_card_number_in_a_mail_is_kept_nowhere(
    mailgun: httpx2.AsyncClient, desk: Desk
) -> None:
    number = "4242 4242 4242 4242"
    await post(mailgun, desk, subject=f"card {number}", body_plain=f"It is {number}.")
    [received] = await desk.events("message.received")
    assert received.data["text"] == "It is •••• 4242."
    assert "4242 4242" not in str([entry.data for entry in await desk.events()])
    async with desk.database.snapshot() as session:
        rows = await session.all(sa.select(messages.c.id))
    kept = await desk.message(str(rows[0]["id"]))
    assert (kept.content.subject, kept.content.text) == ("card •••• 4242", "It is •••• 4242.")
