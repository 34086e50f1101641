"""Finds customers for a person at a screen: by exact address or outside id, or by a part of the name.

Names are only stored sealed, so a name is looked for among the customers added last: their rows are opened and
compared, a bounded number of them.
"""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from channels.catalogue import AddressKind
from channels.customer_groups import survivors_of
from channels.customer_store import (
    Customer,
    find_by_address,
    find_by_external_id,
    get_customers,
    read_customers,
)
from channels.customer_table import ERASED, customers
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Session
from core.errors import InvalidField
from core.ids import is_id

PAGE_MAX: Final = 200
QUERY_LENGTH_MAX: Final = 254
_NAMES_READ_MAX: Final = 1000


async def list_customers(
    session: Session, vault: Vault, *, merchant: str, limit: int, cursor: str | None
) -> tuple[list[Customer], str | None]:
    """One page, newest first, without those who were merged into others or erased; and the cursor of the next.

    Raises `InvalidField` for a cursor of ours it is not."""
    assert 0 < limit <= PAGE_MAX
    if cursor is not None and not is_id(cursor, "cus"):
        raise InvalidField("/cursor", "This is no cursor of this list.")
    statement = (
        sa.select(customers)
        .where(
            customers.c.merchant == merchant,
            customers.c.merged_into.is_(None),
            customers.c.sealed != ERASED,
        )
        .order_by(customers.c.id.desc())
        .limit(limit + 1)
    )
    if cursor is not None:
        statement = statement.where(customers.c.id < cursor)
    rows = await session.all(statement)
    found = await read_customers(session, vault, rows[:limit])
    return list(found.values()), rows[limit - 1]["id"] if len(rows) > limit else None


async def search(
    session: Session, vault: Vault, *, merchant: Merchant, q: str, limit: int, now: datetime
) -> list[Customer]:
    """At most `limit` customers: those with exactly this id, phone, email or outside id; else by name."""
    assert 0 < limit <= PAGE_MAX
    wanted = q.strip()
    if not wanted or len(wanted) > QUERY_LENGTH_MAX:
        raise InvalidField("/q", f"Search for 1 to {QUERY_LENGTH_MAX} characters.")
    exact = await _exact(session, vault, merchant, wanted, now=now)
    if exact:
        return exact[:limit]
    return await _by_name(session, vault, merchant.id, wanted, limit=limit)


async def _exact(
    session: Session, vault: Vault, merchant: Merchant, wanted: str, *, now: datetime
) -> list[Customer]:
    if is_id(wanted, "cus"):
        known = await survivors_of(session, merchant=merchant.id, ids=[wanted])
        found = await get_customers(session, vault, merchant=merchant.id, ids=list(known.values()))
        return [one for one in found.values() if not one.erased]
    by_external = await find_by_external_id(
        session, vault, merchant=merchant.id, external_id=wanted, now=now
    )
    if by_external is not None:
        return [by_external]
    kind = AddressKind.EMAIL if "@" in wanted else AddressKind.PHONE
    try:
        return await find_by_address(
            session, vault, merchant=merchant, kind=kind, address=wanted, now=now
        )
    except InvalidField:
        return []  # no address at all, so perhaps a name


async def _by_name(
    session: Session, vault: Vault, merchant: str, wanted: str, *, limit: int
) -> list[Customer]:
    part = " ".join(wanted.split()).casefold()
    found: list[Customer] = []
    before: str | None = None
    for _ in range(_NAMES_READ_MAX // PAGE_MAX):
        page, before = await list_customers(
            session, vault, merchant=merchant, limit=PAGE_MAX, cursor=before
        )
        found += [one for one in page if part in " ".join((one.name or "").split()).casefold()]
        if before is None or len(found) >= limit:
            break
    return found[:limit]
