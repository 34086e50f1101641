"""`/v1/roles`: the roles that a merchant makes out of named permissions, on one of the four that there are."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import Field

from compliance import custom_role_changes, custom_roles
from compliance.custom_role_changes import NAME_MAX, grantable
from compliance.principal import Principal
from compliance.roles import ROLE_PERMISSIONS, Permission, Role
from compliance.routes.bodies import Body, Line
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.clock import rfc3339
from core.database import Session

router = APIRouter(tags=["people"])

Base = Literal["agent", "supervisor", "admin", "auditor"]
Name = Annotated[Line, Field(max_length=NAME_MAX)]
# Not strict: JSON has no other way to name one than by its text. One that is none of ours is refused.
Permissions = Annotated[
    list[Annotated[Permission, Field(strict=False)]],
    Field(min_length=1, max_length=len(Permission)),
]
_BASES = (Role.AGENT, Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR)


class NewRole(Body):
    """A role that shall be there."""

    name: Name
    base: Base
    permissions: Permissions


class RoleChanges(Body):
    """What is named changes; the base stays."""

    name: Name | None = None
    permissions: Permissions | None = None


@router.get("/v1/roles")
async def list_roles(
    request: Request, caller: Principal = allowed(Permission.USERS_READ)
) -> dict[str, Any]:
    """The merchant's roles by name; `bases` tells what each base holds by itself, and what a role on it may hold."""
    async with gate_of(request).database.snapshot() as session:
        found = await custom_roles.list_roles(session, caller.merchant)
    bases = [
        {
            "role": base.value,
            "permissions": sorted(ROLE_PERMISSIONS[base]),
            "grantable": sorted(grantable(base)),
        }
        for base in _BASES
    ]
    return {"data": [_shown(role) for role in found], "next_cursor": None, "bases": bases}


@router.post("/v1/roles", status_code=201)
async def create_role(
    new: NewRole,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.USERS_WRITE),
) -> Response:
    """Makes a role. No permission that the caller does not hold (403), or that the base cannot hold (422)."""
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        role = await custom_role_changes.create_role(
            session,
            caller,
            name=new.name,
            base=Role(new.base),
            permissions=frozenset(new.permissions),
            now=gate.clock(),
        )
        return 201, _shown(role)

    return await once.run(act)


@router.patch("/v1/roles/{role_id}")
async def change_role(
    role_id: str,
    changes: RoleChanges,
    request: Request,
    caller: Principal = allowed(Permission.USERS_WRITE),
) -> dict[str, Any]:
    """Changes name or permissions, at once for everybody who has the role. One's own role is another admin's (409)."""
    gate = gate_of(request)
    wanted = changes.permissions
    async with gate.database.transaction() as session:
        role = await custom_role_changes.change_role(
            session,
            caller,
            role_id,
            name=changes.name,
            permissions=None if wanted is None else frozenset(wanted),
            now=gate.clock(),
        )
    return _shown(role)


@router.delete("/v1/roles/{role_id}", status_code=204)
async def delete_role(
    role_id: str, request: Request, caller: Principal = allowed(Permission.USERS_WRITE)
) -> Response:
    """Takes a role away; 409 while somebody has it."""
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        await custom_role_changes.delete_role(session, caller, role_id, now=gate.clock())
    return Response(status_code=204)


def _shown(role: custom_roles.CustomRole) -> dict[str, Any]:
    return {
        "id": role.id,
        "name": role.name,
        "base": role.base.value,
        "permissions": sorted(role.permissions),
        "created_at": rfc3339(role.created_at),
        "updated_at": rfc3339(role.updated_at),
    }
