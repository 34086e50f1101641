"""A far end that speaks the transit engine's HTTP API, as its public documentation has it, on a port of its own.

Keys have versions; `rotate` makes a new one, and what earlier ones wrapped still opens. It answers what it is told
to when `says` is set, so that a test can have it sealed, slow or silly.
"""

import base64
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class TransitEngine:
    """One key, `paythread`, at the mount `transit`."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.versions = [secrets.token_bytes(32)]
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.says: tuple[int, bytes] | None = None
        self.url = ""

    def rotate(self) -> None:
        """A new version, which wraps from now on."""
        self.versions.append(secrets.token_bytes(32))

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """Status and body of one request."""
        self.asked.append((path, headers))
        if self.says is not None:
            return self.says
        if headers.get("x-vault-token") != self.token:
            return 403, b'{"errors":["permission denied"]}'
        try:
            data = self._done(path, json.loads(body))
        except (InvalidTag, ValueError, IndexError):
            return 400, b'{"errors":["invalid ciphertext"]}'
        if data is None:
            return 404, b'{"errors":["no handler for route"]}'
        return 200, json.dumps({"request_id": "r", "lease_id": "", "data": data}).encode()

    def _done(self, path: str, given: dict[str, Any]) -> dict[str, Any] | None:
        if path == "/v1/transit/encrypt/paythread":
            nonce = secrets.token_bytes(12)
            plain = base64.b64decode(given["plaintext"], validate=True)
            sealed = nonce + AESGCM(self.versions[-1]).encrypt(nonce, plain, None)
            version = len(self.versions)
            text = f"vault:v{version}:{base64.b64encode(sealed).decode()}"
            return {"ciphertext": text, "key_version": version}
        if path == "/v1/transit/decrypt/paythread":
            _, version_name, sealed_text = given["ciphertext"].split(":")
            raw = base64.b64decode(sealed_text, validate=True)
            key = self.versions[int(version_name.removeprefix("v")) - 1]
            plain = AESGCM(key).decrypt(raw[:12], raw[12:], None)
            return {"plaintext": base64.b64encode(plain).decode()}
        return None


@contextmanager
def transit_engine(token: str = "s.token") -> Iterator[TransitEngine]:
    """The engine while it listens."""
    engine = TransitEngine(token)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, answer = engine.answer(self.path, headers, body)
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    engine.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield engine
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
