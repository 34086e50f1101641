"""How is the far end started? `python -m payments.mollie_sandbox --port P --data FILE …`

Secrets come from options or from the environment (MOLLIE_SANDBOX_API_KEY, MOLLIE_SANDBOX_ORGANIZATION_TOKEN,
MOLLIE_SANDBOX_WEBHOOK_SECRET), where a process list does not show them. With PAYTHREAD_PARENT_WATCH=1 it ends when its
standard input does, that is, when its parent is gone.
"""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from payments.mollie_sandbox import clockwork
from payments.mollie_sandbox.account import Account
from payments.mollie_sandbox.routes import application
from payments.sandbox.__main__ import GRACE_SECONDS, watch_parent
from payments.sandbox.desk import Desk
from payments.sandbox.faults import Faults
from payments.sandbox.store import Store
from payments.sandbox.wire import CuttableProtocol

log = logging.getLogger("mollie_sandbox")


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m payments.mollie_sandbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", type=Path, required=True, help="SQLite file, made when missing")
    parser.add_argument("--public-url", help="how a browser reaches it; http://localhost:PORT")
    parser.add_argument("--merchant", default="Test merchant", help="name on the hosted page")
    for option, variable in (
        ("--api-key", "MOLLIE_SANDBOX_API_KEY"),
        ("--organization-token", "MOLLIE_SANDBOX_ORGANIZATION_TOKEN"),
        ("--webhook-secret", "MOLLIE_SANDBOX_WEBHOOK_SECRET"),
    ):
        parser.add_argument(option, default=os.environ.get(variable), help=f"or {variable}")
    parser.add_argument("--webhook-url", help="where signed next-gen events are sent")
    options = parser.parse_args(arguments)
    if not (options.api_key or "").startswith("test_"):
        parser.error("an API key that begins with test_ is needed")
    if not (options.organization_token or "access_").startswith("access_"):
        parser.error("an organization token begins with access_")
    if options.webhook_url and not options.webhook_secret:
        parser.error("a webhook URL needs a webhook secret")
    return options


def account_from(options: argparse.Namespace) -> Account:
    return Account(
        public_url=(options.public_url or f"http://localhost:{options.port}").rstrip("/"),
        secret_key=options.api_key,
        publishable_key="",
        organization_token=options.organization_token or "access_none",
        merchant=options.merchant,
        webhook_url=options.webhook_url,
        webhook_secret=options.webhook_secret,
    )


def build(account: Account, data: Path) -> Starlette:
    store = Store(data)
    desk = Desk(settings=account, store=store, faults=Faults(), woken=asyncio.Event())

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
    log.info("mollie_sandbox.starting port=%d", options.port)
    uvicorn.run(
        build(account_from(options), options.data),
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
