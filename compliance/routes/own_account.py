"""What a person does about their own account: password, second factor; and the doors for who cannot sign in."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import Field

from compliance import second_factor
from compliance.password_changes import (
    ask_for_reset,
    change_own,
    choose_by_ticket,
    confirm_password,
    locked,
    user_row,
)
from compliance.principal import NotAllowed, Principal
from compliance.routes.access import Ticket
from compliance.routes.bodies import Body
from compliance.routes.factor_answers import app_details
from compliance.routes.gate import Caller, client_address, client_network, gate_of, origin_allowed
from compliance.routes.people import Confirmation, Email
from compliance.session_list import end_sessions_of
from compliance.users import get_user

router = APIRouter(tags=["account"])
_PASSWORD_MAX = 256


class PasswordChange(Body):
    """`present` is asked for again before anything changes."""

    present: str = Field(min_length=1, max_length=_PASSWORD_MAX)
    password: str = Field(min_length=1, max_length=_PASSWORD_MAX)


class ResetAsked(Body):
    """Who wants a new password."""

    email: Email


class Chosen(Body):
    """The ticket of a link, in the body: an address is logged."""

    ticket: Ticket
    password: str = Field(min_length=1, max_length=_PASSWORD_MAX)


class Code(Body):
    """The first code of an app."""

    code: str = Field(min_length=1, max_length=40)


@router.post("/v1/password-resets", status_code=202)
async def ask_for_new_password(asked: ResetAsked, request: Request) -> dict[str, Any]:
    """Answers alike whoever it is, having done the same; a letter goes to whom there is."""
    gate = gate_of(request)
    _check_origin(request)
    await gate.throttle.hit("password_reset", client_network(request))
    await ask_for_reset(gate.database, gate.vault, asked.email, now=gate.clock())
    return {"status": "If this address is known here, a letter is on its way."}


@router.post("/v1/password-resets/completions", status_code=204)
async def choose_password(chosen: Chosen, request: Request) -> Response:
    """Sets the password that an invitation or a reset is for. It signs nobody in: that takes a second factor, too."""
    gate = gate_of(request)
    _check_origin(request)
    await gate.throttle.hit("password_reset", client_network(request))
    await choose_by_ticket(
        gate.database,
        gate.vault,
        chosen.ticket,
        chosen.password,
        origin=client_address(request),
        now=gate.clock(),
    )
    return Response(status_code=204)


@router.post("/v1/users/me/password", status_code=204)
async def change_password(change: PasswordChange, request: Request, caller: Caller) -> Response:
    """Changes one's own password; every other session of one's own ends."""
    gate, person = gate_of(request), person_of(caller)
    await gate.throttle.hit("second_step", client_network(request))
    await change_own(
        gate.database,
        gate.vault,
        person,
        present=change.present,
        password=change.password,
        origin=client_address(request),
        now=gate.clock(),
    )
    return Response(status_code=204)


@router.get("/v1/users/me/second-factor")
async def show_factor(request: Request, caller: Caller) -> dict[str, Any]:
    """Whether an app is in use, how many recovery codes are left, and whether the merchant asks for one."""
    gate, person = gate_of(request), person_of(caller)
    async with gate.database.snapshot() as session:
        row = await user_row(session, person.id)
        required = await second_factor.is_required(session, person.merchant, row["role"])
    return {
        "in_use": second_factor.has_app(row),
        "passkeys": row["passkeys"],
        "recovery_codes_left": len(row["recovery_codes"] or []),
        "required": required,
    }


@router.post("/v1/users/me/second-factor", status_code=201)
async def prepare_factor(
    confirmation: Confirmation, request: Request, caller: Caller
) -> dict[str, Any]:
    """A secret for an app, which its first code puts in use. Asks for one's password."""
    gate, person = gate_of(request), person_of(caller)
    await confirm_again(request, person, confirmation)
    async with gate.database.transaction() as session:
        row = await locked(session, person.id)
        secret = await second_factor.prepare(session, gate.vault, row, now=gate.clock())
        email = (await get_user(session, gate.vault, person.id)).email
    return app_details(request, secret=secret, email=email)


@router.post("/v1/users/me/second-factor/confirmations", status_code=201)
async def confirm_factor(code: Code, request: Request, caller: Caller) -> dict[str, Any]:
    """Puts the app in use; answers ten recovery codes, this once. Every other session of one's own ends."""
    gate, person = gate_of(request), person_of(caller)
    await gate.throttle.hit("second_step", client_network(request))
    async with gate.database.transaction() as session:
        row, now = await locked(session, person.id), gate.clock()
        codes = await second_factor.confirm(session, gate.vault, row, code.code, now=now)
        await end_sessions_of(
            session,
            person.merchant,
            person.id,
            but=person.session,
            actor=person.actor,
            origin=client_address(request),
            now=now,
        )
    return {"recovery_codes": codes}


@router.post("/v1/users/me/recovery-codes", status_code=201)
async def renew_codes(
    confirmation: Confirmation, request: Request, caller: Caller
) -> dict[str, Any]:
    """Ten fresh recovery codes, this once; the earlier ones hold no more. Asks for one's password."""
    gate, person = gate_of(request), person_of(caller)
    await confirm_again(request, person, confirmation)
    async with gate.database.transaction() as session:
        row = await locked(session, person.id)
        if not second_factor.has_factor(row):
            raise NotAllowed("There is no second factor to recover.")
        codes = await second_factor.renew_recovery_codes(session, gate.vault, row, now=gate.clock())
    return {"recovery_codes": codes}


@router.post("/v1/users/me/second-factor/removals", status_code=204)
async def remove_factor(confirmation: Confirmation, request: Request, caller: Caller) -> Response:
    """Takes one's own app out of use, where the merchant does not ask for one. Asks for one's password."""
    gate, person = gate_of(request), person_of(caller)
    await confirm_again(request, person, confirmation)
    async with gate.database.transaction() as session:
        row = await locked(session, person.id)
        if not row["passkeys"] and await second_factor.is_required(
            session, person.merchant, row["role"]
        ):
            raise second_factor.FactorRequired("Your role asks for a second factor.")
        await second_factor.remove(session, row, actor=person.actor, now=gate.clock())
    return Response(status_code=204)


async def confirm_again(request: Request, person: Principal, confirmation: Confirmation) -> None:
    """Who changes a factor shows their password again (PCI DSS 8.3.3). Raises `WrongPassword`."""
    gate = gate_of(request)
    await gate.throttle.hit("second_step", client_network(request))
    await confirm_password(
        gate.database,
        person,
        confirmation.password,
        origin=client_address(request),
        now=gate.clock(),
    )


def _check_origin(request: Request) -> None:
    if "origin" in request.headers and not origin_allowed(request):
        raise NotAllowed("The request came from another site.")


def person_of(caller: Principal) -> Principal:
    """The caller, who is a person in a session of the console. Raises `NotAllowed`."""
    if caller.kind != "user":
        raise NotAllowed("This is for people, not for software.")
    return caller
