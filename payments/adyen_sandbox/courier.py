"""How does a notification reach the merchant? Tried with growing delays until a 2xx."""

import asyncio
import logging

import httpx2

from payments.adyen_sandbox.desk import Desk
from payments.adyen_sandbox.notifications import envelope
from payments.sandbox import clock

log = logging.getLogger("adyen_sandbox.courier")

# Adyen waits 2 minutes first; nobody who tests wants to.
FIRST_RETRY_MS = 500
RETRY_MS_MAX = 120_000
ATTEMPTS_MAX = 60
AT_ONCE = 8
ANSWER_SECONDS_MAX = 10
LOOK_AT_LEAST_EVERY_MS = 5_000


async def run(desk: Desk) -> None:
    """Until cancelled. A mistake in one round is logged and does not end the next."""
    # After a start, what waits is tried again now: the receiver may be back as well.
    desk.store.execute(
        "UPDATE deliveries SET due_ms = min(due_ms, ?) WHERE state = 'pending'",
        clock.now_ms() + FIRST_RETRY_MS,
    )
    settings, auth = desk.settings, None
    if settings.webhook_user is not None:
        auth = (settings.webhook_user, settings.webhook_password or "")
    async with httpx2.AsyncClient(timeout=ANSWER_SECONDS_MAX, trust_env=False, auth=auth) as client:
        while True:
            desk.woken.clear()
            try:
                await _round(desk, client)
            except Exception:
                log.exception("courier.stumbled")
            await _sleep(desk)


async def _round(desk: Desk, client: httpx2.AsyncClient) -> None:
    rows = desk.store.execute(
        "SELECT seq, event_id, attempts FROM deliveries WHERE state = 'pending' AND due_ms <= ? "
        "ORDER BY due_ms, seq LIMIT ?",
        clock.now_ms(), AT_ONCE,
    ).fetchall()  # fmt: skip
    await asyncio.gather(
        *(_send(desk, client, row["seq"], row["event_id"], row["attempts"] + 1) for row in rows)
    )


async def _send(
    desk: Desk, client: httpx2.AsyncClient, seq: int, event_id: str, attempts: int
) -> None:
    kept, settings = desk.store.get("notification", event_id), desk.settings
    answer, state = "gone", "failed"
    if kept is not None and settings.webhook_url is not None:
        try:
            response = await client.post(
                settings.webhook_url,
                content=envelope(kept["item"]),
                headers={"Content-Type": "application/json; charset=utf-8"},
            )
            answer = str(response.status_code)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            answer = type(error).__name__
        state = "delivered" if answer.startswith("2") else "pending"
        if state == "pending" and attempts >= ATTEMPTS_MAX:
            state = "failed"
    delay_ms = min(FIRST_RETRY_MS << min(attempts - 1, 20), RETRY_MS_MAX)
    desk.store.execute(
        "UPDATE deliveries SET state = ?, attempts = ?, last_answer = ?, due_ms = ? WHERE seq = ?",
        state, attempts, answer, clock.now_ms() + delay_ms, seq,
    )  # fmt: skip
    if state != "delivered":
        log.info("webhook.refused event=%s answer=%s", event_id, answer)


async def _sleep(desk: Desk) -> None:
    """Until the next delivery is due, or a new one is added."""
    row = desk.store.execute(
        "SELECT min(due_ms) AS due FROM deliveries WHERE state = 'pending'"
    ).fetchone()
    wait_ms = LOOK_AT_LEAST_EVERY_MS
    if row["due"] is not None:
        wait_ms = max(5, min(wait_ms, int(row["due"]) - clock.now_ms()))
    try:
        async with asyncio.timeout(wait_ms / 1000):
            await desk.woken.wait()
    except TimeoutError:
        pass
