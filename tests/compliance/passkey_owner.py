"""Somebody with a passkey at the doors, for the tests of passkeys."""

from typing import Any

import httpx2
import sqlalchemy as sa

from compliance.journal.entry import journal_entries
from compliance.routes.gate import Gate
from compliance.users import User
from tests.compliance.people_doors import PARTY, enter, headers_of
from tests.conftest import PASSWORD
from tests.support.authenticator import Authenticator

SECRET_NAME = "Annabel's telephone"


class Owner:
    """Somebody at the doors with a passkey, and a browser that is signed in."""

    def __init__(self, gate: Gate, client: httpx2.AsyncClient, user: User) -> None:
        self.gate, self.client, self.user = gate, client, user
        self.headers: dict[str, str] = {}
        self.key = new_key()
        self.id = ""
        self.recovery_codes: list[str] = []

    async def post(self, path: str, **body: Any) -> httpx2.Response:
        self.client.cookies.clear()
        return await self.client.post(path, json=body, headers=self.headers)

    async def options(self) -> dict[str, Any]:
        answer = await self.post("/v1/users/me/passkeys/options", password=PASSWORD)
        assert 201 == answer.status_code, answer.text
        found: dict[str, Any] = answer.json()["publicKey"]
        return found

    async def add(self, key: Authenticator, name: str = SECRET_NAME) -> httpx2.Response:
        credential = key.make(await self.options())
        return await self.post("/v1/users/me/passkeys", name=name, credential=credential)

    async def set_up(self) -> None:
        self.headers = await headers_of(self.gate, self.user)
        added = await self.add(self.key)
        assert 201 == added.status_code, added.text
        self.id, self.recovery_codes = added.json()["id"], added.json()["recovery_codes"]

    async def ticket(self) -> str:
        """The password was right; something else is asked for."""
        answer = await enter(self.client, self.user.email)
        assert 202 == answer.status_code, answer.text
        pending = answer.json()["pending"]
        assert ("code", ["passkey", "recovery_code"]) == (pending["step"], pending["ways"])
        return str(pending["ticket"])

    async def asked(self, ticket: str | None = None) -> dict[str, Any]:
        return await asked(self.client, ticket)

    async def enter(
        self, key: Authenticator | None = None, ticket: str | None = None
    ) -> httpx2.Response:
        credential = (key or self.key).sign(await self.asked(ticket))
        return await give(self.client, credential, ticket)


async def asked(client: httpx2.AsyncClient, ticket: str | None = None) -> dict[str, Any]:
    client.cookies.clear()
    body = {"ticket": ticket} if ticket else {}
    answer = await client.post("/v1/sessions/passkeys/options", json=body)
    assert 200 == answer.status_code, answer.text
    found: dict[str, Any] = answer.json()["publicKey"]
    return found


async def give(
    client: httpx2.AsyncClient, credential: dict[str, Any], ticket: str | None = None
) -> httpx2.Response:
    body = {"credential": credential, **({"ticket": ticket} if ticket else {})}
    return await client.post("/v1/sessions/passkeys", json=body)


def new_key(**claims: Any) -> Authenticator:
    return Authenticator(**{"origin": PARTY.origin, "rp_id": PARTY.id, **claims})


async def changes(gate: Gate, user: User) -> list[str]:
    """What the journal tells of a user, and of their sign-ins."""
    async with gate.database.snapshot() as session:
        rows = await session.all(
            sa.select(journal_entries).order_by(
                journal_entries.c.merchant, journal_entries.c.position
            )
        )
    return [
        row["data"].get("change", row["type"]) for row in rows if row["data"].get("user") == user.id
    ]
