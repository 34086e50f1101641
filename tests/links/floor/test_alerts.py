"""What goes wrong is told once when it begins and once when it is over, and `open_incidents` says what is open.

Through this `links.floor.incidents` is seen.
"""

from compliance.journal import record
from compliance.merchant_settings import write
from links.floor.alerts import ROUND, AlertPolicy, Alerts, look, plan
from links.floor.incidents import open_incidents
from links.link_events import link_event
from payments.fraud import FraudPolicy
from tests.links.conftest import Shop
from tests.payments.fakes import Declines, NeverArrives

LIMITS = {"tries_least": 3, "messages_least": 3, "blocked_least": 2, "unanswered_least": 2}


async def low(shop: Shop) -> None:
    async with shop.database.transaction() as session:
        now = shop.clock()
        await write(session, shop.merchant.id, AlertPolicy, LIMITS, actor="system", now=now)


async def looked(shop: Shop) -> list[str]:
    async with shop.database.transaction() as session:
        await look(session, shop.reader, shop.merchant.id, now=shop.clock())
    async with shop.database.snapshot() as session:
        found = await open_incidents(session, shop.reader, shop.merchant.id)
    return [each.kind for each in found]


async def told(shop: Shop, kind: str) -> int:
    return sum(event.type == f"incident.{kind}" for event in await shop.events())


async def declined(shop: Shop, count: int) -> None:
    for _ in range(count):
        link = await shop.make()
        shop.gateway.script.append(Declines())
        await shop.submit(link)


async def test_a_spike_of_declines_is_told_once_and_is_over_when_it_is_past(shop: Shop) -> None:
    await low(shop)
    before = await looked(shop)
    await declined(shop, 4)
    during = [await looked(shop), await looked(shop)]
    shop.clock.advance(minutes=20)
    after = await looked(shop)

    assert ([], [["decline_spike"], ["decline_spike"]], []) == (before, during, after)
    assert (1, 1) == (await told(shop, "decline_spike"), await told(shop, "decline_spike_over"))


async def test_a_psp_that_does_not_answer_is_down_until_it_does(shop: Shop) -> None:
    await low(shop)
    for _ in range(2):
        link = await shop.make()
        shop.gateway.script.append(NeverArrives())
        await shop.submit(link)
    shop.clock.advance(minutes=2)
    during = await looked(shop)
    await shop.submit(await shop.make())
    shop.clock.advance(seconds=5)

    assert (["psp_down"], []) == (during, await looked(shop))
    [event] = [each for each in await shop.events() if each.type == "incident.psp_down"]
    assert {"account": shop.account, "unanswered": 2} == event.data


async def test_messages_that_fail_are_told(shop: Shop) -> None:
    await low(shop)
    link = await shop.make()
    for kind in ["message.sent"] * 3 + ["message.failed"] * 2:
        async with shop.database.transaction() as session:
            record(session, link_event(kind, link, actor="system", now=shop.clock()))

    assert ["message_failures"] == await looked(shop)


async def test_cards_that_the_rules_stop_are_told_as_card_testing(shop: Shop) -> None:
    await low(shop)
    async with shop.database.transaction() as session:
        limits = {"block_amount_units": 1, "review_amount_units": 1, "challenge_amount_units": 1}
        await write(
            session, shop.merchant.id, FraudPolicy, limits, actor="system", now=shop.clock()
        )
    for _ in range(2):
        await shop.submit(await shop.make())

    assert ["card_testing"] == await looked(shop)


async def test_a_round_looks_at_who_was_busy_and_plans_the_next(shop: Shop) -> None:
    await low(shop)
    async with shop.database.transaction() as session:
        await plan(session, now=shop.clock())
    await declined(shop, 4)
    shop.clock.advance(minutes=1)
    alerts = Alerts(shop.database, shop.reader, shop.clock)
    [job] = await shop.due(ROUND)
    await alerts.round(job)
    after_one = await told(shop, "decline_spike")
    # Long after the last try, the round still knows what it has to tell the end of.
    shop.clock.advance(hours=3)
    [job] = await shop.due(ROUND)
    await alerts.round(job)

    assert (1, 1) == (after_one, await told(shop, "decline_spike_over"))


async def test_few_tries_are_no_spike(shop: Shop) -> None:
    await declined(shop, 3)
    assert [] == await looked(shop)
