"""What refunds, disputes and balance lines say: `payments.gateways.stripe_facts`, beyond what its events show."""

from datetime import UTC, datetime
from typing import Any

import pytest

from payments.gateway import Movement
from payments.gateways.stripe_facts import movement_of, refunds_of
from tests.support.vectors import vectors

AT = datetime.fromtimestamp(1_700_000_000, UTC)


def refund(reference: str, amount: int, created: int, **more: Any) -> dict[str, Any]:
    return {
        "id": reference,
        "amount": amount,
        "currency": "gbp",
        "status": "succeeded",
        "created": created,
        "metadata": {},
    } | more


PART = {"captured": True, "amount": 4999, "amount_captured": 3000}
RELEASE = refund("re_release", 1999, 1)
OURS = refund("re_ours", 1999, 1, metadata={"paythread_order": "ref_1"})
THEIRS = refund("re_theirs", 1999, 2)


@pytest.mark.parametrize(
    ("refunded", "refunds", "expected"),
    [
        (1999, [RELEASE], []),
        (1999, [], []),
        (3998, [THEIRS, RELEASE], ["re_theirs"]),
        (3998, [THEIRS], ["re_theirs"]),
        (3998, [OURS], ["re_ours"]),
        (3998, [OURS, RELEASE], ["re_ours"]),
    ],
)
def test_what_a_partial_capture_let_go_is_no_refund_whether_stripe_lists_it_or_not(
    refunded: int, refunds: Any, expected: list[str]
) -> None:
    charge = PART | {"amount_refunded": refunded}

    assert expected == [fact.reference for fact in refunds_of(charge, refunds)]


def test_a_failed_refund_does_not_count_as_given_back() -> None:
    charge = PART | {"amount_refunded": 1999}
    failed = refund("re_1", 500, 2, status="failed")

    assert ["re_1"] == [fact.reference for fact in refunds_of(charge, [failed])]


def line(**more: Any) -> dict[str, Any]:
    return {
        "id": "txn_1",
        "amount": 4999,
        "currency": "gbp",
        "fee": 175,
        "created": 1_700_000_000,
        "type": "charge",
        "reporting_category": "charge",
        "source": {
            "id": "ch_1",
            "object": "charge",
            "payment_intent": "pi_1",
            "amount": 4999,
            "currency": "gbp",
        },
    } | more


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (line(), Movement("charge", "pi_1", 4999, "GBP", AT, 175)),
        (
            line(type="refund", reporting_category="partial_capture_reversal", amount=-1999, fee=0),
            Movement("charge", "pi_1", -1999, "GBP", AT),
        ),
        (
            line(type="adjustment", reporting_category="dispute", amount=-4999, source="dp_1"),
            Movement("dispute", "dp_1", -4999, "GBP", AT, 175),
        ),
        (
            line(type="refund", reporting_category="refund", amount=-100, source={"id": "re_1"}),
            Movement("refund", "re_1", -100, "GBP", AT, 175),
        ),
        (
            line(type="payout", reporting_category="payout", amount=-100, source="po_1", fee=0),
            Movement("other", "po_1", -100, "GBP", AT),
        ),
        (
            line(type="stripe_fee", reporting_category="fee", amount=-100, source=None, fee=0),
            Movement("other", "txn_1", -100, "GBP", AT),
        ),
        # Paid in yen, settled in pounds: the line counts pounds, our transaction yen.
        (
            line(source={"id": "ch_1", "payment_intent": "pi_1", "amount": 900, "currency": "jpy"}),
            Movement("charge", "pi_1", 900, "JPY", AT),
        ),
        (
            line(amount=120_000, currency="isk", fee=100, source="ch_1"),
            Movement("charge", "ch_1", 1200, "ISK", AT, 1),
        ),
    ],
)
def test_a_balance_line_is_one_movement(content: Any, expected: Movement) -> None:
    assert expected == movement_of(content)


def test_a_balance_line_as_published_is_read() -> None:
    published = vectors("stripe_objects.json")["resources"]["balance_transaction"]
    found = movement_of(published)

    assert ("charge", "ch_1PgafuB7WZ01zgkWXYmPNZs8", 100, "USD", 0) == (
        found.kind,
        found.reference,
        found.amount,
        found.currency,
        found.fee,
    )
