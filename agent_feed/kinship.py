"""Which customers are one person, as the journal tells it: who was merged into whom, and parted again.

Customers are another room's; the feed knows of them what is written in the journal, at the position it reads.
"""

from typing import Final

from compliance.journal import Concern, Entry, Query, Reader
from core.database import Session

_MERGED: Final = "customer.merged"
_TYPES: Final = frozenset({_MERGED, "customer.unmerged"})
_PAGE: Final = 500
# As many customers as can be merged into one, and the survivor; a walk ends there.
_GROUP_MAX: Final = 51


async def group_of(
    session: Session, reader: Reader, *, merchant: str, customer: str
) -> frozenset[str]:
    """The customer, and all who are merged into it over any number of steps."""
    group = {customer}
    fresh = {customer}
    while fresh and len(group) < _GROUP_MAX:
        entries = await _entries(session, reader, merchant, frozenset(fresh))
        into: dict[str, bool] = {}
        for entry in entries:
            into[str(entry.data.get("from"))] = entry.type == _MERGED
        fresh = {one for one, merged in into.items() if merged} - group
        group |= fresh
    return frozenset(group)


async def _entries(
    session: Session, reader: Reader, merchant: str, customers: frozenset[str]
) -> list[Entry]:
    """In the order of the journal, so that the last one counts."""
    found: list[Entry] = []
    after: int | None = None
    while True:
        page = await reader.read(
            session,
            Query(
                merchant=merchant,
                after=after,
                concern=Concern(customers=customers),
                types=_TYPES,
                limit=_PAGE,
            ),
        )
        found += page
        if len(page) < _PAGE:
            return found
        after = page[-1].position
