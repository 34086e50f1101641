"""Two merchants in one house: Acme, with one of everything that the API can name, and Rival, with people and a link.

Everybody calls through the whole application, in this process. The PSP is one that takes every card.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import httpx2
import sqlalchemy as sa

from app.application import create_app
from app.settings import Settings
from app.wiring import House
from channels.accounts import add_account
from compliance.api_keys import create_key
from compliance.merchants import Merchant, create_merchant
from compliance.roles import Permission, Role
from compliance.routes.gate import COOKIE
from compliance.sessions import sign_in
from compliance.users import create_user, users
from core.database import metadata
from core.database.schema import canonical_json
from links.checkout import Checkout
from links.submissions import Browser, PageSubmission
from links.tokens import Tokens
from payments.accounts import save_account
from tests.app.conftest import PASSWORD, open_house_migrated
from tests.app.doors.furniture import put_in_rows
from tests.payments.fakes import FakeGateway
from tests.support.policies import ask_no_second_factor

BASE: Final = "http://127.0.0.1:8000"
PEOPLE: Final = (Role.AGENT, Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR)
NOBODY: Final = "nobody"
SOFTWARE: Final = "integration"
# A key that was made for one thing.
NARROW: Final = "narrow"
NARROW_SCOPE: Final = Permission.LINKS_READ
# Somebody with a role of the merchant's own, and what it holds.
DESK: Final = "desk"
DESK_MAY: Final = frozenset(
    {
        Permission.LINKS_READ,
        Permission.LINKS_WRITE,
        Permission.CUSTOMERS_READ,
        Permission.CONVERSATIONS_READ,
        Permission.REFUNDS_WRITE,
        Permission.MERCHANT_WIDE,
    }
)


@dataclass
class Place:
    """One merchant: how each of its callers shows who they are, and what the API calls its things."""

    merchant: Merchant
    callers: dict[str, dict[str, str]] = field(default_factory=dict)
    # By the name of the path's parameter.
    ids: dict[str, str] = field(default_factory=dict)


@dataclass
class Town:
    house: House
    client: httpx2.AsyncClient
    acme: Place
    rival: Place

    async def call(
        self, caller: Mapping[str, str], method: str, path: str, body: Any = None
    ) -> httpx2.Response:
        """One request, under a key of its own where that is asked for."""
        headers = {"idempotency-key": str(uuid4()), **caller}
        sent = {} if body is None else {"json": body}
        self.client.cookies.clear()
        return await self.client.request(method, path, headers=headers, **sent)

    async def rows_of(self, place: Place) -> dict[str, list[str]]:
        """Every stored row that names the merchant or anything of theirs, by table."""
        found = {}
        marks = {place.merchant.id, *place.ids.values()}
        async with self.house.database.snapshot() as session:
            for table in metadata.sorted_tables:
                rows = await session.all(sa.select(table))
                told = [canonical_json({name: str(row[name]) for name in row}) for row in rows]
                found[table.name] = sorted(
                    each for each in told if any(mark in each for mark in marks)
                )
        return found


@asynccontextmanager
async def a_town(folder: Path, password_hash: str) -> AsyncIterator[Town]:
    """A house over a fresh database, with both merchants in it."""
    settings = Settings(_env_file=None, data_dir=folder, base_url=BASE, master_key="cd" * 32)
    house = await open_house_migrated(settings)
    gateway = FakeGateway()
    house.gateways._factories = {**house.gateways._factories, "fake": lambda _: gateway}
    transport = httpx2.ASGITransport(app=create_app(house))
    async with httpx2.AsyncClient(transport=transport, base_url=BASE) as client:
        acme, rival = [
            await _settle(house, name, password_hash) for name in ("Acme Travel", "Rival Tours")
        ]
        town = Town(house, client, acme, rival)
        for place in (acme, rival):
            await _furnish(town, place)
        yield town
    await house.close()


async def _settle(house: House, name: str, password_hash: str) -> Place:
    now = house.clock()
    async with house.database.transaction() as session:
        merchant = await create_merchant(
            session, name=name, currency="GBP", locale="en-GB", country="GB", now=now
        )
        await ask_no_second_factor(session, merchant.id, now=now)
        place = Place(merchant, {NOBODY: {}})
        for caller, scopes in ((SOFTWARE, None), (NARROW, [NARROW_SCOPE])):
            key = await create_key(
                session, merchant=merchant.id, name=caller, actor="system", scopes=scopes, now=now
            )
            place.callers[caller] = {"authorization": f"Bearer {key.secret}"}
            place.ids["key_id"] = key.id
        emails = []
        for role in PEOPLE:
            emails.append(f"{role.value}@{name.split(maxsplit=1)[0].lower()}.example")
            user = await create_user(
                session,
                house.vault,
                merchant=merchant.id,
                name=f"{name.split(maxsplit=1)[0]} {role.value}",
                email=emails[-1],
                role=role,
                team="Billing",
                password_hash=password_hash,
                actor="system",
                now=now,
            )
            place.ids.setdefault("user_id", user.id)
        place.ids["account"] = await save_account(
            session, house.vault, merchant=merchant.id, provider="fake", config={}, now=now
        )
        place.ids["account_id"] = place.ids["account"]
        for channel, sender in (("sms", "+447700900999"), ("email", f"pay@{emails[0][6:]}")):
            await add_account(
                session,
                house.vault,
                merchant=merchant.id,
                channel=channel,
                provider="fake",
                config={"from": sender},
                now=now,
            )
    for role, email in zip(PEOPLE, emails, strict=True):
        place.callers[role.value] = await _signed_in(house, email)
    return place


async def _furnish(town: Town, place: Place) -> None:
    """One of everything."""
    admin, ids = place.callers["admin"], place.ids

    async def make(path: str, body: Any, method: str = "POST") -> Any:
        made = await town.call(admin, method, path, body)
        assert made.status_code < 300, (path, made.text)
        return made.json()

    customer = {"name": f"Casey of {place.merchant.name}", "phone": "+447700900123"}
    link = await make(
        "/v1/links",
        {
            "amount": 4999,
            "currency": "GBP",
            "description": "Boiler",
            "customer": customer,
            "send": [{"channel": "sms"}],
        },
    )
    ids |= {
        "link_id": link["id"],
        "link": link["id"],
        "customer_id": link["customer"],
        "customer": link["customer"],
        "payment_id": link["payment"],
        "message_id": link["messages"][0]["id"],
        "token": link["url"].rpartition("/")[2],
    }
    [thread] = (await make("/v1/conversations?status=open", None, "GET"))["data"]
    ids["conversation_id"] = thread["id"]
    replies = {"title": "Hello", "texts": {"en": "Good day."}}
    ids["reply_id"] = (await make("/v1/canned-replies", replies))["id"]
    await make(f"/v1/customers/{ids['customer_id']}/notes", {"text": "Rang back."})
    call = {"kind": "call", "direction": "inbound", "occurred_at": "2026-01-01T00:00:00Z"}
    made = await make("/v1/interactions", {"customer": ids["customer_id"], **call})
    ids["interaction_id"] = made["id"]
    role = {"name": "Desk", "base": "agent", "permissions": sorted(DESK_MAY)}
    ids["role_id"] = (await make("/v1/roles", role))["id"]
    place.callers[DESK] = await _at_the_desk(town.house, place)
    hook = {"url": "https://hooks.example.com/in", "events": ["*"]}
    ids["endpoint_id"] = (await make("/v1/webhook-endpoints", hook))["id"]
    words = {"text": f"{place.merchant.name}: {{url}}"}
    await make("/v1/message-templates/reminder/sms/en", words, "PUT")
    await make("/v1/guidance/stalled", {"text": f"Said at {place.merchant.name}."}, "PUT")
    sessions = (await make("/v1/sessions", None, "GET"))["data"]
    ids["session_id"] = sessions[0]["id"]
    await _pay(town.house, place)
    ids |= await put_in_rows(
        town.house,
        place.merchant.id,
        account=ids["account"],
        endpoint=ids["endpoint_id"],
        customer=ids["customer_id"],
        email=place.merchant.name,
    )
    refund = await make(f"/v1/payments/{ids['payment_id']}/refunds", {"amount": 100})
    ids["refund_id"] = refund["id"]


async def _at_the_desk(house: House, place: Place) -> dict[str, str]:
    """Somebody with a role of the merchant's own."""
    now, email = house.clock(), f"desk@{place.merchant.id}.example"
    async with house.database.transaction() as session:
        admin = await session.scalar(
            sa.select(users.c.password_hash).where(users.c.id == place.ids["user_id"])
        )
        await create_user(
            session,
            house.vault,
            merchant=place.merchant.id,
            name=f"{place.merchant.name} desk",
            email=email,
            role=Role.AGENT,
            custom_role=place.ids["role_id"],
            team="Billing",
            password_hash=admin,
            actor="system",
            now=now,
        )
    return await _signed_in(house, email)


async def _signed_in(house: House, email: str) -> dict[str, str]:
    opened = await sign_in(
        house.database, house.vault, email=email, password=PASSWORD, origin=None, now=house.clock()
    )
    return {"cookie": f"{COOKIE}={opened.token}", "x-csrf-token": opened.csrf_token}


async def _pay(house: House, place: Place) -> None:
    tokens = await Tokens.load(house.database, house.vault, now=house.clock())
    checkout = Checkout(house.database, house.vault, house.gateways, tokens, house.clock)
    await checkout.submit(
        PageSubmission(
            token=place.ids["token"],
            method="pm_1",
            revision=1,
            browser=Browser("203.0.113.7", "Phone/1.0", "en"),
            device="mobile",
        )
    )
