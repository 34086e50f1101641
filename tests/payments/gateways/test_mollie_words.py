"""What Mollie's objects say: amounts to the minor unit, statuses, reasons, refunds, chargebacks, lines of the books."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import AMOUNT_MINOR_MAX, CURRENCIES, Money
from payments.declines import DECLINES
from payments.gateway import (
    Abandoned,
    Accepted,
    Authorised,
    CaptureFact,
    Challenged,
    Declined,
    DisputeFact,
    Done,
    Movement,
    OrderOutcome,
    Outcome,
    Processing,
    RefundFact,
    Refused,
    Succeeded,
    Unknown,
)
from payments.gateways.mollie_books import movement_of
from payments.gateways.mollie_words import (
    attempt_of,
    capture_of,
    card_of,
    decline_code,
    dispute_of,
    from_mollie,
    moment,
    order_outcome,
    outcome_of_payment,
    refund_of,
    sight_of,
    to_mollie,
)
from tests.support.vectors import vectors

DUE = {"currency": "EUR", "value": "49.99"}
EUROS = Money.of(4999, "EUR")


def payment(status: str, **more: Any) -> dict[str, Any]:
    return {"id": "tr_1234", "status": status, "amount": DUE, "captureMode": "automatic"} | more


@given(st.sampled_from(sorted(CURRENCIES)), st.integers(0, AMOUNT_MINOR_MAX))
def test_every_amount_of_every_currency_comes_back_as_it_went(code: str, minor: int) -> None:
    money = Money.of(minor, code)

    assert money == from_mollie(to_mollie(money))


def test_amounts_have_the_decimals_that_iso_4217_gives_them() -> None:
    """Mollie has no exceptions of its own among the currencies that it takes."""
    for code, exponent in vectors("currency_exponents.json")["iso4217"].items():
        if code in CURRENCIES:
            written = to_mollie(Money.of(123456, code))["value"]
            assert exponent == len(written.partition(".")[2]), code


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ({"currency": "EUR", "value": "10"}, Money.of(1000, "EUR")),
        ({"currency": "JPY", "value": "10.00"}, Money.of(10, "JPY")),
        ({"currency": "EUR", "value": "10.001"}, None),
        ({"currency": "JPY", "value": "10.50"}, None),
        ({"currency": "EUR", "value": "-1.00"}, None),
        ({"currency": "EUR", "value": "1e2"}, None),
        ({"currency": "EUR", "value": "١.00"}, None),
        ({"currency": "EUR", "value": "1.00\n"}, None),
        ({"currency": "EUR", "value": "9" * 40}, None),
        ({"currency": "eur", "value": "1.00"}, None),
        ({"currency": "EUR", "value": None}, None),
        ({"value": "1.00"}, None),
        ("1.00", None),
        (None, None),
    ],
)
def test_what_is_no_exact_amount_is_none(amount: Any, expected: Money | None) -> None:
    assert expected == from_mollie(amount)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            payment("open", _links={"checkout": {"href": "https://pay.example"}}),
            Challenged("tr_1234", url="https://pay.example", place="psp_page"),
        ),
        (payment("open"), Processing("tr_1234")),
        (payment("pending"), Processing("tr_1234")),
        (payment("authorized", captureMode="manual"), Authorised("tr_1234", EUROS)),
        (
            payment("authorized", captureMode="manual", amountCaptured=DUE | {"value": "20.00"}),
            Succeeded("tr_1234", Money.of(2000, "EUR")),
        ),
        (payment("paid"), Succeeded("tr_1234", EUROS)),
        (
            payment("paid", captureMode="manual", amountCaptured=DUE | {"value": "20.00"}),
            Succeeded("tr_1234", Money.of(2000, "EUR")),
        ),
        (payment("canceled"), Abandoned("tr_1234")),
        (payment("expired"), Abandoned("tr_1234")),
        (payment("failed"), Declined("tr_1234", "generic_decline")),
        (payment("paid", amount=DUE | {"value": "much"}), Unknown("an amount that is none")),
        (payment("dreaming"), Unknown("status dreaming")),
    ],
)
def test_a_status_becomes_an_outcome(told: dict[str, Any], expected: Outcome) -> None:
    assert expected == outcome_of_payment(told)


@pytest.mark.parametrize(
    ("reason", "bank", "expected"),
    [
        ("insufficient_funds", None, "insufficient_funds"),
        ("invalid_cvv", None, "incorrect_cvc"),
        ("card_expired", None, "expired_card"),
        ("authentication_abandoned", None, "not_completed"),
        ("possible_fraud", None, "fraud_suspected"),
        ("refused_by_issuer", "lost_card", "lost_or_stolen"),
        ("a_new_one", "another_new_one", "generic_decline"),
        (None, None, "generic_decline"),
    ],
)
def test_a_reason_is_told_in_our_words(reason: str | None, bank: str | None, expected: str) -> None:
    told = payment("failed", details={"failureReason": reason}, statusReason={"code": bank})

    assert expected == decline_code(told)
    assert expected in DECLINES


def test_suspected_fraud_is_mollies_own_block() -> None:
    outcome = outcome_of_payment(payment("failed", details={"failureReason": "possible_fraud"}))

    assert isinstance(outcome, Declined)
    assert ("highest", True) == (outcome.risk.level, outcome.risk.blocked)


def test_no_more_of_a_card_is_read_than_may_be_known() -> None:
    details = {
        "cardNumber": "************6787",
        "cardLabel": "American Express",
        "cardCountryCode": "NL",
        "cardFingerprint": "fp",
        "cardBin": "4242424242424242",
    }
    card = card_of(payment("paid", details=details))

    assert ("amex", "6787", "NL", "fp") == (card.brand, card.last4, card.country, card.fingerprint)
    assert card.iin is None
    assert "424242" == card_of(payment("paid", details={"cardBin": "424242"})).iin


@pytest.mark.parametrize("metadata", [None, "text", ["x"], {}, {"paythread_attempt": 1}])
def test_a_payment_of_another_program_is_none_of_ours(metadata: Any) -> None:
    assert attempt_of(payment("paid", metadata=metadata)) is None


@pytest.mark.parametrize(
    ("status", "state", "why"),
    [
        ("queued", "pending", None),
        ("pending", "pending", None),
        ("processing", "pending", None),
        ("refunded", "succeeded", None),
        ("failed", "failed", "failed"),
        ("canceled", "failed", "canceled"),
    ],
)
def test_a_refund_tells_its_state_and_order(status: str, state: Any, why: str | None) -> None:
    metadata = {"paythread_order": "ref_1"}
    told = {"id": "re_1", "amount": DUE, "status": status, "metadata": metadata}

    assert RefundFact("re_1", EUROS, state, "ref_1", why) == refund_of(told)


def test_a_chargeback_is_open_until_it_is_reversed() -> None:
    told: dict[str, Any] = {"id": "chb_1", "amount": DUE, "reason": {"description": "Fraud"}}

    assert DisputeFact("chb_1", EUROS, "open", "Fraud") == dispute_of(told)
    won = dispute_of(told | {"reversedAt": "2026-01-01T10:00:00+00:00"})
    assert DisputeFact("chb_1", EUROS, "won", "Fraud") == won


def test_a_sight_tells_the_oldest_first_and_leaves_out_what_cannot_be_counted() -> None:
    refunds = [
        {"id": "re_2", "amount": DUE, "status": "pending", "createdAt": "2026-01-02"},
        {"id": "re_1", "amount": DUE, "status": "refunded", "createdAt": "2026-01-01"},
        {"id": "re_0", "amount": None, "status": "refunded"},
        "nonsense",
    ]
    sight = sight_of(payment("paid", _embedded={"refunds": refunds}))

    assert ["re_1", "re_2"] == [refund.reference for refund in sight.refunds]
    assert [] == list(sight.disputes)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("refunded", Done("x_1", EUROS)),
        ("succeeded", Done("x_1", EUROS)),
        ("pending", Accepted("x_1")),
        ("queued", Accepted("x_1")),
        ("failed", Refused("failed")),
        ("canceled", Refused("canceled")),
    ],
)
def test_what_became_of_an_order(status: str, expected: OrderOutcome) -> None:
    assert expected == order_outcome({"id": "x_1", "amount": DUE, "status": status})


def test_only_a_failed_capture_tells_of_itself() -> None:
    failed = CaptureFact("cpt_1", failed=True, why="capture_failed")

    assert failed == capture_of({"id": "cpt_1", "status": "failed"})
    assert capture_of({"id": "cpt_1", "status": "succeeded"}) is None


def line(kind: str, value: str, context: Any, deducted: str | None = None) -> dict[str, Any]:
    return {
        "id": "baltr_1",
        "type": kind,
        "initialAmount": {"currency": "EUR", "value": value},
        "deductions": {"currency": "EUR", "value": deducted} if deducted else None,
        "createdAt": "2026-01-01T12:00:00+02:00",
        "context": context,
    }


@pytest.mark.parametrize(
    ("told", "kind", "reference", "amount", "fee"),
    [
        (line("payment", "49.99", {"paymentId": "tr_1"}, "-0.29"), "charge", "tr_1", 4999, 29),
        (line("payment", "49.99", {"payment": {"paymentId": "tr_1"}}), "charge", "tr_1", 4999, 0),
        (
            line("capture", "9.00", {"paymentId": "tr_1", "captureId": "cpt_1"}),
            "capture", "tr_1", 900, 0,
        ),
        (line("refund", "-5.00", {"refundId": "re_1"}, "-0.25"), "refund", "re_1", -500, 25),
        (line("returned-refund", "5.00", {"refundId": "re_1"}), "refund", "re_1#returned", 500, 0),
        (line("chargeback", "-5.00", {"chargebackId": "chb_1"}), "dispute", "chb_1", -500, 0),
        (
            line("chargeback-reversal", "5.00", {"chargebackId": "chb_1"}),
            "dispute", "chb_1#won", 500, 0,
        ),
        (line("outgoing-transfer", "-90.00", None), "other", "baltr_1", -9000, 0),
        (line("payment", "1.00", None), "other", "baltr_1", 100, 0),
    ],
)  # fmt: skip
def test_a_line_of_the_books_is_a_movement(
    told: dict[str, Any], kind: Any, reference: str, amount: int, fee: int
) -> None:
    at = datetime(2026, 1, 1, 10, tzinfo=UTC)

    assert Movement(kind, reference, amount, "EUR", at, fee) == movement_of(told)


def test_a_line_that_cannot_be_counted_is_none() -> None:
    assert movement_of(line("payment", "1.001", {"paymentId": "tr_1"})) is None


@pytest.mark.parametrize("text", [None, 1, "", "yesterday", "2026-01-01T10:00:00"])
def test_what_is_no_time_is_refused(text: Any) -> None:
    with pytest.raises(ValueError, match=r"time|isoformat"):
        moment(text)
