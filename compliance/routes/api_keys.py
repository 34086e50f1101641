"""`/v1/api-keys`: software's ways in, made by admins, each shown once."""

from datetime import datetime
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import Field, StringConstraints

from compliance import api_keys
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body, Line, Moment
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.clock import rfc3339
from core.database import Session

router = APIRouter(tags=["api keys"])

_NetworkText = Annotated[str, StringConstraints(min_length=2, max_length=50)]


class NewKey(Body):
    """`scopes` are permissions, at least one; `networks` null is everywhere; `expires_at` null is for good."""

    name: Annotated[Line, StringConstraints(max_length=80)]
    scopes: list[str] = Field(min_length=1, max_length=50)
    networks: list[_NetworkText] | None = Field(default=None, max_length=api_keys.NETWORKS_MAX)
    expires_at: Moment | None = None


@router.get("/v1/api-keys")
async def list_keys(
    request: Request, caller: Principal = allowed(Permission.KEYS_READ)
) -> dict[str, Any]:
    """The keys that were not revoked, newest first, without their secrets; and what a new one could be made for."""
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        found = await api_keys.list_keys(session, caller.merchant)
    return {
        "data": [_key(row, gate.clock()) for row in found],
        "next_cursor": None,
        "scopes": sorted(scope.value for scope in api_keys.SCOPES if caller.may(scope)),
    }


@router.post("/v1/api-keys", status_code=201)
async def make_key(
    wanted: NewKey,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.KEYS_WRITE),
) -> Response:
    """A new key; `api_key` is told once. Never more than the maker's own permissions."""
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        now = gate.clock()
        made = await api_keys.make_key(
            session,
            caller,
            name=wanted.name,
            scopes=_scopes(wanted.scopes),
            networks=wanted.networks,
            expires_at=wanted.expires_at,
            now=now,
        )
        row = await session.one_or_none(
            sa.select(api_keys.api_keys).where(api_keys.api_keys.c.id == made.id)
        )
        assert row is not None
        return 201, {**_key(row, now), "api_key": made.secret}

    return await once.run(act)


@router.delete("/v1/api-keys/{key_id}", status_code=204)
async def revoke_key(
    key_id: str, request: Request, caller: Principal = allowed(Permission.KEYS_WRITE)
) -> Response:
    """The key is worth nothing from here on; its feeds close within seconds."""
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        await api_keys.revoke_key(
            session, merchant=caller.merchant, key_id=key_id, actor=caller.actor, now=gate.clock()
        )
    return Response(status_code=204)


def _scopes(names: list[str]) -> frozenset[Permission]:
    known = {scope.value: scope for scope in Permission}
    if not set(names) <= set(known):
        raise api_keys.TooMuch("A key cannot hold more than you do.")
    return frozenset(known[name] for name in names)


def _key(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    def moment(name: str) -> str | None:
        return None if row[name] is None else rfc3339(row[name])

    return {
        "id": row["id"],
        "name": row["name"],
        "scopes": row["scopes"],
        "networks": row["networks"],
        "created_by": row["created_by"],
        "created_at": moment("created_at"),
        "expires_at": moment("expires_at"),
        "expired": row["expires_at"] is not None and row["expires_at"] <= now,
        "used_at": moment("used_at"),
        "used_from": row["used_from"],
    }
