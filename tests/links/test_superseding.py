"""A newer link for the same payment closes the older one: never can both be paid."""

import asyncio
from typing import Any

import pytest

from channels.customers import CustomerDraft
from channels.messages import messages_of_links
from channels.states import DeliveryState
from core.errors import InvalidField
from core.money import Money
from links.drafts import LIFE_DEFAULT, Send
from links.lifecycle import EXPIRE
from links.links import Link
from links.states import LinkNotOpen, LinkState
from payments.attempts import ASK
from payments.errors import AttemptLive, NothingDue
from payments.invitations import invite_again
from payments.outcomes import record_outcome
from payments.payments import lock_payment
from payments.states import PaymentState
from tests.links.conftest import EMAIL, PHONE, Shop
from tests.payments.fakes import Challenges, Declines, Processes, Succeeds

CASEY = CustomerDraft("Casey", EMAIL, PHONE, None, None)


async def renew(shop: Shop, old: Link, minor: int = 4999, **draft: Any) -> Link:
    return await shop.make(minor, supersedes=old.id, **draft)


async def test_the_newer_link_asks_for_the_same_payment_and_the_older_is_closed(shop: Shop) -> None:
    old = await shop.make(customer=CASEY)
    new = await renew(shop, old)
    closed, payment = await shop.link(old), await shop.payment(new)

    assert (old.payment, new.id, new.id) == (new.payment, payment.link, closed.superseded_by)
    assert (LinkState.CANCELLED, "cancelled") == (closed.state, closed.progress.step)
    assert (LinkState.ACTIVE, old.customer, "INV-1") == (new.state, new.customer, new.reference)
    told = (await shop.events(old))[-1]
    assert ("link.superseded", {"by": new.id}) == (told.type, told.data)
    assert old.id == (await shop.events(new))[0].data["supersedes"]


async def test_only_the_newer_link_is_paid(shop: Shop) -> None:
    old = await shop.make()
    new = await renew(shop, old)
    with pytest.raises(NothingDue):
        await shop.submit(old)
    await shop.submit(new)

    assert (1, LinkState.PAID) == (shop.gateway.taken(), (await shop.link(new)).state)
    assert LinkState.CANCELLED is (await shop.link(old)).state


async def test_messages_of_the_older_link_are_called_back(shop: Shop) -> None:
    old = await shop.make(customer=CASEY, send=[Send("sms")])
    new = await renew(shop, old, send=[Send("email")])
    async with shop.database.snapshot() as session:
        messages = await messages_of_links(
            session, shop.vault, merchant=shop.merchant.id, links=[old.id, new.id]
        )

    assert [DeliveryState.FAILED] == [m.state for m in messages[old.id]]
    assert [DeliveryState.QUEUED] == [m.state for m in messages[new.id]]


async def test_an_older_link_does_nothing_any_more(shop: Shop) -> None:
    old = await shop.make()
    new = await renew(shop, old)
    with pytest.raises(LinkNotOpen):
        await shop.send(old)
    with pytest.raises(LinkNotOpen):
        await shop.amend(old, amount=100)
    await shop.cancel(old)
    shop.clock.advance(LIFE_DEFAULT)
    shop.clock.advance(seconds=-1)
    await shop.run(EXPIRE)

    assert (PaymentState.OPEN, True) == (
        (await shop.payment(new)).state,
        (await shop.payment(new)).invited,
    )


async def test_a_link_is_superseded_once(shop: Shop) -> None:
    old = await shop.make()
    newer = await renew(shop, old)
    with pytest.raises(LinkNotOpen):
        await renew(shop, old)
    newest = await renew(shop, newer)

    assert newest.id == (await shop.payment(newest)).link


async def test_an_expired_link_is_renewed(shop: Shop) -> None:
    old = await shop.make()
    shop.clock.advance(LIFE_DEFAULT)
    await shop.run(EXPIRE)
    new = await renew(shop, old)

    assert "paid" == (await shop.submit(new)).status
    assert () == (await shop.payment(new)).flags


# The amount and the customer


async def test_the_amount_and_the_rules_may_change_while_nothing_is_paid(shop: Shop) -> None:
    old = await shop.make()
    new = await renew(shop, old, 8_000, minimum_amount=1_000, capture="manual")
    payment = await shop.payment(new)

    assert (Money.of(8_000, "GBP"), Money.of(1_000, "GBP"), "manual") == (
        payment.due,
        payment.minimum,
        payment.capture,
    )


async def test_after_a_part_the_whole_amount_stays(shop: Shop) -> None:
    old = await shop.make(10_000, minimum_amount=2_000)
    await shop.submit(old, amount=4_000)
    with pytest.raises(InvalidField):
        await renew(shop, old, 6_000)
    new = await renew(shop, old, 10_000)

    assert LinkState.PARTIALLY_PAID is new.state
    await shop.submit(new)
    assert [4_000, 6_000] == [order.amount.minor for order in shop.gateway.charged]


