"""Which sessions there are, and ending them: one's own, or as an admin anybody's of the merchant."""

from datetime import datetime

import sqlalchemy as sa

from compliance.journal import Event, record
from compliance.sessions import IDLE_MAX, sessions
from core.database import Session
from core.errors import NotFound


async def list_sessions(
    session: Session, merchant: str, *, user: str | None, now: datetime
) -> list[sa.RowMapping]:
    """The sessions that hold, of one user or of the whole merchant, the one used last first; at most 500."""
    found = await session.all(
        sa.select(sessions)
        .where(
            sessions.c.merchant == merchant,
            sessions.c.ended_at.is_(None),
            sessions.c.expires_at > now,
            sessions.c.seen_at > now - IDLE_MAX,
            *([] if user is None else [sessions.c.user == user]),
        )
        .order_by(sessions.c.seen_at.desc(), sessions.c.id)
        .limit(500)
    )
    return list(found)


async def revoke_session(
    session: Session,
    merchant: str,
    session_id: str,
    *,
    user: str | None,
    actor: str,
    origin: str | None,
    now: datetime,
) -> None:
    """Ends a session of this merchant; of this user alone, where one is named. Raises `NotFound`."""
    row = await session.one_or_none(
        sa.update(sessions)
        .where(
            sessions.c.id == session_id,
            sessions.c.merchant == merchant,
            sessions.c.ended_at.is_(None),
            *([] if user is None else [sessions.c.user == user]),
        )
        .values(ended_at=now)
        .returning(sessions.c.user)
    )
    if row is None:
        raise NotFound("session")
    _journal_end(session, merchant, row["user"], 1, actor=actor, origin=origin, now=now)


async def end_sessions_of(
    session: Session,
    merchant: str,
    user: str,
    *,
    but: str | None = None,
    actor: str,
    origin: str | None,
    now: datetime,
) -> None:
    """Ends all of a user's sessions, except one where it is named."""
    result = await session.execute(
        sa.update(sessions)
        .where(
            sessions.c.user == user,
            sessions.c.merchant == merchant,
            sessions.c.ended_at.is_(None),
            sessions.c.expires_at > now,
            *([] if but is None else [sessions.c.id != but]),
        )
        .values(ended_at=now)
    )
    if result.rowcount:
        _journal_end(session, merchant, user, result.rowcount, actor=actor, origin=origin, now=now)


def _journal_end(
    session: Session,
    merchant: str,
    user: str,
    count: int,
    *,
    actor: str,
    origin: str | None,
    now: datetime,
) -> None:
    record(
        session,
        Event(
            type="session.ended",
            merchant=merchant,
            occurred_at=now,
            actor=actor,
            origin=origin,
            data={"user": user, "sessions": count},
        ),
    )
