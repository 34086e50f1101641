"""Reports from PSPs: stored once, applied or kept until they can be, and never believed unsigned."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.errors import NotFound
from payments.attempts import Attempt
from payments.errors import WebhookForged
from payments.gateway import Challenged, Declined
from payments.inbox import MATCH
from payments.states import AttemptState, PaymentState
from payments.tables import psp_events
from tests.payments.conftest import Till
from tests.payments.fake_reports import event_body, signed

EVENT = "evt_1"


def success(attempt: str | None = None, reference: str = "pi_1", event: str = EVENT) -> bytes:
    return event_body(
        event, attempt=attempt, reference=reference, kind="succeeded", amount=4999, currency="GBP"
    )


async def deliver(till: Till, body: bytes) -> None:
    await till.inbox.receive(till.account, signed(body, at=till.clock()), body)


async def rows(till: Till) -> list[dict[str, Any]]:
    async with till.database.snapshot() as session:
        return [dict(row) for row in await session.all(sa.select(psp_events))]


async def test_a_report_moves_its_attempt_and_is_kept_without_its_content(till: Till) -> None:
    payment = await till.owe()
    attempt = await till.begin(payment)
    await deliver(till, success(attempt.id))

    assert AttemptState.SUCCEEDED is (await till.attempt(attempt)).state
    assert PaymentState.PAID is (await till.payment(payment)).state
    assert [("done", None)] == [(row["state"], row["body"]) for row in await rows(till)]


async def test_five_deliveries_at_once_are_stored_and_told_once(till: Till) -> None:
    payment = await till.owe()
    attempt = await till.begin(payment)
    await asyncio.gather(*(deliver(till, success(attempt.id)) for _ in range(5)))

    assert 1 == len(await rows(till))
    assert 1 == (await till.story(payment)).count("payment.paid")
    assert 1 == len(await till.booked(payment))


async def test_a_report_that_comes_again_later_moves_nothing_back(till: Till) -> None:
    attempt = await till.begin(await till.owe())
    accepted = event_body(EVENT, attempt=attempt.id, reference="pi_1", kind="processing")
    await deliver(till, accepted)
    await till.tell(attempt, Declined("pi_1", "generic_decline"))
    await deliver(till, accepted)

    assert AttemptState.DECLINED is (await till.attempt(attempt)).state


async def test_five_deliveries_of_an_unmatched_report_wait_as_one(till: Till) -> None:
    await asyncio.gather(*(deliver(till, success()) for _ in range(5)))

    assert ["waiting"] == [row["state"] for row in await rows(till)]
    till.clock.advance(seconds=2)
    assert 1 == await till.run_match()


async def test_a_report_that_says_nothing_of_an_attempt_is_done_at_once(till: Till) -> None:
    await deliver(till, event_body(EVENT))

    assert ["done"] == [row["state"] for row in await rows(till)]
    assert await till.planned(kind=MATCH) is None


async def test_a_report_that_came_before_its_attempt_is_matched_when_it_appears(
    till: Till,
) -> None:
    """The webhook may be faster than our own commit."""
    payment = await till.owe()
    attempt = await till.begin(payment)
    await deliver(till, success(reference="pi_late"))
    before = await till.attempt(attempt)

    await till.tell(attempt, Challenged("pi_late", None))
    till.clock.advance(seconds=2)
    await till.run_match()

    assert AttemptState.STARTED is before.state
    assert AttemptState.SUCCEEDED is (await till.attempt(attempt)).state
    assert [("done", None)] == [(row["state"], row["body"]) for row in await rows(till)]
    assert await till.planned(kind=MATCH) is None


async def test_a_report_that_waits_is_tried_ever_more_slowly(till: Till) -> None:
    await deliver(till, success())
    waits = []
    for _ in range(6):
        wait = await till.planned(kind=MATCH)
        assert wait is not None
        waits.append(wait)
        till.clock.advance(wait)
        await till.run_match()

    assert [timedelta(seconds=s) for s in (2, 4, 8, 16, 32, 64)] == waits


async def test_after_the_last_try_a_person_is_told_and_the_report_is_kept(till: Till) -> None:
    await deliver(till, success())
    tries = 0
    while (wait := await till.planned(kind=MATCH)) is not None:
        till.clock.advance(wait)
        tries += await till.run_match()

    assert 12 == tries
    [row] = await rows(till)
    assert ("unmatched", True) == (row["state"], row["body"] is not None)
    [told] = await till.events()
    assert ("psp.event_unmatched", EVENT, f"psp:{till.account}") == (
        told.type,
        told.data["event"],
        told.actor,
    )


async def test_a_waiting_report_that_comes_again_is_applied_then(till: Till) -> None:
    """The PSP's own retry may be sooner than ours."""
    attempt = await till.begin(await till.owe())
    await deliver(till, success(reference="pi_late"))
    await till.tell(attempt, Challenged("pi_late", None))
    await deliver(till, success(reference="pi_late"))
    paid = await till.attempt(attempt)
    till.clock.advance(seconds=2)
    await till.run_match()

    assert AttemptState.SUCCEEDED is paid.state
    assert ["done"] == [row["state"] for row in await rows(till)]


async def test_what_waits_is_sealed(till: Till) -> None:
    await deliver(till, success(reference="pi_something_private"))

    [row] = await rows(till)
    assert "pi_something_private" not in repr(row)


FORGED = {
    "unsigned": {},
    "signed by another": {"fake-signature": "t=1,v1=00"},
}


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED.keys())
async def test_a_forged_report_leaves_no_trace(till: Till, headers: dict[str, str]) -> None:
    attempt = await till.begin(await till.owe())
    with pytest.raises(WebhookForged):
        await till.inbox.receive(till.account, headers, success(attempt.id))

    assert [] == await rows(till)
    assert AttemptState.STARTED is (await till.attempt(attempt)).state


async def test_a_report_for_an_account_that_does_not_exist_is_not_found(till: Till) -> None:
    body = success()
    with pytest.raises(NotFound):
        await till.inbox.receive("gwa_none", signed(body, at=till.clock()), body)


async def test_an_event_with_the_longest_id_waits_like_any_other(till: Till) -> None:
    await deliver(till, success(event="e" * 255))
    till.clock.advance(seconds=2)

    assert 1 == await till.run_match()


async def test_work_without_its_report_ends_quietly(till: Till) -> None:
    await deliver(till, success())
    async with till.database.transaction() as session:
        await session.execute(sa.delete(psp_events))
    till.clock.advance(seconds=2)
    await till.run_match()

    assert await till.planned(kind=MATCH) is None


async def test_reports_race_with_our_own_answer_and_the_money_is_booked_once(till: Till) -> None:
    """The answer, the webhook and the sweep all bring the same success."""
    from core.money import Money
    from payments.gateway import Succeeded

    payment = await till.owe()
    attempt: Attempt = await till.begin(payment)
    paid = Succeeded("pi_1", Money.of(4999, "GBP"))
    await asyncio.gather(
        till.tell(attempt, paid),
        deliver(till, success(attempt.id)),
        deliver(till, success(attempt.id, event="evt_2")),
        till.tell(attempt, paid),
    )

    assert [("pi_1", 4999)] == await till.booked(payment)
    assert 1 == (await till.story(payment)).count("payment.paid")
