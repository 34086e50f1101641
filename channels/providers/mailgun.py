"""Mailgun's webhooks: what became of our mails, and the mails that its routes pass on. No I/O.

https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks and …/receive-http. Both carry
an HMAC-SHA256 over a moment and a token, not over the rest: whoever repeats one within a quarter of an hour can
put other words to it, so the address of the callback is https and the signing key nobody else's.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parseaddr
from typing import Any, Final

from channels import problems
from channels.port import CallbackForged, CallbackRequest, Inbound, Receipt
from channels.providers.form_data import Form, read_form
from channels.providers.mail_inbound import Mail, inbound_of, provider_id_of
from channels.providers.mail_parts import (
    address_in,
    body_of,
    files_of,
    header_in,
    headers_of,
    parse_mail,
)
from channels.providers.mail_reports import read_report
from channels.states import DeliveryState
from core import strict_json
from core.errors import PaythreadError

FRESH_SECONDS: Final = 15 * 60
_TIMESTAMP: Final = re.compile(r"[0-9]{1,12}")
_TOKEN_LENGTH_MAX: Final = 200
_HEADERS_MAX: Final = 500
_LEAVING: Final = {"complained": "[complaint]", "unsubscribed": "[unsubscribed]"}
_REASONS: Final = {
    "suppress-bounce": problems.INVALID_ADDRESS,
    "suppress-complaint": problems.RECIPIENT_OPTED_OUT,
    "suppress-unsubscribe": problems.RECIPIENT_OPTED_OUT,
    "espblock": problems.BLOCKED,
    "old": problems.UNREACHABLE,
}
# RFC 3463, where the receiving server gave one.
_ENHANCED: Final = {
    "5.1.1": problems.INVALID_ADDRESS,
    "5.1.2": problems.INVALID_ADDRESS,
    "5.1.3": problems.INVALID_ADDRESS,
    "5.1.10": problems.INVALID_ADDRESS,
    "5.2.1": problems.UNREACHABLE,
    "5.2.2": problems.UNREACHABLE,
    "5.7.1": problems.BLOCKED,
}
# RFC 5321 4.2.3, and Mailgun's own from 605 on: what it no longer even tries.
_CODES: Final = {
    "550": problems.INVALID_ADDRESS,
    "551": problems.INVALID_ADDRESS,
    "552": problems.UNREACHABLE,
    "553": problems.INVALID_ADDRESS,
    "605": problems.INVALID_ADDRESS,
    "606": problems.RECIPIENT_OPTED_OUT,
    "607": problems.RECIPIENT_OPTED_OUT,
}


def read_callback(
    request: CallbackRequest, *, signing_key: str, sender: str, now: datetime
) -> list[Receipt | Inbound]:
    """What it tells about mails from `sender`. Raises `CallbackForged` also for what has no such shape."""
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() == "application/json":
        body = _json_in(request.body)
        signature, event = _part(body, "signature"), _part(body, "event-data")
        token = _check(signature, signing_key=signing_key, now=now)
        return _of_event(event, sender=sender, token=token)
    form = read_form(content_type, request.body)
    if form is None:
        raise CallbackForged
    token = _check(form.fields, signing_key=signing_key, now=now)
    return _of_mail(form, sender=sender, token=token)


def _check(signed: Mapping[str, Any], *, signing_key: str, now: datetime) -> str:
    """The token, once the signature holds and is fresh."""
    timestamp, token, given = (signed.get(name) for name in ("timestamp", "token", "signature"))
    if isinstance(timestamp, int) and not isinstance(timestamp, bool):
        timestamp = str(timestamp)
    if not (isinstance(timestamp, str) and isinstance(token, str) and isinstance(given, str)):
        raise CallbackForged
    if not _TIMESTAMP.fullmatch(timestamp) or not 0 < len(token) <= _TOKEN_LENGTH_MAX:
        raise CallbackForged
    wanted = hmac.new(signing_key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256)
    holds = hmac.compare_digest(wanted.hexdigest().encode(), given.encode())
    if not holds or abs(now.timestamp() - int(timestamp)) > FRESH_SECONDS:
        raise CallbackForged
    return token


def _json_in(body: bytes) -> Any:
    try:
        return strict_json.parse(body)
    except PaythreadError:
        raise CallbackForged from None


def _of_event(event: Mapping[str, Any], *, sender: str, token: str) -> list[Receipt | Inbound]:
    """Opens and clicks say nothing: scanners open and click as often as people do."""
    kind = event.get("event")
    if kind in ("complained", "unsubscribed"):
        recipient = address_in(_text(event, "recipient"))
        if recipient is None:
            return []
        return [
            Inbound(
                provider_id=provider_id_of(f"{kind}-{_text(event, 'id') or token}"),
                sender=recipient,
                recipient=sender,
                text=_LEAVING[kind],
                choice="stop",
            )
        ]
    delivery = _delivery(event, domain=sender.rpartition("@")[2])
    if delivery is None:
        return []
    if kind == "delivered":
        return [Receipt(fact=DeliveryState.DELIVERED, delivery=delivery)]
    if kind == "failed" and event.get("severity") == "permanent":
        return [Receipt(fact=DeliveryState.FAILED, delivery=delivery, code=_problem(event))]
    return []


def _delivery(event: Mapping[str, Any], *, domain: str) -> str | None:
    """Ours, by the Message-ID that we gave it; Mailgun reports it without its brackets."""
    said = _text(_part(_part(event, "message"), "headers"), "message-id")
    found = re.fullmatch(r"<?(dlv_[0-9a-z]{26})@([^<>\s]{1,253})>?", said)
    return found[1] if found and found[2].lower() == domain.lower() else None


def _problem(event: Mapping[str, Any]) -> str:
    status = _part(event, "delivery-status")
    return (
        _REASONS.get(_text(event, "reason"))
        or _ENHANCED.get(_text(status, "enhanced-code"))
        or _CODES.get(str(status.get("code")))
        or problems.REFUSED
    )


def _of_mail(form: Form, *, sender: str, token: str) -> list[Receipt | Inbound]:
    """A mail that a route passes on: read as one from a mailbox is, and nobody vouches for who wrote it."""
    fields = form.fields
    raw = fields.get("body-mime", "").encode()
    report = read_report(raw, domain=sender.rpartition("@")[2]) if raw else None
    if report is not None:
        return [report]
    mail = parse_mail(raw)
    headers = _headers(fields.get("message-headers", "")) + headers_of(mail)
    name, address = parseaddr(fields.get("from") or fields.get("From") or "")
    writer = address_in(address) or fields.get("sender", "")
    inbound = inbound_of(
        Mail(
            headers=headers,
            written_by=[(name, writer)],
            recipient=address_in(fields.get("recipient", "")) or sender,
            plain=fields.get("body-plain") or body_of(mail, "plain"),
            html=fields.get("body-html") or body_of(mail, "html"),
            stripped=fields.get("stripped-text", ""),
            subject=fields.get("subject"),
            message_id=fields.get("Message-Id", "").strip() or header_in(headers, "message-id"),
            fallback_id=token,
            files=form.files or files_of(mail),
        ),
        sender=sender,
        authserv_id=None,
    )
    return [] if inbound is None else [inbound]


def _headers(said: str) -> list[tuple[str, str]]:
    """A JSON list of pairs; nothing for anything else."""
    try:
        listed = strict_json.parse(said.encode()) if said else []
    except PaythreadError:
        return []
    if not isinstance(listed, list):
        return []
    return [
        (pair[0], pair[1])
        for pair in listed[:_HEADERS_MAX]
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(x, str) for x in pair)
    ]


def _part(of: Any, name: str) -> Mapping[str, Any]:
    found = of.get(name) if isinstance(of, dict) else None
    return found if isinstance(found, dict) else {}


def _text(of: Mapping[str, Any], name: str) -> str:
    found = of.get(name)
    return found if isinstance(found, str) else ""
