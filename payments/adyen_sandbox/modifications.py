"""What can be done to a payment afterwards? Captures, refunds, cancels: received at once, told of by notification.

A first answer says only that the request was received; whether it worked, the notification tells.
https://docs.adyen.com/online-payments/capture, …/refund, …/cancel
"""

from collections.abc import Callable

from payments.adyen_sandbox import notifications, payments
from payments.adyen_sandbox.desk import (
    Desk,
    Json,
    Refused,
    check_account,
    new_psp_reference,
    text_of,
)
from payments.sandbox import clock

# Answers whether it worked, why not, and for how much it was.
Step = Callable[[Json, int], tuple[bool, str]]


def capture(desk: Desk, psp: str, body: Json) -> Json:
    return _modify(desk, psp, body, "CAPTURE", _capture)


def refund(desk: Desk, psp: str, body: Json) -> Json:
    return _modify(desk, psp, body, "REFUND", _refund)


def cancel(desk: Desk, psp: str, body: Json) -> Json:
    return _modify(desk, psp, body, "CANCELLATION", _cancel, whole=True)


def reverse(desk: Desk, psp: str, body: Json) -> Json:
    """Cancels what is held, refunds what was captured."""
    payment = _payment(desk, psp)
    captured = payment["state"] == "captured"
    return _modify(
        desk,
        psp,
        body,
        "CANCEL_OR_REFUND",
        _refund if captured else _cancel,
        whole=True,
        more={"modification.action": "refund" if captured else "cancel"},
    )


def cancel_by_reference(desk: Desk, body: Json) -> Json:
    """The technical cancel: by the merchant's own reference, whatever it finds under it."""
    check_account(desk, body)
    reference = text_of(body, "paymentReference")
    made = new_psp_reference()
    found = [p for p in payments.of_reference(desk, reference) if p["state"] == "authorised"]
    if found:
        payment = found[-1]
        _cancel(payment, 0)
        desk.store.save(payment)
        notifications.tell(desk, "TECHNICAL_CANCEL", psp=made, payment=payment, reference=reference)
    else:
        nothing: Json = {"id": made, "brand": "", "amount": {"currency": "EUR", "value": 0}}
        notifications.tell(
            desk,
            "TECHNICAL_CANCEL",
            psp=made,
            payment=nothing,
            reference=reference,
            success=False,
            reason="Transaction not found",
        )
    return {
        "merchantAccount": desk.settings.merchant_account,
        "paymentReference": reference,
        "pspReference": made,
        "reference": body.get("reference"),
        "status": "received",
    }


def _modify(
    desk: Desk,
    psp: str,
    body: Json,
    code: str,
    step: Step,
    *,
    whole: bool = False,
    more: dict[str, str] | None = None,
) -> Json:
    check_account(desk, body)
    payment = _payment(desk, psp)
    amount = payment["amount"] if whole else _amount(body, payment)
    made: Json = {"id": new_psp_reference(), "created": clock.seconds(clock.now_ms())}
    worked, why = step(payment, amount["value"])
    desk.store.save(payment)
    desk.store.add(
        "modification",
        {**made, "payment": psp, "code": code, "amount": amount, "worked": worked},
    )
    reference = body.get("reference")
    notifications.tell(
        desk,
        code,
        psp=made["id"],
        payment=payment,
        reference=reference if isinstance(reference, str) else payment["reference"],
        success=worked,
        value=amount["value"],
        reason=why,
        more=more,
    )
    answer: Json = {
        "merchantAccount": desk.settings.merchant_account,
        "paymentPspReference": psp,
        "pspReference": made["id"],
        "reference": reference,
        "status": "received",
    }
    return answer if whole else answer | {"amount": amount}


def _capture(payment: Json, value: int) -> tuple[bool, str]:
    if payment["state"] != "authorised":
        return False, "Transaction not authorised, or captured already"
    if value > payment["amount"]["value"]:
        return False, "Insufficient balance on payment"
    payment["state"], payment["captured"] = "captured", value
    return True, ""


def _refund(payment: Json, value: int) -> tuple[bool, str]:
    if payment["state"] != "captured":
        return False, "Transaction hasn't been captured, refund not possible"
    if value > payment["captured"] - payment["refunded"]:
        return False, "Insufficient balance on payment"
    payment["refunded"] += value
    return True, ""


def _cancel(payment: Json, value: int) -> tuple[bool, str]:
    if payment["state"] != "authorised":
        return False, "Transaction not found or not cancellable"
    payment["state"] = "cancelled"
    return True, ""


def _payment(desk: Desk, psp: str) -> Json:
    payment = desk.store.get("payment", psp)
    if payment is None or payment["state"] == "challenge":
        raise Refused(422, "167", "Original pspReference required for this operation")
    return payment


def _amount(body: Json, payment: Json) -> Json:
    amount = body.get("amount")
    if not isinstance(amount, dict) or type(amount.get("value")) is not int or amount["value"] <= 0:
        raise Refused(422, "137", "Invalid amount specified")
    if amount.get("currency") != payment["amount"]["currency"]:
        raise Refused(422, "138", "Unsupported currency specified")
    return {"currency": amount["currency"], "value": amount["value"]}
