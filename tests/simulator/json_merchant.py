"""A merchant's webhook on loopback that keeps what it got, whatever kind of body it is."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from channels.port import CallbackRequest, Inbound, Provider, Receipt


@dataclass
class JsonMerchant:
    """Answers 204, or the statuses in `answers` first."""

    received: list[CallbackRequest] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        merchant = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                merchant.received.append(
                    CallbackRequest(
                        url=f"{merchant.url}{self.path}", method="POST", headers=headers, body=body
                    )
                )
                self.send_response(merchant.answers.pop(0) if merchant.answers else 204)
                self.end_headers()

            def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
                """Keeps the tests' output to what they say."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def told(self, provider: Provider) -> list[Receipt | Inbound]:
        """What the calls tell by the adapter's reading, which believes only what is signed."""
        return [told for each in list(self.received) for told in provider.parse_callback(each)]
