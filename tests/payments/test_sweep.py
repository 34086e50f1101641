"""The sweep asks about silent attempts, and makes the no of declined ones final."""

from datetime import timedelta

import pytest

from payments.attempts import Attempt
from payments.gateway import Abandoned, Authorised, ChargeOrder, Outcome, Processing
from payments.payments import Payment
from payments.states import AttemptState, PaymentState
from payments.sweep import question_of
from tests.payments.conftest import Till
from tests.payments.fakes import (
    Authorises,
    Challenges,
    Declines,
    NeverArrives,
    Processes,
    Step,
    Succeeds,
    TimesOut,
)


async def charged(till: Till, step: Step, *, told: bool = True) -> tuple[Payment, Attempt]:
    """An attempt that was handed to the PSP; `told` says whether we wrote the answer down."""
    payment = await till.owe()
    return payment, await charge(till, payment, step, told=told)


async def charge(till: Till, payment: Payment, step: Step, *, told: bool = True) -> Attempt:
    """One more try of this payment, handed to the PSP."""
    attempt = await till.begin(payment)
    till.gateway.script.append(step)
    outcome: Outcome = await till.gateway.charge(
        ChargeOrder(
            attempt_id=attempt.id,
            amount=attempt.amount,
            method="pm_1",
            capture="automatic",
            description="x",
            force_challenge=False,
            metadata={},
        )
    )
    return await till.tell(attempt, outcome) if told else attempt


async def sweep_after(till: Till, attempt: Attempt, wait: timedelta) -> Attempt:
    till.clock.advance(wait)
    await till.run_sweep()
    return await till.attempt(attempt)


async def test_a_crash_after_the_charge_is_found_out_half_a_minute_later(till: Till) -> None:
    payment, attempt = await charged(till, Succeeds(), told=False)

    assert AttemptState.SUCCEEDED is (await sweep_after(till, attempt, timedelta(seconds=30))).state
    assert 1 == len(await till.booked(payment))
    assert await till.planned(attempt.id) is None


async def test_a_timeout_is_found_out_seconds_later(till: Till) -> None:
    _, attempt = await charged(till, TimesOut(Succeeds()))

    assert AttemptState.UNKNOWN is attempt.state
    assert AttemptState.SUCCEEDED is (await sweep_after(till, attempt, timedelta(seconds=3))).state


async def test_a_timeout_that_was_a_decline_is_declined_then_made_final(till: Till) -> None:
    _, attempt = await charged(till, TimesOut(Declines("insufficient_funds")))
    declined = await sweep_after(till, attempt, timedelta(seconds=3))
    final = await sweep_after(till, attempt, timedelta(0))

    assert (AttemptState.DECLINED, True) == (declined.state, declined.loose)
    assert (AttemptState.DECLINED, False) == (final.state, final.loose)
    assert await till.planned(attempt.id) is None


async def test_an_order_that_never_arrived_is_given_up_after_ninety_seconds(till: Till) -> None:
    _, attempt = await charged(till, NeverArrives())
    early = await sweep_after(till, attempt, timedelta(seconds=90))
    late = await sweep_after(till, attempt, timedelta(seconds=6))

    assert (AttemptState.UNKNOWN, AttemptState.ABANDONED) == (early.state, late.state)
    assert await till.planned(attempt.id) is None


async def test_a_psp_that_is_down_is_asked_again_ever_more_slowly(till: Till) -> None:
    _, attempt = await charged(till, TimesOut(Succeeds()))
    till.gateway.unreachable = True
    waits = []
    for _ in range(9):
        wait = await till.planned(attempt.id)
        assert wait is not None
        waits.append(int(wait.total_seconds()))
        await sweep_after(till, attempt, wait)

    assert [3, 6, 12, 24, 48, 96, 192, 300, 300] == waits
    assert AttemptState.UNKNOWN is (await till.attempt(attempt)).state


async def test_a_challenge_that_still_runs_is_left_alone(till: Till) -> None:
    _, attempt = await charged(till, Challenges())

    swept = await sweep_after(till, attempt, timedelta(minutes=2))
    assert AttemptState.CHALLENGED is swept.state
    assert [] == till.gateway.cancelled
    assert await till.planned(attempt.id) is not None


async def test_a_challenge_that_was_answered_elsewhere_is_noticed(till: Till) -> None:
    _, attempt = await charged(till, Challenges())
    till.gateway.take_up(attempt.id)

    assert AttemptState.SUCCEEDED is (await sweep_after(till, attempt, timedelta(minutes=2))).state


async def test_a_challenge_that_nobody_answers_is_cancelled_after_a_quarter_of_an_hour(
    till: Till,
) -> None:
    _, attempt = await charged(till, Challenges())

    swept = await sweep_after(till, attempt, timedelta(minutes=15, seconds=1))
    assert (AttemptState.ABANDONED, 1) == (swept.state, len(till.gateway.cancelled))


