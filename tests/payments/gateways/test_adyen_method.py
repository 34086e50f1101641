"""What the page may hand in, and what it may not: above all no card number in the clear."""

import json
from typing import Any

import pytest

from payments.errors import MethodUnusable
from payments.gateways.adyen_method import read_details, read_method
from tests.adyen_sandbox.harness import BROWSER

BLOB = "eyJhbGciOiJSU0EtT0FFUCJ9." + "Q" * 80
GOOD: dict[str, Any] = {
    "type": "scheme",
    "encryptedCardNumber": BLOB,
    "encryptedExpiryMonth": BLOB,
    "encryptedExpiryYear": BLOB,
    "encryptedSecurityCode": BLOB,
    "holderName": "Jo Example",
    "brand": "visa",
    "browserInfo": BROWSER,
}


def test_the_components_state_is_read() -> None:
    method = read_method(json.dumps(GOOD))

    assert {key: GOOD[key] for key in GOOD if key != "browserInfo"} == method.for_adyen()
    assert method.browserInfo is not None
    assert "en-GB" == method.browserInfo.language


BAD = [
    {"type": "ideal"},
    {"encryptedCardNumber": "4111111111111111"},
    {"encryptedCardNumber": "test_4111111111111111"},
    {"encryptedCardNumber": "4111 1111 1111 1111" * 5},
    {"encryptedCardNumber": None},
    {"number": "4111111111111111"},
    {"cvc": "737"},
    {"holderName": "4111 1111 1111 1111"},
    {"holderName": "x" * 200},
    {"brand": "Visa<script>"},
    {"browserInfo": {**BROWSER, "screenWidth": "1280"}},
    {"browserInfo": {**BROWSER, "number": "4111111111111111"}},
    {"encryptedSecurityCode": "e" * 20_000},
    {"amount": {"value": 1}},
]


@pytest.mark.parametrize("change", BAD)
def test_anything_else_is_refused_without_repeating_it(change: dict[str, Any]) -> None:
    with pytest.raises(MethodUnusable) as refused:
        read_method(json.dumps(GOOD | change))

    assert "4111" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{}", "pm_card_visa", '{"type": "scheme", "type": "scheme"}', "[" * 99],
)
def test_a_text_that_is_no_method_is_refused(text: str) -> None:
    with pytest.raises(MethodUnusable):
        read_method(text)


def test_a_method_that_is_too_long_is_not_even_read() -> None:
    with pytest.raises(MethodUnusable):
        read_method(" " * 40_000 + json.dumps(GOOD))


@pytest.mark.parametrize("name", ["threeDSResult", "redirectResult"])
def test_the_details_of_a_challenge_are_passed_on_as_they_are(name: str) -> None:
    given = {"details": {name: "eyJ0cmFuc1N0YXR1cyI6IlkifQ=="}}

    assert given == read_details(given).for_adyen()


@pytest.mark.parametrize(
    "given",
    [
        None,
        {},
        {"details": {}},
        {"details": {"threeDSResult": 7}},
        {"details": {"threeDSResult": "a", "redirectResult": "b"}},
        {"details": {"threeDSResult": "a b"}},
        {"details": {"MD": "a"}},
        {"details": {"threeDSResult": "a"}, "amount": 1},
    ],
)
def test_details_that_are_none_are_refused(given: Any) -> None:
    with pytest.raises(MethodUnusable):
        read_details(given)
