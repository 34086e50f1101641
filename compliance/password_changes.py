"""Choosing a password: by invitation or reset, at signing in, or one's own from within.

PCI DSS 4.0.1: 8.3.6 and 8.3.7 (what is accepted), 8.3.3 (who one is comes before any change). A change ends every
other session.
"""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance import access_tickets, passwords
from compliance.journal import Event, record
from compliance.letters import Letters
from compliance.principal import Principal
from compliance.session_list import end_sessions_of
from compliance.sessions import count_failure, may_enter
from compliance.users import User, hash_email, normalise_email, read_user, users
from compliance.vault import Vault
from core import work
from core.clock import Clock
from core.database import Database, Session
from core.errors import Kind, PaythreadError

# The kind of work that answers a request for a new password.
RESET: Final = "access.reset"
_BY_LETTER: Final = frozenset({access_tickets.INVITATION, access_tickets.RESET})


class TicketOver(PaythreadError):
    """The link was used, ran out, was replaced by a newer one, or never was: which, is not said."""

    code = "link_over"
    kind = Kind.NOT_FOUND


class WrongPassword(PaythreadError):
    """The caller is signed in, and did not show again who they are."""

    code = "wrong_password"
    kind = Kind.FORBIDDEN


async def checked_hash(password: str, row: sa.RowMapping, user: User) -> str:
    """The hash of a password that this user may have from now on. Raises `WeakPassword`."""
    passwords.check_strength(password)
    passwords.check_not_about(password, name=user.name, email=user.email)
    past: list[str] = row["past_passwords"] or []
    present = [row["password_hash"]] if row["password_hash"] else []
    await passwords.check_not_past(password, [*present, *past])
    return await passwords.hash_password(password)


async def set_password(
    session: Session, row: sa.RowMapping, password_hash: str, *, actor: str, now: datetime
) -> None:
    """The password from now on. Letters that are under way hold no more."""
    past = [row["password_hash"], *(row["past_passwords"] or [])]
    kept = [each for each in past if each][: passwords.PAST_MAX - 1]
    await session.execute(
        sa.update(users)
        .where(users.c.id == row["id"])
        .values(
            password_hash=password_hash,
            past_passwords=kept,
            password_changed_at=now,
            password_must_change=False,
            failures=0,
            locked_until=None,
        )
    )
    record(
        session,
        Event(
            type="user.changed",
            merchant=row["merchant"],
            occurred_at=now,
            actor=actor,
            data={"user": row["id"], "change": "password"},
        ),
    )


async def change_own(
    database: Database,
    vault: Vault,
    caller: Principal,
    *,
    present: str,
    password: str,
    origin: str | None,
    now: datetime,
) -> None:
    """Changes the caller's password; their other sessions end. Raises `WrongPassword`, `WeakPassword`."""
    row = await confirm_password(database, caller, present, origin=origin, now=now)
    async with database.snapshot() as session:
        user = await read_user(session, vault, row)
    password_hash = await checked_hash(password, row, user)
    async with database.transaction() as session:
        fresh = await locked(session, caller.id)
        if fresh["password_hash"] != row["password_hash"]:
            raise WrongPassword("The present password is wrong.")
        await set_password(session, fresh, password_hash, actor=caller.actor, now=now)
        await access_tickets.cancel(session, caller.id)
        await end_sessions_of(
            session,
            caller.merchant,
            caller.id,
            but=caller.session,
            actor=caller.actor,
            origin=origin,
            now=now,
        )


async def confirm_password(
    database: Database, caller: Principal, password: str, *, origin: str | None, now: datetime
) -> sa.RowMapping:
    """The caller's row, once they have shown again who they are. A wrong password counts. Raises `WrongPassword`."""
    async with database.snapshot() as session:
        row = await session.one_or_none(sa.select(users).where(users.c.id == caller.id))
    right = await passwords.matches(row["password_hash"] if row else None, password)
    if row is not None and right and may_enter(row, now):
        return row
    if row is not None:
        async with database.transaction() as session:
            await count_failure(session, await locked(session, caller.id), origin=origin, now=now)
    raise WrongPassword("The present password is wrong.")


async def choose_by_ticket(
    database: Database,
    vault: Vault,
    ticket: str,
    password: str,
    *,
    origin: str | None,
    now: datetime,
) -> None:
    """Sets the password that an invitation or a reset is for; every session of the user ends, and a lock is lifted.

    Raises `TicketOver`, `WeakPassword`; then the ticket still holds.
    """
    async with database.snapshot() as session:
        found = await access_tickets.find(session, ticket, purposes=_BY_LETTER, now=now)
        if found is None:
            raise _over()
        row = await session.one_or_none(sa.select(users).where(users.c.id == found["user"]))
        assert row is not None, "users are switched off, never deleted"
        user = await read_user(session, vault, row)
    password_hash = await checked_hash(password, row, user)
    async with database.transaction() as session:
        fresh = await locked(session, user.id)
        taken = await access_tickets.take(session, ticket, purposes=_BY_LETTER, now=now)
        if taken is None or fresh["disabled_at"] is not None:
            raise _over()
        await set_password(session, fresh, password_hash, actor=f"user:{user.id}", now=now)
        await access_tickets.cancel(session, user.id)
        await end_sessions_of(
            session, user.merchant, user.id, actor=f"user:{user.id}", origin=origin, now=now
        )


async def ask_for_reset(database: Database, vault: Vault, email: str, *, now: datetime) -> None:
    """Notes that somebody wants a new password. The same work for every address: whose it is, is looked up later."""
    async with database.transaction() as session:
        email_hash = await hash_email(session, vault, normalise_email(email), now=now)
        await work.schedule(session, RESET, email_hash, due_at=now)


class ResetDesk:
    """The handler of `access.reset` work: has the letter sent, where there is such a person and a way to."""

    def __init__(self, database: Database, vault: Vault, letters: Letters, clock: Clock) -> None:
        self._database, self._vault, self._letters = database, vault, letters
        self._clock = clock

    async def answer(self, job: work.Work) -> None:
        """One request. Ends the work."""
        now = self._clock()
        async with self._database.transaction() as session:
            row = await session.one_or_none(
                sa.select(users).where(
                    users.c.email_hash == job.subject, users.c.disabled_at.is_(None)
                )
            )
            if row is not None and await self._letters.can_send(session, row["merchant"]):
                user = await read_user(session, self._vault, row)
                ticket = await access_tickets.issue(
                    session,
                    purpose=access_tickets.RESET,
                    user=user.id,
                    merchant=user.merchant,
                    now=now,
                )
                await self._letters.post(
                    session,
                    self._vault,
                    user,
                    purpose=access_tickets.RESET,
                    ticket=ticket,
                    now=now,
                )
                record(
                    session,
                    Event(
                        type="user.changed",
                        merchant=user.merchant,
                        occurred_at=now,
                        actor="system",
                        data={"user": user.id, "change": "password_reset_asked"},
                    ),
                )
            await work.finish(session, job)


async def user_row(session: Session, user: str) -> sa.RowMapping:
    """A user's row as it stands; switched off or not."""
    return await _one(session, sa.select(users).where(users.c.id == user))


async def locked(session: Session, user: str) -> sa.RowMapping:
    """A user's row, for this transaction alone."""
    return await _one(session, sa.select(users).where(users.c.id == user).with_for_update())


async def _one(session: Session, wanted: sa.Select[tuple[object, ...]]) -> sa.RowMapping:
    row = await session.one_or_none(wanted)
    assert row is not None, "users are switched off, never deleted"
    return row


def _over() -> TicketOver:
    return TicketOver("This link is not valid (any more). Ask for a new one.")
