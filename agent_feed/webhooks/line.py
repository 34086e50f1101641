"""Entries become deliveries: the endpoint's position moves on in the transaction that keeps them.

So none is lost, and whoever writes the journal has no part in it. Two workers wait for each other at the endpoint's
row; and however often an entry were read, it comes into the line once.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from agent_feed.webhooks import sealing
from agent_feed.webhooks.deliveries import count_pending, insert_deliveries
from agent_feed.webhooks.endpoints import Endpoint, hold_endpoint, update_endpoint
from agent_feed.webhooks.patterns import types_of
from compliance.journal import Entry, Query, Reader
from compliance.vault import Vault
from core.clock import rfc3339
from core.database import Session

PAGE: Final = 200
# What waits beyond this stays in the journal, where it is safe, until there is room.
PENDING_MAX: Final = 10_000
_FULL_FOR: Final = timedelta(seconds=30)


def frozen(entry: Entry) -> str:
    """The body that is sent, now and at every later try: `{"type", "timestamp", "data": event}`."""
    body = {
        "type": entry.type,
        "timestamp": rfc3339(entry.occurred_at),
        "data": entry.as_event(),
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


async def fill(
    session: Session, vault: Vault, reader: Reader, endpoint_id: str, *, now: datetime
) -> bool:
    """One page of new entries and one of a replay. True when there may be more at once."""
    endpoint = await hold_endpoint(session, endpoint_id)
    if endpoint is None or not endpoint.enabled:
        return False
    if await count_pending(session, endpoint.id, most=PENDING_MAX) >= PENDING_MAX:
        await update_endpoint(session, endpoint, full_until=now + _FULL_FOR)
        return False
    more = await _follow(session, vault, reader, endpoint, now=now)
    if endpoint.replay is not None:
        more |= await _replay(session, vault, reader, endpoint, now=now)
    return more


async def _follow(
    session: Session, vault: Vault, reader: Reader, endpoint: Endpoint, *, now: datetime
) -> bool:
    head, _ = await reader.head(session, endpoint.merchant)
    entries = await _read(session, reader, endpoint, after=endpoint.position)
    full = len(entries) == PAGE
    last = entries[-1].position if entries else endpoint.position
    # Entries become visible in the order of their positions: those up to the head that are not here are not wanted.
    position = last if full else max(last, head)
    await _insert(session, vault, endpoint, entries, round_number=0, now=now)
    if position != endpoint.position:
        await update_endpoint(session, endpoint, position=position, full_until=None)
    return full


async def _replay(
    session: Session, vault: Vault, reader: Reader, endpoint: Endpoint, *, now: datetime
) -> bool:
    replay = endpoint.replay
    assert replay is not None
    entries = await _read(session, reader, endpoint, after=replay.after)
    wanted = [entry for entry in entries if entry.position <= replay.until]
    await _insert(session, vault, endpoint, wanted, round_number=replay.round, now=now)
    if len(wanted) == PAGE:
        await update_endpoint(session, endpoint, replay_after=wanted[-1].position)
        return True
    await update_endpoint(
        session, endpoint, replay_round=None, replay_after=None, replay_until=None
    )
    return False


async def _read(
    session: Session, reader: Reader, endpoint: Endpoint, *, after: int
) -> Sequence[Entry]:
    query = Query(
        merchant=endpoint.merchant, after=after, types=types_of(endpoint.events), limit=PAGE
    )
    return await reader.read(session, query)


async def _insert(
    session: Session,
    vault: Vault,
    endpoint: Endpoint,
    entries: Sequence[Entry],
    *,
    round_number: int,
    now: datetime,
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "endpoint": endpoint.id,
            "merchant": endpoint.merchant,
            "event": entry.id,
            "type": entry.type,
            "position": entry.position,
            "round": round_number,
            "customer": entry.customer,
            "created_at": now,
            "payload": await sealing.seal(
                session,
                vault,
                frozen(entry),
                merchant=endpoint.merchant,
                customer=entry.customer,
                now=now,
            ),
        }
        for entry in entries
    ]
    await insert_deliveries(session, rows)
