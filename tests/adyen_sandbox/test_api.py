"""The Checkout API as the official SDK meets it."""

import asyncio
import base64
import json
from typing import Any
from uuid import uuid4

import Adyen
import pytest

from tests.adyen_sandbox.harness import ACCOUNT, AdyenSandbox, Receiver


def request(method: dict[str, Any], reference: str, **more: Any) -> dict[str, Any]:
    browser = method.pop("browserInfo", None)
    body = {
        "amount": {"currency": "EUR", "value": 1000},
        "merchantAccount": ACCOUNT,
        "reference": reference,
        "paymentMethod": method,
        "returnUrl": "https://shop.example/return",
        "channel": "Web",
        "authenticationData": {"threeDSRequestData": {"nativeThreeDS": "preferred"}},
    }
    if browser is not None:
        body["browserInfo"] = browser
    return body | more


async def pay(adyen: AdyenSandbox, reference: str, *, key: str | None = None, **how: Any) -> Any:
    more = how.pop("more", {})
    body = request(await adyen.method(**how), reference, **more)
    sdk = adyen.sdk()
    answer = await asyncio.to_thread(sdk.payments_api.payments, body, idempotency_key=key)
    return answer.message


async def test_a_good_card_is_authorised_and_told(adyen: AdyenSandbox, receiver: Receiver) -> None:
    reference = f"att_{uuid4().hex}"
    answer = await pay(adyen, reference)

    assert ("Authorised", reference, {"currency": "EUR", "value": 1000}) == (
        answer["resultCode"],
        answer["merchantReference"],
        answer["amount"],
    )
    item = await receiver.wait_for("AUTHORISATION", reference)
    assert (answer["pspReference"], "true") == (item["pspReference"], item["success"])


@pytest.mark.parametrize(
    ("holder", "result", "number"),
    [
        ("DECLINED", "Refused", "2"),
        ("CARD_EXPIRED", "Refused", "6"),
        ("NOT_ENOUGH_BALANCE", "Refused", "12"),
        ("ERROR", "Error", "4"),
        ("FRAUD", "Refused", "20"),
        ("CVC_DECLINED : with a note", "Refused", "24"),
    ],
)
async def test_the_holders_name_chooses_the_result(
    adyen: AdyenSandbox, holder: str, result: str, number: str
) -> None:
    answer = await pay(adyen, f"att_{uuid4().hex}", holder=holder)

    assert (result, number) == (answer["resultCode"], answer["refusalReasonCode"])


async def test_the_same_key_is_one_payment_and_one_answer(adyen: AdyenSandbox) -> None:
    reference = f"att_{uuid4().hex}"
    first = await pay(adyen, reference, key=reference)
    second = await pay(adyen, reference, key=reference)

    assert first == second
    assert 1 == len(await adyen.payments(reference))


@pytest.mark.parametrize(("outcome", "result"), [("complete", "Authorised"), ("fail", "Refused")])
async def test_a_challenge_is_decided_by_the_bank_and_not_by_the_page(
    adyen: AdyenSandbox, outcome: str, result: str
) -> None:
    reference = f"att_{uuid4().hex}"
    asked = await pay(adyen, reference, number="4917610000000000")
    assert "ChallengeShopper" == asked["resultCode"]
    assert "pspReference" not in asked
    token = await adyen.answer_challenge(asked["action"], outcome)
    claimed = base64.b64encode(
        json.dumps({"transStatus": "Y", "authorisationToken": token}).encode()
    ).decode()
    details = {"details": {"threeDSResult": claimed}}
    answer = await asyncio.to_thread(adyen.sdk().payments_api.payments_details, details)

    assert result == answer.message["resultCode"]
    assert reference == answer.message["merchantReference"]


async def test_without_the_browsers_facts_the_customer_is_sent_away(adyen: AdyenSandbox) -> None:
    asked = await pay(adyen, f"att_{uuid4().hex}", number="5454545454545454", browser=False)

    assert ("RedirectShopper", "redirect") == (asked["resultCode"], asked["action"]["type"])


