"""Where a webhook may go: which URLs are taken, and which addresses their names may stand for when it is sent.

A name is resolved once a try, every address it has is checked, and the connection goes to one of these: a name that
changes its mind in between (DNS rebinding) finds nobody who asks again.
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

import httpx2

from core.errors import InvalidField
from core.outbound.problems import ADDRESS_REFUSED, NAME_NOT_FOUND, Unreachable
from core.outbound.safe_addresses import is_public, literal_address

# A name and a port to its addresses. Raises OSError where there are none.
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

URL_LENGTH_MAX: Final = 2000
ADDRESSES_MAX: Final = 4
_PORTS: Final = frozenset({443, 8443})
_USUAL_PORTS: Final = {"https": 443, "http": 80}
_CHARACTERS: Final = re.compile(r"[!$-;=?-\[\]_a-z~]+")
_NAME: Final = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_INNER: Final = (".localhost", ".local", ".internal", ".localdomain", ".home.arpa", ".onion")
# Threads of its own: a name server that does not answer must not hold up what else the process does in threads.
_RESOLVING: Final = ThreadPoolExecutor(max_workers=32, thread_name_prefix="webhook-dns")


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that was checked. `trusted`: its host is on the operator's list, so its addresses are not looked at."""

    url: str
    scheme: str
    host: str
    port: int
    trusted: bool

    @property
    def authority(self) -> str:
        """The Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _USUAL_PORTS[self.scheme] else f"{host}:{self.port}"


async def resolve(host: str, port: int) -> Sequence[str]:
    """Asks the system's resolver."""
    found = await asyncio.get_running_loop().run_in_executor(
        _RESOLVING, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    )
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Destinations:
    """`trusted` is the operator's list for development: hosts, or hosts with a port, that may be anything."""

    def __init__(self, trusted: Iterable[str] = (), *, resolver: Resolver = resolve) -> None:
        self._trusted = frozenset(entry.lower() for entry in trusted)
        self._resolver = resolver

    def target(self, url: str) -> Target:
        """The URL, taken apart. Raises `InvalidField` with what is wrong, without repeating it."""
        parts = _parts(url)
        host = (parts.hostname or "").rstrip(".").lower()
        try:
            given = parts.port
        except ValueError:
            raise _bad("has a port that is none") from None
        port = given if given is not None else _USUAL_PORTS[parts.scheme]
        target = Target(url, parts.scheme, host, port, self._trusts(host, port))
        if not target.trusted:
            _check(target)
        return target

    async def addresses(self, target: Target) -> Sequence[str]:
        """Where to connect to, the first to be tried first. Raises `Unreachable`."""
        literal = literal_address(target.host)
        try:
            found = [literal] if literal else await self._resolver(target.host, target.port)
        except (OSError, UnicodeError):
            raise Unreachable(NAME_NOT_FOUND) from None
        if not found:
            raise Unreachable(NAME_NOT_FOUND)
        # One that is private is enough: whoever runs that name server may mean it.
        if not target.trusted and not all(is_public(address) for address in found):
            raise Unreachable(ADDRESS_REFUSED)
        return found[:ADDRESSES_MAX]

    def _trusts(self, host: str, port: int) -> bool:
        name = f"[{host}]" if ":" in host else host
        return bool(self._trusted & {host, name, f"{name}:{port}"})


def _parts(url: str) -> SplitResult:
    if len(url) > URL_LENGTH_MAX or _CHARACTERS.fullmatch(url) is None:
        raise _bad(
            f"must be a URL of at most {URL_LENGTH_MAX} ASCII characters, without a fragment"
        )
    try:
        httpx2.URL(url)
        parts = urlsplit(url)
    except (ValueError, httpx2.InvalidURL):
        raise _bad("must be a URL") from None
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise _bad("must be a whole URL, with its scheme and host")
    if "@" in parts.netloc:
        raise _bad("must not hold a user name or password")
    return parts


def _check(target: Target) -> None:
    if target.scheme != "https":
        raise _bad("must be https")
    if target.port not in _PORTS:
        raise _bad("must have the port 443 or 8443")
    literal = literal_address(target.host)
    if literal is None:
        if _NAME.fullmatch(target.host) is None or target.host.endswith(_INNER):
            raise _bad("must name a host of the public internet")
    elif not is_public(literal):
        raise _bad("must have an address of the public internet")


def _bad(detail: str) -> InvalidField:
    return InvalidField("/url", detail)
