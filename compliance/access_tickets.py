"""Tickets of people: an invitation, a reset of the password, a sign-in that is half done. Each is used once.

256 random bits, told once; only the SHA-256 is stored. Taking one deletes its row, so that of two at once one succeeds.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from core.database import Session, UtcDateTime, metadata

LENGTH_MAX: Final = 64
INVITATION: Final = "invitation"
RESET: Final = "reset"
SIGN_IN: Final = "sign_in"
# The same, for who came by single sign-on.
SSO_SIGN_IN: Final = "sso_sign_in"
SIGN_INS: Final = frozenset({SIGN_IN, SSO_SIGN_IN})
LIVES: Final = {
    INVITATION: timedelta(hours=72),
    RESET: timedelta(hours=1),
    SIGN_IN: timedelta(minutes=10),
    SSO_SIGN_IN: timedelta(minutes=10),
}

access_tickets = sa.Table(
    "access_tickets",
    metadata,
    sa.Column("ticket_hash", sa.String(64), primary_key=True),
    sa.Column("purpose", sa.String(16), nullable=False),
    sa.Column("user", sa.String(40), sa.ForeignKey("users.id"), nullable=False, index=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    # What a half-done sign-in still asks for, and how often it was answered wrongly.
    sa.Column("step", sa.String(16)),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False, index=True),
)


async def issue(
    session: Session,
    *,
    purpose: str,
    user: str,
    merchant: str,
    now: datetime,
    step: str | None = None,
) -> str:
    """A fresh ticket. The same person's older one for this holds no more; those that ran out are swept up."""
    ticket = secrets.token_urlsafe(32)
    await session.execute(sa.delete(access_tickets).where(access_tickets.c.expires_at <= now))
    if purpose not in SIGN_INS:
        await session.execute(
            sa.delete(access_tickets).where(
                access_tickets.c.user == user, access_tickets.c.purpose == purpose
            )
        )
    await session.execute(
        sa.insert(access_tickets).values(
            ticket_hash=_hash(ticket),
            purpose=purpose,
            user=user,
            merchant=merchant,
            step=step,
            tries=0,
            created_at=now,
            expires_at=now + LIVES[purpose],
        )
    )
    return ticket


async def find(
    session: Session, ticket: str, *, purposes: frozenset[str], now: datetime, lock: bool = False
) -> sa.RowMapping | None:
    """The ticket as it stands, or None."""
    wanted = sa.select(access_tickets).where(*_is(ticket, purposes, now))
    return await session.one_or_none(wanted.with_for_update() if lock else wanted)


async def take(
    session: Session, ticket: str, *, purposes: frozenset[str], now: datetime
) -> sa.RowMapping | None:
    """Uses the ticket up. None where somebody else did, it ran out, or never was."""
    return await session.one_or_none(
        sa.delete(access_tickets).where(*_is(ticket, purposes, now)).returning(access_tickets)
    )


async def move_on(session: Session, row: sa.RowMapping, *, step: str) -> None:
    """A half-done sign-in asks for something else now."""
    await _update(session, row, step=step, tries=0)


async def count_try(session: Session, row: sa.RowMapping) -> None:
    """One wrong answer more."""
    await _update(session, row, tries=row["tries"] + 1)


async def cancel(session: Session, user: str) -> None:
    """Whatever this person was sent holds no more."""
    await session.execute(sa.delete(access_tickets).where(access_tickets.c.user == user))


async def _update(session: Session, row: sa.RowMapping, **values: object) -> None:
    mine = access_tickets.c.ticket_hash == row["ticket_hash"]
    await session.execute(sa.update(access_tickets).where(mine).values(**values))


def _is(ticket: str, purposes: frozenset[str], now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        access_tickets.c.ticket_hash == _hash(ticket[:LENGTH_MAX]),
        access_tickets.c.purpose.in_(sorted(purposes)),
        access_tickets.c.expires_at > now,
    )


def _hash(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()
