"""Retention: what is past its rule goes and nothing else does, on both databases.

Covers links.retained, channels.retained, compliance.sessions_ended and compliance.retention.
"""

from typing import Any

import pytest
import sqlalchemy as sa

from channels.customer_table import ERASED, customers
from channels.customers import CustomerDraft
from channels.message_store import messages
from channels.retained import VISITORS
from channels.visitors import visitors
from compliance.journal.verify import verify
from compliance.merchant_settings import SettingsInvalid, write
from compliance.retention import (
    ROUND,
    SWEEP,
    Retention,
    RetentionPolicy,
    last_report,
    look_at,
    plan,
)
from compliance.sessions import sessions
from compliance.sessions_ended import ENDED_SESSIONS
from core import work
from links.customer_records import LinkRecords
from links.retained import kinds
from links.watch.tables import page_reports
from payments.tables import transactions
from tests.links.conftest import EMAIL, PHONE, Shop
from tests.payments.fakes import Challenges

CASEY = CustomerDraft("Casey", EMAIL, None, None, None)
ROBIN = CustomerDraft("Robin", None, PHONE, None, None)


def retention(shop: Shop) -> Retention:
    records = LinkRecords(shop.lifecycle, shop.showing)
    swept = (ENDED_SESSIONS, VISITORS, *kinds(shop.vault, records))
    return Retention(shop.database, swept, shop.clock)


async def set_rules(shop: Shop, **days: int) -> None:
    async with shop.database.transaction() as session:
        await write(
            session, shop.merchant.id, RetentionPolicy, days, actor="user:ada", now=shop.clock()
        )


async def fill(shop: Shop) -> None:
    """A visitor, a page report and a session that is long over."""
    now, mine = shop.clock(), shop.merchant.id
    visitor = {"account": "ch_1", "created_at": now, "seen_at": now, "merchant": mine}
    reported = {"directive": "script-src", "enforced": True, "example": "", "count": 1}
    moments = {"first_at": now, "last_at": now, "told_at": now}
    async with shop.database.transaction() as session:
        for number in range(3):
            await session.execute(
                sa.insert(visitors).values(id=f"v{number}", token_hash=f"h{number}", **visitor)
            )
        await session.execute(
            sa.insert(page_reports).values(
                id="r1", merchant=mine, blocked="inline", **reported, **moments
            )
        )


async def count(shop: Shop, table: sa.Table, *where: Any) -> int:
    async with shop.database.snapshot() as session:
        found = await session.scalar(sa.select(sa.func.count()).select_from(table).where(*where))
    assert isinstance(found, int)
    return found


async def past(shop: Shop) -> dict[str, int]:
    async with shop.database.snapshot() as session:
        rows = await look_at(session, retention(shop).kinds, shop.merchant.id, now=shop.clock())
    return {row["kind"]: row["past"] for row in rows}


async def test_looking_deletes_nothing_and_a_run_deletes_what_the_look_counted(shop: Shop) -> None:
    await fill(shop)
    assert not any((await past(shop)).values())
    shop.clock.advance(days=181)
    before = await shop.rows()
    counted = await past(shop)
    assert (counted["visitors"], counted["page_reports"]) == (3, 1)
    assert before == await shop.rows()
    report = {row["kind"]: row for row in await retention(shop).run(shop.merchant.id)}
    assert {kind: row["deleted"] for kind, row in report.items()} == counted
    assert not any(row["past"] for row in report.values())
    assert (0, 0) == (await count(shop, visitors), await count(shop, page_reports))
    again = await retention(shop).run(shop.merchant.id)
    assert not any(row["deleted"] for row in again)


async def test_a_session_goes_once_it_has_ended_for_long_and_not_before(
    shop: Shop, new_user: Any
) -> None:
    now, agent = shop.clock(), await new_user(shop.merchant.id)
    async with shop.database.transaction() as session:
        await session.execute(
            sa.insert(sessions).values(
                id="ses_1",
                token_hash="h",
                user=agent.id,
                merchant=shop.merchant.id,
                created_at=now,
                seen_at=now,
                expires_at=now,
            )
        )
    shop.clock.advance(days=89)
    await retention(shop).run(shop.merchant.id)
    assert await count(shop, sessions) == 1
    shop.clock.advance(days=2)
    await retention(shop).run(shop.merchant.id)
    assert await count(shop, sessions) == 0


