"""What the Adyen gateway sends, and what each answer to it means."""

import asyncio
import socket
from typing import Any

import pytest

from core.money import Money
from payments.gateway import (
    Accepted,
    Authorised,
    Declined,
    MoneyOrder,
    Refused,
    Succeeded,
    Unknown,
    Unreached,
)
from tests.adyen_sandbox.harness import ACCOUNT, API_KEY
from tests.payments.gateways.adyen_asking import DUE, METHOD, PAID, gateway_at, order, scripted
from tests.payments.gateways.test_adyen_method import GOOD
from tests.support.free_port import free_port

# What is sent


async def test_a_charge_carries_our_amount_and_is_keyed_by_the_attempt() -> None:
    async with scripted(200, PAID) as (made, far_end):
        asked = order()
        outcome = await made.charge(asked)

    ((path, headers, body),) = far_end.requests
    assert Succeeded("QFQTPCQ8HXSKGK82", DUE) == outcome
    assert ("/v71/payments", asked.attempt_id, API_KEY) == (
        path,
        headers["idempotency-key"],
        headers["x-api-key"],
    )
    assert {
        "amount": {"currency": "GBP", "value": 4999},
        "merchantAccount": ACCOUNT,
        "reference": asked.attempt_id,
        "merchantOrderReference": "INV-1",
        "captureDelayHours": 0,
        "channel": "Web",
        "shopperInteraction": "Ecommerce",
        "returnUrl": "https://pay.example/p/token",
        "origin": "https://pay.example",
        "shopperIP": "192.0.2.7",
        "shopperLocale": "en-GB",
        "metadata": {"paythread_link": "lnk_1"},
        "authenticationData": {"threeDSRequestData": {"nativeThreeDS": "preferred"}},
        "paymentMethod": {key: GOOD[key] for key in GOOD if key != "browserInfo"},
        "browserInfo": GOOD["browserInfo"] | {"javaScriptEnabled": True},
    } == body


async def test_a_hold_and_a_forced_challenge_are_asked_for() -> None:
    async with scripted(200, PAID, three_ds="redirect") as (made, far_end):
        outcome = await made.charge(order(capture="manual", force_challenge=True))

    body = far_end.requests[0][2]
    assert Authorised("QFQTPCQ8HXSKGK82", DUE) == outcome
    assert "captureDelayHours" not in body
    assert {"manualCapture": "true"} == body["additionalData"]
    assert {"threeDSRequestorChallengeInd": "04"} == body["threeDS2RequestData"]
    assert {
        "threeDSRequestData": {"nativeThreeDS": "disabled"},
        "attemptAuthentication": "always",
    } == body["authenticationData"]


async def test_an_amount_that_adyen_cannot_count_never_leaves() -> None:
    async with scripted(200, PAID) as (made, far_end):
        charged = await made.charge(order(amount=Money.of(1050, "IDR")))
        refunded = await made.refund(
            MoneyOrder(order_id="ref_1", reference="A" * 16, amount=Money.of(1050, "IDR"))
        )

    assert isinstance(charged, Unreached)
    assert Refused("amount_not_expressible") == refunded
    assert [] == far_end.requests


async def test_a_method_that_is_none_never_leaves() -> None:
    async with scripted(200, PAID) as (made, far_end):
        outcome = await made.charge(order('{"number": "4111111111111111"}'))

    assert Declined(None, "processing_error") == outcome
    assert [] == far_end.requests


