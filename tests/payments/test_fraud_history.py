"""What the fraud rules count: declines and blocks of late, by link, address and card, within one merchant."""

from typing import Any

from payments.attempts import Attempt, begin_attempt
from payments.fraud import FraudCounts
from payments.fraud_history import count
from payments.gateway import Declined
from payments.payments import Payment, lock_payment
from tests.conftest import NewMerchant
from tests.payments.conftest import ALLOWED, NewTill, Till


async def tried(till: Till, payment: Payment, *, declined: bool = True, **known: Any) -> Attempt:
    """One attempt with a card and an address."""
    async with till.database.transaction() as session:
        held = await lock_payment(session, payment.id)
        submission = till.submission(**known)
        attempt = await begin_attempt(session, held, submission, check=ALLOWED, now=till.clock())
    if declined:
        return await till.tell(attempt, Declined(None, "generic_decline"))
    return attempt


async def counted(till: Till, payment: Payment, **asked: Any) -> FraudCounts:
    question: dict[str, Any] = {"origin": "here", "fingerprint": "card"}
    async with till.database.snapshot() as session:
        return await count(
            session,
            merchant=till.merchant.id,
            link=payment.link,
            now=till.clock(),
            **(question | asked),
        )


async def test_nothing_was_seen_of_a_new_link(till: Till) -> None:
    assert FraudCounts() == await counted(till, await till.owe())


async def test_declines_count_for_link_address_and_card(till: Till) -> None:
    payment = await till.owe()
    for _ in range(3):
        await tried(till, payment, origin="here", fingerprint="card")

    expected = FraudCounts(
        link_declines_hour=3,
        link_cards_hour=1,
        address_declines_hour=3,
        card_declines_day=3,
        card_links_hour=1,
    )
    assert expected == await counted(till, payment)


async def test_a_live_attempt_is_no_decline(till: Till) -> None:
    payment = await till.owe()
    await tried(till, payment, declined=False, origin="here", fingerprint="card")

    assert FraudCounts(link_cards_hour=1, card_links_hour=1) == await counted(till, payment)


async def test_another_link_counts_for_the_address_and_the_card_alone(till: Till) -> None:
    await tried(till, await till.owe(), origin="here", fingerprint="card")

    assert FraudCounts(
        address_declines_hour=1, card_declines_day=1, card_links_hour=1
    ) == await counted(till, await till.owe())


async def test_different_cards_on_one_link_are_told_apart(till: Till) -> None:
    payment = await till.owe()
    for card in ("one", "two", "two", "three"):
        await tried(till, payment, fingerprint=card)

    assert 3 == (await counted(till, payment)).link_cards_hour


async def test_an_hour_later_only_the_cards_day_remembers(till: Till) -> None:
    payment = await till.owe()
    await tried(till, payment, origin="here", fingerprint="card")
    till.clock.advance(hours=1)

    assert FraudCounts(card_declines_day=1) == await counted(till, payment)


async def test_a_day_later_all_is_forgotten(till: Till) -> None:
    payment = await till.owe()
    await tried(till, payment, origin="here", fingerprint="card")
    till.clock.advance(days=1)

    assert FraudCounts() == await counted(till, payment)


async def test_an_unknown_card_or_address_is_not_everybody_elses(till: Till) -> None:
    """Attempts without a fingerprint are no declines of one card."""
    payment = await till.owe()
    await tried(till, payment)

    assert FraudCounts(link_declines_hour=1) == await counted(
        till, payment, origin=None, fingerprint=None
    )


async def test_another_merchants_declines_are_not_ours(
    till: Till, new_till: NewTill, new_merchant: NewMerchant
) -> None:
    other = await new_till(await new_merchant("Other Ltd"))
    await tried(other, await other.owe(), origin="here", fingerprint="card")

    assert FraudCounts() == await counted(till, await till.owe())
