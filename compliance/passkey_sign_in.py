"""Signing in by a passkey: alone, where it stands for both factors, or after the password, as the second.

Alone it must have checked who holds it (user verification), and name its user itself. Whatever is wrong, the answer is
the same; where the passkey is known, it counts as a wrong password does. A challenge is used up by any answer.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from compliance import access_tickets, passkey_challenges
from compliance.passkey_proofs import (
    NotProven,
    RelyingParty,
    challenge_in,
    check_signature,
    request_options,
    user_in,
    went_back,
)
from compliance.passkeys import journal, known, passkeys, rows_of
from compliance.password_changes import locked
from compliance.sessions import count_failure, may_enter, open_session
from compliance.sign_in_steps import Step, StepAsked, Way, step_after, ways_of
from compliance.signing_in import Entered, conclude, held, outcome_of, over
from compliance.vault import Vault
from core.database import Database, Session

_SAME_FOR_ALL = "This passkey does not sign in here."


async def begin(
    database: Database, party: RelyingParty, *, ticket: str | None, now: datetime
) -> dict[str, Any]:
    """What the browser is told. With the ticket of a half-done sign-in, for that user's passkeys; without one, for
    whichever it holds. Raises `SignInOver`."""
    async with database.transaction() as session:
        if ticket is None:
            challenge = await passkey_challenges.issue(
                session,
                purpose=passkey_challenges.SIGN_IN,
                bound_to=passkey_challenges.NOBODY,
                now=now,
            )
            return request_options(party, challenge=challenge, known=(), verify_user=True)
        pending, user = await held(session, ticket, now=now)
        rows = await rows_of(session, user["id"])
        if pending["step"] != Step.CODE or not rows:
            raise over()
        challenge = await passkey_challenges.issue(
            session, purpose=passkey_challenges.SECOND_STEP, bound_to=ticket, now=now
        )
        return request_options(party, challenge=challenge, known=known(rows), verify_user=False)


async def enter_alone(
    database: Database,
    vault: Vault,
    party: RelyingParty,
    credential: Mapping[str, Any],
    *,
    origin: str | None,
    device: str | None,
    now: datetime,
) -> Entered:
    """Signs in without a password. Raises `BadCredentials`, `StepAsked` where a new password is asked for as well."""
    outcome: Entered | StepAsked | None = None
    async with database.transaction() as session:
        challenge = await _taken(
            session,
            credential,
            purpose=passkey_challenges.SIGN_IN,
            bound_to=passkey_challenges.NOBODY,
            now=now,
        )
        owner = await session.scalar(
            sa.select(passkeys.c.user).where(passkeys.c.credential_id == credential["id"])
        )
        if owner is not None:
            user = await locked(session, owner)
            right = (
                challenge is not None
                and user_in(credential["response"].get("userHandle")) == owner
                and may_enter(user, now)
                and await _proven(
                    session, party, user, credential, challenge, verify_user=True, now=now
                )
            )
            if not right:
                await count_failure(session, user, origin=origin, now=now)
            elif (step := await step_after(session, user, Step.CODE, now=now)) is None:
                opened = await open_session(
                    session,
                    vault,
                    user,
                    origin=origin,
                    device=device,
                    now=now,
                    way=Way.PASSKEY,
                )
                outcome = Entered(opened, None)
            else:
                ticket = await access_tickets.issue(
                    session,
                    purpose=access_tickets.SIGN_IN,
                    user=user["id"],
                    merchant=user["merchant"],
                    step=step.value,
                    now=now,
                )
                outcome = StepAsked(ticket, step, ways_of(user, step))
    return outcome_of(outcome, otherwise=_SAME_FOR_ALL)


async def enter_second(
    database: Database,
    vault: Vault,
    party: RelyingParty,
    ticket: str,
    credential: Mapping[str, Any],
    *,
    origin: str | None,
    device: str | None,
    now: datetime,
) -> Entered:
    """Answers the second step of a sign-in instead of a code.

    Raises `SignInOver`, `BadCredentials`, `StepAsked` for what comes next.
    """
    async with database.transaction() as session:
        pending, user = await held(session, ticket, now=now)
        if pending["step"] != Step.CODE:
            raise over()
        challenge = await _taken(
            session,
            credential,
            purpose=passkey_challenges.SECOND_STEP,
            bound_to=ticket,
            now=now,
        )
        right = challenge is not None and await _proven(
            session, party, user, credential, challenge, verify_user=False, now=now
        )
        outcome = await conclude(
            session,
            vault,
            pending,
            user,
            ticket,
            right=right,
            recovery=None,
            origin=origin,
            device=device,
            now=now,
        )
    return outcome_of(outcome, otherwise=_SAME_FOR_ALL)


async def _taken(
    session: Session, credential: Mapping[str, Any], *, purpose: str, bound_to: str, now: datetime
) -> bytes | None:
    try:
        challenge = challenge_in(credential)
    except NotProven:
        return None
    taken = await passkey_challenges.take(
        session, challenge, purpose=purpose, bound_to=bound_to, now=now
    )
    return challenge if taken else None


async def _proven(
    session: Session,
    party: RelyingParty,
    user: sa.RowMapping,
    credential: Mapping[str, Any],
    challenge: bytes,
    *,
    verify_user: bool,
    now: datetime,
) -> bool:
    """Whether one of this user's passkeys signed the challenge. The user's row is locked: its counter holds still."""
    row = await session.one_or_none(
        sa.select(passkeys).where(
            passkeys.c.credential_id == credential["id"], passkeys.c.user == user["id"]
        )
    )
    if row is None:
        return False
    try:
        signed = check_signature(
            party,
            credential,
            challenge=challenge,
            public_key=row["public_key"],
            verify_user=verify_user,
        )
    except NotProven:
        return False
    if went_back(before=row["sign_count"], now=signed.sign_count):
        # Two of it exist: whoever made the other one may hold the account's key.
        actor = f"user:{user['id']}"
        journal(session, user, "passkey_counter_went_back", row["id"], actor=actor, now=now)
        return False
    await session.execute(
        sa.update(passkeys)
        .where(passkeys.c.id == row["id"])
        .values(
            sign_count=signed.sign_count,
            last_used_at=now,
            user_verified=row["user_verified"] or signed.user_verified,
        )
    )
    return True
