"""No card number and no security code stays anywhere, and no other than a test card comes in."""

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest

from payments.sandbox.cards import all_cards, fingerprint
from payments.sandbox.numbers import holds_card_number, passes_luhn
from tests.sandbox.harness import PUBLISHABLE_KEY, SECRET_KEY, Merchant, Sandbox
from tests.support.vectors import vectors

UNLISTED = ["4111111111111111", "5454545454545454", "4000000000000000", "378734493671000"]
CVC = "739"


def written(folder: Path) -> str:
    """Every file that the process left, the database's own logs included."""
    return "\n".join(
        path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file()
    )


async def tokenise(sandbox: Sandbox, number: str, key: str = PUBLISHABLE_KEY, **more: str) -> Any:
    async with sandbox.http() as client:
        return await client.post(
            "/v1/payment_methods",
            data={
                "type": "card",
                "card[number]": number,
                "card[exp_month]": "11",
                "card[exp_year]": "2037",
                "card[cvc]": CVC,
                **more,
            },
            headers={"Authorization": f"Bearer {key}", "Idempotency-Key": uuid.uuid4().hex},
        )


async def test_an_unlisted_card_is_refused_without_a_trace(fresh_sandbox: Sandbox) -> None:
    """Luhn-valid or not, in the answer, the data and the log it does not appear."""
    answers = {number: await tokenise(fresh_sandbox, number) for number in UNLISTED}
    fresh_sandbox.stop()

    left = written(fresh_sandbox.folder)
    for number, answer in answers.items():
        assert answer.status_code == 402
        assert answer.json()["error"]["code"] == "test_card_required"
        assert answer.json()["error"]["type"] == "card_error"
        for text in (answer.text, str(answer.headers), left):
            assert number not in text
            assert number[:8] not in text


async def test_a_test_card_is_kept_without_its_number(
    fresh_sandbox: Sandbox, fresh_merchant: Merchant
) -> None:
    """Through payment, challenge, refund and webhooks: nowhere a number, nowhere a code."""
    psp = fresh_sandbox.stripe()
    numbers = ["4242424242424242", "4000002760003184", "5555555555554444"]
    for number in numbers:
        made = (await tokenise(fresh_sandbox, number)).json()
        intent = await psp.v1.payment_intents.create_async(
            {"amount": 1000, "currency": "usd", "payment_method": made["id"], "confirm": True}
        )
        if intent.status == "requires_action":
            await fresh_sandbox.answer_challenge(intent, "complete")
        await psp.v1.refunds.create_async({"payment_intent": intent.id})
        await fresh_merchant.wait_for("charge.refunded", intent.id)
    fresh_sandbox.stop()

    everything = written(fresh_sandbox.folder) + "".join(
        received.body.decode() for received in fresh_merchant.received
    )
    for number in numbers:
        assert number not in everything
    assert f'"{CVC}"' not in everything
    assert "cvc=" not in everything


async def test_the_secret_key_may_send_no_number(sandbox: Sandbox) -> None:
    """Card numbers never pass a merchant's server, not even a test card's."""
    answer = await tokenise(sandbox, "4242424242424242", SECRET_KEY)

    assert answer.status_code == 402
    assert answer.json()["error"]["type"] == "invalid_request_error"


async def test_a_card_number_in_any_other_place_is_refused(fresh_sandbox: Sandbox) -> None:
    """Whatever the field is called, and however the digits are grouped."""
    places = ["description", "metadata[note]", "metadata[4242 4242 4242 4242]", "odd"]
    async with fresh_sandbox.http() as client:
        answers = [
            await client.post(
                "/v1/payment_intents",
                data={"amount": "1000", "currency": "usd", place: "my 4242-4242 4242.4242 card"},
                headers={"Authorization": f"Bearer {SECRET_KEY}"},
            )
            for place in places
        ]
    fresh_sandbox.stop()

    for answer in answers:
        assert answer.status_code == 400
        assert answer.json()["error"]["code"] == "card_number_refused"
        assert "4242" not in answer.text
    assert "4242-4242" not in written(fresh_sandbox.folder)


async def test_a_number_in_an_address_is_not_repeated(sandbox: Sandbox) -> None:
    """An unknown id is answered without it."""
    async with sandbox.http() as client:
        answer = await client.get(
            "/v1/payment_methods/4242424242424242",
            headers={"Authorization": f"Bearer {SECRET_KEY}"},
        )

    assert answer.status_code == 404
    assert "4242" not in answer.text


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"card[exp_month]": "13"}, "invalid_expiry_month"),
        ({"card[exp_month]": "x"}, "invalid_expiry_month"),
        ({"card[exp_year]": "95"}, "invalid_expiry_year"),
        ({"card[exp_year]": "2020"}, "invalid_expiry_year"),
        ({"card[cvc]": "99"}, "invalid_cvc"),
        ({"card[number]": ""}, "parameter_missing"),
        ({"card[number]": "4242424242424241"}, "incorrect_number"),
    ],
)
async def test_wrong_card_details_are_refused_by_code(
    change: dict[str, str], code: str, sandbox: Sandbox
) -> None:
    """Before anything is kept."""
    answer = await tokenise(sandbox, "4242424242424242", **change)

    assert answer.status_code in (400, 402)
    assert answer.json()["error"]["code"] == code


def test_the_table_holds_published_numbers_alone() -> None:
    """Each is Luhn-valid but the one that is documented not to be, and every name is one card's."""
    cards = all_cards()

    assert [card.number for card in cards if not passes_luhn(card.number)] == ["4242424242424241"]
    assert len({card.name for card in cards}) == len(cards)
    assert all(re.fullmatch(r"[a-z0-9_]+", card.name) for card in cards)
    assert not any(holds_card_number(card.name) for card in cards)


def test_the_table_knows_every_number_that_the_vectors_call_stripes() -> None:
    """Written down by others from the same page."""
    listed = {card.number for card in all_cards()}
    published = {
        each["pan"]
        for each in vectors("pan_numbers.json")["numbers"]
        if each["source"].startswith("docs.stripe.com")
    }

    assert published - listed == set()


def test_card_numbers_are_found_as_people_write_them() -> None:
    """And order numbers, times and phone numbers are left alone."""
    for text in ("4242424242424242", "card: 4242 4242 4242 4242.", "3782-822463-10005"):
        assert holds_card_number(text)
    for text in ("1795356512000", "+447700900123", "4242424242424241", "ord_4242424242424242x", ""):
        assert not holds_card_number(text)


def test_a_fingerprint_hangs_on_the_stores_own_key() -> None:
    """Without the key nobody finds the card behind it by trying them all."""
    card = all_cards()[0]

    assert fingerprint(card, b"one") == fingerprint(card, b"one")
    assert fingerprint(card, b"one") != fingerprint(card, b"other")
    assert card.number not in json.dumps(fingerprint(card, b"one"))
