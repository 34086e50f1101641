"""Test cards alone are taken, and no number is kept anywhere."""

import httpx2

from payments.adyen_sandbox.cards import CARDS
from payments.sandbox.numbers import passes_luhn
from tests.adyen_sandbox.harness import ACCOUNT, API_KEY, AdyenSandbox


def test_every_listed_number_could_be_a_card_and_is_listed_once() -> None:
    numbers = [card.number for card in CARDS]

    assert all(passes_luhn(number) for number in numbers)
    assert sorted(set(numbers)) == sorted(numbers)


async def test_another_number_is_refused_and_left_nowhere(adyen: AdyenSandbox) -> None:
    """4000 0000 0000 0002 passes the Luhn check, but is no card of Adyen's list."""
    async with adyen.http() as client:
        answer = await client.post(
            "/securedfields/encrypt",
            json={"field": "encryptedCardNumber", "value": "4000000000000002"},
        )

    assert (422, "test_card_required") == (answer.status_code, answer.json()["errorCode"])
    await assert_nowhere(adyen, "4000000000000002")


async def test_a_listed_number_is_not_kept_either(adyen: AdyenSandbox) -> None:
    method = await adyen.method("4988438843884305")

    assert "4988438843884305" not in str(method)
    await assert_nowhere(adyen, "4988438843884305")


async def test_a_number_in_the_clear_is_refused_wherever_it_stands(adyen: AdyenSandbox) -> None:
    async with adyen.http() as client:
        answer = await client.post(
            "/v71/payments",
            json={"merchantAccount": ACCOUNT, "paymentMethod": {"number": "4111111111111111"}},
            headers={"X-API-Key": API_KEY},
        )

    assert 422 == answer.status_code
    await assert_nowhere(adyen, "4111111111111111")


async def test_a_field_gives_nothing_to_another_site(adyen: AdyenSandbox) -> None:
    async with adyen.http() as client:
        answer: httpx2.Response = await client.post(
            "/securedfields/encrypt",
            json={"field": "encryptedSecurityCode", "value": "737"},
            headers={"Sec-Fetch-Site": "cross-site"},
        )

    assert 403 == answer.status_code


async def assert_nowhere(adyen: AdyenSandbox, number: str) -> None:
    for path in adyen.folder.iterdir():
        assert number.encode() not in path.read_bytes(), path
