"""The customer's side of a chatbot: what they write, and the receipts that the integrator sends."""

from __future__ import annotations

import json
import re
import secrets
from typing import Any

from channels.simulator.errors import Invalid, NotPossible
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Direction, Message, Origin, Status
from channels.simulator.networks.chatbot.signature import signed_headers
from channels.simulator.networks.port import Written
from channels.simulator.networks.sms.calls import Calls
from channels.simulator.store import Task

_HANDLE = re.compile(r"[A-Za-z0-9_.:@=+/-]{1,128}", re.ASCII)
_SAID = {Status.DELIVERED: "delivered", Status.READ: "read", Status.FAILED: "failed"}


class ChatbotNetwork:
    """See `networks.port.Network`."""

    channel = Channel.CHATBOT

    def __init__(self, exchange: Exchange, calls: Calls) -> None:
        self._exchange = exchange
        self._calls = calls

    def write(self, written: Written, *, now: int) -> Message:
        visitor = written.sender.strip()
        if _HANDLE.fullmatch(visitor) is None:
            raise Invalid("A chatbot's visitor is a handle, like visitor-17.", field="from")
        stored = self._exchange.keep(
            Message(
                id=f"cb-{secrets.token_hex(12)}",
                channel=self.channel,
                direction=Direction.TO_MERCHANT,
                origin=Origin.INBOUND,
                sender=visitor,
                recipient=written.recipient,
                text=written.text,
                status=Status.RECEIVED,
                created_at=now,
                sent_at=now,
            )
        )
        said = {"type": "message", "id": stored.id, "from": visitor, "text": stored.text}
        self._plan("report", stored, said, now=now, raw=said | {"text": written.text})
        return stored

    def report(self, message: Message, status: Status, *, now: int) -> Message:
        if message.direction is not Direction.TO_CUSTOMER:
            raise NotPossible("A chatbot reports on messages to its visitor.")
        reported = self._exchange.store.report(message.id, status, error_code=None, now=now)
        assert reported is not None, "messages are pruned only when new ones arrive"
        self._tell_merchant(reported, now=now)
        self._exchange.changes.announce()
        return reported

    async def carry_out(self, task: Task, *, now: int) -> bool:
        if task.kind == "status":
            moved = self._exchange.store.advance(
                task.message_id, Status(task.payload["status"]), error_code=None, now=now
            )
            if moved is not None:
                self._tell_merchant(moved, now=now)
                self._exchange.changes.announce()
            return True
        options = self._exchange.options.messengers
        if options.chatbot_inbound_url is None or options.chatbot_secret is None:
            return True
        kept = self._exchange.unmasked.get(task.id)
        body = (kept["body"] if kept is not None else json.dumps(task.payload)).encode()
        headers = signed_headers(
            options.chatbot_secret, message=f"{task.message_id}-{task.id}", now=now, body=body
        )
        return await self._calls.post_json(
            options.chatbot_inbound_url, body, headers, about=f"report/{task.message_id}"
        )

    def _tell_merchant(self, message: Message, *, now: int) -> None:
        if message.status in _SAID:
            said = {"type": "receipt", "delivery": message.id, "status": _SAID[message.status]}
            self._plan("report", message, said, now=now)

    def _plan(
        self,
        kind: str,
        message: Message,
        body: dict[str, Any],
        *,
        now: int,
        raw: dict[str, Any] | None = None,
    ) -> None:
        exchange = self._exchange
        if exchange.faults.strikes("callback_lost", self.channel):
            return
        due_at = now + exchange.faults.call_delay_ms(self.channel)
        for _ in range(1 + exchange.faults.extra_calls(self.channel)):
            task = exchange.plan(kind, message.id, body, due_at=due_at)
            if raw is not None:
                exchange.unmasked[task] = {"body": json.dumps(raw)}
