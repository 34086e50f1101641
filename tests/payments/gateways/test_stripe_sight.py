"""Everything that Stripe knows of a payment: `payments.gateways.stripe_sight`, on the sandbox."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from core.clock import utc_now
from core.ids import new_id
from core.money import Money
from payments.errors import GatewayUnavailable
from payments.gateway import (
    Authorised,
    ChargeOrder,
    Declined,
    GatewayEvent,
    MoneyOrder,
    Movement,
    Question,
    Sight,
    Succeeded,
    Unknown,
)
from payments.gateways.stripe import StripeGateway
from payments.gateways.stripe_events import read
from tests.payments.stripe_psp import calm, intent_event, stripe_config
from tests.sandbox.harness import Sandbox, eventually

DUE = Money.of(4999, "GBP")


@pytest.fixture(scope="module")
async def sandbox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sandbox]:
    running = Sandbox(tmp_path_factory.mktemp("sight"))
    await running.start()
    yield running
    running.stop()


@pytest.fixture
async def stripe(sandbox: Sandbox) -> AsyncIterator[StripeGateway]:
    made = StripeGateway(stripe_config(sandbox), call_seconds_max=2, whole_seconds_max=3)
    yield made
    await calm(sandbox)
    await made.close()


def order(method: str = "pm_card_visa", **changes: Any) -> ChargeOrder:
    asked: dict[str, Any] = {
        "attempt_id": new_id("att", utc_now()),
        "amount": DUE,
        "method": method,
        "capture": "automatic",
        "description": "INV-1",
        "force_challenge": False,
        "metadata": {},
    }
    return ChargeOrder(**(asked | changes))


async def charged(stripe: StripeGateway, asked: ChargeOrder) -> str:
    outcome = await stripe.charge(asked)
    assert isinstance(outcome, Succeeded | Authorised), outcome
    return outcome.reference


def about(asked: ChargeOrder, reference: str | None = None) -> Question:
    now = utc_now()
    return Question(
        attempt_id=asked.attempt_id,
        reference=reference,
        amount=asked.amount,
        started_at=now - timedelta(seconds=1),
        now=now,
    )


def back(reference: str, minor: int, **more: Any) -> MoneyOrder:
    given = {"order_id": new_id("ref", utc_now()), "amount": Money.of(minor, "GBP")}
    return MoneyOrder(**(given | {"reference": reference} | more))


async def test_refunds_are_seen_oldest_first_ours_and_those_of_the_dashboard(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    asked = order()
    reference = await charged(stripe, asked)
    ours = back(reference, 1000)
    await stripe.refund(ours)
    await sandbox.stripe().v1.refunds.create_async({"payment_intent": reference, "amount": 500})
    sight = await stripe.look(about(asked))

    assert isinstance(sight.outcome, Succeeded)
    assert [(1000, ours.order_id), (500, None)] == [
        (fact.amount.minor, fact.order_id) for fact in sight.refunds
    ]


async def test_more_refunds_than_fit_a_page_are_all_seen(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    asked = order()
    reference = await charged(stripe, asked)
    psp = sandbox.stripe()
    for _ in range(102):
        await psp.v1.refunds.create_async({"payment_intent": reference, "amount": 1})

    assert 102 == len((await stripe.look(about(asked, reference))).refunds)


async def test_the_part_of_a_hold_that_was_let_go_is_no_refund(stripe: StripeGateway) -> None:
    asked = order(capture="manual")
    reference = await charged(stripe, asked)
    await stripe.capture(back(reference, 3000))
    await stripe.refund(back(reference, 1999))
    sight = await stripe.look(about(asked, reference))

    assert isinstance(sight.outcome, Succeeded)
    assert (Money.of(3000, "GBP"), [1999]) == (
        sight.outcome.captured,
        [fact.amount.minor for fact in sight.refunds],
    )


async def test_a_dispute_is_seen_from_its_opening_to_its_end(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    asked = order("pm_card_createDispute")
    reference = await charged(stripe, asked)
    opened = (await eventually(lambda: disputed(stripe, asked, reference)))[0]
    await sandbox.stripe().v1.disputes.update_async(
        opened.reference, {"evidence": {"uncategorized_text": "winning_evidence"}, "submit": True}
    )
    (won,) = (await stripe.look(about(asked, reference))).disputes

    assert ("open", True, DUE, "fraudulent") == (
        opened.state,
        opened.withdrawn,
        opened.amount,
        opened.reason,
    )
    assert opened.respond_by is not None
    assert ("won", False) == (won.state, won.withdrawn)


async def disputed(stripe: StripeGateway, asked: ChargeOrder, reference: str) -> Any:
    return (await stripe.look(about(asked, reference))).disputes


async def test_an_inquiry_takes_no_money(stripe: StripeGateway) -> None:
    asked = order("pm_card_createDisputeInquiry")
    reference = await charged(stripe, asked)
    (inquiry,) = await eventually(lambda: disputed(stripe, asked, reference))

    assert ("open", False) == (inquiry.state, inquiry.withdrawn)


async def test_what_was_seen_only_in_part_was_not_seen(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    asked = order()
    reference = await charged(stripe, asked)
    await sandbox.faults(error_before=3)
    sight = await stripe.look(about(asked, reference))

    assert isinstance(sight.outcome, Unknown)
    assert Sight(sight.outcome) == sight


# Events that only say: look


def event(kind: str, **content: Any) -> bytes:
    return json.dumps(
        {"id": "evt_1", "object": "event", "type": kind, "data": {"object": content}}
    ).encode()


async def completed(stripe: StripeGateway, body: bytes) -> GatewayEvent:
    read = stripe.reread_event(body)
    assert read.look
    return await stripe.complete_event(read)


async def test_a_refund_of_the_dashboard_is_completed_by_its_intent(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    asked = order()
    reference = await charged(stripe, asked)
    made = await sandbox.stripe().v1.refunds.create_async({"payment_intent": reference})
    found = await completed(stripe, event("refund.created", **made.to_dict()))

    assert (reference, asked.attempt_id, False) == (found.reference, found.attempt_id, found.look)
    assert [(made.id, "succeeded")] == [(fact.reference, fact.state) for fact in found.refunds]
    assert isinstance(found.outcome, Succeeded)


async def test_a_charge_of_todays_versions_is_completed_by_its_intent(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    asked = order()
    reference = await charged(stripe, asked)
    await stripe.refund(back(reference, 1000))
    psp = sandbox.stripe()
    charge = (await psp.v1.charges.list_async({"payment_intent": reference})).data[0].to_dict()
    found = await completed(stripe, event("charge.refunded", **charge))

    assert [1000] == [fact.amount.minor for fact in found.refunds]


async def test_an_object_that_names_its_charge_alone_is_completed_by_way_of_the_charge(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    """As versions before the intents wrote it."""
    asked = order("pm_card_createDispute")
    reference = await charged(stripe, asked)
    await eventually(lambda: disputed(stripe, asked, reference))
    listed = await sandbox.stripe().v1.disputes.list_async({"payment_intent": reference})
    dispute = listed.data[0].to_dict()
    del dispute["payment_intent"]
    found = await completed(stripe, event("charge.dispute.created", **dispute))

    assert (reference, asked.attempt_id) == (found.reference, found.attempt_id)
    assert found.dispute is not None
    assert (dispute["id"], "open") == (found.dispute.reference, found.dispute.state)


def test_a_block_by_stripes_own_rules_is_looked_at_where_the_event_does_not_tell() -> None:
    """It may come before the answer to our own call, and must not lose the verdict."""
    error = {"code": "card_declined", "decline_code": "fraudulent"}
    failed = {
        "id": "pi_1",
        "object": "payment_intent",
        "status": "requires_payment_method",
        "last_payment_error": error,
        "latest_charge": "ch_1",
    }
    told = read(intent_event("payment_intent.payment_failed", failed))
    assert isinstance(told.outcome, Declined)
    assert told.look
    outcome = {"type": "blocked", "risk_level": "highest", "risk_score": 90}
    older = failed | {"latest_charge": {"id": "ch_1", "object": "charge", "outcome": outcome}}
    assert not read(intent_event("payment_intent.payment_failed", older)).look
    plain = failed | {"last_payment_error": {"code": "card_declined"}}
    assert not read(intent_event("payment_intent.payment_failed", plain)).look


async def test_a_block_is_known_by_the_charge_that_its_event_only_names(
    stripe: StripeGateway,
) -> None:
    """As soon as the report comes, not only by the answer to our own call."""
    asked = order("pm_card_radarBlock")
    answered = await stripe.charge(asked)
    assert isinstance(answered, Declined)
    assert answered.reference is not None
    error = {"code": "card_declined", "decline_code": "fraudulent"}
    found = await completed(
        stripe,
        event(
            "payment_intent.payment_failed",
            object="payment_intent",
            id=answered.reference,
            status="requires_payment_method",
            last_payment_error=error,
        ),
    )
    assert answered == found.outcome
    assert answered.risk.blocked
    assert not found.look


async def test_a_block_of_an_intent_that_is_not_found_is_a_decline_all_the_same(
    stripe: StripeGateway,
) -> None:
    error = {"code": "card_declined", "decline_code": "fraudulent"}
    content = {"object": "payment_intent", "id": "pi_0", "status": "requires_payment_method"}
    found = await completed(
        stripe, event("payment_intent.payment_failed", **content, last_payment_error=error)
    )
    assert isinstance(found.outcome, Declined)
    assert not found.look


async def test_an_event_about_what_stripe_does_not_know_stays_to_be_looked_at(
    stripe: StripeGateway,
) -> None:
    for content in (
        {"object": "charge", "id": "ch_0", "payment_intent": "pi_0"},
        {"object": "charge", "id": "ch_0"},
    ):
        assert (await completed(stripe, event("charge.refunded", **content))).look


async def test_without_an_answer_an_event_is_not_complete(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    reference = await charged(stripe, order())
    read = stripe.reread_event(event("charge.refunded", object="charge", payment_intent=reference))
    await sandbox.faults(error_before=2)

    with pytest.raises(GatewayUnavailable):
        await stripe.complete_event(read)


# The balance's own lines


async def test_the_books_name_what_moved_as_our_transactions_do(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    began = utc_now() - timedelta(seconds=1)
    held, refunded, disputed_one = (
        order(capture="manual"),
        order("pm_card_refundFail"),
        order("pm_card_createDispute"),
    )
    references = [await charged(stripe, each) for each in (held, refunded, disputed_one)]
    await stripe.capture(back(references[0], 3000))
    await stripe.refund(back(references[1], 4999))
    (dispute,) = await eventually(lambda: disputed(stripe, disputed_one, references[2]))
    (refund,) = (await stripe.look(about(refunded, references[1]))).refunds

    async def failed() -> Any:
        sight = await stripe.look(about(refunded, references[1]))
        return sight.refunds[0].state == "failed"

    await eventually(failed)
    lines = await stripe.movements(began, utc_now() + timedelta(seconds=2))

    assert [3000] == amounts(lines, "charge", references[0])
    assert [4999] == amounts(lines, "charge", references[1])
    assert [-4999, 4999] == amounts(lines, "refund", refund.reference)
    assert [-4999] == amounts(lines, "dispute", dispute.reference)
    assert sorted(lines, key=lambda line: line.occurred_at) == list(lines)
    assert {"GBP"} == {line.currency for line in lines}
    assert 0 < next(line.fee for line in lines if line.reference == references[0])


def amounts(lines: Any, kind: str, reference: str) -> list[int]:
    return [
        line.amount
        for line in lines
        if isinstance(line, Movement) and (line.kind, line.reference) == (kind, reference)
    ]


async def test_a_line_belongs_to_one_of_two_days_that_meet(stripe: StripeGateway) -> None:
    began = utc_now() - timedelta(seconds=1)
    reference = await charged(stripe, order())
    ended = utc_now() + timedelta(seconds=2)
    (line,) = [line for line in await stripe.movements(began, ended) if line.reference == reference]
    seam = line.occurred_at
    both = [
        *await stripe.movements(began, seam),
        *await stripe.movements(seam, ended),
    ]

    assert 1 == sum(each.reference == reference for each in both)
