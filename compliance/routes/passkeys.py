"""Passkeys: one's own, listed, added, named and removed; and signing in by one. Bodies are WebAuthn's, in base64url."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field, StringConstraints

from compliance import passkey_enrolment, passkey_sign_in, passkeys
from compliance.devices import device_of
from compliance.passkey_proofs import RelyingParty
from compliance.passkeys import Passkey, PasskeyRefused
from compliance.password_changes import locked
from compliance.principal import Principal
from compliance.routes.access import (
    STEP_ANSWER,
    Ticket,
    TicketAlone,
    check_origin,
    opened,
    pending_answer,
)
from compliance.routes.bodies import Body, Line
from compliance.routes.gate import Caller, client_address, client_network, gate_of
from compliance.routes.own_account import confirm_again, person_of
from compliance.routes.people import Confirmation
from compliance.session_list import end_sessions_of
from compliance.sign_in_steps import StepAsked
from core.clock import rfc3339

router = APIRouter(tags=["passkeys"])

_BASE64URL = r"^[A-Za-z0-9_-]+$"
CredentialId = Annotated[str, StringConstraints(min_length=1, max_length=1400, pattern=_BASE64URL)]
Bytes = Annotated[str, StringConstraints(min_length=1, max_length=8_192, pattern=_BASE64URL)]
LongBytes = Annotated[str, StringConstraints(min_length=1, max_length=65_536, pattern=_BASE64URL)]
UserHandle = Annotated[str, StringConstraints(max_length=128, pattern=r"^[A-Za-z0-9_-]*$")]
Transport = Literal["usb", "nfc", "ble", "smart-card", "hybrid", "cable", "internal"]
PasskeyName = Annotated[Line, StringConstraints(max_length=60)]


class Creation(Body):
    """What a browser says of a passkey that it has made."""

    clientDataJSON: Bytes
    attestationObject: LongBytes


class Created(Body):
    """A passkey that was made."""

    id: CredentialId
    rawId: CredentialId
    type: Literal["public-key"]
    response: Creation


class NewPasskey(Body):
    """A passkey to add, under a name that its owner knows it by."""

    name: PasskeyName
    transports: list[Transport] = Field(default_factory=list, max_length=7)
    credential: Created


class Enrolment(NewPasskey):
    """A passkey that a half-done sign-in asks for."""

    ticket: Ticket


class Renaming(Body):
    """Another name."""

    name: PasskeyName


class Assertion(Body):
    """What a browser says of a challenge that a passkey has signed."""

    clientDataJSON: Bytes
    authenticatorData: Bytes
    signature: Bytes
    userHandle: UserHandle | None = None


class Asserted(Body):
    """A signed challenge."""

    id: CredentialId
    rawId: CredentialId
    type: Literal["public-key"]
    response: Assertion


class SignInBegun(Body):
    """With the ticket of a half-done sign-in: its second step. Without one: signing in by a passkey alone."""

    ticket: Ticket | None = None


class SignIn(SignInBegun):
    """The answer to it."""

    credential: Asserted


@router.post("/v1/sessions/passkeys/options")
async def begin_sign_in(begun: SignInBegun, request: Request) -> dict[str, Any]:
    """What `navigator.credentials.get` takes: a challenge that holds for five minutes, once."""
    gate = gate_of(request)
    check_origin(request)
    await gate.throttle.hit(_limit_of(begun), client_network(request))
    options = await passkey_sign_in.begin(
        gate.database, party_of(request), ticket=begun.ticket, now=gate.clock()
    )
    return {"publicKey": options}


@router.post("/v1/sessions/passkeys", status_code=201, responses=STEP_ANSWER)
async def finish_sign_in(given: SignIn, request: Request) -> Response:
    """Signs in by a passkey: 201 with the cookie, 202 where a new password is asked for, or one 401 for all else."""
    gate = gate_of(request)
    check_origin(request)
    await gate.throttle.hit(_limit_of(given), client_network(request))
    credential = given.credential.model_dump()
    origin, device = client_address(request), device_of(request.headers.get("user-agent"))
    house, now = (gate.database, gate.vault, party_of(request)), gate.clock()
    try:
        if given.ticket is None:
            entered = await passkey_sign_in.enter_alone(
                *house, credential, origin=origin, device=device, now=now
            )
        else:
            entered = await passkey_sign_in.enter_second(
                *house, given.ticket, credential, origin=origin, device=device, now=now
            )
    except StepAsked as asked:
        return pending_answer(asked)
    return opened(request, entered.signed_in)


@router.post("/v1/sessions/enrolments/passkeys/options", status_code=201)
async def begin_enrolment(half_done: TicketAlone, request: Request) -> dict[str, Any]:
    """For a sign-in that asks for a factor: what `navigator.credentials.create` takes, instead of an app."""
    gate = gate_of(request)
    check_origin(request)
    await gate.throttle.hit("second_step", client_network(request))
    options = await passkey_enrolment.begin(
        gate.database, gate.vault, party_of(request), half_done.ticket, now=gate.clock()
    )
    return {"publicKey": options}


@router.post("/v1/sessions/enrolments/passkeys", status_code=201)
async def finish_enrolment(given: Enrolment, request: Request) -> Response:
    """Puts the passkey in use and signs in: 201 with the cookie and, this once, recovery codes; 401 if it is wrong."""
    gate = gate_of(request)
    check_origin(request)
    await gate.throttle.hit("second_step", client_network(request))
    entered = await passkey_enrolment.finish(
        gate.database,
        gate.vault,
        party_of(request),
        given.ticket,
        given.credential.model_dump(),
        name=given.name,
        transports=given.transports,
        origin=client_address(request),
        device=device_of(request.headers.get("user-agent")),
        now=gate.clock(),
    )
    return opened(request, entered.signed_in, recovery_codes=entered.recovery_codes)


@router.get("/v1/users/me/passkeys")
async def list_passkeys(request: Request, caller: Caller) -> dict[str, Any]:
    """One's own passkeys, oldest first."""
    gate, person = gate_of(request), person_of(caller)
    async with gate.database.snapshot() as session:
        found = await passkeys.list_own(session, gate.vault, person.id)
    return {"data": [_shown(each) for each in found]}


