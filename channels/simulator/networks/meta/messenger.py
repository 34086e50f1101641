"""Messenger and Instagram: what the Send API takes, how its messages fare, and what customers write.

https://developers.facebook.com/docs/messenger-platform. Customers are ids that only the network gives out, so
nobody can be written to who has not written first.
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Mapping
from typing import Any

from channels.simulator.errors import Invalid, NotPossible
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Direction, Message, Origin, Status
from channels.simulator.networks.meta.accounts import MetaAccount
from channels.simulator.networks.meta.bodies import object_in, text_in
from channels.simulator.networks.meta.events import (
    ENDED_AFTER_MS,
    SENT_AFTER_MS,
    Events,
    has_ever_written,
    header,
    window_is_open,
)
from channels.simulator.networks.meta.refusals import MetaRefused
from channels.simulator.networks.port import Written
from channels.simulator.store import Task

TEXT_MAX = {Channel.MESSENGER: 2000, Channel.INSTAGRAM: 1000}
# This customer has blocked the merchant.
BLOCKED = "100000000000551"
_HANDLE = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class MessengerNetwork:
    """See `networks.port.Network`. Serves Messenger, and Instagram with its few differences."""

    def __init__(self, exchange: Exchange, account: MetaAccount, events: Events) -> None:
        self._exchange = exchange
        self._account = account
        self._events = events

    @property
    def channel(self) -> Channel:
        return self._account.channel

    def send(self, body: Mapping[str, Any], *, now: int) -> tuple[Message, dict[str, Any]]:
        """Takes a message; it, and what the API answers. Raises MetaRefused."""
        customer = text_in(object_in(body, "recipient"), "id")
        said = object_in(body, "message")
        if body.get("messaging_type", "RESPONSE") != "RESPONSE":
            raise MetaRefused(100)
        if customer == BLOCKED:
            raise MetaRefused(551, 1545041)
        if not has_ever_written(self._exchange, self._account, customer):
            raise MetaRefused(100, 2018001)
        if not window_is_open(self._exchange, self._account, customer, now=now):
            raise MetaRefused(10, 2018278)
        text, button = _said(said, TEXT_MAX[self.channel])
        metadata = said.get("metadata")
        message = self._exchange.keep(
            Message(
                id=f"m_{secrets.token_hex(24)}",
                channel=self.channel,
                direction=Direction.TO_CUSTOMER,
                origin=Origin.API,
                sender=self._account.address,
                sender_name=self._account.name,
                recipient=customer,
                text=text,
                headers=(*button, *([("metadata", metadata)] if isinstance(metadata, str) else [])),
                status=Status.QUEUED,
                created_at=now,
            )
        )
        self._events.plan_status(message, Status.SENT, None, after=SENT_AFTER_MS)
        self._events.plan_status(message, Status.DELIVERED, None, after=ENDED_AFTER_MS)
        return message, {"recipient_id": customer, "message_id": wire_id(message)}

    def write(self, written: Written, *, now: int) -> Message:
        sender = written.sender.strip()
        if _HANDLE.fullmatch(sender) is None:
            raise Invalid("The customer is an id of letters and digits.", field="from")
        if written.recipient.strip() != self._account.address:
            raise Invalid(f"The merchant's account is {self._account.address}.", field="to")
        if len(written.text) > TEXT_MAX[self.channel]:
            raise Invalid("The message is too long for this network.", field="text")
        message = self._exchange.keep(
            Message(
                id=f"m_{secrets.token_hex(24)}",
                channel=self.channel,
                direction=Direction.TO_MERCHANT,
                origin=Origin.INBOUND,
                sender=sender,
                recipient=self._account.address,
                text=written.text,
                status=Status.RECEIVED,
                created_at=now,
                sent_at=now,
            )
        )
        self._events.plan(
            message,
            self._said_by(message, message.text),
            typed=self._said_by(message, written.text),
            now=now,
        )
        return message

    def report(self, message: Message, status: Status, *, now: int) -> Message:
        if message.direction is not Direction.TO_CUSTOMER:
            raise NotPossible("The network reports on messages to the customer, not on their own.")
        if status is Status.FAILED:
            raise NotPossible("This network never says that a message failed once it was taken.")
        if status is Status.DELIVERED and self.channel is Channel.INSTAGRAM:
            raise NotPossible("Instagram reports no deliveries, only what was read.")
        reported = self._exchange.store.report(message.id, status, error_code=None, now=now)
        assert reported is not None, "messages are pruned only when new ones arrive"
        self._tell(reported, now=now)
        self._exchange.changes.announce()
        return reported

    async def carry_out(self, task: Task, *, now: int) -> bool:
        if task.kind == "status":
            moved = self._events.advance(task, now=now)
            if moved is not None:
                self._tell(moved, now=now)
            return True
        return await self._events.make(task)

    def _tell(self, message: Message, *, now: int) -> None:
        """An echo once it is sent; then receipts, as each network has them."""
        mid, told = wire_id(message), None
        is_instagram = self.channel is Channel.INSTAGRAM
        match message.status:
            case Status.SENT:
                echo: dict[str, Any] = {"mid": mid, "is_echo": True, "text": message.text}
                metadata = header(message, "metadata")
                if metadata is not None and not is_instagram:
                    echo["metadata"] = metadata
                told = self._event(self._account.address, message.recipient, now, message=echo)
            case Status.DELIVERED if not is_instagram:
                receipt = {"mids": [mid], "watermark": now}
                told = self._event(message.recipient, self._account.address, now, delivery=receipt)
            case Status.READ:
                # Messenger names no message here, Instagram names one.
                seen = {"mid": mid} if is_instagram else {"watermark": now}
                told = self._event(message.recipient, self._account.address, now, read=seen)
        if told is not None:
            self._events.plan(message, told, typed=None, now=now)

    def _said_by(self, message: Message, text: str) -> dict[str, Any]:
        said = {"mid": wire_id(message), "text": text}
        return self._event(message.sender, message.recipient, message.created_at, message=said)

    def _event(self, sender: str, recipient: str, moment: int, **told: Any) -> dict[str, Any]:
        event = {"sender": {"id": sender}, "recipient": {"id": recipient}, "timestamp": moment}
        entry = {"id": self._account.address, "time": moment, "messaging": [event | told]}
        about = "instagram" if self.channel is Channel.INSTAGRAM else "page"
        return {"object": about, "entry": [entry]}


def wire_id(message: Message) -> str:
    """What the network calls the message. Instagram's ids are long."""
    if message.channel is not Channel.INSTAGRAM:
        return message.id
    long = f"ig_message:IGMessageID:{message.sender}:{message.recipient}:{message.id}"
    return f"aWdfZAG1f{base64.urlsafe_b64encode(long.encode()).decode().rstrip('=')}"


def _said(message: Mapping[str, Any], length_max: int) -> tuple[str, tuple[tuple[str, str], ...]]:
    if "attachment" not in message:
        return _short(text_in(message, "text"), length_max), ()
    payload = object_in(object_in(message, "attachment"), "payload")
    buttons = payload.get("buttons")
    if payload.get("template_type") != "button" or not isinstance(buttons, list) or not buttons:
        raise MetaRefused(100)
    button = buttons[0]
    if not isinstance(button, dict) or button.get("type") != "web_url":
        raise MetaRefused(100)
    text = _short(text_in(payload, "text"), 640)
    label, url = _short(text_in(button, "title"), 20), text_in(button, "url")
    if not url.startswith(("https://", "http://")):
        raise MetaRefused(100)
    shown = text if url in text else f"{text}\n\n{label}: {url}"
    return shown, (("button", label), ("button_url", url))


def _short(text: str, length_max: int) -> str:
    if not 0 < len(text) <= length_max:
        raise MetaRefused(100)
    return text
