"""How does an event reach the merchant? Signed, retried with growing delays, until a 2xx."""

import asyncio
import hashlib
import hmac
import json
import logging
from dataclasses import dataclass

import httpx2

from payments.sandbox import clock
from payments.sandbox.desk import Desk
from payments.sandbox.errors import Json
from payments.sandbox.events import DEFAULT_ENDPOINT

log = logging.getLogger("sandbox.courier")

FIRST_RETRY_MS = 500
RETRY_MS_MAX = 120_000
ATTEMPTS_MAX = 60
AT_ONCE = 8
ANSWER_SECONDS_MAX = 15


@dataclass(frozen=True, slots=True)
class Errand:
    seq: int
    event_id: str
    endpoint_id: str
    attempts: int


def signature(body: bytes, *, secret: str, at_seconds: int) -> str:
    """The `Stripe-Signature` header (docs.stripe.com/webhooks#verify-manually)."""
    signed = f"{at_seconds}.".encode() + body
    mac = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={at_seconds},v1={mac}"


def retry_delay_ms(attempts: int) -> int:
    """After so many failed attempts: 0.5 s, 1, 2, 4 … up to two minutes."""
    return min(FIRST_RETRY_MS << min(attempts - 1, 20), RETRY_MS_MAX)


class Courier:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._under_way: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def take_up(self) -> None:
        """After a start, what waits is tried again now: the receiver may be back as well."""
        soon = clock.now_ms() + FIRST_RETRY_MS
        self._desk.store.execute(
            "UPDATE deliveries SET due_ms = min(due_ms, ?) WHERE state = 'pending'", soon
        )

    def due(self) -> list[Errand]:
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return []
        rows = self._desk.store.execute(
            "SELECT seq, event_id, endpoint_id, attempts FROM deliveries "
            "WHERE state = 'pending' AND due_ms <= ? ORDER BY due_ms, seq LIMIT ?",
            clock.now_ms(), AT_ONCE * 2,
        )  # fmt: skip
        errands = [Errand(**dict(row)) for row in rows]
        return [errand for errand in errands if errand.seq not in self._under_way][:room]

    def next_due_ms(self) -> int | None:
        """When the next delivery that is not already under way falls due."""
        rows = self._desk.store.execute(
            "SELECT seq, due_ms FROM deliveries WHERE state = 'pending' ORDER BY due_ms LIMIT ?",
            AT_ONCE + 1,
        ).fetchall()
        times = [int(row["due_ms"]) for row in rows if row["seq"] not in self._under_way]
        return times[0] if times and len(self._under_way) < AT_ONCE else None

    def send_due(self, client: httpx2.AsyncClient) -> None:
        for errand in self.due():
            self._under_way.add(errand.seq)
            task = asyncio.create_task(self._send(client, errand))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _send(self, client: httpx2.AsyncClient, errand: Errand) -> None:
        try:
            answer = await self._attempt(client, errand)
            self._note(errand, answer)
        finally:
            self._under_way.discard(errand.seq)
            self._desk.woken.set()

    async def _attempt(self, client: httpx2.AsyncClient, errand: Errand) -> str:
        event = self._desk.store.get("event", errand.event_id)
        address = self._address(errand.endpoint_id)
        if event is None or address is None:
            return "gone"
        url, secret = address
        body = json.dumps(event, indent=2).encode()
        stamp = signature(body, secret=secret, at_seconds=clock.seconds(clock.now_ms()))
        headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": stamp}
        try:
            response = await client.post(url, content=body, headers=headers)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return type(error).__name__
        return str(response.status_code)

    def _address(self, endpoint_id: str) -> tuple[str, str] | None:
        settings = self._desk.settings
        if endpoint_id == DEFAULT_ENDPOINT:
            if settings.webhook_url is None:
                return None
            return settings.webhook_url, settings.webhook_secret or ""
        endpoint: Json | None = self._desk.store.get("webhook_endpoint", endpoint_id)
        if endpoint is None or endpoint["status"] != "enabled":
            return None
        return endpoint["url"], self._desk.store.hidden(endpoint_id)["secret"]

    def _note(self, errand: Errand, answer: str) -> None:
        attempts = errand.attempts + 1
        state = "pending"
        if answer.startswith("2"):
            state = "delivered"
        elif answer == "gone" or attempts >= ATTEMPTS_MAX:
            state = "failed"
        self._desk.store.execute(
            "UPDATE deliveries SET state = ?, attempts = ?, last_answer = ?, due_ms = ? "
            "WHERE seq = ?",
            state, attempts, answer, clock.now_ms() + retry_delay_ms(attempts), errand.seq,
        )  # fmt: skip
        if state != "delivered":
            log.info("webhook.refused event=%s answer=%s", errand.event_id, answer)
            return
        event = self._desk.store.get("event", errand.event_id)
        if event is not None and event["pending_webhooks"] > 0:
            event["pending_webhooks"] -= 1
            self._desk.store.save(event)