async def test_a_challenge_that_was_answered_at_the_last_moment_is_not_lost(till: Till) -> None:
    payment, attempt = await charged(till, Challenges())
    till.gateway.take_up(attempt.id)

    swept = await sweep_after(till, attempt, timedelta(minutes=15, seconds=1))
    assert AttemptState.SUCCEEDED is swept.state
    assert 1 == len(await till.booked(payment))


async def test_a_hold_that_was_agreed_to_at_the_last_moment_is_not_let_go(till: Till) -> None:
    payment, attempt = await charged(till, Challenges(then=Authorises()))
    till.gateway.take_up(attempt.id)

    swept = await sweep_after(till, attempt, timedelta(minutes=15, seconds=1))
    assert AttemptState.AUTHORISED is swept.state
    assert 4999 == (await till.payment(payment)).authorised.minor


async def test_a_slow_method_is_asked_about_in_its_own_time(till: Till) -> None:
    _, attempt = await charged(till, Processes())
    assert timedelta(minutes=10) == await till.planned(attempt.id)
    till.gateway.become(attempt.id, Succeeds())

    assert AttemptState.SUCCEEDED is (await sweep_after(till, attempt, timedelta(minutes=10))).state


async def test_a_declined_intent_is_cancelled_at_once(till: Till) -> None:
    _, attempt = await charged(till, Declines())
    swept = await sweep_after(till, attempt, timedelta(0))

    assert (AttemptState.DECLINED, False) == (swept.state, swept.loose)
    assert [attempt.id] == [question.attempt_id for question in till.gateway.cancelled]


async def test_a_declined_intent_that_was_confirmed_again_is_paid_late(till: Till) -> None:
    payment, attempt = await charged(till, Declines())
    till.gateway.become(attempt.id, Succeeds())

    assert AttemptState.SUCCEEDED is (await sweep_after(till, attempt, timedelta(0))).state
    assert ("paid_late",) == (await till.payment(payment)).flags


async def test_a_declined_intent_stays_loose_while_the_psp_is_down(till: Till) -> None:
    _, attempt = await charged(till, Declines())
    till.gateway.unreachable = True

    assert (await sweep_after(till, attempt, timedelta(0))).loose
    assert await till.planned(attempt.id) is not None


async def test_an_attempt_that_ended_meanwhile_is_not_asked_about(till: Till) -> None:
    """Its work may have been claimed just before."""
    _, attempt = await charged(till, TimesOut(Succeeds()))
    till.clock.advance(seconds=3)
    [job] = await till.due()
    await till.tell(attempt, till.gateway.intents[attempt.id].outcome)
    await till.sweep.ask(job)

    assert [] == till.gateway.asked


@pytest.mark.parametrize("step", [Challenges(), Authorises()])
async def test_a_try_whose_debt_was_settled_by_another_is_cancelled_at_once(
    till: Till, step: Step
) -> None:
    """The old one came back from the dead. The bank must not be left a second charge to agree to."""
    payment, old = await charged(till, Declines())
    other = await charge(till, payment, step)
    till.gateway.become(old.id, Succeeds())
    await till.tell(old, till.gateway.intents[old.id].outcome)
    await till.run_sweep()
    books = await till.payment(payment)

    assert AttemptState.ABANDONED is (await till.attempt(other)).state
    assert (1, PaymentState.PAID, ("paid_late",)) == (
        till.gateway.taken(),
        books.state,
        books.flags,
    )


async def test_a_challenge_that_comes_after_the_debt_was_settled_is_cancelled_at_once(
    till: Till,
) -> None:
    """The PSP was still working on it when the old one came back."""
    payment, old = await charged(till, Declines())
    other = await charge(till, payment, Challenges(), told=False)
    till.gateway.become(old.id, Succeeds())
    await till.tell(old, till.gateway.intents[old.id].outcome)
    await till.tell(other, till.gateway.intents[other.id].outcome)
    await till.run_sweep()

    assert AttemptState.ABANDONED is (await till.attempt(other)).state
    assert 1 == till.gateway.taken()


async def test_an_ended_attempt_that_stirs_is_asked_about_at_once(till: Till) -> None:
    """An older report may have come after the newer one."""
    _, attempt = await charged(till, Declines())
    await till.tell(attempt, Processing(f"fake_{attempt.id}"))

    assert timedelta(0) == await till.planned(attempt.id)


async def test_a_hold_of_an_order_that_was_taken_for_lost_is_asked_about_at_once(
    till: Till,
) -> None:
    """Else it would keep the customer from paying for a day, and perhaps for nothing."""
    _, attempt = await charged(till, NeverArrives())
    await till.tell(attempt, Abandoned(None), Authorised("pi_1", attempt.amount))

    assert timedelta(0) == await till.planned(attempt.id)


async def test_a_question_carries_what_we_know(till: Till) -> None:
    _, attempt = await charged(till, Challenges())
    now = till.clock.advance(seconds=7)
    question = question_of(attempt, now=now)

    assert (attempt.id, f"fake_{attempt.id}", attempt.created_at, now) == (
        question.attempt_id,
        question.reference,
        question.started_at,
        question.now,
    )
