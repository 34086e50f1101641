"""What one of Stripe's events says: `payments.gateways.stripe_events`, on events as published and as we get them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.money import Money
from payments.gateway import (
    Abandoned,
    Authorised,
    Challenged,
    Declined,
    DisputeFact,
    GatewayEvent,
    Processing,
    RefundFact,
    ReviewFact,
    Succeeded,
)
from payments.gateways.stripe_events import read
from tests.payments.stripe_psp import intent_event
from tests.support.vectors import PROJECT, vectors

VECTORS = PROJECT.parent / "shared" / "vectors" / "stripe_events"
DUE = Money.of(4999, "GBP")


def intent(status: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "pi_1",
        "object": "payment_intent",
        "status": status,
        "amount": 4999,
        "currency": "gbp",
        "client_secret": "pi_1_secret",
    } | more


def about(kind: str, content: dict[str, Any]) -> bytes:
    return json.dumps(
        {"id": "evt_1", "object": "event", "type": kind, "data": {"object": content}}
    ).encode()


@pytest.mark.parametrize(
    ("kind", "content", "outcome"),
    [
        ("succeeded", intent("succeeded", amount_received=4999), Succeeded("pi_1", DUE)),
        ("processing", intent("processing"), Processing("pi_1")),
        ("canceled", intent("canceled"), Abandoned("pi_1")),
        ("requires_action", intent("requires_action"), Challenged("pi_1", "pi_1_secret")),
        ("created", intent("requires_confirmation"), None),
        ("created", intent("succeeded", amount_received=4999), None),
        ("partially_funded", intent("requires_action"), None),
        ("payment_failed", intent("requires_payment_method"), None),
    ],
)
def test_an_event_says_what_its_intent_says(kind: str, content: Any, outcome: object) -> None:
    event = read(intent_event(f"payment_intent.{kind}", content))

    assert ("evt_1", "pi_1", outcome) == (event.id, event.reference, event.outcome)


def test_an_event_names_our_attempt() -> None:
    content = intent("canceled", metadata={"paythread_attempt": "att_1"})

    assert "att_1" == read(intent_event("payment_intent.canceled", content)).attempt_id


@pytest.mark.parametrize(
    "content",
    [{"id": 7}, {"id": None}, {"id": ""}, {"id": "p" * 256}, {"metadata": []},
     {"metadata": {"paythread_attempt": 7}}, {"status": 7}, {"last_payment_error": "x"},
     {"charges": 1}, {"latest_charge": {"outcome": 1, "payment_method_details": []}}],
)  # fmt: skip
def test_an_event_of_another_shape_than_we_know_is_no_reason_to_fall_over(content: Any) -> None:
    """It is signed, so it is the PSP's; what it says of an attempt is nothing."""
    event = read(intent_event("payment_intent.succeeded", content))

    assert isinstance(event, GatewayEvent)
    assert event.outcome is None
    assert event.attempt_id is None


def test_an_event_about_something_else_says_nothing_of_an_attempt() -> None:
    body = about("customer.created", {"object": "customer", "id": "cus_1"})

    assert GatewayEvent(id="evt_1", type="customer.created", body=body) == read(body)


# Refunds


def refund(**more: Any) -> dict[str, Any]:
    return {
        "id": "re_1",
        "object": "refund",
        "amount": 1000,
        "currency": "gbp",
        "payment_intent": "pi_1",
        "charge": "ch_1",
        "status": "succeeded",
        "metadata": {"paythread_order": "ref_1"},
        "created": 1,
    } | more


TEN = Money.of(1000, "GBP")


@pytest.mark.parametrize(
    "kind", ["refund.created", "refund.updated", "refund.failed", "charge.refund.updated"]
)
@pytest.mark.parametrize(
    ("content", "fact"),
    [
        (refund(), RefundFact("re_1", TEN, "succeeded", "ref_1")),
        (refund(status="pending"), RefundFact("re_1", TEN, "pending", "ref_1")),
        (refund(status="requires_action"), RefundFact("re_1", TEN, "pending", "ref_1")),
        (
            refund(status="failed", failure_reason="expired_or_canceled_card"),
            RefundFact("re_1", TEN, "failed", "ref_1", "expired_or_canceled_card"),
        ),
        (refund(status="canceled"), RefundFact("re_1", TEN, "failed", "ref_1")),
    ],
)
def test_a_refund_of_ours_tells_how_it_stands(kind: str, content: Any, fact: RefundFact) -> None:
    event = read(about(kind, content))

    assert ("pi_1", (fact,), False) == (event.reference, event.refunds, event.look)


def test_a_refund_that_we_did_not_order_is_looked_at() -> None:
    """Made in the dashboard; or it only lets go of a hold, which nothing in it tells."""
    event = read(about("refund.created", refund(metadata={})))

    assert ("pi_1", (), True) == (event.reference, event.refunds, event.look)


