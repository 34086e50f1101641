"""Looks at the pay page as a customer's browser gets it: over HTTP, at its public address, with what it loads.

The page is read as HTML, not run. What is put in by a script at run time is not seen here: the page's policy stops it,
and browsers report it (`links.watch.reports`).
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import httpx2

from core.errors import Kind, PaythreadError
from links.watch.observing import Observation, observe, sha384

BYTES_MAX: Final = 5 * 1024 * 1024
_SECONDS_MAX: Final = 10
# A whole look fits into a worker's lease.
_LOOK_SECONDS_MAX: Final = 45
# As a customer's browser asks: what shows itself to customers alone is to show itself here.
_ASKED_AS: Final = {
    "user-agent": (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/142.0.0.0 Mobile Safari/537.36"
    ),
    "accept-language": "en-GB,en;q=0.9",
    "accept-encoding": "gzip",
    "upgrade-insecure-requests": "1",
    "sec-fetch-site": "none",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
}


class PageOutOfReach(PaythreadError):
    """The page's public address did not answer, or not with a page; the check is tried again."""

    code = "page_out_of_reach"
    kind = Kind.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Body:
    """One file as it came: its hash and length, or where it was sent on to instead."""

    sha384: str | None
    length: int
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen: the page, and each file that was asked for, by its address."""

    page: Observation
    bodies: Mapping[str, Body]


async def look(url: str, *, token: str, own: frozenset[str], psp: frozenset[str]) -> Look:
    """Fetches the page and these files of it: `own` are paths at the page's origin, `psp` whole addresses.

    The token is cut out of all that is told. Raises `PageOutOfReach`; a file of the PSP that does not come has no hash.
    """
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    try:
        async with (
            asyncio.timeout(_LOOK_SECONDS_MAX),
            httpx2.AsyncClient(
                timeout=_SECONDS_MAX, follow_redirects=False, headers=_ASKED_AS
            ) as client,
        ):
            status, headers, body = await _get(client, url, accept="text/html")
            if status >= 500 or status == 429:
                raise PageOutOfReach(f"The pay page answered {status}.")
            html = body.decode("utf-8", "replace").replace(token, "{token}")
            bodies = {path: await _file(client, f"{origin}{path}") for path in sorted(own)}
            bodies |= {address: await _psp_file(client, address) for address in sorted(psp)}
    except (httpx2.TransportError, TimeoutError, httpx2.InvalidURL) as error:
        raise PageOutOfReach(f"The pay page did not answer: {type(error).__name__}.") from None
    shown = {name: value.replace(token, "{token}") for name, value in headers.items()}
    return Look(observe(status, shown, html), bodies)


async def _psp_file(client: httpx2.AsyncClient, url: str) -> Body:
    try:
        return await _file(client, url)
    except httpx2.TransportError:
        return Body(None, 0)


async def _file(client: httpx2.AsyncClient, url: str) -> Body:
    status, headers, body = await _get(client, url, accept="*/*")
    if 300 <= status < 400:
        return Body(None, 0, moved_to=headers.get("location", "")[:300])
    return Body(sha384(body) if status == 200 else None, len(body))


async def _get(
    client: httpx2.AsyncClient, url: str, *, accept: str
) -> tuple[int, dict[str, str], bytes]:
    async with client.stream("GET", url, headers={"accept": accept}) as response:
        body = b""
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > BYTES_MAX:
                raise PageOutOfReach("The answer is larger than any page of ours.")
        headers: dict[str, str] = {}
        for name, value in response.headers.multi_items():
            lowered = name.lower()
            headers[lowered] = f"{headers[lowered]}, {value}" if lowered in headers else value
        return response.status_code, headers, body
