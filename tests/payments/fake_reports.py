"""What the PSP made by hand reports: how its webhooks are written, signed and read."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from core.money import Money
from payments.errors import WebhookForged
from payments.gateway import (
    Abandoned,
    Authorised,
    CaptureFact,
    Challenged,
    Declined,
    DisputeFact,
    GatewayEvent,
    Outcome,
    Processing,
    RefundFact,
    Succeeded,
)

SIGNATURE: Final = "fake-signature"
SECRET: Final = "only the fake PSP knows"
_TOLERANCE_SECONDS: Final = 300


def check_signature(headers: Mapping[str, str], body: bytes, *, now: datetime) -> None:
    """Raises `WebhookForged`."""
    fields = dict(part.partition("=")[::2] for part in headers.get(SIGNATURE, "").split(","))
    stamp = fields.get("t", "")
    if not hmac.compare_digest(_sign(body, stamp).encode(), fields.get("v1", "").encode()):
        raise WebhookForged("The signature is not valid.")
    if abs(int(now.timestamp()) - int(stamp)) > _TOLERANCE_SECONDS:
        raise WebhookForged("The signature is too old, or from the future.")


def read_report(body: bytes) -> GatewayEvent:
    """What `event_body` wrote. Raises `WebhookForged`."""
    try:
        value = json.loads(body)
        event = GatewayEvent(
            id=value["id"],
            type=value["type"],
            body=body,
            reference=value.get("reference"),
            attempt_id=value.get("attempt"),
            refunds=[_refund(each) for each in value.get("refunds", ())],
            dispute=_dispute(value["dispute"]) if value.get("dispute") else None,
            capture=CaptureFact(**value["capture"]) if value.get("capture") else None,
            look=value.get("look", False),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise WebhookForged("The body is no event.") from None
    outcome = value.get("outcome")
    return event if outcome is None else replace(event, outcome=_outcome(outcome))


def event_body(
    event: str,
    *,
    attempt: str | None = None,
    reference: str | None = None,
    more: Mapping[str, Any] | None = None,
    **outcome: Any,
) -> bytes:
    """A report, e.g. `event_body("evt_1", attempt=…, kind="succeeded", amount=4999, currency="GBP")`.

    `more` holds its other facts: refunds, dispute, capture, look.
    """
    value = {"id": event, "type": "fake.report", "attempt": attempt, "reference": reference}
    value |= more or {}
    return json.dumps(
        value | ({"outcome": outcome | {"reference": reference}} if outcome else {})
    ).encode()


def signed(body: bytes, *, at: datetime) -> dict[str, str]:
    """The headers of a genuine report."""
    stamp = str(int(at.timestamp()))
    return {SIGNATURE: f"t={stamp},v1={_sign(body, stamp)}"}


def _sign(body: bytes, stamp: str) -> str:
    return hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _refund(value: Mapping[str, Any]) -> RefundFact:
    return RefundFact(
        value["reference"],
        Money.of(value["amount"], value["currency"]),
        value["state"],
        value.get("order"),
        value.get("why"),
    )


def _dispute(value: Mapping[str, Any]) -> DisputeFact:
    return DisputeFact(
        value["reference"],
        Money.of(value["amount"], value["currency"]),
        value["state"],
        value.get("reason"),
        value.get("withdrawn", True),
    )


def _outcome(value: Mapping[str, Any]) -> Outcome:
    reference = value["reference"]
    match value["kind"]:
        case "succeeded":
            return Succeeded(reference, Money.of(value["amount"], value["currency"]))
        case "authorised":
            return Authorised(reference, Money.of(value["amount"], value["currency"]))
        case "challenged":
            return Challenged(reference, None)
        case "processing":
            return Processing(reference)
        case "declined":
            return Declined(reference, value.get("code", "generic_decline"))
        case "abandoned":
            return Abandoned(reference)
        case kind:
            raise AssertionError(kind)
