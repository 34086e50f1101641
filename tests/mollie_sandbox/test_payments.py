"""What the official client meets at the far end: payments, captures, refunds, chargebacks, books and errors."""

import signal
from typing import Any

import mollie.models
import pytest

from tests.mollie_sandbox.harness import API_KEY, ORGANIZATION_TOKEN, MollieSandbox
from tests.sandbox.harness import eventually


async def shown(far_end: MollieSandbox, payment: str, embed: str = "") -> dict[str, Any]:
    """The payment as it is on the wire."""
    key = {"Authorization": f"Bearer {API_KEY}"}
    async with far_end.http() as client:
        answer = await client.get(f"/v2/payments/{payment}?embed={embed}", headers=key)
    assert answer.headers["content-type"] == "application/hal+json"
    found: dict[str, Any] = answer.json()
    return found


def link_of(payment: mollie.models.PaymentResponse) -> str:
    assert payment.links.checkout is not None
    return payment.links.checkout.href


async def test_a_payment_is_open_until_its_customer_chooses(far_end: MollieSandbox) -> None:
    made = await far_end.create(metadata={"order": "1"})

    assert ("open", "EUR", "49.99") == (made.status, made.amount.currency, made.amount.value)
    assert "https://shop.example/back" == await far_end.choose(link_of(made), "paid")
    after = await far_end.sdk().payments.get_async(payment_id=made.id)
    assert ("paid", {"order": "1"}, None) == (after.status, after.metadata, after.links.checkout)


@pytest.mark.parametrize("status", ["paid", "failed", "canceled", "expired", "pending"])
async def test_a_choice_becomes_the_status(far_end: MollieSandbox, status: str) -> None:
    made = await far_end.create()
    await far_end.choose(link_of(made), status)

    assert status == (await far_end.sdk().payments.get_async(payment_id=made.id)).status


async def test_a_failure_says_why(far_end: MollieSandbox) -> None:
    made = await far_end.create()
    await far_end.choose(link_of(made), "failed", "insufficient_funds")

    details = (await shown(far_end, made.id))["details"]
    assert ("insufficient_funds", "4242") == (details["failureReason"], details["cardNumber"])


async def test_what_is_over_stays_over(far_end: MollieSandbox) -> None:
    made = await far_end.create()
    await far_end.choose(link_of(made), "paid")
    async with far_end.http() as client:
        again = await client.post(link_of(made), data={"final_state": "failed"})

    assert 410 == again.status_code
    assert "paid" == (await shown(far_end, made.id))["status"]


async def test_an_open_payment_can_be_cancelled_unless_its_method_forbids(
    far_end: MollieSandbox,
) -> None:
    made, kept = await far_end.create(), await far_end.create()
    await far_end.control("payments", kept.id, isCancelable=False)

    assert "canceled" == (await far_end.sdk().payments.cancel_async(payment_id=made.id)).status
    with pytest.raises(mollie.models.ErrorResponse) as refused:
        await far_end.sdk().payments.cancel_async(payment_id=kept.id)
    assert 422 == refused.value.status_code


async def test_an_open_payment_expires_by_itself(far_end: MollieSandbox) -> None:
    made = await far_end.create()

    assert "expired" == (await far_end.control("payments", made.id, expire=True))["status"]


async def test_payments_are_listed_newest_first_from_page_to_page(far_end: MollieSandbox) -> None:
    made = [(await far_end.create()).id for _ in range(3)]
    page = await far_end.sdk().payments.list_async(limit=2)
    assert page is not None
    assert page.result.embedded.payments is not None
    seen = [each.id for each in page.result.embedded.payments]
    following = await page.next()
    assert following is not None
    assert following.result.embedded.payments is not None

    assert made[:0:-1] == seen
    assert made[0] == following.result.embedded.payments[0].id


async def test_a_hold_is_captured_in_part_and_the_rest_released(far_end: MollieSandbox) -> None:
    made = await far_end.create(capture_mode="manual")
    await far_end.choose(link_of(made), "authorized")
    sdk = far_end.sdk()
    await sdk.captures.create_async(
        payment_id=made.id, entity_capture={"amount": {"currency": "EUR", "value": "20.00"}}
    )
    await sdk.payments.release_authorization_async(payment_id=made.id)

    async def paid() -> bool:
        return (await shown(far_end, made.id))["status"] == "paid"

    await eventually(paid)
    found = await shown(far_end, made.id, "captures")
    assert {"currency": "EUR", "value": "20.00"} == found["amountCaptured"]
    assert ["succeeded"] == [each["status"] for each in found["_embedded"]["captures"]]


