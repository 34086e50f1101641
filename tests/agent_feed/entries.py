"""Entries made up for tests that need no database."""

from typing import Any

from agent_feed.batches import Batch, Published
from compliance.journal import Entry
from tests.support.clock import START

MERCHANT = "mer_ours"
EPOCH = "epoch1"


def entry(position: int, **columns: Any) -> Entry:
    """An entry of our merchant at this position."""
    usual: dict[str, Any] = {
        "position": position,
        "id": f"evt_{position}",
        "type": "link.created",
        "occurred_at": START,
        "merchant": MERCHANT,
        "link": None,
        "payment": None,
        "attempt": None,
        "customer": None,
        "conversation": None,
        "agent": None,
        "channel": None,
        "actor": "system",
        "data": {},
    }
    return Entry(**{**usual, **columns})


def batch(entries: list[Entry], *, after: int, upto: int, epoch: str = EPOCH) -> Batch:
    """The entries of a journal that lie in a stretch of it."""
    return Batch(
        epoch=epoch,
        after=after,
        upto=upto,
        entries=tuple(Published(one) for one in entries if after < one.position <= upto),
    )
