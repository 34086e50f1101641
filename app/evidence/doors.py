"""Every door: each route with the permission it asks for, and the roles that hold it (PCI DSS 7.2, 7.3.3).

A route that asks for no permission is listed in `OPEN` with its guard and reason, or the table cannot be made: what is
not declared is refused here as it is at the door.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, WebSocketRoute

from compliance.roles import ROLE_PERMISSIONS, Permission, Role
from compliance.routes.gate import Allowed
from core.errors import Kind, PaythreadError

# By the beginning of the path, the longest that fits.
OPEN: Final = {
    "/": "everybody: the console's files, which hold no data",
    "/assets/": "everybody: the console's files, which hold no data",
    "/favicon": "everybody: the console's icon",
    "/docs": "everybody: the description of the API",
    "/healthz": "everybody: says that the process is there",
    "/readyz": "everybody: says which dependency is away",
    "/.well-known/": "everybody: whom to tell of a weakness",
    "/metrics": "this machine, unless PAYTHREAD_METRICS_PUBLIC; counts, no data",
    "/p/": "the link's secret token; a GET changes nothing",
    "/p/assets/": "everybody: the pay page's files, which hold no data",
    "/p/reports/": "browsers' reports of blocked scripts; counted, bounded, believed by nobody",
    "/u/": "a signed token in the mail",
    "/chat/": "the page's origin (allow-list) and the visitor's own secret",
    "/webhooks/psp/": "the PSP's signature over the raw body",
    "/webhooks/channels/": "the provider's signature over the raw body",
    "/v1/sessions": "email and password or a passkey, rate limited and locked; the rest asks for the session itself",
    "/v1/sso": "the provider's signed word for one browser's sign-in, rate limited; else only whether there is one",
    "/v1/password-resets": "everybody, rate limited, the same answer for all; then the single-use token of the letter",
    "/v1/users/me/": "whoever has signed in, for their own account alone, with the password again",
    "/embed": "everybody: the panel's files, which hold no data; framed by the listed origins alone",
    "/v1/embed/sessions": "a single-use ticket that an API key asked for; from the listed origins alone",
    "/v1/feed": "API key, single-use ticket, or the console's cookie with a checked Origin; topics by their own rights",
}


class Undeclared(PaythreadError):
    """A route says neither what permission it asks for nor why it needs none."""

    code = "undeclared_route"
    kind = Kind.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Door:
    """One route. Exactly one of `permission` and `guard` is set."""

    method: str
    path: str
    permission: Permission | None
    guard: str | None

    @property
    def roles(self) -> list[str]:
        """Who gets through, besides being scoped to one merchant; none for an open door."""
        return [
            role.value
            for role in Role
            if self.permission is not None and self.permission in ROLE_PERMISSIONS[role]
        ]


def doors(routers: Iterable[APIRouter]) -> list[Door]:
    """Every route of the routers, by path and method. Raises `Undeclared`."""
    found = [door for router in routers for route in router.routes for door in _of(route)]
    return sorted(found, key=lambda door: (door.path, door.method))


def _of(route: BaseRoute) -> Iterator[Door]:
    if isinstance(route, APIRoute):
        permission = _permission(route.dependant)
        for method in sorted(route.methods or ()):
            yield _door(method, route.path, permission)
    elif isinstance(route, WebSocketRoute):
        yield _door("WEBSOCKET", route.path, None)
    else:
        raise Undeclared(f"{type(route).__name__} is a kind of route that nobody has declared.")


def _door(method: str, path: str, permission: Permission | None) -> Door:
    if permission is not None:
        return Door(method, path, permission, None)
    fitting = [
        begin for begin in OPEN if path == begin or (begin != "/" and path.startswith(begin))
    ]
    if not fitting:
        raise Undeclared(f"{method} {path} asks for no permission, and nothing says why.")
    return Door(method, path, None, OPEN[max(fitting, key=len)])


def _permission(of: Dependant) -> Permission | None:
    if isinstance(of.call, Allowed):
        return of.call.permission
    for each in of.dependencies:
        found = _permission(each)
        if found is not None:
            return found
    return None
