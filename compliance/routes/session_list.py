"""`/v1/sessions`: where one is signed in, and for admins where everybody is; and ending one of them."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from compliance import session_list
from compliance.principal import NotAllowed, Principal
from compliance.roles import Permission
from compliance.routes.gate import Caller, client_address, gate_of
from compliance.users import names_of
from core.clock import rfc3339

router = APIRouter(tags=["access"])


@router.get("/v1/sessions")
async def list_sessions(
    request: Request, caller: Caller, everybody: bool = False
) -> dict[str, Any]:
    """One's own sessions that hold; with `everybody=true`, for admins, the whole merchant's."""
    gate, person = gate_of(request), _person(caller)
    if everybody:
        person.require(Permission.USERS_WRITE)
    async with gate.database.snapshot() as session:
        found = await session_list.list_sessions(
            session, person.merchant, user=None if everybody else person.id, now=gate.clock()
        )
        names = await names_of(session, gate.vault, person.merchant, {row["user"] for row in found})
    return {
        "data": [
            {
                "id": row["id"],
                "user": row["user"],
                "name": names.get(row["user"]),
                "current": row["id"] == person.session,
                "device": row["device"],
                "address": row["origin"],
                "created_at": rfc3339(row["created_at"]),
                "seen_at": rfc3339(row["seen_at"]),
                "expires_at": rfc3339(row["expires_at"]),
            }
            for row in found
        ],
        "next_cursor": None,
    }


@router.delete("/v1/sessions/{session_id}", status_code=204)
async def revoke_session(session_id: str, request: Request, caller: Caller) -> Response:
    """Ends a session of one's own; an admin, anybody's of the merchant. Its feed closes within seconds."""
    gate, person = gate_of(request), _person(caller)
    async with gate.database.transaction() as session:
        await session_list.revoke_session(
            session,
            person.merchant,
            session_id,
            user=None if person.may(Permission.USERS_WRITE) else person.id,
            actor=person.actor,
            origin=client_address(request),
            now=gate.clock(),
        )
    return Response(status_code=204)


def _person(caller: Principal) -> Principal:
    if caller.kind != "user":
        raise NotAllowed("This is for people, not for software.")
    return caller
