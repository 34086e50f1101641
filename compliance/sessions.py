"""Sessions: signing in with a password, and what a session cookie is worth later.

PCI DSS 4.0.1: 8.3.4 (ten wrong passwords lock the account for half an hour), 8.2.6 (who was away for 90 days is let in
by an admin alone), 8.2.8 (a session idle for a quarter of an hour ends).
The cookie holds 256 random bits; only its SHA-256 is stored. The CSRF token is a keyed hash of the cookie, so it needs
no storage and cannot be guessed by a page that cannot read the console's answers.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from compliance import access_tickets, passwords
from compliance.custom_roles import held_by
from compliance.journal import Event, record
from compliance.origins import hash_of_origin
from compliance.principal import NotSignedIn, Principal
from compliance.roles import ROLE_PERMISSIONS, Permission, Role
from compliance.sign_in_steps import StepAsked, Way, step_after, ways_of
from compliance.sso.identities import password_is_refused
from compliance.users import (
    User,
    get_user,
    hash_email,
    normalise_email,
    read_user,
    teammates_of,
    users,
)
from compliance.vault import Vault
from core.database import Database, Session, UtcDateTime, metadata
from core.errors import Kind, NotFound, PaythreadError
from core.ids import first_id, new_id

FAILURES_MAX: Final = 10
LOCK: Final = timedelta(minutes=30)
IDLE_MAX: Final = timedelta(minutes=15)
LIFE_MAX: Final = timedelta(hours=12)
# What the ids and the tokens of sessions inside another site's page begin with (`compliance.embedded_sessions`).
EMBEDDED_ID: Final = "emb"
EMBEDDED_TOKEN: Final = "es_"  # noqa: S105 - how a token begins
AWAY_MAX: Final = timedelta(days=90)
# The last use is written at most this often, so that reading does not become writing.
_SEEN_EVERY: Final = timedelta(minutes=1)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("user", sa.String(40), sa.ForeignKey("users.id"), nullable=False, index=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("origin", sa.String(64)),
    # The same keyed hash as a customer's address has, for telling an agent who pays their own link.
    sa.Column("origin_hash", sa.String(64)),
    sa.Column("device", sa.String(60)),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("ended_at", UtcDateTime),
    sa.Index("ix_sessions_origin", "user", "origin_hash", "seen_at"),
)


class BadCredentials(PaythreadError):
    """The email or the password is wrong; which one is not said."""

    code = "bad_credentials"
    kind = Kind.UNAUTHENTICATED


@dataclass(frozen=True, slots=True, repr=False)
class SignedIn:
    """A fresh session: the cookie's value is told once, here."""

    token: str
    user: User
    expires_at: datetime

    @property
    def csrf_token(self) -> str:
        return csrf_token(self.token)


def csrf_token(token: str) -> str:
    """What an unsafe request with this session cookie must carry in `X-CSRF-Token`."""
    return hmac.new(token.encode(), b"paythread csrf", hashlib.sha256).hexdigest()


def csrf_holds(token: str, claimed: str | None) -> bool:
    """Compares in constant time."""
    return hmac.compare_digest(csrf_token(token).encode(), (claimed or "").encode())