async def test_customers_and_words_are_kept_until_a_merchant_sets_a_rule(shop: Shop) -> None:
    link = await shop.make(customer=CASEY)
    await shop.submit(link)
    shop.clock.advance(days=4000)
    await retention(shop).run(shop.merchant.id)
    assert await count(shop, customers, customers.c.sealed == ERASED) == 0


async def test_a_silent_customer_is_erased_and_the_amounts_and_the_journal_stay(shop: Shop) -> None:
    link = await shop.make(customer=CASEY)
    await shop.send(link, "email", EMAIL)
    await shop.submit(link)
    moved = await count(shop, transactions)
    await set_rules(shop, customers_days=180)
    shop.clock.advance(days=179)
    await retention(shop).run(shop.merchant.id)
    assert await count(shop, customers, customers.c.sealed == ERASED) == 0
    shop.clock.advance(days=2)
    await retention(shop).run(shop.merchant.id)
    assert await count(shop, customers, customers.c.sealed == ERASED) == 1
    assert (moved, 1) == (await count(shop, transactions), moved)
    erased = [each for each in await shop.events() if each.type == "customer.erased"]
    assert ["system"] == [each.actor for each in erased]
    async with shop.database.snapshot() as session:
        verdict = await verify(session, shop.vault, shop.merchant.id, now=shop.clock())
    assert verdict.intact


@pytest.mark.parametrize("at_the_bank", [False, True])
async def test_nobody_is_erased_who_can_still_pay_or_is_paying(
    shop: Shop, at_the_bank: bool
) -> None:
    link = await shop.make(customer=CASEY)
    await shop.send(link, "email", EMAIL)
    if at_the_bank:
        shop.gateway.script = [Challenges()]
        await shop.submit(link)
    await set_rules(shop, customers_days=180, message_bodies_days=30)
    shop.clock.advance(days=400)
    async with shop.database.transaction() as session:
        await session.execute(sa.text("UPDATE deliveries SET state = 'sent'"))
    await retention(shop).run(shop.merchant.id)
    assert await count(shop, customers, customers.c.sealed == ERASED) == 0
    assert await count(shop, messages, messages.c.sealed == ERASED) == 0


async def test_the_words_of_old_messages_go_and_that_they_were_sent_stays(shop: Shop) -> None:
    link = await shop.make(customer=CASEY)
    await shop.send(link, "email", EMAIL)
    await shop.cancel(link)
    async with shop.database.transaction() as session:
        await session.execute(sa.text("UPDATE deliveries SET state = 'sent'"))
    await set_rules(shop, message_bodies_days=30)
    there = await count(shop, messages)
    shop.clock.advance(days=31)
    await retention(shop).run(shop.merchant.id)
    assert there == await count(shop, messages, messages.c.sealed == ERASED) > 0


async def test_the_daily_work_goes_on_in_pieces_and_keeps_its_report(shop: Shop) -> None:
    """More customers than one piece takes: the sum is carried from piece to piece."""
    await set_rules(shop, customers_days=180)
    for number in range(12):
        draft = CustomerDraft("Casey", f"casey{number}@example.com", None, None, None)
        await shop.submit(await shop.make(customer=draft))
    shop.clock.advance(days=200)
    rules, pieces = retention(shop), 0
    async with shop.database.transaction() as session:
        await plan(session, now=shop.clock())
    [round_] = await shop.due(ROUND)
    await rules.round(round_)
    while items := await shop.due(SWEEP):
        pieces += 1
        for item in items:
            await rules.handle(item)
        shop.clock.advance(seconds=11)
    assert pieces == 2
    async with shop.database.snapshot() as session:
        report = await last_report(session, shop.merchant.id)
        next_round = await work.next_due(session, kinds=[ROUND])
    assert report is not None
    assert 12 == next(row["deleted"] for row in report["kinds"] if row["kind"] == "customers")
    assert next_round is not None
    assert next_round > shop.clock()


async def test_a_rule_below_its_least_is_refused_and_a_change_is_journalled(shop: Shop) -> None:
    with pytest.raises(SettingsInvalid):
        await set_rules(shop, customers_days=179)
    await set_rules(shop, customers_days=365)
    told = [each for each in await shop.events() if each.type == "settings.changed"]
    assert [{"customers_days": {"from": None, "to": 365}}] == [
        each.data["changes"] for each in told
    ]


async def test_another_merchants_data_is_not_touched(
    shop: Shop, new_shop: Any, new_merchant: Any
) -> None:
    await fill(shop)
    rival = await new_shop(await new_merchant("Rival"))
    shop.clock.advance(days=400)
    await retention(rival).run(rival.merchant.id)
    assert await count(shop, visitors) == 3
