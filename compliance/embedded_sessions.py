"""Sessions inside another site's page: a bearer token in the frame's memory, and an agent's rights at most.

No cookie: a browser that keeps third parties' cookies apart has none, and one that does not would send it along for
anybody. The page's own software vouches for the person (`agent_feed.embed_tickets`); so such a session lasts an hour,
idles out like any other, and what a page around it could trick a person into stays small: their role beyond an
agent's work (refunds, approvals, settings, reports) does not hold here.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from compliance.journal import Event, record
from compliance.origins import hash_of_origin
from compliance.principal import NotAllowed
from compliance.roles import ROLE_PERMISSIONS, Role
from compliance.sessions import EMBEDDED_ID, EMBEDDED_TOKEN, SignedIn, hash_of_token, sessions
from compliance.users import User, get_user
from compliance.vault import Vault
from core.database import Session
from core.ids import new_id

LIFE_MAX: Final = timedelta(hours=1)


def check_may_be_embedded(user: User) -> None:
    """Raises `NotAllowed` for who may not do an agent's work: a frame must not give them more than they have."""
    if not ROLE_PERMISSIONS[Role.AGENT] <= ROLE_PERMISSIONS[user.role]:
        raise NotAllowed("This user's role does not work with links.")


async def open_embedded(
    session: Session,
    vault: Vault,
    user_id: str,
    *,
    vouched_by: str,
    origin: str | None,
    now: datetime,
) -> SignedIn:
    """A session for a person whom software has vouched for. Raises `NotFound`, `NotAllowed`.

    `vouched_by` is the API key's id, and stands in the journal beside the user's.
    """
    user = await get_user(session, vault, user_id)
    check_may_be_embedded(user)
    token = f"{EMBEDDED_TOKEN}{secrets.token_urlsafe(32)}"
    expires_at = now + LIFE_MAX
    await session.execute(
        sa.insert(sessions).values(
            id=new_id(EMBEDDED_ID, now),
            token_hash=hash_of_token(token),
            user=user.id,
            merchant=user.merchant,
            origin=origin,
            origin_hash=await hash_of_origin(session, vault, origin, now=now),
            created_at=now,
            seen_at=now,
            expires_at=expires_at,
        )
    )
    record(
        session,
        Event(
            type="session.started",
            merchant=user.merchant,
            occurred_at=now,
            actor=f"user:{user.id}",
            origin=origin,
            data={"user": user.id, "embedded": True, "vouched_by": f"key:{vouched_by}"},
        ),
    )
    return SignedIn(token, user, expires_at)
