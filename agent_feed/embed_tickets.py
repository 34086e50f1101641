"""Tickets for the embedded panel: a minute in which a person whom software vouched for may open one session, once.

They lie beside the feed's tickets, as a kind of their own under a hash of their own: neither opens the other's door.
Only the SHA-256 is stored, and redeeming deletes the row, so that of two tries at once one succeeds.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from agent_feed.tickets import LENGTH_MAX, feed_tickets
from compliance.api_keys import standing_key
from compliance.embedded_sessions import check_may_be_embedded, open_embedded
from compliance.principal import NotAllowed, NotSignedIn, Principal
from compliance.sessions import SignedIn
from compliance.users import User, get_user, hash_email, normalise_email, users
from compliance.vault import Vault
from core.database import Session
from core.errors import NotFound

LIFE: Final = timedelta(minutes=1)
_KIND: Final = "embed"


async def issue(
    session: Session, vault: Vault, caller: Principal, user: str, *, now: datetime
) -> str:
    """A fresh ticket for a user of the caller's merchant, by id or email; it is told once, here.

    Raises `NotFound`, also for another merchant's user, and `NotAllowed` for one whose role makes no links.
    """
    found = await _user(session, vault, caller.merchant, user, now=now)
    check_may_be_embedded(found)
    ticket = secrets.token_urlsafe(32)
    await session.execute(sa.delete(feed_tickets).where(feed_tickets.c.expires_at <= now))
    await session.execute(
        sa.insert(feed_tickets).values(
            ticket_hash=_hash(ticket),
            kind=_KIND,
            caller=found.id,
            # Whose word it is: a key that is revoked in the meantime vouches for nobody.
            session=caller.id,
            expires_at=now + LIFE,
        )
    )
    return ticket


async def redeem(
    session: Session, vault: Vault, ticket: str, *, origin: str | None, now: datetime
) -> SignedIn:
    """The session that the ticket is good for. Raises `NotSignedIn`."""
    row = None
    if len(ticket) <= LENGTH_MAX:
        row = await session.one_or_none(
            sa.delete(feed_tickets)
            .where(
                feed_tickets.c.ticket_hash == _hash(ticket),
                feed_tickets.c.kind == _KIND,
                feed_tickets.c.expires_at > now,
            )
            .returning(feed_tickets.c.caller, feed_tickets.c.session)
        )
    if row is None or await standing_key(session, row["session"], now=now) is None:
        raise NotSignedIn("The ticket is not valid (any more).")
    try:
        return await open_embedded(
            session, vault, row["caller"], vouched_by=row["session"], origin=origin, now=now
        )
    except (NotFound, NotAllowed):
        raise NotSignedIn("The ticket is not valid (any more).") from None


async def _user(session: Session, vault: Vault, merchant: str, user: str, *, now: datetime) -> User:
    user_id: str | None = user
    if "@" in user:
        email_hash = await hash_email(session, vault, normalise_email(user), now=now)
        user_id = await session.scalar(
            sa.select(users.c.id).where(users.c.email_hash == email_hash)
        )
    found = None if user_id is None else await get_user(session, vault, user_id)
    if found is None or found.merchant != merchant:
        raise NotFound("user")
    return found


def _hash(ticket: str) -> str:
    return hashlib.sha256(f"embed {ticket}".encode()).hexdigest()
