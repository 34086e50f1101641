"""The production processes: the service (with or without a worker inside) and the worker alone."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

import structlog
import uvicorn
from starlette.types import ASGIApp

from app.accounts import set_up_accounts
from app.application import create_app, create_watch, readiness_of
from app.connections import RequestHead, Socket
from app.draining import SIGNALS, DrainingServer, QuietServer
from app.readiness import Readiness
from app.settings import Settings
from app.wiring import House, open_house
from app.worker import Worker
from core.clock import utc_now
from core.wakeups import Noted

log = structlog.get_logger()

GRACE_SECONDS: Final = 3
# Twice what the feed takes, so that it is the feed which refuses, with its own close code.
SOCKET_BYTES_MAX: Final = 128 * 1024
_HEADER_BYTES_MAX: Final = 32 * 1024
# Endpoints that are sent to at the same time.
WEBHOOKS_AT_ONCE: Final = 48


async def serve(
    settings: Settings, *, host: str, port: int, with_worker: bool, health_port: int | None = None
) -> None:
    """Serves until SIGTERM or SIGINT; then drains: sockets are told to resume elsewhere, requests are finished.

    At `health_port`, if there is one, it tells how it is to those inside.
    """
    async with _house(settings) as house:
        readiness = readiness_of(house)
        app = create_app(house, readiness)
        server = DrainingServer(
            server_config(app, settings, host=host, port=port),
            leave=readiness.leave,
            drain=house.drain,
            drain_seconds=settings.drain_seconds,
        )
        workers = _workers(house) if with_worker else []
        await house.hub.start()
        working = [asyncio.create_task(worker.run()) for worker in workers]
        log.info("service.started", host=host, port=port, worker=with_worker)
        try:
            noted = house.hub.company.hear
            async with _woken(house, workers, noted), _watched(house, readiness, host, health_port):
                await server.serve()
        finally:
            for worker in workers:
                worker.stop()
            await house.hub.stop()
            if working:
                await _ended(asyncio.gather(*working))
    log.info("service.stopped")


def server_config(
    application: ASGIApp, settings: Settings, *, host: str, port: int
) -> uvicorn.Config:
    """How the server is set up, with a bound on everything that comes in."""
    return uvicorn.Config(
        application,
        host=host,
        port=port,
        lifespan="off",
        log_config=None,
        # Request lines hold link tokens.
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        ws=Socket,
        ws_max_size=SOCKET_BYTES_MAX,
        ws_per_message_deflate=False,
        h11_max_incomplete_event_size=_HEADER_BYTES_MAX,
        http=RequestHead,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


async def work(settings: Settings, *, host: str, health_port: int | None = None) -> None:
    """Works until SIGTERM or SIGINT. At `health_port`, if there is one, it tells how it is to those inside."""
    async with _house(settings) as house:
        workers = _workers(house)
        readiness = readiness_of(house)

        def stop() -> None:
            readiness.leave()
            for worker in workers:
                worker.stop()

        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, stop)
        log.info("worker.started")
        async with _woken(house, workers), _watched(house, readiness, host, health_port):
            await asyncio.gather(*(worker.run() for worker in workers))
    log.info("worker.stopped")


@asynccontextmanager
async def _watched(
    house: House, readiness: Readiness, host: str, port: int | None
) -> AsyncIterator[None]:
    if port is None:
        yield
        return
    app = create_watch(house, readiness)
    server = QuietServer(server_config(app, house.settings, host=host, port=port))
    serving = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        server.should_exit = True
        await serving


def _workers(house: House) -> Sequence[Worker]:
    """One for the house's own work, one for webhooks and mailboxes: their far ends may be as slow as they like."""
    workers = (
        Worker(house.database, house.handlers, house.clock),
        Worker(
            house.database,
            house.webhook_handlers,
            house.clock,
            scout=house.scout.look,
            leave=house.courier.leave,
            at_once=WEBHOOKS_AT_ONCE,
        ),
    )
    for worker in workers:
        house.journal.wakes.append(worker.nudge)
    return workers


@asynccontextmanager
async def _woken(
    house: House, workers: Sequence[Worker], noted: Noted | None = None
) -> AsyncIterator[None]:
    """While the block runs, this process and the others tell each other what has grown. `noted` hears their notes."""
    wakeups = house.wakeups
    if wakeups is None:
        yield
        return

    def heard(merchant: str) -> None:
        house.hub.wake(merchant)
        for worker in workers:
            worker.nudge()

    house.journal.wakes.append(wakeups.tell)
    await wakeups.start(heard, noted)
    try:
        yield
    finally:
        await wakeups.stop()


def watch_parent() -> None:
    """Ends this process when the one that started it is gone: its end of our standard input closes."""
    if os.environ.get("PAYTHREAD_PARENT_WATCH") != "1":
        return

    def wait() -> None:
        # Not sys.stdin: a thread that waits in it makes the interpreter's own end abort.
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True, name="parent-watch").start()


def default_host(settings: Settings) -> str:
    """Where to listen when nothing else is said: loopback only, for a reverse proxy in front."""
    return "127.0.0.1" if urlsplit(settings.base_url).scheme == "http" else "0.0.0.0"  # noqa: S104


@asynccontextmanager
async def _house(settings: Settings) -> AsyncIterator[House]:
    house = await open_house(settings)
    try:
        await set_up_accounts(house.database, house.vault, settings, now=utc_now())
        yield house
    finally:
        await house.close()


async def _ended(task: asyncio.Future[list[None]]) -> None:
    try:
        async with asyncio.timeout(GRACE_SECONDS):
            await task
    except TimeoutError:
        # What it was doing is leased, and is done again after the next start.
        log.warning("worker.cut_off")
