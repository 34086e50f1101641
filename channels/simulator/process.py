"""One run of the simulator: HTTP, SMTP and the carrier's worker on one event loop."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from types import FrameType

import uvicorn

from channels.simulator.changes import Changes
from channels.simulator.clock import now_ms
from channels.simulator.courier import Courier
from channels.simulator.exchange import Exchange
from channels.simulator.faults import Faults
from channels.simulator.networks.email.certificate import tls_context
from channels.simulator.networks.email.imap import start_imap
from channels.simulator.networks.email.mailbox import MerchantMailbox
from channels.simulator.networks.email.server import start_smtp
from channels.simulator.networks.email.shelf import Shelf
from channels.simulator.networks.sms.calls import Calls
from channels.simulator.networks.table import networks_of
from channels.simulator.options import Options
from channels.simulator.routes.application import application
from channels.simulator.store import Store

HTTP_GRACE_SECONDS = 1
STOP_SECONDS_MAX = 2

log = logging.getLogger(__name__)


async def run(options: Options, *, watch_parent: bool) -> None:
    """Serves until SIGTERM, SIGINT or, with `watch_parent`, the end of standard input."""
    store = Store(options.data)
    exchange = Exchange(options, store, Faults(store), Changes())
    calls = Calls(options.auth_token)
    shelf = None if options.imap_port is None else Shelf(options.data)
    mailbox = None if shelf is None else MerchantMailbox(shelf)
    networks = networks_of(exchange, calls, mailbox)
    tls = tls_context(options.certificate_path, options.key_path, host=options.host, now=now_ms())
    doors = [await start_smtp(exchange, tls, mailbox)]
    if mailbox is not None:
        doors.append(await start_imap(exchange, mailbox, tls))
    courier = Courier(exchange, networks)
    work = asyncio.create_task(courier.run())
    server = _Server(
        uvicorn.Config(
            application(exchange, networks),
            host=options.host,
            port=options.port,
            access_log=False,
            log_config=None,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=HTTP_GRACE_SECONDS,
            h11_max_incomplete_event_size=32 * 1024,
        ),
        exchange.changes,
        options,
    )
    if watch_parent:
        _stop_with_parent(server, asyncio.get_running_loop())
    try:
        await server.serve()
    finally:
        for door in doors:
            door.close()
        exchange.changes.close()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await courier.stop()
        await calls.close()
        store.close()
        if shelf is not None:
            shelf.close()
        log.info("simulator.stopped")


class _Server(uvicorn.Server):
    """Stops for a signal by returning, instead of dying of the signal; and lets open streams end first."""

    def __init__(self, config: uvicorn.Config, changes: Changes, options: Options) -> None:
        super().__init__(config)
        self._changes = changes
        self._options = options

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets=None)
        if self.started:
            _announce(self._options)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        del sig, frame
        self.stop()

    def stop(self) -> None:
        self.should_exit = True
        self._changes.close()
        # The last net: whatever still hangs must not keep the port.
        last_resort = threading.Timer(STOP_SECONDS_MAX, os._exit, args=(1,))
        last_resort.daemon = True
        last_resort.start()


def _announce(options: Options) -> None:
    lines = (
        f"simulator ready: {options.public_url}",
        f"smtp: {options.host}:{options.smtp_port}",
        f"smtp certificate: {options.certificate_path}",
    )
    print(*lines, sep="\n", flush=True)


def _stop_with_parent(server: _Server, loop: asyncio.AbstractEventLoop) -> None:
    """Standard input ends when the parent does, however it died."""

    def wait() -> None:
        # Not sys.stdin: a thread that waits in it makes the interpreter's own end abort.
        while os.read(0, 4096):
            pass
        loop.call_soon_threadsafe(server.stop)

    threading.Thread(target=wait, daemon=True, name="parent-watch").start()
