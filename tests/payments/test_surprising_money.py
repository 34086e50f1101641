"""Money that comes late, twice, short or for another intent: `payments.outcomes` records and flags it."""

from datetime import timedelta

import pytest

from core.money import Money
from payments.gateway import (
    Abandoned,
    Authorised,
    CardFacts,
    Challenged,
    Declined,
    Outcome,
    Processing,
    Risk,
    Succeeded,
    Unknown,
)
from payments.outcomes import record_outcome
from payments.payments import Payment, end_invitation, lock_payment
from payments.states import AttemptState, PaymentState
from tests.payments.conftest import Till

DUE = Money.of(4999, "GBP")
VISA = CardFacts("visa", "4242", "US")
PAID = Succeeded("pi_1", DUE, VISA, Risk("normal", 5), "ch_1")
DECLINED = Declined("pi_1", "insufficient_funds")
CHALLENGED = Challenged("pi_1", "secret")
PROCESSING = Processing("pi_1")
HELD = Authorised("pi_1", DUE, VISA)


async def test_one_cent_short_is_a_mismatch_and_no_payment(till: Till) -> None:
    payment = await till.owe()
    short = Succeeded("pi_1", Money.of(4998, "GBP"))
    attempt = await till.tell(await till.begin(payment), short)
    books = await till.payment(payment)

    assert (("amount_mismatch",), 0, AttemptState.STARTED) == (
        books.flags,
        books.captured.minor,
        attempt.state,
    )
    told = (await till.events(payment))[-1]
    assert ("psp.amount_mismatched", 4998, "GBP", "pi_1") == (
        told.type,
        told.data["amount"],
        told.data["currency"],
        told.data["reference"],
    )
    assert [] == await till.booked(payment)


async def test_another_currency_is_a_mismatch_even_with_the_same_number(till: Till) -> None:
    payment = await till.owe()
    await till.tell(await till.begin(payment), Succeeded("pi_1", Money.of(4999, "USD")))

    assert ("amount_mismatch",) == (await till.payment(payment)).flags


async def test_a_mismatch_is_told_once_however_often_it_is_seen(till: Till) -> None:
    """The sweep sees it every time it asks."""
    payment = await till.owe()
    short = Succeeded("pi_1", Money.of(4998, "GBP"))
    await till.tell(await till.begin(payment), short, short, short)

    assert 1 == (await till.story(payment)).count("psp.amount_mismatched")


async def test_a_hold_of_another_amount_is_a_mismatch_too(till: Till) -> None:
    payment = await till.owe(capture="manual")
    await till.tell(await till.begin(payment), Authorised("pi_1", Money.of(1, "GBP")))

    books = await till.payment(payment)
    assert (("amount_mismatch",), 0) == (books.flags, books.authorised.minor)


async def test_a_success_after_a_decline_is_paid_late(till: Till) -> None:
    payment = await till.owe()
    attempt = await till.tell(await till.begin(payment), DECLINED, PAID)
    books = await till.payment(payment)

    assert (AttemptState.SUCCEEDED, PaymentState.PAID, ("paid_late",)) == (
        attempt.state,
        books.state,
        books.flags,
    )
    assert "payment.paid_late" == (await till.story(payment))[-1]


async def test_a_success_of_an_attempt_that_was_given_up_is_paid_late(till: Till) -> None:
    payment = await till.owe()
    await till.tell(await till.begin(payment), Abandoned(None), PAID)

    books = await till.payment(payment)
    assert (PaymentState.PAID, ("paid_late",)) == (books.state, books.flags)


async def test_unknown_then_success_is_an_ordinary_payment(till: Till) -> None:
    payment = await till.owe()
    attempt = await till.tell(await till.begin(payment), Unknown("silence"), PAID)

    books = await till.payment(payment)
    assert (AttemptState.SUCCEEDED, PaymentState.PAID, ()) == (
        attempt.state,
        books.state,
        books.flags,
    )


