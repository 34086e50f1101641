"""The doors of people and keys, and callers at them, for the tests of both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from compliance.letters import Letters
from compliance.passkey_proofs import RelyingParty
from compliance.routes import (
    access,
    api_keys,
    own_account,
    passkeys,
    people,
    roles,
    session_list,
    teams,
)
from compliance.routes.gate import COOKIE, Gate
from compliance.sessions import sign_in
from compliance.users import User
from core.database import Session
from tests.conftest import PASSWORD
from tests.support.doors import calling, service

BASE = "http://console.test"
PARTY = RelyingParty.at(BASE)


async def no_mail(_session: Session, _merchant: str) -> bool:
    return False


async def some_mail(_session: Session, _merchant: str) -> bool:
    return True


@asynccontextmanager
async def at_the_doors(gate: Gate, *, mail: bool = False) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of all doors; without a cookie of its own."""
    letters = Letters(BASE, some_mail if mail else no_mail, lambda _text: b"<svg/>")
    routers = (
        access.router,
        session_list.router,
        own_account.router,
        passkeys.router,
        people.router,
        roles.router,
        teams.router,
        api_keys.router,
    )
    async with calling(
        service(gate, *routers, state={"letters": letters, "relying_party": PARTY})
    ) as client:
        yield client


async def headers_of(gate: Gate, user: User, password: str = PASSWORD) -> dict[str, str]:
    """What the user's browser sends, signed in afresh."""
    signed_in = await sign_in(
        gate.database,
        gate.vault,
        email=user.email,
        password=password,
        origin="203.0.113.7",
        now=gate.clock(),
    )
    return {"cookie": f"{COOKIE}={signed_in.token}", "x-csrf-token": signed_in.csrf_token}


def ticket_of(url: str) -> str:
    return url.rpartition("/")[2]


async def choose(client: httpx2.AsyncClient, url: str, password: str) -> int:
    """Chooses a password by the link of an invitation or a reset."""
    body = {"ticket": ticket_of(url), "password": password}
    return (await client.post("/v1/password-resets/completions", json=body)).status_code


async def enter(client: httpx2.AsyncClient, email: str, password: str = PASSWORD) -> Any:
    """Signs in; the answer."""
    client.cookies.clear()
    return await client.post("/v1/sessions", json={"email": email, "password": password})