async def sign_in(
    database: Database,
    vault: Vault,
    *,
    email: str,
    password: str,
    origin: str | None,
    now: datetime,
    device: str | None = None,
) -> SignedIn:
    """Checks the password and opens a session. Raises `BadCredentials`, for a locked account too.

    Raises `StepAsked` where a code, a new password or an app is asked for as well: `compliance.signing_in` goes on.
    Existing and unknown addresses answer alike and take alike long; the failure is journalled.
    """
    async with database.snapshot() as session:
        email_hash = await hash_email(session, vault, normalise_email(email), now=now)
        row = await session.one_or_none(sa.select(users).where(users.c.email_hash == email_hash))
    right = await passwords.matches(row["password_hash"] if row else None, password)
    if row is None:
        raise BadCredentials("The email or the password is wrong.")
    async with database.transaction() as session:
        # Read again under the write lock: two wrong passwords at once are two failures, and the right one among
        # many guesses sent at once comes too late when the others have locked the account.
        fresh = await session.one_or_none(
            sa.select(users).where(users.c.id == row["id"]).with_for_update()
        )
        assert fresh is not None, "users are switched off, never deleted"
        unchanged = right and fresh["password_hash"] == row["password_hash"]
        unchanged = unchanged and not await password_is_refused(session, fresh)
        if not (unchanged and may_enter(fresh, now)):
            await count_failure(session, fresh, origin=origin, now=now)
            step = None
        elif (step := await step_after(session, fresh, None, now=now)) is None:
            return await open_session(session, vault, fresh, origin=origin, device=device, now=now)
        else:
            ticket = await access_tickets.issue(
                session,
                purpose=access_tickets.SIGN_IN,
                user=fresh["id"],
                merchant=fresh["merchant"],
                step=step.value,
                now=now,
            )
    if step is not None:
        raise StepAsked(ticket, step, ways_of(fresh, step))
    raise BadCredentials("The email or the password is wrong.")


def may_enter(row: sa.RowMapping, now: datetime) -> bool:
    """Whether the account is open: neither switched off nor locked, nor unused for too long."""
    away = now - (row["signed_in_at"] or now)
    return row["disabled_at"] is None and not _locked(row, now) and away < AWAY_MAX


async def find_session(session: Session, vault: Vault, token: str, *, now: datetime) -> Principal:
    """Who this cookie belongs to, or this token of an embedded session; neither passes for the other.

    Raises `NotSignedIn` when it has ended, idled out or never was.
    """
    row = await session.one_or_none(
        sa.select(sessions).where(sessions.c.token_hash == hash_of_token(token))
    )
    if row is None or not _alive(row, now):
        raise NotSignedIn("Sign in to go on.")
    try:
        user = await get_user(session, vault, row["user"])
    except NotFound:
        raise NotSignedIn("Sign in to go on.") from None
    return await principal_of(session, user, session_id=row["id"])


async def principal_of(session: Session, user: User, *, session_id: str | None) -> Principal:
    """The caller that a user is, with whose work they may see; embedded, with an agent's rights at most."""
    role = user.role if session_id is None else _role_in(session_id, user.role)
    granted = None
    if user.custom_role is not None:
        granted = await held_by(session, user.merchant, user.role, user.custom_role)
        if session_id is not None and session_id.startswith(f"{EMBEDDED_ID}_"):
            granted &= ROLE_PERMISSIONS[Role.AGENT]
    principal = Principal(
        merchant=user.merchant,
        kind="user",
        id=user.id,
        name=user.name,
        role=role,
        team=user.team,
        session=session_id,
        granted=granted,
    )
    if principal.may(Permission.MERCHANT_WIDE):
        return principal
    return replace(principal, teammates=await teammates_of(session, user))


async def still_alive(session: Session, session_id: str, *, now: datetime) -> bool:
    """Whether a session found earlier still holds: what a long-lived socket asks again and again."""
    row = await session.one_or_none(sa.select(sessions).where(sessions.c.id == session_id))
    return row is not None and _alive(row, now)


async def active_users(session: Session, merchant: str, *, since: datetime) -> frozenset[str]:
    """Who of a merchant has used a session since then that has not ended."""
    rows = await session.all(
        sa.select(sessions.c.user)
        .where(
            # Ids sort by time, and none lives longer: the rest of the table is not read.
            sessions.c.id >= first_id("ses", since - LIFE_MAX),
            sessions.c.merchant == merchant,
            sessions.c.seen_at >= since,
            sessions.c.ended_at.is_(None),
        )
        .distinct()
    )
    return frozenset(row["user"] for row in rows)


