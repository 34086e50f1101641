"""Signing in, step by step, and out; and who I am."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field, StringConstraints

from compliance import access_tickets, custom_roles, merchants, sessions, signing_in, users
from compliance.devices import device_of
from compliance.principal import NotAllowed
from compliance.routes.bodies import Body
from compliance.routes.factor_answers import app_details
from compliance.routes.gate import (
    COOKIE,
    Caller,
    client_address,
    client_network,
    gate_of,
    origin_allowed,
)
from compliance.sessions import BadCredentials, SignedIn
from compliance.sign_in_steps import StepAsked
from core.clock import rfc3339
from core.even_time import refuses_evenly

router = APIRouter(tags=["access"])

# Longer than checking a password and noting that it was wrong, which is done for those alone who exist.
REFUSAL_SECONDS: Final = 0.5


class Credentials(Body):
    """What a person signs in with."""

    email: str = Field(min_length=1, max_length=254)
    password: str = Field(min_length=1, max_length=256)


Ticket = Annotated[str, StringConstraints(min_length=1, max_length=access_tickets.LENGTH_MAX)]


class NextStep(Body):
    """The answer to what a half-done sign-in asks for: `code` (of the app, or a recovery code) or `new_password`."""

    ticket: Ticket
    code: str | None = Field(default=None, min_length=1, max_length=40)
    new_password: str | None = Field(default=None, min_length=1, max_length=256)


class TicketAlone(Body):
    """A half-done sign-in."""

    ticket: Ticket


STEP_ANSWER: dict[int | str, dict[str, Any]] = {
    202: {"description": "Something else is asked for: `pending` says what, and with which ticket."}
}


@router.post("/v1/sessions", status_code=201, responses=STEP_ANSWER)
@refuses_evenly(BadCredentials, step_seconds=REFUSAL_SECONDS)
async def sign_in(credentials: Credentials, request: Request) -> Response:
    """Opens a session and sets its cookie; or 202, where a code, a new password or an app is asked for as well."""
    gate = gate_of(request)
    check_origin(request)
    await gate.throttle.hit("sign_in", client_network(request))
    try:
        signed_in = await sessions.sign_in(
            gate.database,
            gate.vault,
            email=credentials.email,
            password=credentials.password,
            origin=client_address(request),
            device=device_of(request.headers.get("user-agent")),
            now=gate.clock(),
        )
    except StepAsked as asked:
        return pending_answer(asked)
    return opened(request, signed_in)


@router.post("/v1/sessions/steps", status_code=201, responses=STEP_ANSWER)
async def next_step(answer: NextStep, request: Request) -> Response:
    """Goes on with a sign-in: 201 with the cookie at its end, 202 with the next question, 401 for a wrong answer."""
    gate = gate_of(request)
    check_origin(request)
    await gate.throttle.hit("second_step", client_network(request))
    try:
        entered = await signing_in.go_on(
            gate.database,
            gate.vault,
            answer.ticket,
            code=answer.code,
            password=answer.new_password,
            origin=client_address(request),
            device=device_of(request.headers.get("user-agent")),
            now=gate.clock(),
        )
    except StepAsked as asked:
        return pending_answer(asked)
    return opened(request, entered.signed_in, recovery_codes=entered.recovery_codes)


@router.post("/v1/sessions/enrolments", status_code=201)
async def enrol(half_done: TicketAlone, request: Request) -> dict[str, Any]:
    """For a sign-in that asks for an app: its secret, to be confirmed by its first code. Each call makes a new one."""
    gate = gate_of(request)
    check_origin(request)
    await gate.throttle.hit("second_step", client_network(request))
    made = await signing_in.enrol(gate.database, gate.vault, half_done.ticket, now=gate.clock())
    return app_details(request, secret=made.secret, email=made.email)


@router.get("/v1/sessions/current")
async def current_session(request: Request, caller: Caller) -> dict[str, Any]:
    """Who is signed in, what they may do, and the CSRF token for this session.

    `role_name` is what a role of the merchant's own is called.
    """
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        merchant = await merchants.get_merchant(session, caller.merchant)
        user = (
            await users.get_user(session, gate.vault, caller.id) if caller.kind == "user" else None
        )
        role_name = None
        if user is not None and user.custom_role is not None:
            role = await custom_roles.get_role(session, caller.merchant, user.custom_role)
            role_name = role.name
    return {
        "user": _user(user) if user is not None else None,
        "csrf_token": sessions.csrf_token(request.cookies.get(COOKIE, "")) if user else None,
        "merchant": {
            "id": merchant.id,
            "name": merchant.name,
            "currency": merchant.currency.code,
            "country": merchant.country,
        },
        "permissions": sorted(caller.permissions),
        "role_name": role_name,
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


def check_origin(request: Request) -> None:
    """Raises `NotAllowed` where a browser sends from another site than our console."""
    if "origin" in request.headers and not origin_allowed(request):
        raise NotAllowed("The request came from another site.")


def pending_answer(asked: StepAsked, **more: Any) -> Response:
    """The answer that asks for something else; `ways` tells how, where there is a choice."""
    life = int(access_tickets.LIVES[access_tickets.SIGN_IN].total_seconds())
    pending: dict[str, Any] = {"ticket": asked.ticket, "step": asked.step.value, "expires_in": life}
    if asked.ways:
        pending["ways"] = list(asked.ways)
    return JSONResponse({"pending": pending, **more}, 202)


def opened(request: Request, signed_in: SignedIn, **more: Any) -> Response:
    """The answer that signs in. The cookie is a new one each time, whatever the browser came with."""
    answer = {
        "user": _user(signed_in.user),
        "csrf_token": signed_in.csrf_token,
        "expires_at": rfc3339(signed_in.expires_at),
        **{name: value for name, value in more.items() if value is not None},
    }
    response = JSONResponse(answer, 201)
    response.set_cookie(
        COOKIE,
        signed_in.token,
        max_age=int(sessions.LIFE_MAX.total_seconds()),
        httponly=True,
        secure=gate_of(request).secure_cookies,
        samesite="strict",
        path="/",
    )
    return response


def _user(user: users.User) -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "role": user.role.value,
        "custom_role": user.custom_role,
        "team": user.team,
    }
