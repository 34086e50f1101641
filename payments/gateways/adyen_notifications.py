"""Adyen's notifications ("standard webhooks"): signatures of every item, and what each item says in our words.

https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures,
https://docs.adyen.com/development-resources/webhooks/webhook-types

Signed are pspReference, originalReference, merchantAccountCode, merchantReference, amount, eventCode and success, and
nothing else: no time either, so a report that is sent again is known by its id alone. What is not signed (`reason`,
`additionalData`, `live`, `eventDate`) is read for words only, and moves no money.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from core.errors import PaythreadError
from core.ids import is_id
from core.strict_json import parse
from payments.errors import WebhookForged
from payments.gateway import (
    Abandoned,
    Authorised,
    CaptureFact,
    Declined,
    DisputeFact,
    GatewayEvent,
    Outcome,
    Processing,
    RefundFact,
    Succeeded,
    Unknown,
)
from payments.gateways.adyen_words import (
    card_of_answer,
    decline_of_reason,
    dig,
    from_adyen,
    reference_of,
)

ITEMS_MAX: Final = 100
# The texts that are signed, and how long each may be: an event's id is made of three of them.
_TEXTS: Final = {
    "pspReference": 150,
    "originalReference": 150,
    "merchantAccountCode": 255,
    "merchantReference": 255,
    "eventCode": 80,
    "success": 5,
}
# Reports about the payment itself: only there is `pspReference` the payment's.
_OF_THE_PAYMENT: Final = frozenset({"AUTHORISATION", "PENDING", "EXPIRE", "OFFER_CLOSED"})
_WHY_LENGTH_MAX: Final = 80

# What each stage of a dispute makes of it, and whether its money is then gone from the merchant. A chargeback that is
# reversed may still come back as a second one: https://docs.adyen.com/risk-management/disputes-api/dispute-notifications
_DISPUTES: Final[Mapping[str, tuple[Any, bool]]] = {
    "REQUEST_FOR_INFORMATION": ("open", False),
    "NOTIFICATION_OF_CHARGEBACK": ("open", False),
    "CHARGEBACK": ("open", True),
    "PREARBITRATION_OPEN": ("open", True),
    "CHARGEBACK_REVERSED": ("won", False),
    "PREARBITRATION_WON": ("won", False),
    "SCHEME_ARBITRATION_WON": ("won", False),
    "ISSUER_RESPONSE_TIMEFRAME_EXPIRED": ("won", False),
    "SECOND_CHARGEBACK": ("lost", True),
    "PREARBITRATION_LOST": ("lost", True),
    "SCHEME_ARBITRATION_LOST": ("lost", True),
}


def signature_of(item: Mapping[str, Any], key: bytes) -> bytes:
    """The signature of an item, in base64: HMAC-SHA256 over its signed fields, joined by colons, nothing escaped."""
    amount = dig(item, "amount")
    fields = (
        item.get("pspReference"),
        item.get("originalReference"),
        item.get("merchantAccountCode"),
        item.get("merchantReference"),
        amount.get("value"),
        amount.get("currency"),
        item.get("eventCode"),
        item.get("success"),
    )
    signed = ":".join("" if field is None else str(field) for field in fields)
    return base64.b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest())


def read_keys(text: str) -> tuple[bytes, ...]:
    """The HMAC keys of a configuration: hexadecimal, several with commas while one is being replaced."""
    try:
        keys = tuple(binascii.unhexlify(part.strip()) for part in text.split(",") if part.strip())
    except (binascii.Error, ValueError):
        raise ValueError("hmac_key is hexadecimal, as Adyen's Customer Area shows it") from None
    if not keys or any(len(key) < 16 for key in keys):
        raise ValueError("hmac_key is hexadecimal, as Adyen's Customer Area shows it")
    return keys


def read_notification(body: bytes, keys: Sequence[bytes], account: str) -> list[GatewayEvent]:
    """Every item of a notification, once all their signatures hold. Raises `WebhookForged`: all of them, or none."""
    try:
        given = parse(body)
    except PaythreadError:
        raise WebhookForged("The body is no notification.") from None
    wrapped = given.get("notificationItems") if isinstance(given, Mapping) else None
    if not isinstance(wrapped, list) or not 0 < len(wrapped) <= ITEMS_MAX:
        raise WebhookForged("The body is no notification.")
    items = [_unwrapped(entry) for entry in wrapped]
    for item in items:
        _verify(item, keys)
    return [event_of(item, account) for item in items]


def reread_item(body: bytes, account: str) -> GatewayEvent:
    """The event of an item that was verified and kept. Raises `WebhookForged` if it is none."""
    try:
        item = parse(body)
    except PaythreadError:
        raise WebhookForged("The body is no notification item.") from None
    return event_of(_checked(item), account)


def event_of(item: Mapping[str, Any], account: str) -> GatewayEvent:
    """What an item says. One of another merchant account, or of a kind that is not ours to book, says nothing."""
    psp, code, success = item["pspReference"], item["eventCode"], item["success"] == "true"
    ours = item.get("merchantReference") or ""
    attempt = ours if is_id(ours, "att") else None
    more: dict[str, Any] = {}
    reference = reference_of(item.get("originalReference"))
    if reference is None and code in _OF_THE_PAYMENT:
        reference = reference_of(psp)
    if item["merchantAccountCode"] == account:
        more = _facts(item, code, success, reference)
    return GatewayEvent(
        id=f"{psp}:{code}:{item['success']}",
        type=code,
        body=json.dumps(item).encode(),
        reference=reference,
        attempt_id=attempt,
        **more,
    )


def _facts(  # noqa: PLR0911 - one line a kind
    item: Mapping[str, Any], code: str, success: bool, reference: str | None
) -> dict[str, Any]:
    if code in {"CAPTURE", "CAPTURE_FAILED"}:
        return _captured(item, success and code == "CAPTURE", reference)
    if code in {"REFUND", "REFUND_FAILED", "REFUNDED_REVERSED", "POSTPONED_REFUND"}:
        return _refunded(item, code, success)
    if code == "CANCEL_OR_REFUND" and success:
        # Made by a person in Adyen's Customer Area. Which of the two it was is not signed; that it was made is.
        if dig(item, "additionalData").get("modification.action") == "refund":
            return _refunded(item, "REFUND", success)
        return {"outcome": Abandoned(reference)}
    if code in _DISPUTES and success:
        return _disputed(item, *_DISPUTES[code])
    if code == "DISPUTE_DEFENSE_PERIOD_ENDED" and success:
        lost = dig(item, "additionalData").get("disputeStatus") == "Lost"
        return _disputed(item, "lost", True) if lost else {}
    outcome = _outcome(item, code, success, reference)
    return {} if outcome is None else {"outcome": outcome}


def _outcome(  # noqa: PLR0911 - one line a kind
    item: Mapping[str, Any], code: str, success: bool, reference: str | None
) -> Outcome | None:
    if code == "AUTHORISATION" and reference is not None:
        card = card_of_answer(item)
        if not success:
            return Declined(reference, decline_of_reason(item.get("reason")), card)
        amount = from_adyen(_amount(item))
        if amount is None:
            return Unknown("an amount that is none")
        # The report is the same for a hold and for a charge; the attempt knows which of them was ordered.
        return Authorised(reference, amount, card, as_ordered=True)
    if not success:
        return None
    match code:
        case "CANCELLATION" | "TECHNICAL_CANCEL" | "EXPIRE" | "OFFER_CLOSED":
            return Abandoned(reference)
        case "PENDING" if reference is not None:
            return Processing(reference)
        case _:
            return None


def _captured(item: Mapping[str, Any], done: bool, reference: str | None) -> dict[str, Any]:
    capture = CaptureFact(item["pspReference"], failed=not done, why=None if done else _why(item))
    amount = from_adyen(_amount(item))
    if not done or reference is None or amount is None:
        return {"capture": capture}
    taken = Succeeded(reference, amount, charge_reference=item["pspReference"])
    return {"capture": capture, "outcome": taken}


def _refunded(item: Mapping[str, Any], code: str, success: bool) -> dict[str, Any]:
    amount = from_adyen(_amount(item))
    if amount is None:
        return {}
    ours = item.get("merchantReference") or ""
    state: Any = "succeeded" if code == "REFUND" and success else "failed"
    if code == "POSTPONED_REFUND" and success:
        state = "pending"
    fact = RefundFact(
        reference=item["pspReference"],
        amount=amount,
        state=state,
        order_id=ours if is_id(ours, "ref") else None,
        why=_why(item) if state == "failed" else None,
    )
    return {"refunds": (fact,)}


def _disputed(item: Mapping[str, Any], state: Any, withdrawn: bool) -> dict[str, Any]:
    amount = from_adyen(_amount(item))
    if amount is None:
        return {}
    fact = DisputeFact(
        reference=item["pspReference"],
        amount=amount,
        state=state,
        reason=_why(item),
        withdrawn=withdrawn,
        respond_by=_moment(dig(item, "additionalData").get("defensePeriodEndsAt")),
    )
    return {"dispute": fact}


def _unwrapped(entry: Any) -> Mapping[str, Any]:
    return _checked(entry.get("NotificationRequestItem") if isinstance(entry, Mapping) else None)


def _checked(item: Any) -> Mapping[str, Any]:
    """An item whose signed fields have the form that the signing string needs: no list, no null where text belongs."""
    if not isinstance(item, Mapping):
        raise WebhookForged("The body is no notification.")
    for name, length_max in _TEXTS.items():
        value = item.get(name)
        absent = value is None and name in {"originalReference", "merchantReference"}
        if not absent and not (isinstance(value, str) and len(value) <= length_max):
            raise WebhookForged("The body is no notification.")
    amount = dig(item, "amount")
    if type(amount.get("value")) not in (int, str) or not isinstance(amount.get("currency"), str):
        raise WebhookForged("The body is no notification.")
    if item["success"] not in {"true", "false"} or not item["pspReference"]:
        raise WebhookForged("The body is no notification.")
    return item


def _verify(item: Mapping[str, Any], keys: Sequence[bytes]) -> None:
    given = dig(item, "additionalData").get("hmacSignature")
    if not isinstance(given, str) or not given.isascii():
        raise WebhookForged("An item is not signed.")
    # No early end: how long it takes tells nothing of which key came how near.
    matches = [hmac.compare_digest(signature_of(item, key), given.encode()) for key in keys]
    if not any(matches):
        raise WebhookForged("A signature is not valid.")


def _amount(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Some reports carry the value as text."""
    amount = dict(dig(item, "amount"))
    value = amount.get("value")
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 15:
        amount["value"] = int(value)
    return amount


def _why(item: Mapping[str, Any]) -> str | None:
    reason = item.get("reason")
    return reason[:_WHY_LENGTH_MAX] if isinstance(reason, str) and reason else None


def _moment(text: Any) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