def test_an_object_that_belongs_to_no_intent_is_not_ours() -> None:
    for kind, content in (
        ("refund.created", refund(payment_intent=None)),
        ("charge.dispute.created", dispute(payment_intent=None)),
        ("charge.refunded", charge(payment_intent=None)),
    ):
        assert not read(about(kind, content)).says_something


def test_an_object_of_a_version_without_intents_is_looked_at() -> None:
    for kind, content in (
        ("refund.created", refund()),
        ("charge.dispute.created", dispute()),
        ("charge.refunded", charge()),
    ):
        del content["payment_intent"]
        event = read(about(kind, content))
        assert (None, True) == (event.reference, event.look)


def charge(**more: Any) -> dict[str, Any]:
    return {
        "id": "ch_1",
        "object": "charge",
        "amount": 4999,
        "amount_captured": 4999,
        "amount_refunded": 1000,
        "captured": True,
        "currency": "gbp",
        "payment_intent": "pi_1",
        "metadata": {"paythread_attempt": "att_1"},
    } | more


def listed(*refunds: Any, more: bool = False) -> dict[str, Any]:
    return {"object": "list", "data": list(refunds), "has_more": more}


def test_a_refunded_charge_carries_its_refunds_in_old_versions() -> None:
    event = read(about("charge.refunded", charge(refunds=listed(refund()))))

    assert ("pi_1", "att_1", False) == (event.reference, event.attempt_id, event.look)
    assert (RefundFact("re_1", TEN, "succeeded", "ref_1"),) == event.refunds


@pytest.mark.parametrize("refunds", [{}, {"refunds": listed(refund(), more=True)}])
def test_a_refunded_charge_without_all_its_refunds_is_looked_at(refunds: Any) -> None:
    event = read(about("charge.refunded", charge(**refunds)))

    assert ("pi_1", (), True) == (event.reference, event.refunds, event.look)


def test_a_hold_that_was_let_go_is_no_refund() -> None:
    content = charge(
        captured=False, amount_captured=0, amount_refunded=4999, refunds=listed(refund(amount=4999))
    )

    assert not read(about("charge.refunded", content)).says_something


# Disputes


def dispute(**more: Any) -> dict[str, Any]:
    return {
        "id": "dp_1",
        "object": "dispute",
        "amount": 4999,
        "currency": "gbp",
        "payment_intent": "pi_1",
        "charge": "ch_1",
        "status": "needs_response",
        "reason": "fraudulent",
        "evidence_details": {"due_by": 1_700_000_000},
    } | more


@pytest.mark.parametrize("kind", ["created", "updated", "closed"])
@pytest.mark.parametrize(
    ("status", "state", "withdrawn"),
    [
        ("needs_response", "open", True),
        ("under_review", "open", True),
        ("warning_needs_response", "open", False),
        ("warning_under_review", "open", False),
        ("warning_closed", "won", False),
        ("prevented", "won", False),
        ("won", "won", False),
        ("lost", "lost", True),
    ],
)
def test_a_dispute_tells_how_it_stands(kind: str, status: str, state: Any, withdrawn: bool) -> None:
    """An inquiry takes no money."""
    event = read(about(f"charge.dispute.{kind}", dispute(status=status)))
    due = datetime.fromtimestamp(1_700_000_000, UTC)

    assert DisputeFact("dp_1", DUE, state, "fraudulent", withdrawn, due) == event.dispute
    assert "pi_1" == event.reference


@pytest.mark.parametrize(
    ("kind", "lines", "withdrawn"),
    [
        ("funds_withdrawn", [], True),
        ("funds_reinstated", [{"amount": -4999}], False),
        ("updated", [{"amount": -4999}], True),
        ("updated", [{"amount": -4999}, {"amount": 4999}], False),
        ("created", [], False),
    ],
)
def test_whether_the_money_was_taken_is_told_by_the_event_or_the_balance(
    kind: str, lines: Any, withdrawn: bool
) -> None:
    event = read(about(f"charge.dispute.{kind}", dispute(balance_transactions=lines)))

    assert event.dispute is not None
    assert withdrawn == event.dispute.withdrawn


@pytest.mark.parametrize(
    "content",
    [{"amount": "1"}, {"amount": None}, {"currency": 7}, {"status": "new"}, {"status": None},
     {"id": None}, {"id": 7}, {"metadata": 1}, {"evidence_details": 1}, {"reason": 7},
     {"evidence_details": {"due_by": "x"}}, {"evidence_details": {"due_by": 2**62}},
     {"balance_transactions": 1}, {"balance_transactions": [1, {"amount": "x"}]},
     {"refunds": 1}, {"refunds": {"data": 1}}, {"refunds": {"data": [1]}}, {"payment_intent": 7},
     {"failure_reason": 7, "status": "failed"}],
)  # fmt: skip
def test_an_object_of_another_shape_than_we_know_is_no_reason_to_fall_over_either(
    content: Any,
) -> None:
    for kind, found in (
        ("refund.updated", refund()),
        ("charge.dispute.updated", dispute()),
        ("charge.refunded", charge(refunds=listed(refund()))),
    ):
        assert isinstance(read(about(kind, found | content)), GatewayEvent)


