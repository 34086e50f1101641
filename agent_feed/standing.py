"""Whether a caller who was let in some time ago still stands, and with which rights."""

from datetime import datetime

from compliance.api_keys import standing_key
from compliance.principal import Principal
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
        return await standing_key(session, principal.id, now=now)
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