async def test_after_a_part_the_debt_stays_its_customers(shop: Shop) -> None:
    old = await shop.make(10_000, minimum_amount=2_000, customer=CASEY)
    await shop.submit(old, amount=4_000)
    with pytest.raises(InvalidField):
        await renew(
            shop,
            old,
            10_000,
            customer=CustomerDraft("Bob", "bob@example.com", None, None, None),
        )


@pytest.mark.parametrize("change", [{"currency": "EUR"}, {"usage": "multi"}])
async def test_it_is_the_same_debt(shop: Shop, change: dict[str, Any]) -> None:
    old = await shop.make()
    with pytest.raises(InvalidField):
        await renew(shop, old, **change)

    assert LinkState.ACTIVE is (await shop.link(old)).state


async def test_a_link_for_many_is_not_superseded(shop: Shop) -> None:
    with pytest.raises(InvalidField):
        await renew(shop, await shop.make(usage="multi"))


async def test_a_link_that_is_not_there_is_pointed_at(shop: Shop) -> None:
    with pytest.raises(InvalidField) as refused:
        await shop.make(supersedes="lnk_none")

    assert ["/supersedes"] == [field.pointer for field in refused.value.fields]


# Under way


@pytest.mark.parametrize("step", [Challenges(), Processes()])
async def test_while_the_customer_pays_the_link_stays(shop: Shop, step: Any) -> None:
    old = await shop.make()
    shop.gateway.script = [step]
    await shop.submit(old)
    before = await shop.rows()
    with pytest.raises(AttemptLive):
        await renew(shop, old)

    assert before == await shop.rows()


async def test_what_is_paid_or_called_off_is_not_asked_for_again(shop: Shop) -> None:
    paid, cancelled = await shop.make(), await shop.make()
    await shop.submit(paid)
    await shop.cancel(cancelled)
    for old in (paid, cancelled):
        with pytest.raises(NothingDue):
            await renew(shop, old)


async def test_an_old_try_that_succeeds_after_all_pays_the_newer_link(shop: Shop) -> None:
    """The money of a declined attempt comes late: it is told of the link that asks for the payment now."""
    old = await shop.make()
    shop.gateway.script = [Declines()]
    declined = await shop.submit(old)
    new = await renew(shop, old)
    shop.gateway.become(declined.attempt, Succeeds())
    await shop.run(ASK)

    assert (LinkState.PAID, LinkState.CANCELLED) == (
        (await shop.link(new)).state,
        (await shop.link(old)).state,
    )
    assert "payment.paid_late" in await shop.story(new)
    with pytest.raises(NothingDue):
        await shop.submit(new)


async def test_a_declined_intent_of_the_older_link_is_tied_up_before_the_newer_charges(
    shop: Shop,
) -> None:
    old = await shop.make()
    shop.gateway.script = [Declines(), Succeeds()]
    declined = await shop.submit(old)
    new = await renew(shop, old)
    await shop.submit(new)

    assert declined.attempt in [question.attempt_id for question in shop.gateway.cancelled]
    assert 1 == shop.gateway.taken()


@pytest.mark.parametrize("round_", range(5))
async def test_a_press_on_the_older_page_and_a_newer_link_at_once(shop: Shop, round_: int) -> None:
    """Whoever comes first: either the older link is paid, or it is closed; the debt is charged once."""
    old = await shop.make()
    page = await shop.submission(old)
    made, pressed = await asyncio.gather(
        renew(shop, old), shop.checkout.submit(page), return_exceptions=True
    )
    if isinstance(made, Link):
        assert isinstance(pressed, NothingDue)
        await shop.submit(made)
    else:
        assert isinstance(made, AttemptLive | NothingDue)

    assert (1, 4999) == (shop.gateway.taken(), (await shop.payment(old)).captured.minor)


@pytest.mark.parametrize("round_", range(5))
async def test_a_late_report_of_the_older_link_and_a_press_on_the_newer_at_once(
    shop: Shop, round_: int
) -> None:
    """They lock different links; the payment's row puts them in order."""
    old = await shop.make()
    shop.gateway.script = [Declines(), Declines()]
    declined = await shop.submit(old)
    new = await renew(shop, old)
    page = await shop.submission(new)

    async def late_report() -> None:
        outcome = Succeeds()
        shop.gateway.become(declined.attempt, outcome)
        intent = shop.gateway.intents[declined.attempt]
        async with shop.database.transaction() as session:
            await record_outcome(
                session, declined.attempt, intent.outcome, actor="psp:test", now=shop.clock()
            )

    await asyncio.gather(late_report(), shop.checkout.submit(page), return_exceptions=True)
    payment = await shop.payment(new)

    assert (4999, PaymentState.PAID) == (payment.captured.minor, payment.state)
    assert LinkState.PAID is (await shop.link(new)).state


async def test_an_offer_is_not_moved(shop: Shop) -> None:
    link = await shop.make(usage="multi")
    async with shop.database.transaction() as session:
        payment = await lock_payment(session, link.payment)
        with pytest.raises(NothingDue):
            await invite_again(
                session,
                payment,
                link="lnk_other",
                agent=None,
                customer=None,
                due=payment.due,
                minimum=None,
                capture="automatic",
                now=shop.clock(),
            )