async def touch(database: Database, session_id: str, *, now: datetime) -> None:
    """Notes that a person used the session; called for acts, never for heartbeats."""
    async with database.snapshot() as session:
        seen_at = await session.scalar(
            sa.select(sessions.c.seen_at).where(sessions.c.id == session_id)
        )
    if seen_at is None or now - seen_at < _SEEN_EVERY:
        return
    async with database.transaction() as session:
        await session.execute(
            sa.update(sessions).where(sessions.c.id == session_id).values(seen_at=now)
        )


async def end_session(session: Session, principal: Principal, *, now: datetime) -> None:
    """Signs out; the cookie is worth nothing from here on. A caller without a live session ends nothing."""
    result = await session.execute(
        sa.update(sessions)
        .where(sessions.c.id == principal.session, sessions.c.ended_at.is_(None))
        .values(ended_at=now)
    )
    if result.rowcount == 1:
        _journal(session, "session.ended", principal, origin=None, now=now)


async def open_session(
    session: Session,
    vault: Vault,
    row: sa.RowMapping,
    *,
    origin: str | None,
    device: str | None,
    now: datetime,
    way: Way = Way.PASSWORD,
) -> SignedIn:
    """A fresh session of a user who has shown all that was asked for. The row is locked by the caller."""
    token = secrets.token_urlsafe(32)
    expires_at = now + LIFE_MAX
    await session.execute(
        sa.insert(sessions).values(
            id=new_id("ses", now),
            token_hash=hash_of_token(token),
            user=row["id"],
            merchant=row["merchant"],
            origin=origin,
            origin_hash=await hash_of_origin(session, vault, origin, now=now),
            device=device,
            created_at=now,
            seen_at=now,
            expires_at=expires_at,
        )
    )
    await session.execute(
        sa.update(users)
        .where(users.c.id == row["id"])
        .values(failures=0, locked_until=None, signed_in_at=now)
    )
    _journal(session, "session.started", row, origin=origin, now=now, way=way)
    return SignedIn(token, await read_user(session, vault, row), expires_at)


async def count_failure(
    session: Session,
    row: sa.RowMapping,
    *,
    origin: str | None,
    now: datetime,
    way: Way = Way.PASSWORD,
) -> None:
    """One wrong password or code more; the tenth locks the account."""
    if _locked(row, now):
        values = {}
    elif row["failures"] + 1 >= FAILURES_MAX:
        values = {"failures": 0, "locked_until": now + LOCK}
    else:
        values = {"failures": row["failures"] + 1}
    if values:
        await session.execute(sa.update(users).where(users.c.id == row["id"]).values(**values))
    _journal(session, "session.failed", row, origin=origin, now=now, way=way)


def _journal(
    session: Session,
    kind: str,
    row: sa.RowMapping | Principal,
    *,
    origin: str | None,
    now: datetime,
    way: Way | None = None,
) -> None:
    merchant, user = (
        (row.merchant, row.id) if isinstance(row, Principal) else (row["merchant"], row["id"])
    )
    record(
        session,
        Event(
            type=kind,
            merchant=merchant,
            occurred_at=now,
            actor=f"user:{user}",
            origin=origin,
            data={"user": user} | ({} if way is None else {"way": way.value}),
        ),
    )


def _locked(row: sa.RowMapping, now: datetime) -> bool:
    return row["locked_until"] is not None and row["locked_until"] > now


def _alive(row: sa.RowMapping, now: datetime) -> bool:
    return row["ended_at"] is None and now < row["expires_at"] and now - row["seen_at"] < IDLE_MAX


def _role_in(session_id: str, role: Role) -> Role:
    """The role that holds in this session. Whoever may less than an agent does not gain by being embedded."""
    is_wider = ROLE_PERMISSIONS[Role.AGENT] <= ROLE_PERMISSIONS[role]
    return Role.AGENT if session_id.startswith(f"{EMBEDDED_ID}_") and is_wider else role


def hash_of_token(token: str) -> str:
    """What is stored of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()
