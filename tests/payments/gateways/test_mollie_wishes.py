"""What Mollie is asked for."""

from typing import Any

import pytest

from core.money import Money
from payments.gateway import ChargeOrder
from payments.gateways.mollie_wishes import locale_of, wish_of


def order(**changes: Any) -> ChargeOrder:
    asked: dict[str, Any] = {
        "attempt_id": "att_1",
        "amount": Money.of(4999, "EUR"),
        "method": None,
        "capture": "automatic",
        "description": "INV-1",
        "force_challenge": False,
        "metadata": {"paythread_link": "lnk_1"},
        "return_url": "https://pay.example/p/token",
    }
    return ChargeOrder(**(asked | changes))


def wish(**changes: Any) -> dict[str, Any]:
    return wish_of(order(**changes), webhook_url=None, methods=[])


def test_a_charge_names_its_attempt_and_leaves_the_rest_to_mollie() -> None:
    expected = {
        "amount": {"currency": "EUR", "value": "49.99"},
        "description": "INV-1",
        "redirectUrl": "https://pay.example/p/token",
        "metadata": {"paythread_link": "lnk_1", "paythread_attempt": "att_1"},
    }

    assert expected == wish()


def test_a_hold_is_offered_only_by_methods_that_can_hold() -> None:
    asked = wish_of(order(capture="manual"), webhook_url=None, methods=["ideal"])

    assert ("manual", ["creditcard"]) == (asked["captureMode"], asked["method"])


def test_a_merchants_methods_and_webhook_are_passed_on() -> None:
    asked = wish_of(
        order(), webhook_url="https://shop.example/hook", methods=["ideal", "creditcard"]
    )

    assert ["ideal", "creditcard"] == asked["method"]
    assert "https://shop.example/hook" == asked["webhookUrl"]


def test_metadata_beyond_mollies_measure_gives_way_to_the_attempt() -> None:
    assert {"paythread_attempt": "att_1"} == wish(metadata={"long": "é" * 600})["metadata"]
    assert "att_1" == wish(metadata={"paythread_attempt": "att_2"})["metadata"]["paythread_attempt"]


@pytest.mark.parametrize(
    ("given", "expected"), [("x" * 300, "x" * 255), ("", "att_1"), ("INV-1", "INV-1")]
)
def test_a_description_fits(given: str, expected: str) -> None:
    assert expected == wish(description=given)["description"]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("de", "de_DE"),
        ("de-AT", "de_AT"),
        ("de_AT", "de_AT"),
        ("de-BR", "de_DE"),
        ("en", "en_GB"),
        ("no", "nb_NO"),
        ("PT-br", "pt_PT"),
        ("zh", None),
        ("", None),
        (None, None),
    ],
)
def test_the_page_speaks_the_customers_language_where_it_can(
    tag: str | None, expected: str | None
) -> None:
    assert expected == locale_of(tag)
