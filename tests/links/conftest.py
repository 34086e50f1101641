"""A shop: one merchant with a PSP made by hand, channels to send over, and links to pay."""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from channels.accounts import add_account
from channels.conversation_owners import attributed
from compliance.journal import Entry, Journal, Query, Reader
from compliance.merchants import Merchant
from compliance.principal import Principal
from compliance.roles import Role
from compliance.vault import Vault
from core import work
from core.database import Database, Session, metadata
from core.database.schema import canonical_json
from links import presence, receipt_sending, stalling
from links.checkout import Checkout
from links.checkout_results import Result
from links.drafts import Amendment, LinkDraft, Send
from links.lifecycle import EXPIRE, Lifecycle
from links.links import Link, link_by_id
from links.page_reports import Report, take
from links.projection import project
from links.receipt_sending import ReceiptSending
from links.sending import Sending
from links.showing import TOKEN, Showing
from links.submissions import Browser, PageSubmission
from links.tokens import Tokens
from payments.accounts import Gateways, save_account
from payments.attempts import ASK, Attempt, attempts_of
from payments.payments import Payment, get_payment
from payments.sweep import Sweep
from tests.payments.fakes import FakeGateway
from tests.support.clock import SettableClock
from tests.support.people import person

BASE_URL = "https://pay.acme.test"
PAGE = "pg_01k9aaaaaaaaaaaaaaaaaaaaaa"
PHONE = "+447700900123"
EMAIL = "casey@example.com"


@dataclass(frozen=True)
class Shop:
    """What a test does with the room, one transaction each."""

    database: Database
    vault: Vault
    clock: SettableClock
    reader: Reader
    merchant: Merchant
    agent: Principal
    gateway: FakeGateway
    gateways: Gateways
    account: str
    tokens: Tokens
    lifecycle: Lifecycle
    checkout: Checkout
    numbers: "itertools.count[int]"

    @property
    def showing(self) -> Showing:
        return self.lifecycle._sending.showing

    def as_merchant(self, caller: Principal) -> "Shop":
        """The same house, with somebody else at the desk."""
        return replace(self, agent=caller)

    async def make(self, minor: int = 4999, currency: str = "GBP", **draft: Any) -> Link:
        """A new link."""
        asked: dict[str, Any] = {"description": "Water bill", "reference": "INV-1"}
        async with self.database.transaction() as session:
            made = await self.lifecycle.create(
                session,
                self.agent,
                LinkDraft(amount=minor, currency=currency, **(asked | draft)),
                now=self.clock(),
            )
        return made.link

    async def token(self, link: Link) -> str:
        async with self.database.snapshot() as session:
            token = await self.vault.open(session, link.sealed_token, purpose=TOKEN)
        assert token is not None
        return token

    async def amend(self, link: Link, **change: Any) -> Link:
        async with self.database.transaction() as session:
            return await self.lifecycle.amend(
                session, self.agent, link, Amendment(**change), now=self.clock()
            )

    async def send(self, link: Link, channel: str = "sms", to: str | None = PHONE) -> None:
        async with self.database.transaction() as session:
            await self.lifecycle.send(
                session, self.agent, link, Send(channel, to), now=self.clock()
            )

    async def cancel(self, link: Link) -> Link:
        async with self.database.transaction() as session:
            return await self.lifecycle.cancel(session, self.agent, link, now=self.clock())

    async def submission(self, link: Link, method: str | None = None, **changes: Any) -> Any:
        """What the page of a link hands in; a new card each time unless it is named."""
        asked: dict[str, Any] = {
            "token": await self.token(link),
            "method": method or f"pm_{next(self.numbers)}",
            "revision": (await self.link(link)).revision,
            "browser": Browser("203.0.113.7", "Phone/1.0", "en"),
            "device": "mobile",
        }
        return PageSubmission(**(asked | changes))

    async def submit(self, link: Link, method: str | None = None, **changes: Any) -> Result:
        return await self.checkout.submit(await self.submission(link, method, **changes))

    async def report(self, link: Link, kind: Any, *, page: str = PAGE, **known: Any) -> None:
        """One report of a page."""
        async with self.database.transaction() as session:
            await take(session, link, Report(page=page, kind=kind, **known), now=self.clock())

    async def link(self, link: Link) -> Link:
        """As it stands now."""
        async with self.database.snapshot() as session:
            return await link_by_id(session, link.id)

    async def payment(self, link: Link) -> Payment:
        async with self.database.snapshot() as session:
            return await get_payment(session, link.payment)

    async def tries(self, link: Link) -> list[Attempt]:
        async with self.database.snapshot() as session:
            return list(await attempts_of(session, link.payment))

    async def events(self, link: Link | None = None) -> list[Entry]:
        query = Query(merchant=self.merchant.id, link=link.id if link else None, limit=500)
        async with self.database.snapshot() as session:
            return await self.reader.read(session, query)

    async def story(self, link: Link) -> list[str]:
        return [each.type for each in await self.events(link)]

    async def due(self, kind: str) -> list[work.Work]:
        async with self.database.transaction() as session:
            return await work.claim(
                session, kinds=[kind], now=self.clock(), lease_seconds=60, limit=50
            )

    async def planned(self, kind: str) -> timedelta | None:
        """How long from now the earliest work of a kind is due."""
        async with self.database.snapshot() as session:
            due_at = await work.next_due(session, kinds=[kind])
        return None if due_at is None else due_at - self.clock()

    async def run(self, kind: str) -> int:
        """Does what is due of a kind, once each; says how many there were."""
        jobs = await self.due(kind)
        for job in jobs:
            if kind == ASK:
                await Sweep(self.database, self.gateways, self.clock).ask(job)
                continue
            async with self.database.transaction() as session:
                if kind == EXPIRE:
                    await self.lifecycle.expire(session, job, now=self.clock())
                elif kind == stalling.CHECK:
                    await stalling.check(session, Reader(self.vault), job, now=self.clock())
                elif kind == receipt_sending.SEND:
                    receipts = ReceiptSending(self.showing)
                    await receipts.send_by_itself(session, job, now=self.clock())
                else:
                    await presence.check(session, job, now=self.clock())
        return len(jobs)

    async def rows(self) -> dict[str, list[str]]:
        """Everything that is stored, by table, to see that nothing has changed."""
        async with self.database.snapshot() as session:
            return {table.name: await _rows(session, table) for table in metadata.sorted_tables}