# What it may answer


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (401, {"status": 401, "errorCode": "000"}, Unreached("turned away: 000")),
        (403, {"status": 403, "errorCode": "901"}, Unreached("turned away: 901")),
        (429, {"status": 429}, Unreached("turned away: 429")),
        (422, {"status": 422, "errorCode": "101"}, Declined(None, "incorrect_number")),
        (422, {"status": 422, "errorCode": "174"}, Declined(None, "processing_error")),
        (400, {"status": 400, "errorCode": "702"}, Declined(None, "processing_error")),
        (422, {"status": 422, "errorCode": "704"}, Unknown("status 422")),
        (500, {"status": 500, "errorCode": "905"}, Unknown("status 500")),
        (502, b"<html>bad gateway</html>", Unknown("status 502")),
        (302, {}, Unknown("status 302")),
        (200, b"", Unknown("result ? without a reference")),
        (200, b"[]", Unknown("AttributeError")),
        (200, b"null", Unknown("AttributeError")),
        (200, b"\xff\xfe", Unknown("result ? without a reference")),
        (200, {"resultCode": "Authorised"}, Unknown("result Authorised without a reference")),
        (200, PAID | {"amount": {"currency": "GBP", "value": "4999"}},
         Unknown("an amount that is none")),
    ],
)  # fmt: skip
async def test_each_answer_to_a_charge_is_one_outcome(
    status: int, body: Any, outcome: object
) -> None:
    async with scripted(status, body) as (made, _):
        assert outcome == await made.charge(order())


async def test_a_line_that_never_came_about_certainly_carried_nothing() -> None:
    made = gateway_at(free_port())
    outcome = await made.charge(order())
    await made.close()

    assert isinstance(outcome, Unreached)


async def test_a_line_that_is_cut_may_have_carried_it() -> None:
    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.abort()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    made = gateway_at(server.sockets[0].getsockname()[1])
    outcome = await made.charge(order())
    await made.close()
    server.close()

    assert isinstance(outcome, Unknown)


async def test_a_far_end_that_says_nothing_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        made = gateway_at(deaf.getsockname()[1])
        async with asyncio.timeout(5):
            outcome = await made.charge(order())
        await made.close()

    assert isinstance(outcome, Unknown)


async def test_nothing_of_the_card_is_logged(capfd: pytest.CaptureFixture[str]) -> None:
    """The SDK's errors hold the whole request."""
    async with scripted(422, {"status": 422, "errorCode": "174", "message": METHOD}) as (made, _):
        await made.charge(order())

    shown = capfd.readouterr()
    assert GOOD["encryptedCardNumber"] not in shown.out + shown.err


# Orders


async def test_an_order_is_keyed_by_its_own_id() -> None:
    told = {"pspReference": "B" * 16, "status": "received"}
    async with scripted(201, told) as (made, far_end):
        given = MoneyOrder(order_id="ref_1", reference="A" * 16, amount=Money.of(1000, "ISK"))
        outcome = await made.refund(given)

    ((path, headers, body),) = far_end.requests
    assert Accepted("B" * 16) == outcome
    assert (f"/v71/payments/{'A' * 16}/refunds", "ref_1") == (path, headers["idempotency-key"])
    assert {
        "merchantAccount": ACCOUNT,
        "reference": "ref_1",
        "amount": {"currency": "ISK", "value": 100_000},
    } == body


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (422, {"status": 422, "errorCode": "167"}, Refused("167")),
        (422, {"status": 422, "errorCode": "704"}, Unknown("status 422")),
        (401, {"status": 401, "errorCode": "000"}, Unknown("turned away: 000")),
        (500, {}, Unknown("status 500")),
        (201, {"status": "received"}, Unknown("no reference")),
    ],
)
async def test_each_answer_to_an_order_is_one_outcome(
    status: int, body: Any, outcome: object
) -> None:
    async with scripted(status, body) as (made, _):
        given = MoneyOrder(order_id="cap_1", reference="A" * 16, amount=DUE)
        assert outcome == await made.capture(given)


async def test_a_reference_that_is_none_is_not_put_into_an_address() -> None:
    async with scripted(201, {}) as (made, far_end):
        given = MoneyOrder(order_id="cap_1", reference="../../cancels?", amount=DUE)
        outcome = await made.capture(given)

    assert Refused("reference_unusable") == outcome
    assert [] == far_end.requests