async def test_a_released_hold_is_cancelled(far_end: MollieSandbox) -> None:
    made = await far_end.create(capture_mode="manual")
    await far_end.choose(link_of(made), "authorized")
    await far_end.sdk().payments.release_authorization_async(payment_id=made.id)

    assert "canceled" == (await shown(far_end, made.id))["status"]


async def test_no_more_is_refunded_than_was_captured(far_end: MollieSandbox) -> None:
    made = await far_end.create()
    await far_end.choose(link_of(made), "paid")
    refunds, part = far_end.sdk().refunds, {"currency": "EUR", "value": "25.00"}
    first = await refunds.create_async(payment_id=made.id, refund_request={"amount": part})  # type: ignore[typeddict-item]
    with pytest.raises(mollie.models.ErrorResponse) as refused:
        await refunds.create_async(payment_id=made.id, refund_request={"amount": part})  # type: ignore[typeddict-item]

    assert ("pending", 422) == (first.status, refused.value.status_code)
    found = await shown(far_end, made.id)
    assert ("25.00", "24.99") == (
        found["amountRefunded"]["value"],
        found["amountRemaining"]["value"],
    )


async def test_a_chargeback_takes_the_money_and_its_reversal_brings_it_back(
    far_end: MollieSandbox,
) -> None:
    made = await far_end.create()
    await far_end.choose(link_of(made), "paid")
    opened = await far_end.control("chargebacks", made.id)
    taken = await shown(far_end, made.id, "chargebacks")
    won = await far_end.control("chargebacks", opened["id"])

    assert "49.99" == taken["amountChargedBack"]["value"]
    assert [opened["id"]] == [each["id"] for each in taken["_embedded"]["chargebacks"]]
    assert won["reversedAt"]
    assert "amountChargedBack" not in await shown(far_end, made.id)


async def test_only_the_organization_may_read_the_books(far_end: MollieSandbox) -> None:
    made = await far_end.create()
    await far_end.choose(link_of(made), "paid")
    path = "/v2/balances/primary/transactions?limit=250"
    async with far_end.http() as client:
        by_key = await client.get(path, headers={"Authorization": f"Bearer {API_KEY}"})
        by_token = await client.get(path, headers={"Authorization": f"Bearer {ORGANIZATION_TOKEN}"})

    lines = by_token.json()["_embedded"]["balance_transactions"]
    line = next(each for each in lines if each["context"]["paymentId"] == made.id)
    assert 403 == by_key.status_code
    assert ("payment", "49.99", "-0.90", "49.09") == (
        line["type"],
        line["initialAmount"]["value"],
        line["deductions"]["value"],
        line["resultAmount"]["value"],
    )


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"amount": {"currency": "EUR", "value": "10"}}, "amount.value"),
        ({"amount": {"currency": "JPY", "value": "10.00"}}, "amount.value"),
        ({"amount": {"currency": "KWD", "value": "10.000"}}, "amount.currency"),
        ({"amount": {"currency": "EUR", "value": "0.00"}}, "amount"),
        ({"redirect_url": None}, "redirectUrl"),
        ({"webhook_url": "ftp://shop.example"}, "webhookUrl"),
        ({"metadata": {"long": "x" * 1100}}, "metadata"),
        ({"description": "4242 4242 4242 4242"}, None),
    ],
)
async def test_what_mollie_would_not_take_is_refused_in_its_words(
    far_end: MollieSandbox, wishes: dict[str, Any], field: str | None
) -> None:
    with pytest.raises(mollie.models.ErrorResponse) as refused:
        await far_end.create(**wishes)

    assert (422, field) == (refused.value.data.status, refused.value.data.field)


async def test_a_wrong_key_opens_nothing(far_end: MollieSandbox) -> None:
    with pytest.raises(mollie.models.APIError) as refused:
        await far_end.sdk("test_wrong").payments.list_async()

    assert 401 == refused.value.status_code


async def test_an_idempotency_key_makes_one_payment_of_two_requests(far_end: MollieSandbox) -> None:
    asked: Any = {
        "amount": {"currency": "EUR", "value": "1.00"},
        "description": "once",
        "redirect_url": "https://shop.example/back",
    }
    create = far_end.sdk().payments.create_async
    first = await create(payment_request=asked, idempotency_key="key-1")
    second = await create(payment_request=asked, idempotency_key="key-1")
    with pytest.raises(mollie.models.ErrorResponse):
        await create(payment_request=asked | {"description": "two"}, idempotency_key="key-1")

    assert first.id == second.id


async def test_nothing_is_lost_when_the_far_end_is_killed(far_end: MollieSandbox) -> None:
    made = await far_end.create()
    await far_end.restart(signal.SIGKILL)

    assert "open" == (await shown(far_end, made.id))["status"]
