"""How is the far end started? `python -m payments.adyen_sandbox --port P --data FILE …`

Secrets come from options or from the environment (ADYEN_SANDBOX_API_KEY, ADYEN_SANDBOX_CLIENT_KEY,
ADYEN_SANDBOX_HMAC_KEY, ADYEN_SANDBOX_WEBHOOK_PASSWORD), where a process list does not show them. With
PAYTHREAD_PARENT_WATCH=1 it ends when its standard input does, that is, when its parent is gone.
"""

import argparse
import asyncio
import binascii
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

from payments.adyen_sandbox import courier
from payments.adyen_sandbox.desk import Desk, Settings
from payments.adyen_sandbox.routes import application
from payments.sandbox.faults import Faults
from payments.sandbox.store import Store
from payments.sandbox.wire import CuttableProtocol

log = logging.getLogger("adyen_sandbox")

GRACE_SECONDS = 1


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m payments.adyen_sandbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", type=Path, required=True, help="SQLite file, made when missing")
    parser.add_argument("--public-url", help="how a browser reaches it; http://localhost:PORT")
    parser.add_argument("--merchant", default="Test merchant", help="name on the bank's page")
    parser.add_argument("--merchant-account", default="TestMerchant")
    parser.add_argument("--webhook-url", help="where every notification is sent")
    parser.add_argument("--webhook-user", help="for the webhook's basic authentication")
    for option, variable in (
        ("--api-key", "ADYEN_SANDBOX_API_KEY"),
        ("--client-key", "ADYEN_SANDBOX_CLIENT_KEY"),
        ("--hmac-key", "ADYEN_SANDBOX_HMAC_KEY"),
        ("--webhook-password", "ADYEN_SANDBOX_WEBHOOK_PASSWORD"),
    ):
        parser.add_argument(option, default=os.environ.get(variable), help=f"or {variable}")
    options = parser.parse_args(arguments)
    if len(options.api_key or "") < 8 or not (options.client_key or "").startswith("test_"):
        parser.error("an API key and a client key that begins with test_ are needed")
    try:
        options.hmac_key = binascii.unhexlify(options.hmac_key or "")
    except (binascii.Error, ValueError):
        parser.error("the HMAC key is hexadecimal")
    if len(options.hmac_key) < 16:
        parser.error("an HMAC key of at least 32 hexadecimal digits is needed")
    return options


def settings_from(options: argparse.Namespace) -> Settings:
    return Settings(
        public_url=(options.public_url or f"http://localhost:{options.port}").rstrip("/"),
        merchant_account=options.merchant_account,
        client_key=options.client_key,
        merchant=options.merchant,
        api_key=options.api_key,
        hmac_key=options.hmac_key,
        webhook_url=options.webhook_url,
        webhook_user=options.webhook_user,
        webhook_password=options.webhook_password,
    )


def build(settings: Settings, data: Path) -> Starlette:
    store = Store(data)
    desk = Desk(settings=settings, store=store, faults=Faults(), woken=asyncio.Event())

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        running = asyncio.create_task(courier.run(desk))
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
    log.info("adyen_sandbox.starting port=%d", options.port)
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
