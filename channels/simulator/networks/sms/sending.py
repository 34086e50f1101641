"""What the Messages API accepts, and what becomes of it (Twilio, "Create a Message resource")."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from channels.simulator.addresses import is_e164, is_sms_sender, phone_key
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Direction, Message, Origin, Status
from channels.simulator.networks.sms.numbers import (
    REFUSED_FROM,
    REFUSED_TO,
    ending_for,
    reaches_the_phone,
)
from channels.simulator.networks.sms.refusals import Refused
from channels.simulator.networks.sms.segments import BODY_UNITS_MAX, segments, utf16_units

SENT_AFTER_MS = 200
DELIVERED_AFTER_MS = 600
CALLBACK_URL_CHARS_MAX = 4000

_SERVICE_SID = re.compile(r"MG[0-9a-f]{32}")
_UNSUPPORTED = ("MediaUrl", "ContentSid", "ScheduleType", "SendAt")
_HOST = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]")


def new_sid() -> str:
    """A message's SID: SM and 32 hexadecimal digits."""
    return f"SM{secrets.token_hex(16)}"


def send(exchange: Exchange, form: Mapping[str, str], *, now: int) -> Message:
    """Takes a message from the merchant and plans its way to the phone. Raises Refused."""
    message = _checked(exchange, form, now)
    stored = exchange.keep(message)
    plan_statuses(exchange, stored, now=now)
    return stored


def plan_statuses(exchange: Exchange, message: Message, *, now: int) -> None:
    """Lets the carrier report on the message by itself: `sent`, then how it ended."""
    ending = ending_for(message.recipient)
    steps: list[tuple[Status, int]] = []
    if message.status is Status.ACCEPTED:
        steps.append((Status.QUEUED, 0))
    for status in ending.statuses:
        final = status is not Status.SENT and status is not Status.FAILED
        steps.append((status, DELIVERED_AFTER_MS if final else SENT_AFTER_MS))
    for status, after in steps:
        last = status is ending.statuses[-1]
        payload = {"status": status.value, "error_code": ending.error_code if last else None}
        exchange.plan("status", message.id, payload, due_at=now + after)


def _checked(exchange: Exchange, form: Mapping[str, str], now: int) -> Message:
    for name in _UNSUPPORTED:
        if form.get(name):
            raise Refused(20001, what=name)
    recipient = _recipient(form)
    sender, service_sid = _sender(exchange, form)
    body = form.get("Body", "")
    if not body:
        raise Refused(21602)
    if utf16_units(body) > BODY_UNITS_MAX:
        raise Refused(21617)
    if sender == recipient:
        raise Refused(21266, what=recipient)
    if exchange.store.has_opted_out(service_sid or phone_key(sender), recipient):
        raise Refused(21610)
    return Message(
        id=new_sid(),
        channel=Channel.SMS,
        direction=Direction.TO_CUSTOMER,
        origin=Origin.API,
        sender=sender,
        recipient=recipient,
        text=body,
        status=Status.QUEUED if service_sid is None else Status.ACCEPTED,
        created_at=now,
        arrived=reaches_the_phone(recipient),
        service_sid=service_sid,
        callback_url=_callback_url(form),
        segments=segments(body),
    )


def _recipient(form: Mapping[str, str]) -> str:
    given = form.get("To", "").strip()
    if not given:
        raise Refused(21604)
    number = phone_key(given)
    if number in REFUSED_TO:
        raise Refused(REFUSED_TO[number], what=number)
    if not is_e164(number):
        raise Refused(21211)
    return number


def _sender(exchange: Exchange, form: Mapping[str, str]) -> tuple[str, str | None]:
    """The sender shown on the phone, and the Messaging Service that picked it, if one did."""
    service_sid = form.get("MessagingServiceSid") or None
    given = form.get("From", "").strip()
    if service_sid is not None and _SERVICE_SID.fullmatch(service_sid) is None:
        raise Refused(21705)
    if not given:
        if service_sid is None:
            raise Refused(21603)
        return exchange.options.sms_number, service_sid
    sender = phone_key(given) if given.startswith("+") else given
    if sender in REFUSED_FROM:
        raise Refused(REFUSED_FROM[sender], what=sender)
    if not is_sms_sender(sender):
        raise Refused(21212)
    return sender, service_sid


def _callback_url(form: Mapping[str, str]) -> str | None:
    given = form.get("StatusCallback") or None
    if given is None:
        return None
    try:
        parts = urlsplit(given)
        # Reading the port raises on one that is not a port.
        usable = parts.scheme in {"http", "https"} and (parts.port is None or parts.port > 0)
    except ValueError:
        raise Refused(21609) from None
    host = parts.netloc.rpartition("@")[2].removesuffix(f":{parts.port}")
    if not usable or len(given) > CALLBACK_URL_CHARS_MAX or _HOST.fullmatch(host) is None:
        raise Refused(21609)
    return given
