"""Signed webhook calls from Meta to the merchant, and what the networks have in common about them."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Mapping
from typing import Any

import httpx2

from channels.simulator.exchange import Exchange
from channels.simulator.messages import Message, Status
from channels.simulator.networks.meta.accounts import MetaAccount
from channels.simulator.store import Task

HEADER = "X-Hub-Signature-256"
SENT_AFTER_MS = 200
ENDED_AFTER_MS = 600

log = logging.getLogger(__name__)


class Events:
    """Plans and makes one account's calls."""

    def __init__(
        self, exchange: Exchange, account: MetaAccount, client: httpx2.AsyncClient
    ) -> None:
        self._exchange = exchange
        self._account = account
        self._client = client

    def plan(
        self,
        message: Message,
        body: Mapping[str, Any],
        *,
        typed: Mapping[str, Any] | None,
        now: int,
    ) -> None:
        """Plans a call and its copies as the faults have it. `typed` is `body` with the words unmasked."""
        exchange, channel = self._exchange, self._account.channel
        if self._account.inbound_url is None:
            log.info("event.no_webhook message_id=%s", message.id)
            return
        if exchange.faults.strikes("callback_lost", channel):
            return
        due_at = now + exchange.faults.call_delay_ms(channel)
        for _ in range(1 + exchange.faults.extra_calls(channel)):
            task = exchange.plan("event", message.id, {"body": json.dumps(body)}, due_at=due_at)
            if typed is not None:
                # Kept before the worker can look: both run on one event loop, and nothing here awaits.
                exchange.unmasked[task] = {"body": json.dumps(typed)}

    async def make(self, task: Task) -> bool:
        """True once the merchant answered with a success."""
        url = self._account.inbound_url
        if url is None:
            return True
        body = self._exchange.unmasked.get(task.id, task.payload)["body"].encode()
        mac = hmac.new(self._account.app_secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {
            HEADER: f"sha256={mac}",
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
        }
        try:
            answer = await self._client.post(url, content=body, headers=headers)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            log.warning(
                "event.failed message_id=%s error=%s", task.message_id, type(error).__name__
            )
            return False
        if not answer.is_success:
            log.warning(
                "event.refused message_id=%s status=%s", task.message_id, answer.status_code
            )
            return False
        self._exchange.unmasked.pop(task.id, None)
        return True

    def plan_status(
        self, message: Message, status: Status, code: int | None, *, after: int
    ) -> None:
        """Has the network move the message on by itself, so long after it was taken."""
        payload = {"status": status.value, "error_code": code}
        self._exchange.plan("status", message.id, payload, due_at=message.created_at + after)

    def advance(self, task: Task, *, now: int) -> Message | None:
        """The message as it is from now on; None if it has gone another way since."""
        moved = self._exchange.store.advance(
            task.message_id,
            Status(task.payload["status"]),
            error_code=task.payload["error_code"],
            now=now,
        )
        self._exchange.changes.announce()
        return moved


def window_is_open(exchange: Exchange, account: MetaAccount, customer: str, *, now: int) -> bool:
    """Whether the customer has written to the account within the window."""
    since = now - account.window_seconds * 1000
    return _has_written(exchange, account, customer, since=since)


def has_ever_written(exchange: Exchange, account: MetaAccount, customer: str) -> bool:
    """Whether the network knows this customer for the account at all."""
    return _has_written(exchange, account, customer, since=0)


def header(message: Message, name: str) -> str | None:
    """What came with the message under that name."""
    return dict(message.headers).get(name)


def _has_written(exchange: Exchange, account: MetaAccount, customer: str, *, since: int) -> bool:
    where: list[tuple[str, object]] = [
        ("direction = ?", "to_merchant"),
        ("sender = ?", customer),
        ("recipient = ?", account.address),
        ("created_at > ?", since),
    ]
    return bool(exchange.store.page(account.channel, where, limit=1, offset=0))
