"""How fast an account may send: no faster than its provider takes, over all processes together.

A message that comes too early is given a turn of its own and waits for it as due work, so that nobody sits in a worker
meanwhile and nobody asks twice.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from core.clock import rfc3339
from core.database import Session, UtcDateTime, metadata, upsert

_TURN: Final = "turn"
# A turn that was missed by more than this was missed by a crowd, which must not come back all at once.
_LATE_MAX: Final = timedelta(seconds=5)

account_paces = sa.Table(
    "account_paces",
    metadata,
    sa.Column("account", sa.String(40), primary_key=True),
    # When the account is free for its next message.
    sa.Column("free_at", UtcDateTime, nullable=False),
)


async def turn_of(
    session: Session,
    *,
    account: str,
    per_second: int | None,
    payload: Mapping[str, Any],
    now: datetime,
) -> datetime:
    """When this message may go: `now` at the earliest. `payload` is that of its work, with the turn given before.

    Nobody else's turn of this account is decided until the transaction ends.
    """
    if per_second is None:
        return now
    given = payload.get(_TURN)
    if given is not None:
        turn = datetime.fromisoformat(given)
        if turn > now - _LATE_MAX:
            return max(turn, now)
    free_at = await _free_at(session, account, now=now)
    turn = max(free_at, now)
    following = turn + timedelta(seconds=1) / per_second
    await session.execute(
        sa.update(account_paces).where(account_paces.c.account == account).values(free_at=following)
    )
    return turn


def keeping(turn: datetime) -> dict[str, Any]:
    """The payload that a message waits with for its turn."""
    return {_TURN: rfc3339(turn)}


async def _free_at(session: Session, account: str, *, now: datetime) -> datetime:
    await session.execute(
        upsert(session, account_paces)
        .values(account=account, free_at=now)
        .on_conflict_do_nothing(index_elements=["account"])
    )
    found: datetime = await session.scalar(
        sa.select(account_paces.c.free_at)
        .where(account_paces.c.account == account)
        .with_for_update()
    )
    return found
