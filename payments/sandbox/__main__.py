"""How is the sandbox started? `python -m payments.sandbox --port P --data FILE …`

Secrets come from options or from the environment (SANDBOX_SECRET_KEY, SANDBOX_PUBLISHABLE_KEY,
SANDBOX_WEBHOOK_SECRET), where a process list does not show them. With PAYTHREAD_PARENT_WATCH=1 it
ends when its standard input does, that is, when its parent is gone.
"""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from payments.sandbox import clockwork, wallets
from payments.sandbox.desk import Desk, Settings
from payments.sandbox.faults import Faults
from payments.sandbox.routes import application
from payments.sandbox.store import Store
from payments.sandbox.wire import CuttableProtocol

log = logging.getLogger("sandbox")

GRACE_SECONDS = 1


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m payments.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", type=Path, required=True, help="SQLite file, made when missing")
    parser.add_argument("--public-url", help="how a browser reaches it; http://localhost:PORT")
    parser.add_argument("--merchant", default="Test merchant", help="name on the bank's page")
    for option, variable in (
        ("--secret-key", "SANDBOX_SECRET_KEY"),
        ("--publishable-key", "SANDBOX_PUBLISHABLE_KEY"),
        ("--webhook-secret", "SANDBOX_WEBHOOK_SECRET"),
    ):
        parser.add_argument(option, default=os.environ.get(variable), help=f"or {variable}")
    parser.add_argument("--webhook-url", help="where every event is sent")
    parser.add_argument(
        "--wallets",
        type=wallets.read_offered,
        default=os.environ.get("SANDBOX_WALLETS", wallets.OFFERED_DEFAULT),
        help=f"of {', '.join(wallets.NAMES)}, those that the account offers; empty for none",
    )
    options = parser.parse_args(arguments)
    if not (options.secret_key or "").startswith("sk_test_"):
        parser.error("a secret key that begins with sk_test_ is needed")
    if not (options.publishable_key or "").startswith("pk_test_"):
        parser.error("a publishable key that begins with pk_test_ is needed")
    if options.webhook_url and not options.webhook_secret:
        parser.error("a webhook URL needs a webhook secret")
    return options


def settings_from(options: argparse.Namespace) -> Settings:
    return Settings(
        public_url=(options.public_url or f"http://localhost:{options.port}").rstrip("/"),
        secret_key=options.secret_key,
        publishable_key=options.publishable_key,
        merchant=options.merchant,
        webhook_url=options.webhook_url,
        webhook_secret=options.webhook_secret,
        wallets=options.wallets,
    )


def build(settings: Settings, data: Path) -> Starlette:
    store = Store(data)
    desk = Desk(settings=settings, store=store, faults=Faults(), woken=asyncio.Event())

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        running = asyncio.create_task(clockwork.run(desk))
        try:
            yield
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            store.close()

    return application(desk, lifespan)


def watch_parent() -> None:
    """Ends this process when standard input ends."""

    def wait() -> None:
        with contextlib.suppress(OSError):
            # Not sys.stdin: a thread that waits in it makes the interpreter's own end abort.
            while os.read(0, 1024):
                pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent-watch", daemon=True).start()


def main() -> None:
    options = read_options()
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s"
    )
    for chatty in ("httpx2", "httpcore2"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    if os.environ.get("PAYTHREAD_PARENT_WATCH") == "1":
        watch_parent()
    # uvicorn shuts down in order, then raises the signal once more: by then, leaving is success.
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, lambda *_: sys.exit(0))
    log.info("sandbox.starting port=%d", options.port)
    uvicorn.run(
        build(settings_from(options), options.data),
        host=options.host,
        port=options.port,
        http=CuttableProtocol,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        limit_concurrency=500,
    )


if __name__ == "__main__":
    main()