# Everything as published

TWENTY = Money.of(2000, "USD")
# What each says: its outcome's kind and money, and whether it is to be looked at. All others say nothing.
SAID: dict[str, tuple[type | None, Money | None, bool]] = {
    "payment_intent.amount_capturable_updated.json": (Authorised, TWENTY, False),
    "payment_intent.canceled.json": (Abandoned, None, False),
    "payment_intent.payment_failed.json": (Declined, None, False),
    "payment_intent.processing.json": (Processing, None, False),
    "payment_intent.requires_action.json": (Challenged, None, False),
    "payment_intent.succeeded.json": (Succeeded, TWENTY, False),
    # Of versions that had no intents: the charge behind them is to be asked whose they are.
    "charge.dispute.closed.json": (None, None, True),
    "charge.dispute.funds_reinstated.json": (None, None, True),
    "charge.dispute.funds_withdrawn.json": (None, None, True),
    "charge.dispute.updated.json": (None, None, True),
    "review.closed.json": (None, None, True),
    "review.opened.json": (None, None, True),
}


def event_names() -> list[str]:
    return sorted(path.name for path in VECTORS.glob("*.json")) or ["none"]


@pytest.mark.parametrize("name", event_names())
def test_an_event_as_published_says_what_it_should(name: str) -> None:
    """Intents tell how they stand. The other objects belong to no intent, so none of them is ours."""
    vector = vectors(str(Path("stripe_events") / name))
    event = read(vector["raw_body"].encode())
    outcome = event.outcome
    money = getattr(outcome, "captured", None) or getattr(outcome, "amount", None)
    said = (None if outcome is None else type(outcome), money, event.look)

    assert vector["type"] == event.type
    assert SAID.get(name, (None, None, False)) == said
    assert ((), None) == (event.refunds, event.dispute)


def test_card_and_risk_come_with_an_event_as_published() -> None:
    vector = vectors("stripe_events/payment_intent.succeeded.json")
    outcome = read(vector["raw_body"].encode()).outcome

    assert isinstance(outcome, Succeeded)
    assert ("visa", "4242", "US", "normal") == (
        outcome.card.brand,
        outcome.card.last4,
        outcome.card.country,
        outcome.risk.level,
    )


@pytest.mark.parametrize("kind", ["payment_intent", "charge", "refund", "dispute", "review"])
def test_an_object_as_published_is_read_in_every_event_of_its_kind(kind: str) -> None:
    content = vectors("stripe_objects.json")["resources"][kind]
    for event_type in (
        "payment_intent.created", "payment_intent.partially_funded", "charge.refunded",
        "charge.succeeded", "refund.created", "refund.failed", "charge.dispute.created",
        "charge.dispute.closed", "review.opened", "review.closed",
    ):  # fmt: skip
        event = read(about(event_type, content))
        assert (None, (), None) == (event.outcome, event.refunds, event.dispute)


# Reviews


def review(**more: Any) -> dict[str, Any]:
    return {
        "id": "prv_1",
        "object": "review",
        "charge": "ch_1",
        "payment_intent": "pi_1",
        "open": True,
        "reason": "rule",
        "closed_reason": None,
    } | more


@pytest.mark.parametrize(
    ("kind", "content", "fact"),
    [
        ("review.opened", review(), ReviewFact("prv_1", open=True, reason="rule")),
        (
            "review.closed",
            review(open=False, reason="approved", closed_reason="approved"),
            ReviewFact("prv_1", open=False, reason="approved"),
        ),
        (
            "review.closed",
            review(open=False, reason="rule", closed_reason="disputed"),
            ReviewFact("prv_1", open=False, reason="disputed"),
        ),
    ],
)
def test_a_review_of_stripes_own_is_told(kind: str, content: Any, fact: ReviewFact) -> None:
    event = read(about(kind, content))

    assert ("pi_1", fact, False) == (event.reference, event.review, event.look)


def test_an_old_review_that_names_only_its_charge_is_looked_into() -> None:
    content = review()
    del content["payment_intent"]
    event = read(about("review.opened", content))

    assert (None, "prv_1", True) == (
        event.reference,
        event.review and event.review.reference,
        event.look,
    )


@pytest.mark.parametrize("content", [review(open="yes"), review(id=7), review(payment_intent=None)])
def test_a_review_that_cannot_be_read_or_is_not_ours_says_nothing(content: Any) -> None:
    assert not read(about("review.opened", content)).says_something