@router.post("/v1/users/me/passkeys/options", status_code=201)
async def begin_passkey(
    confirmation: Confirmation, request: Request, caller: Caller
) -> dict[str, Any]:
    """What `navigator.credentials.create` takes. Asks for one's password."""
    gate, person = gate_of(request), person_of(caller)
    await confirm_again(request, person, confirmation)
    async with gate.database.transaction() as session:
        options = await passkeys.begin(
            session,
            gate.vault,
            party_of(request),
            person.id,
            bound_to=_session_of(person),
            now=gate.clock(),
        )
    return {"publicKey": options}


@router.post("/v1/users/me/passkeys", status_code=201)
async def add_passkey(new: NewPasskey, request: Request, caller: Caller) -> dict[str, Any]:
    """Puts a passkey in use; every other session of one's own ends. A first factor brings recovery codes, this once."""
    gate, person = gate_of(request), person_of(caller)
    await gate.throttle.hit("second_step", client_network(request))
    party, now = party_of(request), gate.clock()
    # By itself, so that a challenge is used up by a wrong answer too.
    async with gate.database.transaction() as session:
        made = await passkeys.prove(
            session, party, new.credential.model_dump(), bound_to=_session_of(person), now=now
        )
    if made is None:
        raise PasskeyRefused("This passkey cannot be added.")
    async with gate.database.transaction() as session:
        added = await passkeys.add(
            session,
            gate.vault,
            await locked(session, person.id),
            made,
            name=new.name,
            transports=new.transports,
            now=now,
        )
        await end_sessions_of(
            session,
            person.merchant,
            person.id,
            but=person.session,
            actor=person.actor,
            origin=client_address(request),
            now=now,
        )
    codes = {} if added.recovery_codes is None else {"recovery_codes": added.recovery_codes}
    return {**_shown(added.passkey), **codes}


@router.patch("/v1/users/me/passkeys/{passkey_id}")
async def rename_passkey(
    passkey_id: str, renaming: Renaming, request: Request, caller: Caller
) -> dict[str, Any]:
    """Another name for one of one's own."""
    gate, person = gate_of(request), person_of(caller)
    async with gate.database.transaction() as session:
        row = await locked(session, person.id)
        renamed = await passkeys.rename(
            session, gate.vault, row, passkey_id, renaming.name, now=gate.clock()
        )
    return _shown(renamed)


@router.post("/v1/users/me/passkeys/{passkey_id}/removals", status_code=204)
async def remove_passkey(
    passkey_id: str, confirmation: Confirmation, request: Request, caller: Caller
) -> Response:
    """Takes one of one's own out of use, unless it is the last factor where one is due. Asks for one's password."""
    gate, person = gate_of(request), person_of(caller)
    await confirm_again(request, person, confirmation)
    async with gate.database.transaction() as session:
        row = await locked(session, person.id)
        await passkeys.remove(session, row, passkey_id, now=gate.clock())
    return Response(status_code=204)


def party_of(request: Request) -> RelyingParty:
    """Whom passkeys are made for."""
    party: RelyingParty = request.app.state.relying_party
    return party


def _session_of(person: Principal) -> str:
    assert person.session is not None, "only people in a session get here"
    return person.session


def _limit_of(begun: SignInBegun) -> str:
    return "sign_in" if begun.ticket is None else "second_step"


def _shown(passkey: Passkey) -> dict[str, Any]:
    used = passkey.last_used_at
    return {
        "id": passkey.id,
        "name": passkey.name,
        "signs_in_alone": passkey.signs_in_alone,
        "created_at": rfc3339(passkey.created_at),
        "last_used_at": None if used is None else rfc3339(used),
    }
