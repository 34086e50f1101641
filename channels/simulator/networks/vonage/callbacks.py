"""What Vonage tells the merchant: statuses of its messages, and what customers write to its number."""

from __future__ import annotations

import json
from typing import Any

from channels.simulator.addresses import phone_key
from channels.simulator.clock import rfc3339
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Message, Status
from channels.simulator.networks.sms.calls import Calls
from channels.simulator.networks.vonage.token import callback_token
from channels.simulator.store import Task

KIND = "vonage"
PREFIX = "vonage-"
CLIENT_REF = "client_ref"
_ERRORS = "https://developer.vonage.com/api-errors/messages"
_STATUSES = {
    Status.SENT: "submitted",
    Status.DELIVERED: "delivered",
    Status.READ: "read",
    Status.UNDELIVERED: "undeliverable",
    Status.FAILED: "rejected",
}
# The carrier's reasons are kept as Twilio numbers them: unreachable, filtered.
_CODES = {30003: 1260, 30007: 1210}


class VonageCallbacks:
    """Plans the calls and makes them."""

    def __init__(self, exchange: Exchange, calls: Calls) -> None:
        self._exchange = exchange
        self._calls = calls

    @staticmethod
    def sent(message: Message) -> bool:
        """Whether a message came by this API."""
        return message.id.startswith(PREFIX)

    def has_number(self, number: str) -> bool:
        """Whether this number's messages come in here."""
        ours = self._exchange.options.messengers.vonage_number
        return ours is not None and phone_key(number) == phone_key(ours)

    def tell(self, message: Message, *, now: int) -> None:
        """A message's status, where it has one in Vonage's words."""
        status = _STATUSES.get(message.status)
        if status is None or message.callback_url is None:
            return
        body: dict[str, Any] = {
            "message_uuid": message.id.removeprefix(PREFIX),
            "channel": "sms",
            "to": message.recipient.lstrip("+"),
            "from": message.sender.lstrip("+"),
            "timestamp": rfc3339(now),
            "status": status,
            "client_ref": dict(message.headers).get(CLIENT_REF, ""),
            # Vonage charges a segment each, to four places.
            "usage": {"currency": "EUR", "price": f"0.{333 * message.segments:04}"},
        }
        if message.error_code is not None:
            code = _CODES.get(message.error_code, 1330)
            body["error"] = {"type": f"{_ERRORS}#{code}", "title": str(code), "detail": "…"}
        self._plan(message, message.callback_url, body, now=now)

    def deliver(self, message: Message, text: str, *, now: int) -> None:
        """The customer's words, as typed."""
        url = self._exchange.options.messengers.vonage_inbound_url
        if url is None:
            return
        body = {
            "channel": "sms",
            "message_uuid": message.id,
            "to": message.recipient.lstrip("+"),
            "from": message.sender.lstrip("+"),
            "timestamp": rfc3339(now),
            "message_type": "text",
            "text": message.text,
            "sms": {"num_messages": str(message.segments)},
        }
        self._plan(message, url, body, now=now, raw=body | {"text": text})

    async def call(self, task: Task, *, now: int) -> bool:
        """One call; False asks for another try."""
        options = self._exchange.options.messengers
        if options.vonage_signature_secret is None or options.vonage_application_id is None:
            return True
        kept = self._exchange.unmasked.get(task.id)
        body = (kept["body"] if kept is not None else json.dumps(task.payload["body"])).encode()
        token = callback_token(
            options.vonage_signature_secret,
            application=options.vonage_application_id,
            body=body,
            now=now,
        )
        return await self._calls.post_json(
            task.payload["url"],
            body,
            {"Authorization": f"Bearer {token}"},
            about=f"{KIND}/{task.message_id}",
        )

    def _plan(
        self,
        message: Message,
        url: str,
        body: dict[str, Any],
        *,
        now: int,
        raw: dict[str, Any] | None = None,
    ) -> None:
        exchange = self._exchange
        if exchange.faults.strikes("callback_lost", Channel.SMS):
            return
        due_at = now + exchange.faults.call_delay_ms(Channel.SMS)
        for _ in range(1 + exchange.faults.extra_calls(Channel.SMS)):
            task = exchange.plan(KIND, message.id, {"url": url, "body": body}, due_at=due_at)
            if raw is not None:
                exchange.unmasked[task] = {"body": json.dumps(raw)}
