"""Beginning an attempt: one live at a time, whatever races; and finding it again."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core.errors import NotFound
from core.ids import new_id
from core.money import Money
from payments.attempts import (
    Attempt,
    attempt_of_method,
    attempts_of,
    find_attempt,
    get_attempt,
    method_hash,
)
from payments.errors import AttemptLive, NothingDue
from payments.fraud import FraudCheck, Verdict
from payments.gateway import Authorised, Challenged, Declined, Succeeded
from payments.payments import end_invitation, lock_payment
from payments.states import LIVE, AttemptState, PaymentState
from payments.tables import attempts
from tests.payments.conftest import Till

DUE = Money.of(4999, "GBP")


async def test_of_fifty_at_once_one_begins_and_the_others_hear_that_it_is_live(till: Till) -> None:
    payment = await till.owe()
    ends = await asyncio.gather(*(till.begin(payment) for _ in range(50)), return_exceptions=True)
    begun = [end for end in ends if isinstance(end, Attempt)]
    refused = [end for end in ends if isinstance(end, AttemptLive)]

    assert (1, 49) == (len(begun), len(refused))
    assert {begun[0].id} == {refusal.attempt_id for refusal in refused}
    async with till.database.snapshot() as session:
        assert 1 == len(await attempts_of(session, payment.id))


@pytest.mark.parametrize("state", sorted(LIVE))
async def test_the_database_itself_refuses_a_second_live_attempt(
    till: Till, state: AttemptState
) -> None:
    """The constraint holds for code that forgets the lock."""
    attempt = await till.begin(await till.owe())
    async with till.database.snapshot() as session:
        row = await session.one_or_none(sa.select(attempts).where(attempts.c.id == attempt.id))
    assert row is not None
    twin = dict(row) | {
        "id": new_id("att", till.clock()),
        "method_hash": "another",
        "state": state.value,
    }

    with pytest.raises(IntegrityError):
        async with till.database.transaction() as session:
            await session.execute(sa.insert(attempts).values(twin))


async def test_the_database_itself_refuses_the_same_submission_twice(till: Till) -> None:
    payment = await till.owe()
    await till.tell(await till.begin(payment, method="pm_1"), Declined(None, "x"))

    with pytest.raises(IntegrityError):
        await till.begin(payment, method="pm_1")


async def test_an_attempt_is_for_what_is_still_due(till: Till) -> None:
    payment = await till.owe(1234, "EUR")

    assert Money.of(1234, "EUR") == (await till.begin(payment)).amount


async def test_beginning_moves_the_payment_and_plans_the_question(till: Till) -> None:
    payment = await till.owe()
    attempt = await till.begin(payment)

    assert PaymentState.IN_PROGRESS is (await till.payment(payment)).state
    assert timedelta(seconds=30) == await till.planned(attempt.id)


async def test_a_paid_payment_takes_no_attempt(till: Till) -> None:
    payment = await till.owe()
    await till.tell(await till.begin(payment), Succeeded("pi_1", DUE))

    with pytest.raises(NothingDue):
        await till.begin(payment)


async def test_a_held_payment_takes_no_attempt(till: Till) -> None:
    payment = await till.owe(capture="manual")
    await till.tell(await till.begin(payment), Authorised("pi_1", DUE))

    with pytest.raises(AttemptLive):
        await till.begin(payment)


@pytest.mark.parametrize("cancelled", [True, False])
async def test_a_payment_whose_invitation_ended_takes_no_attempt(
    till: Till, cancelled: bool
) -> None:
    payment = await till.owe()
    async with till.database.transaction() as session:
        held = await lock_payment(session, payment.id)
        await end_invitation(session, held, cancelled=cancelled, actor="system", now=till.clock())

    with pytest.raises(NothingDue):
        await till.begin(payment)


async def test_a_verdict_of_block_plans_no_question_to_the_psp(till: Till) -> None:
    attempt = await till.begin(
        await till.owe(), check=FraudCheck(Verdict.BLOCK, 90, ("link_declines",))
    )

    assert (None, False) == (await till.planned(attempt.id), attempt.loose)


async def test_a_repeated_submission_finds_its_own_attempt_and_another_payment_does_not(
    till: Till,
) -> None:
    payment, other = await till.owe(), await till.owe()
    attempt = await till.begin(payment, method="pm_1")
    async with till.database.snapshot() as session:
        assert attempt == await attempt_of_method(session, payment.id, "pm_1")
        assert await attempt_of_method(session, payment.id, "pm_2") is None
        assert await attempt_of_method(session, other.id, "pm_1") is None


async def test_the_card_token_itself_is_not_stored(till: Till) -> None:
    attempt = await till.begin(await till.owe(), method="pm_secret")
    async with till.database.snapshot() as session:
        row = await session.one_or_none(sa.select(attempts).where(attempts.c.id == attempt.id))

    assert row is not None
    assert method_hash("pm_secret") == row["method_hash"]
    assert "pm_secret" not in repr(dict(row))


async def test_tries_are_listed_oldest_first(till: Till) -> None:
    payment = await till.owe()
    made = []
    for _ in range(3):
        made.append((await till.tell(await till.begin(payment), Declined(None, "x"))).id)
        till.clock.advance(seconds=1)
    async with till.database.snapshot() as session:
        assert made == [attempt.id for attempt in await attempts_of(session, payment.id)]


async def test_a_report_finds_its_attempt_by_our_id_or_the_psps_reference(till: Till) -> None:
    attempt = await till.tell(await till.begin(await till.owe()), Challenged("pi_1", None))

    async def found(attempt_id: str | None, reference: str | None) -> str | None:
        async with till.database.snapshot() as session:
            who = await find_attempt(
                session, till.account, attempt_id=attempt_id, reference=reference
            )
        return None if who is None else who.id

    assert attempt.id == await found(attempt.id, "pi_1")
    assert attempt.id == await found(None, "pi_1")
    assert attempt.id == await found("att_unknown", "pi_1")
    # Another intent with a copied id is not this attempt's.
    assert await found(attempt.id, "pi_2") is None
    assert await found(None, None) is None


async def test_a_report_of_another_account_finds_nothing(till: Till) -> None:
    attempt = await till.tell(await till.begin(await till.owe()), Challenged("pi_1", None))
    async with till.database.snapshot() as session:
        assert (
            await find_attempt(session, "gwa_other", attempt_id=attempt.id, reference="pi_1")
        ) is None


async def test_what_the_api_shows_of_an_attempt(till: Till) -> None:
    attempt = await till.tell(
        await till.begin(await till.owe()), Declined("pi_1", "insufficient_funds")
    )

    assert {
        "id": attempt.id,
        "status": "declined",
        "amount": 4999,
        "amount_captured": 0,
        "currency": "GBP",
        "card": {"brand": None, "last4": None},
        "problem": "insufficient_funds",
        "review": None,
        "psp_reference": "pi_1",
        "created_at": "2026-11-22T13:24:05.123Z",
    } == attempt.as_json()


async def test_an_attempt_that_does_not_exist_is_not_found(till: Till) -> None:
    async with till.database.snapshot() as session:
        with pytest.raises(NotFound):
            await get_attempt(session, "att_none")
