"""Commands that talk to a running service: where it is, and with which key."""

import json
import os
from pathlib import Path
from typing import Any

import httpx2

from core.errors import Kind, PaythreadError


class NoService(PaythreadError):
    """We do not know which service to talk to, or it does not answer."""

    code = "no_service"
    kind = Kind.UNAVAILABLE


class Refused(PaythreadError):
    """The service answered with a problem."""

    code = "refused"


class Remote:
    """A running service, by `--url`/`PAYTHREAD_BASE_URL` and `PAYTHREAD_API_KEY`, or by the demo's `demo.json`."""

    def __init__(self, url: str | None, data: Path) -> None:
        key = os.environ.get("PAYTHREAD_API_KEY")
        url = url or os.environ.get("PAYTHREAD_BASE_URL")
        described = data / "demo.json"
        if key is None and described.is_file():
            found = json.loads(described.read_text())
            url, key = url or found["service_url"], found["api_key"]
        if not url or not key:
            raise NoService(
                "Set PAYTHREAD_BASE_URL and PAYTHREAD_API_KEY, or point --data at a running demo's folder."
            )
        self.url = url.rstrip("/")
        self.key = key

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    @property
    def feed_url(self) -> str:
        return f"{self.url.replace('http', 'ws', 1)}/v1/feed"

    async def post(
        self, path: str, body: dict[str, Any], *, idempotency_key: str
    ) -> dict[str, Any]:
        """Raises `NoService`, `Refused`."""
        headers = {**self.headers, "Idempotency-Key": idempotency_key}
        async with httpx2.AsyncClient(timeout=30, trust_env=False) as client:
            try:
                answer = await client.post(f"{self.url}{path}", json=body, headers=headers)
            except httpx2.HTTPError:
                raise NoService(f"The service at {self.url} does not answer.") from None
        value: dict[str, Any] = answer.json()
        if answer.status_code >= 400:
            fields = "".join(f" {e['pointer']}: {e['detail']}." for e in value.get("errors", []))
            raise Refused(f"{value.get('detail', 'The service refused.')}{fields}")
        return value
