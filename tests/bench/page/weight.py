"""What a customer's browser fetches of ours for each state of the page, as it is sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import httpx2

BYTES_MAX: Final = 20 * 1024
# Over https browsers ask for Brotli; over plain http, on one's own machine, for gzip.
_ENCODINGS: Final = ("br", "gzip")
_FILE: Final = re.compile(r'(?:href|src)="(/p/assets/[^"]+)"')
_BODY: Final = {"amount": 4999, "currency": "GBP", "description": "Winter boots"}


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of one state's page, compressed by `encoding`, without headers."""

    state: str
    encoding: str
    html: int
    css: int
    script: int

    @property
    def total(self) -> int:
        return self.html + self.css + self.script


def weights(demo: dict[str, Any]) -> Iterator[Weight]:
    """Each state that a link can be brought into without paying."""
    key = {"Authorization": f"Bearer {demo['api_key']}"}
    with httpx2.Client(base_url=demo["service_url"], trust_env=False, timeout=30) as client:
        yield from _weighed(client, "payable", made(client, key)["url"])
        yield from _weighed(client, "part payment", made(client, key, minimum_amount=1000)["url"])
        yield from _weighed(client, "multi-use", made(client, key, usage="multi")["url"])
        cancelled = made(client, key)
        client.post(f"/v1/links/{cancelled['id']}/cancel", headers=key | _once())
        yield from _weighed(client, "cancelled", cancelled["url"])
        yield from _weighed(client, "unknown", f"{demo['pay_url']}/p/{'0' * 24}")


def made(client: httpx2.Client, key: dict[str, str], **more: Any) -> dict[str, Any]:
    """A new link."""
    answer = client.post("/v1/links", json=_BODY | more, headers=key | _once())
    answer.raise_for_status()
    link: dict[str, Any] = answer.json()
    return link


def _once() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


def _weighed(client: httpx2.Client, state: str, url: str) -> Iterator[Weight]:
    for encoding in _ENCODINGS:
        html, sent = _fetched(client, url, encoding)
        sizes = {"css": 0, "js": 0}
        for path in sorted(set(_FILE.findall(html))):
            sizes[path.rpartition(".")[2]] += _fetched(client, path, encoding)[1]
        yield Weight(state, encoding, sent, sizes["css"], sizes["js"])


def _fetched(client: httpx2.Client, url: str, encoding: str) -> tuple[str, int]:
    with client.stream("GET", url, headers={"Accept-Encoding": encoding}) as answer:
        sent = b"".join(answer.iter_raw())
        text = httpx2.Response(200, headers=answer.headers, content=sent).text
    return text, len(sent)
