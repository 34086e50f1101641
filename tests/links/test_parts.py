"""A debt that is paid in parts: each of them once, all of them never more than is due."""

import asyncio

import pytest

from core.money import Money
from links.amounts import AmountNotAllowed
from links.links import Link
from links.receipts import receipt_of
from links.states import LinkState
from links.submissions import AmountChanged
from payments.errors import NothingDue
from payments.payments import get_payment
from payments.states import PaymentState
from tests.links.conftest import Shop
from tests.payments.fakes import Authorises, Challenges, Declines, Succeeds, TimesOut


async def in_parts(shop: Shop, minor: int = 10_000, minimum: int = 2_000) -> Link:
    return await shop.make(minor, minimum_amount=minimum)


async def test_a_part_leaves_the_link_open_for_the_rest(shop: Shop) -> None:
    link = await in_parts(shop)
    part = await shop.submit(link, amount=3_000)
    link, payment = await shop.link(link), await shop.payment(link)

    assert "paid" == part.status
    assert (LinkState.PARTIALLY_PAID, PaymentState.PARTIALLY_PAID) == (link.state, payment.state)
    assert (3_000, 7_000) == (payment.captured.minor, payment.remaining.minor)
    assert "payment.partially_paid" == (await shop.story(link))[-1]
    # The agent sees that the customer has the link before them again, and not that all is done.
    assert "opened" == link.progress.step

    await shop.submit(link, amount=7_000)

    assert (LinkState.PAID, "paid") == (
        (await shop.link(link)).state,
        (await shop.link(link)).progress.step,
    )
    assert [3_000, 7_000] == [order.amount.minor for order in shop.gateway.charged]


async def test_a_page_that_says_no_amount_pays_all_that_remains(shop: Shop) -> None:
    link = await in_parts(shop)
    await shop.submit(link, amount=2_000)
    await shop.submit(link)

    assert [2_000, 8_000] == [order.amount.minor for order in shop.gateway.charged]


@pytest.mark.parametrize("amount", [1, 1_999, 10_001, 9_950])
async def test_what_is_not_allowed_charges_nothing(shop: Shop, amount: int) -> None:
    link = await in_parts(shop)
    with pytest.raises(AmountNotAllowed):
        await shop.submit(link, amount=amount)

    assert ([], []) == (shop.gateway.charged, await shop.tries(link))


async def test_a_page_that_was_open_before_a_part_was_paid_is_shown_the_rest_first(
    shop: Shop,
) -> None:
    """The customer on the other device is not to pay a part twice without knowing of the first."""
    link = await in_parts(shop)
    old = await shop.submission(link, amount=3_000)
    await shop.submit(link, amount=3_000)
    with pytest.raises(AmountChanged):
        await shop.checkout.submit(old)

    assert 3_000 == (await shop.payment(link)).captured.minor


async def test_the_same_part_posted_again_is_the_same_part(shop: Shop) -> None:
    link = await in_parts(shop)
    page = await shop.submission(link, "pm_once", amount=3_000)
    first, second = await shop.checkout.submit(page), await shop.checkout.submit(page)

    assert first == second
    assert 3_000 == (await shop.payment(link)).captured.minor


async def test_parts_pressed_at_once_on_ten_devices_come_to_one(shop: Shop) -> None:
    link = await in_parts(shop)
    pages = [await shop.submission(link, amount=4_000) for _ in range(10)]
    done = await asyncio.gather(
        *(shop.checkout.submit(page) for page in pages), return_exceptions=True
    )

    assert 1 == shop.gateway.taken()
    assert 1 == sum(getattr(each, "status", None) == "paid" for each in done)
    assert 4_000 == (await shop.payment(link)).captured.minor


async def test_a_part_of_unknown_fate_blocks_the_next(shop: Shop) -> None:
    link = await in_parts(shop)
    shop.gateway.script = [TimesOut()]
    unknown = await shop.submit(link, amount=3_000)
    next_part = await shop.submit(link, amount=3_000)

    assert ("waiting", "elsewhere") == (unknown.status, next_part.status)
    assert 1 == len(shop.gateway.charged)


async def test_a_declined_part_leaves_what_was_paid(shop: Shop) -> None:
    link = await in_parts(shop)
    await shop.submit(link, amount=3_000)
    shop.gateway.script = [Declines()]
    declined = await shop.submit(link, amount=2_000)
    link = await shop.link(link)

    assert ("declined", LinkState.PARTIALLY_PAID) == (declined.status, link.state)
    assert "declined" == link.progress.step


async def test_a_challenged_part_is_paid_as_it_was_chosen(shop: Shop) -> None:
    link = await in_parts(shop)
    shop.gateway.script = [Challenges()]
    challenged = await shop.submit(link, amount=2_500)
    shop.gateway.take_up(challenged.attempt)
    paid = await shop.checkout.resume(await shop.token(link), challenged.attempt)

    assert ("paid", 2_500) == (paid.status, (await shop.payment(link)).captured.minor)


async def test_a_part_that_is_held_is_not_called_paid(shop: Shop) -> None:
    """The merchant has to capture it; until then no other part can be paid."""
    link = await shop.make(10_000, minimum_amount=2_000, capture="manual")
    shop.gateway.script = [Authorises()]
    held = await shop.submit(link, amount=2_000)
    link = await shop.link(link)

    assert ("authorised", LinkState.IN_PROGRESS, "processing") == (
        held.status,
        link.state,
        link.progress.step,
    )


async def test_a_link_that_is_paid_in_full_takes_no_further_part(shop: Shop) -> None:
    link = await in_parts(shop)
    await shop.submit(link)
    with pytest.raises(NothingDue):
        await shop.submit(link, amount=2_000)


async def test_the_receipt_of_a_part_says_what_is_still_to_be_paid(shop: Shop) -> None:
    link = await in_parts(shop)
    part = await shop.submit(link, amount=3_000)
    async with shop.database.snapshot() as session:
        first = await receipt_of(
            session, await get_payment(session, link.payment), attempt=part.attempt
        )
    shop.gateway.script = [Succeeds()]
    shop.clock.advance(minutes=5)
    rest = await shop.submit(link)
    async with shop.database.snapshot() as session:
        payment = await get_payment(session, link.payment)
        last = await receipt_of(session, payment, attempt=rest.attempt)
        whole = await receipt_of(session, payment)

    assert first is not None
    assert last is not None
    assert whole is not None
    told = [
        (receipt.amount.minor, receipt.total.minor, receipt.remaining.minor)
        for receipt in (first, last, whole)
    ]
    assert [(3_000, 3_000, 7_000), (7_000, 10_000, 0), (10_000, 10_000, 0)] == told
    assert first.paid_at < last.paid_at


@pytest.mark.parametrize(
    ("minor", "minimum", "code"), [(5_000, 500, "JPY"), (10_000, 2_500, "KWD")]
)
async def test_parts_are_whole_minor_units_of_any_currency(
    shop: Shop, minor: int, minimum: int, code: str
) -> None:
    link = await shop.make(minor, code, minimum_amount=minimum)
    await shop.submit(link, amount=minimum)

    assert Money.of(minimum, code) == (await shop.payment(link)).captured
    assert [Money.of(minimum, code)] == [order.amount for order in shop.gateway.charged]
