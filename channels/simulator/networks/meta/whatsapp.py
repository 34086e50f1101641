"""WhatsApp: what the Cloud API takes, how its messages fare, and what customers write.

https://developers.facebook.com/docs/whatsapp/cloud-api. Free words outside the window are taken, and fail
afterwards, as in life.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from channels.simulator.addresses import is_e164, phone_key
from channels.simulator.errors import Invalid, NotPossible
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Direction, Message, Origin, Status
from channels.simulator.networks.meta.accounts import MetaAccount
from channels.simulator.networks.meta.bodies import object_in, text_in
from channels.simulator.networks.meta.events import (
    ENDED_AFTER_MS,
    SENT_AFTER_MS,
    Events,
    header,
    window_is_open,
)
from channels.simulator.networks.meta.refusals import TITLES, MetaRefused
from channels.simulator.networks.meta.templates import filled
from channels.simulator.networks.port import Written
from channels.simulator.store import Task

TEXT_MAX = 4096
_UNDELIVERABLE, _WINDOW = 131026, 131047
# Numbers that misbehave, the same as by SMS.
FAILING = {"+447700900993": _UNDELIVERABLE, "+447700900997": 131049}
SILENT = "+447700900999"
_OPAQUE = "biz_opaque_callback_data"


class WhatsAppNetwork:
    """See `networks.port.Network`."""

    channel = Channel.WHATSAPP

    def __init__(self, exchange: Exchange, account: MetaAccount, events: Events) -> None:
        self._exchange = exchange
        self._account = account
        self._events = events

    def send(self, body: Mapping[str, Any], *, now: int) -> tuple[Message, dict[str, Any]]:
        """Takes a message; it, and what the API answers. Raises MetaRefused."""
        if body.get("messaging_product") != "whatsapp":
            raise MetaRefused(100)
        customer = phone_key(text_in(body, "to"))
        if not is_e164(customer):
            raise MetaRefused(131009)
        text, button, approved = _said(body, self._account)
        failure = FAILING.get(customer)
        if failure is None and not approved:
            is_open = window_is_open(self._exchange, self._account, customer, now=now)
            failure = None if is_open else _WINDOW
        opaque = body.get(_OPAQUE)
        message = self._exchange.keep(
            Message(
                id=f"wamid.{secrets.token_urlsafe(36)}",
                channel=self.channel,
                direction=Direction.TO_CUSTOMER,
                origin=Origin.API,
                sender=self._account.address,
                sender_name=self._account.name,
                recipient=customer,
                text=text,
                headers=(*button, *([(_OPAQUE, opaque)] if isinstance(opaque, str) else [])),
                status=Status.QUEUED,
                created_at=now,
                arrived=failure is None,
            )
        )
        if failure is not None:
            self._events.plan_status(message, Status.FAILED, failure, after=ENDED_AFTER_MS)
        else:
            self._events.plan_status(message, Status.SENT, None, after=SENT_AFTER_MS)
            if customer != SILENT:
                self._events.plan_status(message, Status.DELIVERED, None, after=ENDED_AFTER_MS)
        return message, {
            "messaging_product": "whatsapp",
            "contacts": [{"input": body["to"], "wa_id": customer.removeprefix("+")}],
            "messages": [{"id": message.id}],
        }

    def write(self, written: Written, *, now: int) -> Message:
        sender, recipient = phone_key(written.sender), phone_key(written.recipient)
        if not is_e164(sender):
            raise Invalid("The customer's number must be like +447700900123.", field="from")
        if recipient != self._account.address:
            raise Invalid(f"The merchant's number is {self._account.address}.", field="to")
        if len(written.text) > TEXT_MAX:
            raise Invalid(f"A message holds at most {TEXT_MAX} characters.", field="text")
        message = self._exchange.keep(
            Message(
                id=f"wamid.{secrets.token_urlsafe(36)}",
                channel=self.channel,
                direction=Direction.TO_MERCHANT,
                origin=Origin.INBOUND,
                sender=sender,
                recipient=recipient,
                text=written.text,
                status=Status.RECEIVED,
                created_at=now,
                sent_at=now,
            )
        )
        self._events.plan(
            message,
            self._inbound(message, message.text),
            typed=self._inbound(message, written.text),
            now=now,
        )
        return message

    def report(self, message: Message, status: Status, *, now: int) -> Message:
        if message.direction is not Direction.TO_CUSTOMER:
            raise NotPossible("WhatsApp reports on messages to the customer, not on their own.")
        code = _UNDELIVERABLE if status is Status.FAILED else None
        reported = self._exchange.store.report(message.id, status, error_code=code, now=now)
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
        status: dict[str, Any] = {
            "id": message.id,
            "status": message.status.value,
            "timestamp": str(now // 1000),
            "recipient_id": message.recipient.removeprefix("+"),
        }
        opaque = header(message, _OPAQUE)
        if opaque is not None:
            status[_OPAQUE] = opaque
        if message.error_code is not None:
            title = TITLES.get(message.error_code, "")
            status["errors"] = [{"code": message.error_code, "title": title, "message": title}]
        self._events.plan(message, self._event({"statuses": [status]}), typed=None, now=now)

    def _inbound(self, message: Message, text: str) -> dict[str, Any]:
        wa_id = message.sender.removeprefix("+")
        return self._event(
            {
                "contacts": [{"profile": {"name": f"Customer {wa_id[-4:]}"}, "wa_id": wa_id}],
                "messages": [
                    {
                        "from": wa_id,
                        "id": message.id,
                        "timestamp": str(message.created_at // 1000),
                        "type": "text",
                        "text": {"body": text},
                    }
                ],
            }
        )

    def _event(self, told: Mapping[str, Any]) -> dict[str, Any]:
        metadata = {
            "display_phone_number": self._account.address.removeprefix("+"),
            "phone_number_id": self._account.node,
        }
        value = {"messaging_product": "whatsapp", "metadata": metadata, **told}
        entry = {"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}
        return {"object": "whatsapp_business_account", "entry": [entry]}


def _said(
    body: Mapping[str, Any], account: MetaAccount
) -> tuple[str, tuple[tuple[str, str], ...], bool]:
    """The words, the button if there is one, and whether Meta approved them before. Raises MetaRefused."""
    kind = body.get("type", "text")
    said = body.get(kind) if isinstance(kind, str) else None
    if not isinstance(said, dict):
        raise MetaRefused(100)
    match kind:
        case "text":
            return _short(text_in(said, "body"), TEXT_MAX), (), False
        case "interactive" if said.get("type") == "cta_url":
            parameters = object_in(object_in(said, "action"), "parameters")
            label, url = text_in(parameters, "display_text"), text_in(parameters, "url")
            text = _short(text_in(object_in(said, "body"), "text"), 1024)
            _short(label, 20)
            if not url.startswith(("https://", "http://")):
                raise MetaRefused(131009)
            shown = text if url in text else f"{text}\n\n{label}: {url}"
            return shown, (("button", label), ("button_url", url)), False
        case "template":
            text, button = filled(said, account.template_url)
            return text, button, True
        case _:
            raise MetaRefused(131051)


def _short(text: str, length_max: int) -> str:
    if not 0 < len(text) <= length_max:
        raise MetaRefused(131009)
    return text
