"""Who is calling: API key, embedded session, or cookie with CSRF protection. Used by every door as a dependency."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from compliance import api_keys, sessions
from compliance.origins import network_of
from compliance.principal import NotAllowed, NotSignedIn, Principal
from compliance.roles import Permission
from compliance.vault import Vault
from core.clock import Clock
from core.database import Database
from core.errors import PaythreadError
from core.throttle import Throttle

COOKIE: Final = "paythread_session"
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Gate:
    """What the doors need to know of the house. `origins` are the origins that our own console has."""

    database: Database
    vault: Vault
    throttle: Throttle
    clock: Clock
    origins: frozenset[str]
    secure_cookies: bool
    problem: Callable[[PaythreadError], tuple[int, dict[str, Any]]]


def gate_of(connection: HTTPConnection) -> Gate:
    """The gate of the running service."""
    gate: Gate = connection.app.state.gate
    return gate


def client_address(connection: HTTPConnection) -> str:
    """The address that the request came from, as the server (and its trusted proxies) tell it."""
    return connection.client.host if connection.client is not None else "unknown"


def client_network(connection: HTTPConnection) -> str:
    """Whom a rate limit is for. One line has more IPv6 addresses than any limit could count, and changes among them."""
    return network_of(client_address(connection))


def origin_allowed(connection: HTTPConnection) -> bool:
    """Whether a browser sent this from our own console. An absent Origin is no proof of anything."""
    return connection.headers.get("origin") in gate_of(connection).origins


async def authenticate(connection: HTTPConnection) -> Principal:
    """The caller, by `Authorization: Bearer` or by cookie. Raises `NotSignedIn`.

    The cookie's CSRF protection is the caller's part: `caller` checks it for HTTP, the feed its Origin.
    """
    gate = gate_of(connection)
    header = connection.headers.get("authorization")
    if header is not None:
        scheme, _, secret = header.partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            raise NotSignedIn("Send `Authorization: Bearer sk_…`.")
        secret = secret.strip()
        if secret.startswith(sessions.EMBEDDED_TOKEN):
            async with gate.database.snapshot() as session:
                return await sessions.find_session(session, gate.vault, secret, now=gate.clock())
        address, now = client_address(connection), gate.clock()
        found = await api_keys.look_up(gate.database, secret, now=now, address=address)
        if found.use_is_news:
            await api_keys.note_use(gate.database, found.principal.id, address=address, now=now)
        return found.principal
    token = connection.cookies.get(COOKIE)
    # The token of an embedded session is no cookie: as one it would count without being shown.
    if not token or token.startswith(sessions.EMBEDDED_TOKEN):
        raise NotSignedIn("Sign in, or send `Authorization: Bearer sk_…`.")
    async with gate.database.snapshot() as session:
        return await sessions.find_session(session, gate.vault, token, now=gate.clock())


async def caller(request: Request) -> Principal:
    """FastAPI dependency: the authenticated, counted caller of an HTTP request."""
    gate = gate_of(request)
    principal = await authenticate(request)
    await gate.throttle.hit("api", principal.id)
    if principal.session is not None:
        # A browser sends a cookie by itself, and an Authorization header never.
        if request.method not in _SAFE_METHODS and "authorization" not in request.headers:
            _check_csrf(request)
        # What a screen asks by itself, with nobody before it, is no activity (PCI DSS 8.2.8).
        if request.method not in _SAFE_METHODS or "x-unattended" not in request.headers:
            await sessions.touch(gate.database, principal.session, now=gate.clock())
    return principal


def _check_csrf(request: Request) -> None:
    origin = request.headers.get("origin")
    if origin is not None and not origin_allowed(request):
        raise NotAllowed("The request came from another site.")
    token = request.cookies.get(COOKIE, "")
    if not sessions.csrf_holds(token, request.headers.get("x-csrf-token")):
        raise NotAllowed("The X-CSRF-Token header is missing or wrong.")


Caller = Annotated[Principal, Depends(caller)]


@dataclass(frozen=True, slots=True)
class Allowed:
    """Lets through who holds the permission. A class, so that the table of doors can read what each one asks for."""

    permission: Permission

    async def __call__(self, principal: Caller) -> Principal:
        principal.require(self.permission)
        return principal


def allowed(permission: Permission) -> Any:
    """FastAPI dependency for one permission: `caller: Principal = allowed(Permission.LINKS_READ)`."""

    return Depends(Allowed(permission))
