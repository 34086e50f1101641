"""Letters to people go out by their merchant's mail account: tried again, never twice, and not once they are over."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from channels.accounts import add_account
from channels.port import Accepted, NotSent, Outcome, Outgoing, Refused
from channels.provider_pool import ProviderPool
from channels.staff_mail import StaffMail, can_send
from compliance.access_tickets import INVITATION, LIVES, issue
from compliance.letters import SEND, Letters
from compliance.merchants import Merchant
from compliance.users import User
from compliance.vault import Vault
from core import work
from core.database import Database
from tests.conftest import NewUser
from tests.support.clock import SettableClock


class Postbox:
    """A mail provider that answers as it is told."""

    def __init__(self) -> None:
        self.answers: list[Outcome] = []
        self.taken: list[Outgoing] = []

    async def send(self, outgoing: Outgoing) -> Outcome:
        self.taken.append(outgoing)
        return self.answers.pop(0) if self.answers else Accepted("1")


class Desk:
    def __init__(self, database: Database, vault: Vault, clock: SettableClock, user: User) -> None:
        self.database, self.vault, self.clock, self.user = database, vault, clock, user
        self.postbox = Postbox()
        pool = ProviderPool({"smtp": lambda _config: self.postbox}, vault)  # type: ignore[dict-item,return-value]
        self.mail = StaffMail(database, vault, pool, clock)

    async def post(self) -> bool:
        async with self.database.transaction() as session:
            ticket = await issue(
                session,
                purpose=INVITATION,
                user=self.user.id,
                merchant=self.user.merchant,
                now=self.clock(),
            )
            letters = Letters("https://pay.test", can_send, lambda _text: b"")
            return await letters.post(
                session,
                self.vault,
                self.user,
                purpose=INVITATION,
                ticket=ticket,
                now=self.clock(),
            )

    async def round(self) -> int:
        async with self.database.transaction() as session:
            jobs = await work.claim(
                session, kinds=[SEND], now=self.clock(), lease_seconds=60, limit=10
            )
        for job in jobs:
            await self.mail.send(job)
        return len(jobs)

    async def left(self) -> int:
        async with self.database.snapshot() as session:
            return len(await session.all(sa.select(work.work_table)))


@pytest.fixture
async def desk(
    database: Database, vault: Vault, clock: SettableClock, merchant: Merchant, new_user: NewUser
) -> Desk:
    made = Desk(database, vault, clock, await new_user(merchant.id))
    async with database.transaction() as session:
        await add_account(
            session,
            vault,
            merchant=merchant.id,
            channel="email",
            provider="smtp",
            config={"from": "pay@acme.example"},
            now=clock(),
        )
    return made


async def test_a_letter_is_sent_once_to_its_reader_with_the_link(desk: Desk) -> None:
    assert await desk.post()
    assert [1, 0] == [await desk.round(), await desk.round()]
    [letter] = desk.postbox.taken
    assert desk.user.email == letter.to
    assert "https://pay.test/#/welcome/" in letter.content.text
    assert 0 == await desk.left()


async def test_what_was_not_sent_is_tried_again_under_the_same_name(
    desk: Desk, clock: SettableClock
) -> None:
    desk.postbox.answers = [NotSent("provider_unreachable")]
    await desk.post()
    await desk.round()
    assert 0 == await desk.round()
    clock.advance(seconds=10)
    assert 1 == await desk.round()
    first, second = desk.postbox.taken
    assert first.delivery == second.delivery
    assert 0 == await desk.left()


async def test_what_is_refused_or_over_is_let_go(desk: Desk, clock: SettableClock) -> None:
    desk.postbox.answers = [Refused("invalid_address")]
    await desk.post()
    await desk.round()
    assert 0 == await desk.left()
    await desk.post()
    clock.advance(LIVES[INVITATION] + timedelta(seconds=1))
    await desk.round()
    assert (1, 0) == (len(desk.postbox.taken), await desk.left())


async def test_without_a_mail_account_nothing_is_planned(
    database: Database, vault: Vault, clock: SettableClock, merchant: Merchant, new_user: NewUser
) -> None:
    desk = Desk(database, vault, clock, await new_user(merchant.id))
    assert not await desk.post()
    assert 0 == await desk.left()
