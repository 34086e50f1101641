"""A link's row follows its events inside the transaction that records them.

Covers links.link_events.
"""

from typing import Any

from compliance.journal import Event, record
from links.links import Link
from links.states import LinkState
from payments.money_after import call_off, order_release
from payments.order_desk import OrderDesk
from payments.payments import lock_payment
from tests.links.conftest import Shop
from tests.payments.fakes import Authorises
from tests.support.crash import crashing


def about(shop: Shop, link: Link, kind: str, **more: Any) -> Event:
    return Event(
        type=kind,
        merchant=shop.merchant.id,
        occurred_at=shop.clock(),
        actor="system",
        link=link.id,
        **more,
    )


async def tell(shop: Shop, *events: Event) -> None:
    async with shop.database.transaction() as session:
        for event in events:
            record(session, event)


async def test_state_and_progress_are_never_behind_the_journal(shop: Shop) -> None:
    link = await shop.make()
    await tell(
        shop,
        about(shop, link, "checkout.submitted"),
        about(shop, link, "payment.fraud_check_started"),
    )
    during = await shop.link(link)
    await tell(shop, about(shop, link, "payment.paid", data={"payment_status": "paid"}))
    after = await shop.link(link)

    assert (LinkState.IN_PROGRESS, "fraud_check") == (during.state, during.progress.step)
    assert (LinkState.PAID, "paid") == (after.state, after.progress.step)


async def test_a_message_that_went_out_is_told_as_the_link_sent(shop: Shop) -> None:
    link = await shop.make()
    await tell(shop, about(shop, link, "message.sent", channel="sms", data={"message": "msg_1"}))
    sent = (await shop.events(link))[-1]

    assert ("link.sent", "sms", {"message": "msg_1"}) == (sent.type, sent.channel, sent.data)
    assert ("sent", "sms") == (
        (await shop.link(link)).progress.step,
        (await shop.link(link)).progress.channel,
    )


async def test_a_link_that_went_by_two_channels_names_neither(shop: Shop) -> None:
    """Which of the messages was tapped is not known, and a guess would be an invented fact."""
    link = await shop.make()
    for channel in ("sms", "email", "sms"):
        await tell(shop, about(shop, link, "message.sent", channel=channel, data={"message": "m"}))

    progress = (await shop.link(link)).progress
    assert (("sms", "email"), None) == (progress.channels, progress.channel)
    assert progress.as_json()["channel"] is None


async def test_events_of_several_links_at_once_move_each_its_own(shop: Shop) -> None:
    one, two = await shop.make(), await shop.make()
    await tell(shop, about(shop, one, "link.opened"), about(shop, two, "link.expired"))

    assert ("opened", "expired") == (
        (await shop.link(one)).progress.step,
        (await shop.link(two)).progress.step,
    )


async def test_what_is_rolled_back_moves_nothing(shop: Shop) -> None:
    link = await shop.make()
    async with crashing(shop.database) as session:
        record(session, about(shop, link, "link.opened"))

    assert link == await shop.link(link)


async def test_events_of_no_link_or_one_we_do_not_have_are_let_pass(shop: Shop) -> None:
    link = await shop.make()
    stranger = Event(
        type="link.opened",
        merchant=shop.merchant.id,
        occurred_at=shop.clock(),
        actor="system",
        link="lnk_none",
    )
    homeless = Event(
        type="note.added", merchant=shop.merchant.id, occurred_at=shop.clock(), actor="system"
    )
    await tell(shop, stranger, homeless)

    assert link == await shop.link(link)


async def test_the_step_is_kept_beside_the_progress_for_lists(shop: Shop) -> None:
    link = await shop.make()
    await tell(shop, about(shop, link, "link.opened"))
    [row] = [line for line in (await shop.rows())["links"] if link.id in line]

    assert '"step":"opened"' in row


async def test_a_part_is_another_revision_of_what_the_customer_is_shown(shop: Shop) -> None:
    link = await shop.make(minimum_amount=100)
    part = about(shop, link, "payment.partially_paid", data={"payment_status": "partially_paid"})
    await tell(shop, part)
    after = await shop.link(link)

    assert (LinkState.PARTIALLY_PAID, 2) == (after.state, after.revision)


async def test_one_payers_payment_does_not_move_a_link_for_many(shop: Shop) -> None:
    link = await shop.make(usage="multi")
    for kind, status in (("payment.paid", "paid"), ("payment.partially_paid", "partially_paid")):
        await tell(shop, about(shop, link, kind, data={"payment_status": status}))
    await tell(shop, about(shop, link, "payment.fraud_check_started"))
    after = await shop.link(link)

    assert (LinkState.ACTIVE, 1, "fraud_check") == (
        after.state,
        after.revision,
        after.progress.step,
    )


async def test_a_debt_that_is_called_off_ends_its_link_and_says_so_once(shop: Shop) -> None:
    """By the payment's own command; a cancelled link tells it by itself."""
    link, other = await shop.make(), await shop.make()
    async with shop.database.transaction() as session:
        await session.lock(link.id)
        payment = await lock_payment(session, link.payment)
        await call_off(session, payment, actor="user:1", now=shop.clock())
    await shop.cancel(other)

    for each in (link, other):
        ended = await shop.link(each)
        assert (LinkState.CANCELLED, "cancelled") == (ended.state, ended.progress.step)
        assert 1 == (await shop.story(each)).count("link.cancelled")


async def test_a_hold_that_is_let_go_by_order_ends_its_link(shop: Shop) -> None:
    link = await shop.make(capture="manual")
    shop.gateway.script = [Authorises()]
    await shop.submit(link)
    async with shop.database.transaction() as session:
        await session.lock(link.id)
        payment = await lock_payment(session, link.payment)
        order = await order_release(session, payment, actor="user:1", now=shop.clock())
    await OrderDesk(shop.database, shop.gateways, shop.clock).carry_out(order.id)

    assert LinkState.CANCELLED is (await shop.link(link)).state
    assert ["payment.cancelled", "link.cancelled"] == (await shop.story(link))[-2:]
