"""What keeps going while nobody asks? One loop that sends what is due and does what is due."""

import asyncio
import logging

import httpx2

from payments.sandbox import authorisation, clock, disputes, later, refunds, sessions
from payments.sandbox.courier import ANSWER_SECONDS_MAX, Courier
from payments.sandbox.desk import Desk

log = logging.getLogger("sandbox.clockwork")

STEPS: dict[str, later.Step] = {
    "finish_processing": authorisation.finish_processing,
    "open_dispute": disputes.open_dispute,
    "warn_early": disputes.warn_early,
    "finish_refund": refunds.finish,
    "fail_refund": refunds.fail,
    "expire_session": sessions.run_out,
}
LOOK_AT_LEAST_EVERY_MS = 5_000


async def run(desk: Desk) -> None:
    """Until cancelled. A mistake in one round is logged and does not end the next."""
    courier = Courier(desk)
    courier.take_up()
    async with httpx2.AsyncClient(timeout=ANSWER_SECONDS_MAX, trust_env=False) as client:
        try:
            while True:
                desk.woken.clear()
                try:
                    later.run_due(desk, STEPS)
                    courier.send_due(client)
                except Exception:
                    log.exception("clockwork.stumbled")
                await _sleep(desk, courier)
        finally:
            await courier.stop()


async def _sleep(desk: Desk, courier: Courier) -> None:
    """Until the next thing is due, or something new is added."""
    due = [at for at in (courier.next_due_ms(), later.next_due_ms(desk)) if at is not None]
    wait_ms = LOOK_AT_LEAST_EVERY_MS
    if due:
        wait_ms = max(5, min(wait_ms, min(due) - clock.now_ms()))
    try:
        async with asyncio.timeout(wait_ms / 1000):
            await desk.woken.wait()
    except TimeoutError:
        pass
