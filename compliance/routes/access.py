"""Signing in and out, who I am, and who else is here."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from compliance import merchants, sessions, users
from compliance.principal import NotAllowed, Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body
from compliance.routes.gate import COOKIE, Caller, allowed, client_address, gate_of, origin_allowed
from core.clock import rfc3339

router = APIRouter(tags=["access"])


class Credentials(Body):
    """What a person signs in with."""

    email: str = Field(min_length=1, max_length=254)
    password: str = Field(min_length=1, max_length=256)


@router.post("/v1/sessions", status_code=201)
async def sign_in(credentials: Credentials, request: Request, response: Response) -> dict[str, Any]:
    """Opens a session and sets its cookie."""
    gate = gate_of(request)
    if "origin" in request.headers and not origin_allowed(request):
        raise NotAllowed("The request came from another site.")
    await gate.throttle.hit("sign_in", client_address(request))
    signed_in = await sessions.sign_in(
        gate.database,
        gate.vault,
        email=credentials.email,
        password=credentials.password,
        origin=client_address(request),
        now=gate.clock(),
    )
    response.set_cookie(
        COOKIE,
        signed_in.token,
        max_age=int(sessions.LIFE_MAX.total_seconds()),
        httponly=True,
        secure=gate.secure_cookies,
        samesite="strict",
        path="/",
    )
    return {
        "user": _user(signed_in.user),
        "csrf_token": signed_in.csrf_token,
        "expires_at": rfc3339(signed_in.expires_at),
    }


@router.get("/v1/sessions/current")
async def current_session(request: Request, caller: Caller) -> dict[str, Any]:
    """Who is signed in, and the CSRF token for this session."""
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        merchant = await merchants.get_merchant(session, caller.merchant)
        user = (
            await users.get_user(session, gate.vault, caller.id) if caller.kind == "user" else None
        )
    return {
        "user": _user(user) if user is not None else None,
        "csrf_token": sessions.csrf_token(request.cookies.get(COOKIE, "")) if user else None,
        "merchant": {
            "id": merchant.id,
            "name": merchant.name,
            "currency": merchant.currency.code,
            "country": merchant.country,
        },
    }


@router.delete("/v1/sessions/current", status_code=204)
async def sign_out(request: Request, caller: Caller) -> Response:
    """Ends the session of this cookie."""
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        await sessions.end_session(session, caller, now=gate.clock())
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/v1/users")
async def list_users(
    request: Request, caller: Principal = allowed(Permission.USERS_READ)
) -> dict[str, Any]:
    """Everybody who works here, by name: for showing whose link it is."""
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        found = await users.list_users(session, gate.vault, caller.merchant)
    return {
        "data": [
            {"id": user.id, "name": user.name, "role": user.role.value, "team": user.team}
            for user in found
        ],
        "next_cursor": None,
    }


def _user(user: users.User) -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "role": user.role.value,
        "team": user.team,
    }
