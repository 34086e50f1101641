"""What keeps going while nobody asks? One loop that sends what is due and ends what has its time."""

import asyncio
import logging

import httpx2

from payments.mollie_sandbox import money_after, payments
from payments.mollie_sandbox.reports import MollieCourier
from payments.sandbox import clock, later
from payments.sandbox.courier import ANSWER_SECONDS_MAX
from payments.sandbox.desk import Desk

log = logging.getLogger("mollie_sandbox.clockwork")

STEPS: dict[str, later.Step] = {
    "expire": payments.expire,
    "finish_capture": money_after.finish_capture,
    "finish_pending": payments.finish_pending,
    "finish_refund": money_after.finish_refund,
}
LOOK_AT_LEAST_EVERY_MS = 5_000


async def run(desk: Desk) -> None:
    """Until cancelled. A mistake in one round is logged and does not end the next."""
    courier = MollieCourier(desk)
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
                due = [
                    at for at in (courier.next_due_ms(), later.next_due_ms(desk)) if at is not None
                ]
                wait_ms = min([LOOK_AT_LEAST_EVERY_MS, *(at - clock.now_ms() for at in due)])
                try:
                    async with asyncio.timeout(max(5, wait_ms) / 1000):
                        await desk.woken.wait()
                except TimeoutError:
                    pass
        finally:
            await courier.stop()
