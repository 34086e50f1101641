"""Going on with a sign-in that asked for more than the password: each answer leads to the next question, or in.

A wrong answer counts as a wrong password does, and five of them end the ticket. Nothing that is asked for can be passed
over: what comes next is told from the user's row each time, and the session is made fresh at the end.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

import sqlalchemy as sa

from compliance import access_tickets, second_factor
from compliance.password_changes import checked_hash, locked, set_password, user_row
from compliance.sessions import BadCredentials, SignedIn, count_failure, may_enter, open_session
from compliance.sign_in_steps import TRIES_MAX, Step, StepAsked, Way, step_after, ways_of
from compliance.users import read_user
from compliance.vault import Vault
from core.database import Database, Session
from core.errors import InvalidField, Kind, PaythreadError

_PURPOSES = access_tickets.SIGN_INS


class SignInOver(PaythreadError):
    """The half-done sign-in ran out, was used, or was answered wrongly too often."""

    code = "sign_in_over"
    kind = Kind.UNAUTHENTICATED


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """What an authenticator app is told, once."""

    secret: str
    email: str


@dataclass(frozen=True, slots=True, repr=False)
class Entered:
    """Signed in; with recovery codes where an app was put in use on the way."""

    signed_in: SignedIn
    recovery_codes: list[str] | None


async def enrol(database: Database, vault: Vault, ticket: str, *, now: datetime) -> Enrolment:
    """A secret for the app that this sign-in asks for. Raises `SignInOver`."""
    async with database.transaction() as session:
        pending, user = await held(session, ticket, now=now)
        if pending["step"] != Step.ENROL:
            raise over()
        secret = await second_factor.prepare(session, vault, user, now=now)
        return Enrolment(secret, (await read_user(session, vault, user)).email)


async def go_on(
    database: Database,
    vault: Vault,
    ticket: str,
    *,
    code: str | None,
    password: str | None,
    origin: str | None,
    device: str | None,
    now: datetime,
) -> Entered:
    """One answer. Raises `StepAsked` with the same ticket for the next question, `BadCredentials` for a wrong answer,
    `SignInOver`, `WeakPassword`."""
    new_hash = await _hash_chosen(database, vault, ticket, password, now=now)
    async with database.transaction() as session:
        pending, user = await held(session, ticket, now=now)
        step, recovery = Step(pending["step"]), None
        match step:
            case Step.CODE:
                right = await second_factor.check_code(
                    session, vault, user, _needed(code, "code"), now=now
                )
            case Step.PASSWORD:
                if new_hash is None:
                    _needed(None, "password")
                right = new_hash is not None
                if new_hash is not None:
                    await set_password(session, user, new_hash, actor=f"user:{user['id']}", now=now)
            case Step.ENROL:
                recovery = await _confirmed(session, vault, user, _needed(code, "code"), now=now)
                right = recovery is not None
            case _:
                assert_never(step)
        outcome = await conclude(
            session,
            vault,
            pending,
            user,
            ticket,
            right=right,
            recovery=recovery,
            origin=origin,
            device=device,
            now=now,
        )
    return outcome_of(outcome, otherwise="The code is wrong, or was used.")


async def conclude(
    session: Session,
    vault: Vault,
    pending: sa.RowMapping,
    user: sa.RowMapping,
    ticket: str,
    *,
    right: bool,
    recovery: list[str] | None,
    origin: str | None,
    device: str | None,
    now: datetime,
) -> Entered | StepAsked | None:
    """What an answer leads to: in, to the next question, or None for a wrong one. Both rows are locked (`held`)."""
    way = _way_of(pending)
    if not right:
        await count_failure(session, user, origin=origin, now=now, way=way)
        if pending["tries"] + 1 >= TRIES_MAX:
            await access_tickets.take(session, ticket, purposes=_PURPOSES, now=now)
        else:
            await access_tickets.count_try(session, pending)
        return None
    user = await user_row(session, user["id"])
    following = await step_after(session, user, Step(pending["step"]), now=now, way=way)
    if following is not None:
        await access_tickets.move_on(session, pending, step=following.value)
        return StepAsked(ticket, following, ways_of(user, following))
    await access_tickets.take(session, ticket, purposes=_PURPOSES, now=now)
    opened = await open_session(
        session, vault, user, origin=origin, device=device, now=now, way=way
    )
    return Entered(opened, recovery)


def outcome_of(outcome: Entered | StepAsked | None, *, otherwise: str) -> Entered:
    """What the door is told once everything is stored. Raises `StepAsked`, `BadCredentials`."""
    match outcome:
        case Entered():
            return outcome
        case StepAsked():
            raise outcome
        case None:
            raise BadCredentials(otherwise)
        case _:
            assert_never(outcome)


async def _hash_chosen(
    database: Database, vault: Vault, ticket: str, password: str | None, *, now: datetime
) -> str | None:
    """The hash of a new password that is asked for. Hashing takes long, so no transaction waits for it."""
    if password is None:
        return None
    async with database.snapshot() as session:
        pending = await access_tickets.find(session, ticket, purposes=_PURPOSES, now=now)
        if pending is None or pending["step"] != Step.PASSWORD:
            raise over()
        row = await user_row(session, pending["user"])
        user = await read_user(session, vault, row)
    return await checked_hash(password, row, user)


async def held(
    session: Session, ticket: str, *, now: datetime
) -> tuple[sa.RowMapping, sa.RowMapping]:
    """The half-done sign-in and its user, both locked. Raises `SignInOver`."""
    # The user first, as everybody else does who locks both.
    seen = await access_tickets.find(session, ticket, purposes=_PURPOSES, now=now)
    if seen is None:
        raise over()
    user = await locked(session, seen["user"])
    pending = await access_tickets.find(session, ticket, purposes=_PURPOSES, now=now, lock=True)
    if pending is None or not may_enter(user, now):
        raise over()
    if pending["step"] == Step.ENROL and second_factor.has_factor(user):
        # Set up by another sign-in meanwhile: this one would go around it.
        raise over()
    return pending, user


def _way_of(pending: sa.RowMapping) -> Way:
    by_provider = pending["purpose"] == access_tickets.SSO_SIGN_IN
    return Way.SINGLE_SIGN_ON if by_provider else Way.PASSWORD


async def _confirmed(
    session: Session, vault: Vault, user: sa.RowMapping, code: str, *, now: datetime
) -> list[str] | None:
    try:
        return await second_factor.confirm(session, vault, user, code, now=now)
    except second_factor.WrongCode:
        return None


def _needed(value: str | None, name: str) -> str:
    if value is None:
        raise InvalidField(f"/{name}", "is what this step asks for")
    return value


def over() -> SignInOver:
    """What is raised when the ticket leads nowhere."""
    return SignInOver("Sign in again.")
