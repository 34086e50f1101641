"""Tickets: 30 seconds in which a caller may open the feed once, without their key being in the browser.

256 random bits; only the SHA-256 is stored. Redeeming deletes the row, so that of two tries at once one succeeds.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from agent_feed.standing import user_of
from compliance.api_keys import standing_key
from compliance.principal import NotSignedIn, Principal
from compliance.vault import Vault
from core.database import Database, Session, UtcDateTime, metadata

LIFE: Final = timedelta(seconds=30)
LENGTH_MAX: Final = 64
# Of the kinds in the table, those that open the feed.
_OPENING: Final = ("user", "key")

feed_tickets = sa.Table(
    "feed_tickets",
    metadata,
    sa.Column("ticket_hash", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("caller", sa.String(40), nullable=False),
    sa.Column("session", sa.String(40)),
    sa.Column("expires_at", UtcDateTime, nullable=False, index=True),
)


async def issue(session: Session, principal: Principal, *, now: datetime) -> str:
    """A fresh ticket for this caller; it is told once, here. Those that ran out are swept up."""
    ticket = secrets.token_urlsafe(32)
    await session.execute(sa.delete(feed_tickets).where(feed_tickets.c.expires_at <= now))
    await session.execute(
        sa.insert(feed_tickets).values(
            ticket_hash=_hash(ticket),
            kind=principal.kind,
            caller=principal.id,
            session=principal.session,
            expires_at=now + LIFE,
        )
    )
    return ticket


async def redeem(database: Database, vault: Vault, ticket: str, *, now: datetime) -> Principal:
    """Who the ticket was issued to, as they stand now. Raises `NotSignedIn`; the ticket is used up either way."""
    principal = None
    if len(ticket) <= LENGTH_MAX:
        async with database.transaction() as session:
            principal = await _take(session, vault, ticket, now=now)
    if principal is None:
        raise NotSignedIn("The ticket is not valid (any more).")
    return principal


async def _take(session: Session, vault: Vault, ticket: str, *, now: datetime) -> Principal | None:
    row = await session.one_or_none(
        sa.delete(feed_tickets)
        .where(
            feed_tickets.c.ticket_hash == _hash(ticket),
            feed_tickets.c.kind.in_(_OPENING),
            feed_tickets.c.expires_at > now,
        )
        .returning(feed_tickets.c.kind, feed_tickets.c.caller, feed_tickets.c.session)
    )
    if row is None:
        return None
    if row["kind"] == "key":
        return await standing_key(session, row["caller"], now=now)
    return await user_of(session, vault, row["caller"], row["session"], now=now)


def _hash(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()
