"""Customers, accounts and an outbox, on a database, with a provider made by hand."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from channels.accounts import ChannelAccount, add_account
from channels.customers import Customer, CustomerDraft, match_or_create
from channels.message_store import Message, get_message
from channels.messages import SEND, Content, queue_message
from channels.outbox import Outbox
from channels.provider_pool import ProviderPool
from compliance.journal import Entry, Query, Reader
from compliance.merchants import Merchant
from compliance.vault import Vault
from core import work
from core.database import Database
from tests.channels.fakes import FakeNetworks, FakeProvider
from tests.support.clock import SettableClock

BASE_URL = "https://pay.example.test"
PHONE = "+447700900123"
EMAIL = "sam@example.com"
AGENT = "usr_01k9aaaaaaaaaaaaaaaaaaaaaa"
LINK = "lnk_01k9aaaaaaaaaaaaaaaaaaaaaa"


@dataclass(frozen=True)
class Desk:
    """What a test does with the room, in one transaction each."""

    database: Database
    vault: Vault
    clock: SettableClock
    merchant: Merchant
    provider: FakeProvider
    accounts: dict[str, ChannelAccount]
    outbox: Outbox
    reader: Reader

    async def customer(self, **draft: str | None) -> Customer:
        """Matched or made from the fields of a draft."""
        async with self.database.transaction() as session:
            return await match_or_create(
                session,
                self.vault,
                merchant=self.merchant,
                draft=CustomerDraft(**draft),
                agent=AGENT,
                actor=f"user:{AGENT}",
                now=self.clock(),
            )

    async def queue(self, customer: Customer | None = None, **changes: Any) -> Message:
        """A queued SMS to the customer, for a link, unless `changes` say otherwise."""
        asked = {
            "channel": "sms",
            "to": None if customer is not None else PHONE,
            "content": Content(
                "Please pay here: https://pay.example.test/p/Tok3nTok3nTok3nTok3nTo"
            ),
            "link": LINK,
            "agent": AGENT,
            "actor": f"user:{AGENT}",
        } | changes
        async with self.database.transaction() as session:
            if asked["link"] is not None:
                await session.lock(asked["link"])
            return await queue_message(
                session,
                self.vault,
                merchant=self.merchant.id,
                customer=customer,
                now=self.clock(),
                **asked,
            )

    async def message(self, message_id: str) -> Message:
        """As it stands now."""
        async with self.database.snapshot() as session:
            return await get_message(
                session, self.vault, merchant=self.merchant.id, message_id=message_id
            )

    async def claim(self, *, lease_seconds: int = 60) -> list[work.Work]:
        """What is due, claimed as a worker would."""
        async with self.database.transaction() as session:
            return await work.claim(
                session, kinds=[SEND], now=self.clock(), lease_seconds=lease_seconds, limit=50
            )

    async def drain(self) -> int:
        """Does what is due now, once each; says how much there was."""
        jobs = await self.claim()
        for job in jobs:
            await self.outbox.send(job)
        return len(jobs)

    async def events(self, *types: str) -> list[Entry]:
        """The merchant's journal, oldest first."""
        query = Query(
            merchant=self.merchant.id, types=frozenset(types) if types else None, limit=500
        )
        async with self.database.snapshot() as session:
            return await self.reader.read(session, query)

    async def event_types(self, families: Sequence[str] = ("message",)) -> list[str]:
        """The types of what was recorded, of these families."""
        found = await self.events()
        return [each.type for each in found if each.type.partition(".")[0] in families]


@pytest.fixture
def networks() -> FakeNetworks:
    return FakeNetworks()


@pytest.fixture
def new_desk(
    database: Database, vault: Vault, clock: SettableClock, reader: Reader, networks: FakeNetworks
) -> Callable[[Merchant], Awaitable[Desk]]:
    """Sets up a merchant's SMS and email on the provider made by hand."""

    async def make(merchant: Merchant) -> Desk:
        accounts = {}
        async with database.transaction() as session:
            for channel, sender in (("sms", "+447700900999"), ("email", "pay@acme.example")):
                accounts[channel] = await add_account(
                    session,
                    vault,
                    merchant=merchant.id,
                    channel=channel,
                    provider="fake",
                    config={"from": sender},
                    now=clock(),
                )
        pool = ProviderPool({"fake": networks.make}, vault)
        outbox = Outbox(database, vault, pool, base_url=BASE_URL, clock=clock)
        return Desk(database, vault, clock, merchant, networks.provider, accounts, outbox, reader)

    return make


@pytest.fixture
async def desk(new_desk: Callable[[Merchant], Awaitable[Desk]], merchant: Merchant) -> Desk:
    return await new_desk(merchant)
