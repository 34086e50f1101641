"""Adyen's words in ours: amounts, results, refusal reasons, cards."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import CURRENCIES, Money
from payments.declines import DECLINES
from payments.gateway import (
    Authorised,
    CardFacts,
    Challenged,
    Declined,
    Processing,
    Risk,
    Succeeded,
    Unknown,
)
from payments.gateways.adyen_words import (
    DECLINE_CODES,
    ERROR_CODES,
    brand_of,
    decline_of_reason,
    from_adyen,
    outcome_of_result,
    to_adyen,
)
from tests.support.vectors import vectors

DUE = Money.of(4999, "GBP")


def answer(code: str, **more: Any) -> dict[str, Any]:
    return {
        "pspReference": "QFQTPCQ8HXSKGK82",
        "resultCode": code,
        "amount": {"currency": "GBP", "value": 4999},
    } | more


# Amounts


@pytest.mark.parametrize(
    ("minor", "currency", "theirs"),
    [
        (4999, "GBP", 4999),
        (1200, "JPY", 1200),
        (1250, "KWD", 1250),
        (1200, "CLP", 120_000),
        (1200, "ISK", 120_000),
        (120_000, "IDR", 1200),
        (120_000, "CVE", 1200),
    ],
)
def test_an_amount_as_adyen_counts_it(minor: int, currency: str, theirs: int) -> None:
    assert theirs == to_adyen(Money.of(minor, currency))


@pytest.mark.parametrize("currency", ["IDR", "CVE"])
def test_an_amount_that_adyen_has_no_unit_for_is_not_rounded(currency: str) -> None:
    assert to_adyen(Money.of(1050, currency)) is None


def test_every_published_exponent_comes_back_as_it_went() -> None:
    """Each code of ISO 4217 that we take, at the smallest amount that both sides can count."""
    published = vectors("currency_exponents.json")
    deviations = {
        code: decimals
        for code, decimals in published["psp_deviations"]["adyen"].items()
        if isinstance(decimals, int)
    }
    for code, exponent in published["iso4217"].items():
        if code not in CURRENCIES:
            continue
        money = Money.of(7 * 10 ** max(0, exponent - deviations.get(code, exponent)), code)
        theirs = to_adyen(money)
        assert theirs == 7 * 10 ** max(0, deviations.get(code, exponent) - exponent), code
        assert money == from_adyen({"currency": code, "value": theirs}), code


@given(minor=st.integers(0, 10**11), currency=st.sampled_from(sorted(CURRENCIES)))
def test_what_goes_comes_back(minor: int, currency: str) -> None:
    money = Money.of(minor, currency)
    theirs = to_adyen(money)

    assert theirs is None or money == from_adyen({"currency": currency, "value": theirs})


@pytest.mark.parametrize(
    "amount",
    [
        None,
        {},
        [],
        {"currency": "GBP"},
        {"currency": "XXX", "value": 1},
        {"currency": "gbp", "value": 1},
        {"currency": "GBP", "value": "1"},
        {"currency": "GBP", "value": True},
        {"currency": "GBP", "value": -1},
        {"currency": "ISK", "value": 150},
        {"currency": ["GBP"], "value": 1},
    ],
)
def test_an_amount_that_is_none_is_not_made_into_one(amount: Any) -> None:
    assert from_adyen(amount) is None


# Results


ACTION = {"type": "threeDS2", "token": "e30="}
RESULTS: list[tuple[dict[str, Any], Any, Any]] = [
    (answer("Authorised"), "automatic", Succeeded("QFQTPCQ8HXSKGK82", DUE)),
    (answer("Authorised"), "manual", Authorised("QFQTPCQ8HXSKGK82", DUE)),
    (answer("Authorised"), None, Authorised("QFQTPCQ8HXSKGK82", DUE, as_ordered=True)),
    (answer("Authorised", amount=None), "automatic", Unknown("an amount that is none")),
    (answer("Authorised", pspReference=None), "automatic",
     Unknown("result Authorised without a reference")),
    (answer("Refused", refusalReasonCode="12"), "automatic",
     Declined("QFQTPCQ8HXSKGK82", "insufficient_funds")),
    (answer("Refused", refusalReason="Expired Card"), "automatic",
     Declined("QFQTPCQ8HXSKGK82", "expired_card")),
    (answer("Refused"), "automatic", Declined("QFQTPCQ8HXSKGK82", "generic_decline")),
    (answer("Error"), "automatic", Declined("QFQTPCQ8HXSKGK82", "processing_error")),
    (answer("Cancelled"), "automatic", Declined("QFQTPCQ8HXSKGK82", "not_completed")),
    (answer("Received"), "automatic", Processing("QFQTPCQ8HXSKGK82")),
    (answer("Pending"), "automatic", Processing("QFQTPCQ8HXSKGK82")),
    (answer("ChallengeShopper", action=ACTION), "automatic", Challenged(None, action=ACTION)),
    (answer("RedirectShopper", action=ACTION), "manual", Challenged(None, action=ACTION)),
    (answer("ChallengeShopper"), "automatic", Unknown("result ChallengeShopper")),
    (answer("Something<new>"), "automatic", Unknown("result ?")),
]  # fmt: skip


@pytest.mark.parametrize(("body", "capture", "outcome"), RESULTS)
def test_each_result_is_one_outcome(body: dict[str, Any], capture: Any, outcome: object) -> None:
    assert outcome == outcome_of_result(body, capture)


def test_card_and_risk_are_read_beside_the_result() -> None:
    found = outcome_of_result(
        answer(
            "Authorised",
            additionalData={
                "cardSummary": "1142",
                "paymentMethod": "mc",
                "cardIssuingCountry": "NL",
                "alias": "A123",
                "issuerBin": "41111111",
            },
            fraudResult={"accountScore": 60},
        ),
        "automatic",
    )

    assert isinstance(found, Succeeded)
    assert CardFacts("mastercard", "1142", "NL", "A123", "41111111") == found.card
    assert Risk("elevated", 60) == found.risk


@pytest.mark.parametrize(
    ("number", "score", "risk"),
    [
        ("20", 100, Risk("highest", 100, blocked=True)),
        ("22", 130, Risk("highest", 100, blocked=True)),
        ("20", None, Risk("highest", None, blocked=True)),
        ("2", 10, Risk("normal", 10)),
        ("2", "55", Risk("elevated", 55)),
        ("2", "many", Risk()),
    ],
)
def test_adyens_own_fraud_verdict(number: str, score: Any, risk: Risk) -> None:
    found = outcome_of_result(
        answer("Refused", refusalReasonCode=number, fraudResult={"accountScore": score}), "manual"
    )

    assert isinstance(found, Declined)
    assert risk == found.risk


def test_every_code_is_one_of_our_declines() -> None:
    assert set() == {*DECLINE_CODES.values(), *ERROR_CODES.values()} - set(DECLINES)


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("Not enough balance", "insufficient_funds"),
        ("FRAUD", "fraud_suspected"),
        ("012345:1111:03/2030", "generic_decline"),
        (None, "generic_decline"),
    ],
)
def test_a_reason_by_its_name(reason: Any, code: str) -> None:
    assert code == decline_of_reason(reason)


@pytest.mark.parametrize(
    ("text", "brand"), [("mc", "mastercard"), ("visa", "visa"), ("<b>", None), (7, None)]
)
def test_a_brand_in_our_words(text: Any, brand: str | None) -> None:
    assert brand == brand_of(text)
