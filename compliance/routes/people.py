"""`/v1/users`: who works here; for admins, inviting people, changing what they may, showing them out."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field, StringConstraints

from compliance import people, users
from compliance.password_changes import confirm_password
from compliance.principal import NotAllowed, Principal
from compliance.roles import Permission, Role
from compliance.routes.bodies import Body, Line
from compliance.routes.factor_answers import letters_of
from compliance.routes.gate import allowed, client_address, gate_of
from compliance.routes.once import OnceOnly
from core.clock import rfc3339
from core.database import Session

router = APIRouter(tags=["people"])

PersonRole = Literal["agent", "supervisor", "admin", "auditor"]
# One of the four, or one that the merchant has made (`/v1/roles`).
AnyRole = PersonRole | Annotated[str, StringConstraints(pattern=r"^rol_[0-9a-hjkmnp-tv-z]{26}$")]
Team = Annotated[Line, StringConstraints(min_length=1, max_length=40)]
Email = Annotated[
    str,
    StringConstraints(
        min_length=3, max_length=254, pattern=r"^[^@\s<>,;\"\x00-\x1f]+@[^@\s<>,;\"\x00-\x1f]+$"
    ),
]
State = Literal["active", "invited", "away", "off"]


class Invitation(Body):
    """Somebody who shall work here."""

    email: Email
    name: Annotated[Line, StringConstraints(max_length=80)]
    role: AnyRole = "agent"
    team: Team | None = None


class Changes(Body):
    """What is named changes; `team` null is no team."""

    name: Annotated[Line, StringConstraints(max_length=80)] = Field(default="")
    role: AnyRole = "agent"
    team: Team | None = None
    active: bool = True


class Confirmation(Body):
    """The caller's own password, shown again."""

    password: str = Field(min_length=1, max_length=256)


@router.get("/v1/users")
async def list_users(
    request: Request,
    caller: Principal = allowed(Permission.USERS_READ),
    role: PersonRole | None = None,
    team: Annotated[str | None, Query(max_length=40)] = None,
    state: State | None = None,
    q: Annotated[str | None, Query(max_length=100)] = None,
) -> dict[str, Any]:
    """Everybody who works here, by name; for admins with address, state, second factor and when they were last seen."""
    gate = gate_of(request)
    full = caller.may(Permission.USERS_WRITE)
    if state is not None and not full:
        raise NotAllowed("Your role does not allow this.")
    async with gate.database.snapshot() as session:
        if full:
            found = await people.list_members(
                session, gate.vault, caller.merchant, now=gate.clock()
            )
            shown = [_member(each) for each in found]
        else:
            everybody = await users.list_users(session, gate.vault, caller.merchant)
            shown = [_colleague(user) for user in everybody]
    wanted = [
        each
        for each in shown
        if role in (None, each["role"])
        and team in (None, each["team"])
        and state in (None, each.get("state"))
        and (q is None or _has(each, q))
    ]
    return {"data": wanted, "next_cursor": None}


@router.post("/v1/users", status_code=201)
async def invite(
    invitation: Invitation,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.USERS_WRITE),
) -> Response:
    """Invites somebody. Where no mail account is set up, `invitation.url` holds their link, this once."""
    gate, letters = gate_of(request), letters_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        now = gate.clock()
        user, sent = await people.invite(
            session,
            gate.vault,
            letters,
            caller,
            name=invitation.name,
            email=invitation.email,
            role=_role(invitation.role),
            team=invitation.team,
            now=now,
        )
        member = await people.get_member(session, gate.vault, caller.merchant, user.id, now=now)
        return 201, {**_member(member), "invitation": _sent(sent)}

    return await once.run(act)


@router.patch("/v1/users/{user_id}")
async def change(
    user_id: str,
    changes: Changes,
    request: Request,
    caller: Principal = allowed(Permission.USERS_WRITE),
) -> dict[str, Any]:
    """Changes name, role, team, or whether they may sign in; takes effect at once, also in what they have open."""
    gate = gate_of(request)
    named: dict[str, object] = {name: getattr(changes, name) for name in changes.model_fields_set}
    if "role" in named:
        named["role"] = _role(changes.role)
    async with gate.database.transaction() as session:
        member = await people.change(
            session,
            gate.vault,
            caller,
            user_id,
            named,
            origin=client_address(request),
            now=gate.clock(),
        )
    return _member(member)


@router.post("/v1/users/{user_id}/invitations", status_code=201)
async def send_link(
    user_id: str,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.USERS_WRITE),
) -> Response:
    """A fresh link to choose a password: the invitation again, or a reset. Earlier ones hold no more."""
    gate, letters = gate_of(request), letters_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        sent = await people.send_link(
            session, gate.vault, letters, caller, user_id, now=gate.clock()
        )
        return 201, _sent(sent)

    return await once.run(act)


@router.post("/v1/users/{user_id}/second-factor-resets", status_code=204)
async def remove_factor(
    user_id: str,
    confirmation: Confirmation,
    request: Request,
    caller: Principal = allowed(Permission.USERS_WRITE),
) -> Response:
    """Takes away the app of somebody who lost it, and signs them out. Asks for the caller's own password."""
    gate = gate_of(request)
    origin, now = client_address(request), gate.clock()
    await confirm_password(gate.database, caller, confirmation.password, origin=origin, now=now)
    async with gate.database.transaction() as session:
        await people.remove_factor(session, caller, user_id, origin=origin, now=now)
    return Response(status_code=204)


@router.delete("/v1/users/{user_id}/single-sign-on", status_code=204)
async def release_single_sign_on(
    user_id: str, request: Request, caller: Principal = allowed(Permission.USERS_WRITE)
) -> Response:
    """Binds somebody to their account at the provider no more, and signs them out; their next one binds anew."""
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        await people.release_single_sign_on(
            session, caller, user_id, origin=client_address(request), now=gate.clock()
        )
    return Response(status_code=204)


def _role(named: str) -> Role | str:
    return named if named.startswith("rol_") else Role(named)


def _colleague(user: users.User) -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "role": user.role.value,
        "custom_role": user.custom_role,
        "team": user.team,
    }


def _member(member: people.Member) -> dict[str, Any]:
    return {
        **_colleague(member.user),
        "email": member.user.email,
        "state": member.state,
        "second_factor": member.has_factor,
        "single_sign_on": member.has_single_sign_on,
        "locked_until": None if member.locked_until is None else rfc3339(member.locked_until),
        "seen_at": None if member.seen_at is None else rfc3339(member.seen_at),
        "created_at": rfc3339(member.created_at),
    }


def _sent(sent: people.Sent) -> dict[str, Any]:
    by = "email" if sent.address is None else "link"
    return {"sent_by": by, "url": sent.address, "expires_at": rfc3339(sent.expires_at)}


def _has(shown: dict[str, Any], words: str) -> bool:
    text = f"{shown['name']} {shown.get('email', '')}".casefold()
    return words.casefold().strip() in text