async def _rows(session: Session, table: sa.Table) -> list[str]:
    rows = await session.all(sa.select(table))
    return sorted(canonical_json({key: str(value) for key, value in row.items()}) for row in rows)


NewShop = Callable[[Merchant], Awaitable[Shop]]


@pytest.fixture
def new_shop(
    database: Database, vault: Vault, clock: SettableClock, reader: Reader, journal: Journal
) -> NewShop:
    """Sets a merchant up to take payments."""
    journal.projections.append(project)
    journal.attributions.append(attributed)

    async def make(merchant: Merchant) -> Shop:
        gateway = FakeGateway()
        async with database.transaction() as session:
            account = await save_account(
                session, vault, merchant=merchant.id, provider="fake", config={}, now=clock()
            )
            for channel, sender in (("sms", "+447700900999"), ("email", "pay@acme.example")):
                await add_account(
                    session,
                    vault,
                    merchant=merchant.id,
                    channel=channel,
                    provider="fake",
                    config={"from": sender},
                    now=clock(),
                )
        gateways = Gateways(database, vault, {"fake": lambda _: gateway})
        tokens = await Tokens.load(database, vault, now=clock())
        showing = Showing(vault, BASE_URL, BASE_URL)
        return Shop(
            database=database,
            vault=vault,
            clock=clock,
            reader=reader,
            merchant=merchant,
            agent=person(merchant.id, Role.AGENT),
            gateway=gateway,
            gateways=gateways,
            account=account,
            tokens=tokens,
            lifecycle=Lifecycle(tokens, Sending(showing)),
            checkout=Checkout(database, vault, gateways, tokens, clock),
            numbers=itertools.count(1),
        )

    return make


@pytest.fixture
async def shop(new_shop: NewShop, merchant: Merchant) -> Shop:
    return await new_shop(merchant)
