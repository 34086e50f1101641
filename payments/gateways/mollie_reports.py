"""Mollie's webhooks, read: they say which payment changed, and what it is now is always asked.

A classic webhook is a form with nothing but `id=tr_…` and no signature: anybody can send one, and all it can make us do
is look. A next-gen webhook is a JSON event with `X-Mollie-Signature`, an HMAC-SHA256 of the body in hex, twice while a
secret is being replaced. https://docs.mollie.com/reference/webhooks, https://docs.mollie.com/reference/webhooks-new,
https://docs.mollie.com/reference/webhooks-best-practices
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl

from core.errors import PaythreadError
from core.strict_json import parse
from payments.errors import WebhookForged
from payments.gateway import GatewayEvent
from payments.gateways.mollie_words import dig

SIGNATURE: Final = "x-mollie-signature"

_PAYMENT: Final = re.compile(r"tr_[A-Za-z0-9]{4,64}\Z", re.ASCII)
_FORM_LENGTH_MAX: Final = 128
_WORD: Final = re.compile(r"[A-Za-z0-9._:@-]{1,255}\Z", re.ASCII)
_KINDS: Final = ("payment", "refund", "capture", "chargeback")


def read_reports(
    headers: Mapping[str, str], body: bytes, *, secrets: Sequence[str], now: datetime
) -> Sequence[GatewayEvent]:
    """What a webhook reports: one event that sends us to look. Raises `WebhookForged`."""
    signature = headers.get(SIGNATURE)
    if signature is None:
        return [_classic(body, now)]
    _verify(signature, body, secrets)
    return [_next_gen(body, now)]


def reread_report(body: bytes) -> GatewayEvent:
    """An event from the body that it was kept with, or from one of Mollie's events whole. Raises `WebhookForged`."""
    data = _object(body)
    if data.get("resource") == "event":
        return _told(data)
    reference = data.get("reference")
    if set(data) != {"id", "type", "reference"} or not (
        _is_word(data["id"]) and _is_word(data["type"])
    ):
        raise WebhookForged("The body is no report that was kept.")
    if reference is not None and not is_payment_id(reference):
        raise WebhookForged("The body is no report that was kept.")
    return _event(data["id"], data["type"], reference)


def is_payment_id(value: Any) -> bool:
    """Whether this can be a payment's id at Mollie."""
    return isinstance(value, str) and _PAYMENT.match(value) is not None


def _classic(body: bytes, now: datetime) -> GatewayEvent:
    """Every delivery is news of its own: the same bytes come for the payment, and for its refund days later."""
    try:
        text = body.decode("ascii") if len(body) <= _FORM_LENGTH_MAX else ""
        fields = parse_qsl(text, keep_blank_values=True, strict_parsing=True, max_num_fields=1)
    except ValueError:
        raise WebhookForged("The body is no report of Mollie's.") from None
    if len(fields) != 1 or fields[0][0] != "id" or not is_payment_id(fields[0][1]):
        raise WebhookForged("The body is no report of Mollie's.")
    reference = fields[0][1]
    return _event(f"{reference}@{_stamp(now)}", "payment.changed", reference)


def _verify(signature: str, body: bytes, secrets: Sequence[str]) -> None:
    """Any signature of the header by any secret of ours."""
    given = [part.strip().removeprefix("sha256=").encode() for part in signature.split(",")]
    for secret in secrets:
        made = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode()
        if any(hmac.compare_digest(made, each) for each in given):
            return
    raise WebhookForged("The signature is not valid.")


def _next_gen(body: bytes, now: datetime) -> GatewayEvent:
    """An event, or the snapshot that Mollie sends in its place for some of its objects."""
    data = _object(body)
    if data.get("resource") == "event":
        return _told(data)
    if data.get("resource") not in _KINDS or not _is_word(data.get("id")):
        raise WebhookForged("The body is no event of Mollie's.")
    event_id = f"{data['id']}@{_stamp(now)}"
    return _event(event_id, f"{data['resource']}.changed", _payment_of(data.get("id"), data))


def _told(data: Mapping[str, Any]) -> GatewayEvent:
    event_id, kind = data.get("id"), data.get("type")
    if not (_is_word(event_id) and _is_word(kind)):
        raise WebhookForged("The body is no event of Mollie's.")
    reference = _payment_of(data.get("entityId"), dig(data, "_embedded", "entity"))
    return _event(str(event_id), str(kind), reference)


def _payment_of(named: Any, entity: Mapping[str, Any]) -> str | None:
    """The payment that an event is about: the object that it names, or the one that this belongs to."""
    behind = (named, entity.get("paymentId"), entity.get("id"))
    return next((each for each in behind if is_payment_id(each)), None)


def _event(event_id: str, kind: str, reference: str | None) -> GatewayEvent:
    """What is kept is the little that is used: a snapshot would hold the customer's name and account."""
    kept = {"id": event_id, "type": kind, "reference": reference}
    return GatewayEvent(
        id=event_id,
        type=kind,
        body=json.dumps(kept).encode(),
        reference=reference,
        look=reference is not None,
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        data = parse(body)
    except PaythreadError:
        raise WebhookForged("The body is no event of Mollie's.") from None
    if not isinstance(data, dict):
        raise WebhookForged("The body is no event of Mollie's.")
    return data


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and _WORD.match(value) is not None


def _stamp(now: datetime) -> str:
    return now.strftime("%Y%m%dT%H%M%S.%f")
