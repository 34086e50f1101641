"""Whether a caller who was let in some time ago still stands, and with which rights."""

from datetime import datetime

import sqlalchemy as sa

from compliance.api_keys import api_keys, key_alive
from compliance.principal import Principal
from compliance.roles import Role
from compliance.sessions import principal_of, still_alive
from compliance.users import get_user
from compliance.vault import Vault
from core.database import Session
from core.errors import NotFound


async def current(
    session: Session, vault: Vault, principal: Principal, *, now: datetime
) -> Principal | None:
    """The same caller as they stand now, or None: signed out, idle too long, switched off, key revoked."""
    if principal.kind == "key":
        return principal if await key_alive(session, principal.id) else None
    if principal.session is None:
        return None
    return await user_of(session, vault, principal.id, principal.session, now=now)


async def user_of(
    session: Session, vault: Vault, user_id: str, session_id: str, *, now: datetime
) -> Principal | None:
    """The user of a session that holds, or None."""
    if not await still_alive(session, session_id, now=now):
        return None
    try:
        user = await get_user(session, vault, user_id)
    except NotFound:
        return None
    return await principal_of(session, user, session_id=session_id)


async def key_of(session: Session, key_id: str) -> Principal | None:
    """The software of a key that holds, or None."""
    row = await session.one_or_none(
        sa.select(api_keys).where(api_keys.c.id == key_id, api_keys.c.revoked_at.is_(None))
    )
    if row is None:
        return None
    return Principal(
        merchant=row["merchant"],
        kind="key",
        id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
    )