async def test_a_second_success_is_booked_flagged_and_never_lost(till: Till) -> None:
    """The first came back from the dead after the second had paid."""
    payment = await till.owe()
    first = await till.tell(await till.begin(payment), DECLINED)
    second = await till.begin(payment)
    await till.tell(second, Succeeded("pi_2", DUE))
    await till.tell(first, PAID)
    books = await till.payment(payment)

    assert (9998, PaymentState.PAID, {"overpaid", "paid_late"}) == (
        books.captured.minor,
        books.state,
        set(books.flags),
    )
    assert {("pi_1", 4999), ("pi_2", 4999)} == set(await till.booked(payment))
    assert "payment.paid_late" == (await till.story(payment))[-1]


async def test_money_for_a_debt_that_was_called_off_is_taken_and_told_as_late(till: Till) -> None:
    payment = await till.owe()
    attempt = await till.tell(await till.begin(payment), DECLINED)
    await call_off(till, payment)
    await till.tell(attempt, PAID)

    books = await till.payment(payment)
    assert (PaymentState.PAID, ("paid_late",)) == (books.state, books.flags)


async def test_an_old_attempt_that_stirs_does_not_revive_a_debt_that_was_called_off(
    till: Till,
) -> None:
    payment = await till.owe()
    attempt = await till.tell(await till.begin(payment), DECLINED)
    await call_off(till, payment)

    states = []
    for outcome in (PROCESSING, DECLINED):
        await till.tell(attempt, outcome)
        states.append((await till.payment(payment)).state)
    assert [PaymentState.CANCELLED, PaymentState.CANCELLED] == states


async def call_off(till: Till, payment: Payment) -> None:
    async with till.database.transaction() as session:
        held = await lock_payment(session, payment.id)
        await end_invitation(session, held, cancelled=True, actor="system", now=till.clock())


@pytest.mark.parametrize("outcome", [PROCESSING, HELD])
async def test_an_old_attempt_that_stirs_beside_a_live_one_is_flagged_and_cancelled_at_the_psp(
    till: Till, outcome: Outcome
) -> None:
    """Two live attempts cannot be; a fact cannot be refused either."""
    payment = await till.owe()
    first = await till.tell(await till.begin(payment), DECLINED)
    second = await till.begin(payment)
    first = await till.tell(first, outcome, outcome)

    assert (AttemptState.DECLINED, True) == (first.state, first.loose)
    assert ("second_live",) == (await till.payment(payment)).flags
    assert 1 == (await till.story(payment)).count("psp.event_unmatched")
    assert timedelta(0) == await till.planned(first.id)
    assert AttemptState.STARTED is (await till.attempt(second)).state


async def test_an_abandoned_attempt_that_stirred_is_let_go_once_it_is_cancelled(till: Till) -> None:
    payment = await till.owe()
    first = await till.tell(await till.begin(payment), Abandoned("pi_1"))
    await till.begin(payment)
    first = await till.tell(first, PROCESSING, Abandoned("pi_1"))

    assert (AttemptState.ABANDONED, False) == (first.state, first.loose)
    assert await till.planned(first.id) is None


async def test_a_second_intent_under_one_attempt_moves_nothing_and_is_flagged(till: Till) -> None:
    payment = await till.owe()
    attempt = await till.tell(await till.begin(payment), CHALLENGED, Succeeded("pi_other", DUE))
    books = await till.payment(payment)

    assert (AttemptState.CHALLENGED, 0, ("second_reference",)) == (
        attempt.state,
        books.captured.minor,
        books.flags,
    )
    assert 1 == (await till.story(payment)).count("psp.event_unmatched")


async def test_giving_up_what_has_moved_on_says_nothing(till: Till) -> None:
    """The customer is authorising it while a second tab, or the sweep, concludes that it is over."""
    payment = await till.owe()
    attempt = await till.tell(await till.begin(payment), Challenged("pi_1"), Unknown("completing"))
    for seen, expected in (
        (AttemptState.CHALLENGED, AttemptState.UNKNOWN),
        (AttemptState.UNKNOWN, AttemptState.ABANDONED),
    ):
        async with till.database.transaction() as session:
            attempt = await record_outcome(
                session,
                attempt.id,
                Abandoned("pi_1"),
                actor="system",
                now=till.clock(),
                seen=seen,
            )
        assert expected is attempt.state
