"""The sandbox PSP in a process of its own, for the pages that carry its script."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tests.pay_page.stand import Stand, running_stand

SECRET_KEY = "sk_test_pay_page_stand_000000"
PUBLISHABLE_KEY = "pk_test_pay_page_stand_000000"
START_SECONDS = 20


@dataclass(frozen=True)
class Sandbox:
    url: str

    def post(self, path: str, **fields: str) -> dict[str, object]:
        headers = {"Authorization": f"Bearer {SECRET_KEY}"}
        answer = httpx2.post(self.url + path, data=fields, headers=headers)
        found: dict[str, object] = answer.json()
        return found

    def get(self, path: str) -> dict[str, object]:
        headers = {"Authorization": f"Bearer {SECRET_KEY}"}
        found: dict[str, object] = httpx2.get(self.url + path, headers=headers).json()
        return found

    def challenged(self) -> str:
        """The client secret of an intent whose bank asks."""
        intent = self.post(
            "/v1/payment_intents",
            **{
                "amount": "4999",
                "currency": "gbp",
                "payment_method": "pm_card_threeDSecure2Required",
                "allowed_payment_method_types[]": "card",
                "confirm": "true",
                "use_stripe_sdk": "true",
            },
        )
        assert intent["status"] == "requires_action"
        return str(intent["client_secret"])


@contextmanager
def running_sandbox(folder: Path, *options: str) -> Iterator[Sandbox]:
    """The sandbox, ended with the pipe that it watches."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = (sys.executable, "-m", "payments.sandbox", "--port", str(port))
    child = subprocess.Popen(
        [*command, "--data", str(folder / "psp.db"), *options],
        stdin=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={
            **os.environ,
            "SANDBOX_SECRET_KEY": SECRET_KEY,
            "SANDBOX_PUBLISHABLE_KEY": PUBLISHABLE_KEY,
            "PAYTHREAD_PARENT_WATCH": "1",
        },
    )
    try:
        _await_answer(port)
        yield Sandbox(f"http://localhost:{port}")
    finally:
        child.terminate()
        child.wait(timeout=10)


@contextmanager
def running_sandbox_stand(sandbox: Sandbox, *, wallets: bool = False) -> Iterator[Stand]:
    """Pages that carry the sandbox's script."""
    with running_stand() as stand:
        stand.psp_origin = sandbox.url
        stand.publishable_key = PUBLISHABLE_KEY
        stand.wallets = wallets
        yield stand


def _await_answer(port: int) -> None:
    for _ in range(START_SECONDS * 10):
        try:
            httpx2.get(f"http://127.0.0.1:{port}/healthz")
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the sandbox did not start")
