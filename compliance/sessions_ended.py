"""How long a session that has ended is kept: who signed in and from where stays in the journal."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance.retention import DataKind, deleting, rows_where
from compliance.sessions import sessions


def _old(merchant: str, before: datetime, now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        sessions.c.merchant == merchant,
        sessions.c.seen_at < before,
        sessions.c.expires_at < now,
    )


ENDED_SESSIONS: Final = DataKind(
    name="sessions",
    what="sign-ins of people, once they have ended",
    tables=("sessions",),
    field="sessions_days",
    look=rows_where(sessions, sessions.c.seen_at, _old),
    sweep=deleting(sessions, sessions.c.id, _old),
)
