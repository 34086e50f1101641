"""What Stripe's objects say of amounts, cards and intents: `payments.gateways.stripe_words`."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import CURRENCIES, Money
from payments.gateway import (
    Abandoned,
    Authorised,
    Challenged,
    Declined,
    Processing,
    Risk,
    Succeeded,
    Unknown,
)
from payments.gateways.stripe_words import decline_code, from_stripe, outcome_of_intent, to_stripe
from tests.support.vectors import vectors


@pytest.mark.parametrize(
    ("minor", "currency", "theirs"),
    [(4999, "GBP", 4999), (1200, "JPY", 1200), (1200, "ISK", 120_000), (1200, "UGX", 120_000),
     (1250, "KWD", 1250), (120_000, "MGA", 1200),
     # Whole units, and tens, are all that Stripe can charge in these.
     (120_050, "MGA", None), (1255, "KWD", None)],
)  # fmt: skip
def test_an_amount_as_stripe_counts_it(minor: int, currency: str, theirs: int | None) -> None:
    assert theirs == to_stripe(Money.of(minor, currency))


@given(minor=st.integers(0, 10**11), currency=st.sampled_from(sorted(CURRENCIES)))
def test_an_amount_comes_back_as_it_went(minor: int, currency: str) -> None:
    money = Money.of(minor, currency)
    theirs = to_stripe(money)

    assert theirs is None or money == from_stripe(theirs, currency.lower())


def test_stripes_deviations_from_iso_4217_are_ours() -> None:
    """Published beside the ISO list; what Stripe sends as hundredths is named in the note."""
    known = vectors("currency_exponents.json")
    deviating = {
        code for code in known["psp_deviations"]["stripe"]["zero_decimal"] if code in CURRENCIES
    }
    for code, exponent in known["iso4217"].items():
        if code not in CURRENCIES:
            continue
        theirs = to_stripe(Money.of(10**exponent, code))
        decimals = 0 if code in deviating else 2 if code in ("ISK", "UGX") else exponent
        assert 10**decimals == theirs, code


@pytest.mark.parametrize(
    ("amount", "currency"),
    [(1, "xxx"), (-1, "gbp"), (150, "isk"), (True, "gbp"), ("1", "gbp"), (None, "gbp"), (1, None)],
)
def test_an_amount_that_is_none_is_not_rounded_into_one(amount: Any, currency: Any) -> None:
    assert from_stripe(amount, currency) is None


# What an intent says


def intent(status: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "pi_1",
        "object": "payment_intent",
        "status": status,
        "amount": 4999,
        "currency": "gbp",
        "client_secret": "pi_1_secret",
    } | more


DUE = Money.of(4999, "GBP")
STATUSES = [
    (intent("succeeded", amount_received=4999), Succeeded("pi_1", DUE)),
    (intent("succeeded"), Unknown("an amount that is none")),
    (intent("succeeded", amount_received="4999"), Unknown("an amount that is none")),
    (intent("requires_capture", amount_capturable=4999), Authorised("pi_1", DUE)),
    (intent("processing"), Processing("pi_1")),
    (intent("requires_action"), Challenged("pi_1", "pi_1_secret")),
    (intent("requires_source_action"), Challenged("pi_1", "pi_1_secret")),
    (intent("canceled"), Abandoned("pi_1")),
    (intent("requires_payment_method"), Unknown("no method and no error yet")),
    (intent("requires_confirmation"), Unknown("status requires_confirmation")),
    (
        intent("requires_payment_method", last_payment_error={"code": "card_declined"}),
        Declined("pi_1", "generic_decline"),
    ),
    (
        intent(
            "requires_payment_method",
            last_payment_error={"code": "card_declined", "decline_code": "lost_card"},
        ),
        Declined("pi_1", "lost_or_stolen"),
    ),
]


@pytest.mark.parametrize(("found", "outcome"), STATUSES)
def test_each_status_of_an_intent_is_one_outcome(found: dict[str, Any], outcome: object) -> None:
    assert outcome == outcome_of_intent(found)


@pytest.mark.parametrize("code", ["amount_too_small", "amount_too_large"])
def test_an_amount_that_stripe_does_not_take_is_no_fault_of_the_card(code: str) -> None:
    assert "amount_not_accepted" == decline_code({"type": "invalid_request_error", "code": code})


def test_card_and_risk_are_read_from_either_form_of_the_charge() -> None:
    """`latest_charge` expanded, or `charges.data` of API versions before 2022-11-15."""
    charge = {
        "id": "ch_1",
        "payment_method_details": {"card": {"brand": "visa", "last4": "4242", "country": "US"}},
        "outcome": {"risk_level": "elevated", "risk_score": 70, "type": "authorized"},
    }
    newer = outcome_of_intent(intent("succeeded", amount_received=4999, latest_charge=charge))
    older = outcome_of_intent(intent("succeeded", amount_received=4999, charges={"data": [charge]}))

    assert isinstance(newer, Succeeded)
    assert newer == older
    assert ("4242", Risk("elevated", 70), "ch_1") == (
        newer.card.last4,
        newer.risk,
        newer.charge_reference,
    )