async def test_a_hold_is_captured_in_part_and_refunded(
    adyen: AdyenSandbox, receiver: Receiver
) -> None:
    reference = f"att_{uuid4().hex}"
    held = await pay(adyen, reference, more={"additionalData": {"manualCapture": "true"}})
    psp = held["pspReference"]
    modifications = adyen.sdk().modifications_api
    part = {"merchantAccount": ACCOUNT, "amount": {"currency": "EUR", "value": 600}}
    taken = await asyncio.to_thread(
        modifications.capture_authorised_payment, part | {"reference": "cap_1"}, psp
    )
    await receiver.wait_for("CAPTURE", taken.message["pspReference"])
    back = await asyncio.to_thread(
        modifications.refund_captured_payment, part | {"reference": "ref_1"}, psp
    )
    item = await receiver.wait_for("REFUND", back.message["pspReference"])
    again = await asyncio.to_thread(
        modifications.refund_captured_payment, part | {"reference": "ref_2"}, psp
    )
    refused = await receiver.wait_for("REFUND", again.message["pspReference"])

    assert ("received", "received") == (taken.message["status"], back.message["status"])
    assert ("true", "ref_1", psp) == (
        item["success"],
        item["merchantReference"],
        item["originalReference"],
    )
    assert "false" == refused["success"]
    assert [("captured", 600, 600)] == [
        (each["state"], each["captured"], each["refunded"])
        for each in await adyen.payments(reference)
    ]


async def test_a_technical_cancel_finds_a_hold_by_the_merchants_reference(
    adyen: AdyenSandbox, receiver: Receiver
) -> None:
    reference = f"att_{uuid4().hex}"
    held = await pay(adyen, reference, more={"additionalData": {"manualCapture": "true"}})
    call = adyen.sdk().modifications_api.cancel_authorised_payment
    body = {"merchantAccount": ACCOUNT, "paymentReference": reference}
    answer = await asyncio.to_thread(call, body)
    item = await receiver.wait_for("TECHNICAL_CANCEL", answer.message["pspReference"])

    assert (reference, held["pspReference"], "true") == (
        item["merchantReference"],
        item["originalReference"],
        item["success"],
    )


async def test_a_reversal_cancels_what_is_held_and_refunds_what_was_taken(
    adyen: AdyenSandbox, receiver: Receiver
) -> None:
    held = await pay(
        adyen, f"att_{uuid4().hex}", more={"additionalData": {"manualCapture": "true"}}
    )
    taken = await pay(adyen, f"att_{uuid4().hex}")
    call = adyen.sdk().modifications_api.refund_or_cancel_payment
    actions = []
    for each in (held, taken):
        answer = await asyncio.to_thread(call, {"merchantAccount": ACCOUNT}, each["pspReference"])
        item = await receiver.wait_for("CANCEL_OR_REFUND", answer.message["pspReference"])
        actions.append(item["additionalData"]["modification.action"])

    assert ["cancel", "refund"] == actions


async def test_errors_have_adyens_form(adyen: AdyenSandbox) -> None:
    method = await adyen.method()
    sdk = adyen.sdk().payments_api
    stranger = request(dict(method), "r") | {"merchantAccount": "Another"}
    unreadable = request({**method, "encryptedCardNumber": "x" * 100}, "r")

    with pytest.raises(Adyen.AdyenAPIInvalidPermission) as refused:
        await asyncio.to_thread(sdk.payments, stranger)
    assert "901" == refused.value.error_code
    with pytest.raises(Adyen.AdyenAPIUnprocessableEntity) as unread:
        await asyncio.to_thread(sdk.payments, unreadable)
    assert "174" == unread.value.error_code
    with pytest.raises(Adyen.AdyenAPIAuthenticationError):
        await asyncio.to_thread(
            adyen.sdk("another").payments_api.payment_methods, {"merchantAccount": ACCOUNT}
        )
