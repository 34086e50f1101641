"""An offer is taken up once a payer, and never charged itself."""

import pytest
import sqlalchemy as sa

from core.money import Money
from payments.errors import NothingDue
from payments.gateway import CardFacts, Succeeded
from payments.offers import TakenUp, payments_of_offer, take_up, taken_up, taken_up_by
from payments.payments import Payment, lock_payment
from payments.tables import payments
from tests.payments.conftest import Till

DUE = Money.of(2_500, "GBP")


async def take(till: Till, offer: Payment, payer: str, due: Money = DUE) -> Payment:
    async with till.database.transaction() as session:
        await session.lock(offer.link)
        held = await lock_payment(session, offer.id)
        return await take_up(session, held, payer, due=due, now=till.clock())


async def test_a_payer_has_a_copy_of_the_offer(till: Till) -> None:
    offer = await till.owe(2_500, offer=True, agent="usr_1", capture="manual")
    taken = await take(till, offer, "ann")
    async with till.database.snapshot() as session:
        found = await taken_up_by(session, offer.link, "ann")
        nobodys = await taken_up_by(session, offer.link, "bob")

    assert (taken, None) == (found, nobodys)
    assert (DUE, "usr_1", "manual", False, offer.link) == (
        taken.due,
        taken.agent,
        taken.capture,
        taken.offer,
        taken.link,
    )


async def test_the_same_payer_takes_it_up_once(till: Till) -> None:
    offer = await till.owe(2_500, offer=True)

    assert await take(till, offer, "ann") == await take(till, offer, "ann")


async def test_another_amount_may_be_chosen_while_nothing_is_taken(till: Till) -> None:
    offer = await till.owe(2_500, offer=True)
    first = await take(till, offer, "ann")
    second = await take(till, offer, "ann", Money.of(900, "GBP"))

    assert (first.id, 900) == (second.id, second.due.minor)


async def test_what_is_paid_keeps_its_amount(till: Till) -> None:
    offer = await till.owe(2_500, offer=True)
    taken = await take(till, offer, "ann")
    attempt = await till.begin(taken)
    await till.tell(attempt, Succeeded("pi_1", DUE, CardFacts()))
    with pytest.raises(NothingDue):
        await take(till, offer, "ann", Money.of(900, "GBP"))


async def test_an_offer_is_never_charged(till: Till) -> None:
    offer = await till.owe(2_500, offer=True)
    with pytest.raises(AssertionError):
        await till.begin(offer)


async def test_the_sums_of_an_offer_are_those_of_its_payers(till: Till) -> None:
    offer, other = await till.owe(2_500, offer=True), await till.owe(2_500, offer=True)
    for payer in ("ann", "bob", "cay"):
        taken = await take(till, offer, payer)
        if payer != "cay":
            attempt = await till.begin(taken)
            await till.tell(attempt, Succeeded(f"pi_{payer}", DUE, CardFacts()))
    async with till.database.snapshot() as session:
        sums = await taken_up(session, [offer.link, other.link])
        none = await taken_up(session, [])
        listed = await payments_of_offer(session, offer.link, before=None, limit=10)
        rows = await session.all(sa.select(payments.c.id).where(payments.c.link == offer.link))

    assert ({offer.link: TakenUp(3, 2, 5_000)}, {}) == (sums, none)
    assert {row["id"] for row in rows} - {offer.id} == {payment.id for payment in listed}
