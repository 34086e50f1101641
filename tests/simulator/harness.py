"""Starts the simulator as a process, and a merchant's webhook for it to call."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import httpx2

ACCOUNT = "AC0123456789abcdef0123456789abcdef"
TOKEN = "carrier-secret"
SMTP_USER, SMTP_PASSWORD = "mailer", "postage"
CUSTOMER = "+447700900123"
MERCHANT = "+447400123456"
CARD = "4242424242424242"

Found = TypeVar("Found")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def eventually(look: Callable[[], Found], *, seconds: float = 8) -> Found:
    """The first true answer of `look`; the last one, if none was in time."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found or time.monotonic() > end:
            return found
        time.sleep(0.02)


@dataclass
class Simulator:
    """One running simulator. `restart` keeps its data and its ports."""

    data: Path
    port: int
    smtp_port: int
    arguments: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    http: httpx2.Client = field(default_factory=lambda: httpx2.Client(timeout=10, trust_env=False))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def messages_url(self) -> str:
        return f"{self.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"

    @property
    def certificate(self) -> Path:
        return self.data.with_name(f"{self.data.name}.smtp-ca.pem")

    def start(self, *, stdin: int = subprocess.DEVNULL) -> list[str]:
        """Runs until it says it is ready; the answer is what it said."""
        command = [sys.executable, "-m", "channels.simulator"]
        command += [
            "--port",
            str(self.port),
            "--smtp-port",
            str(self.smtp_port),
            "--data",
            str(self.data),
        ]
        command += ["--twilio-account-sid", ACCOUNT, *self.arguments]
        secrets = {
            "SIMULATOR_TWILIO_AUTH_TOKEN": TOKEN,
            "SIMULATOR_SMTP_USER": SMTP_USER,
            "SIMULATOR_SMTP_PASSWORD": SMTP_PASSWORD,
        }
        with self.data.with_suffix(".log").open("a") as log:
            self.process = subprocess.Popen(
                command,
                env={**os.environ, **secrets, **self.environment},
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        lines = [self.process.stdout.readline().strip() for _ in range(3)]
        assert lines[0].startswith("simulator ready"), self.data.with_suffix(".log").read_text()
        return lines

    def with_mailbox(self, address: str) -> int:
        """Gives the merchant a mailbox at that address, before the start; answers its port."""
        port = free_port()
        self.arguments += ["--imap-port", str(port), "--merchant-mail", address]
        return port

    def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        status = self.process.wait(timeout=5)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(timeout=5)

    def send_sms(self, **form: str) -> httpx2.Response:
        """A message to Twilio's API: To, From and Body have usual values; an empty one is left out."""
        usual = {"To": CUSTOMER, "From": MERCHANT, "Body": "Hello"}
        sent = {name: value for name, value in (usual | form).items() if value}
        return self.http.post(self.messages_url, data=sent, auth=(ACCOUNT, TOKEN))

    def inbox(self, **query: str) -> list[dict[str, Any]]:
        answer = self.http.get(f"{self.url}/api/messages", params=query)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()
        return found

    def post(self, path: str, body: Mapping[str, Any]) -> httpx2.Response:
        return self.http.post(f"{self.url}{path}", json=dict(body))


@dataclass(frozen=True)
class Received:
    path: str
    form: dict[str, str]
    signature: str


class Merchant:
    """A webhook on loopback: keeps what it got, and answers as told (200 and empty TwiML otherwise)."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: list[tuple[int, str, str]] = []
        merchant = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = dict(parse_qsl(body, keep_blank_values=True, strict_parsing=True))
                merchant.received.append(
                    Received(self.path, form, self.headers.get("X-Twilio-Signature", ""))
                )
                status, kind, text = merchant.answers.pop(0) if merchant.answers else EMPTY
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
                """Keeps the tests' output to what they say."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def statuses(self, sid: str) -> list[str]:
        return [
            got.form["MessageStatus"]
            for got in list(self.received)
            if got.form.get("MessageSid") == sid and "MessageStatus" in got.form
        ]


EMPTY = (200, "text/xml", "<Response/>")
