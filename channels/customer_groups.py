"""Who was merged into whom: a survivor and everybody merged into it, over any number of steps, are one group.

A merge writes `merged_into` and nothing else, so a group is found by walking it. Every walk stays within one
merchant.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from channels.customer_table import customers
from core.database import Session


async def survivors_of(session: Session, *, merchant: str, ids: Iterable[str]) -> dict[str, str]:
    """For each of these customers of the merchant, whom it was merged into in the end: itself, if nobody."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    walk = (
        sa.select(
            customers.c.id.label("start"),
            customers.c.id.label("reached"),
            customers.c.merged_into.label("onward"),
        )
        .where(customers.c.merchant == merchant, customers.c.id.in_(wanted))
        .cte("walk", recursive=True)
    )
    walk = walk.union(
        sa.select(walk.c.start, customers.c.id, customers.c.merged_into)
        .join(walk, customers.c.id == walk.c.onward)
        .where(customers.c.merchant == merchant)
    )
    rows = await session.all(sa.select(walk).where(walk.c.onward.is_(None)))
    return {row["start"]: row["reached"] for row in rows}


async def survivor_of(session: Session, *, merchant: str, customer: str) -> str:
    """Whom this customer was merged into in the end; the id itself for one who was not, or is not there."""
    found = await survivors_of(session, merchant=merchant, ids=[customer])
    return found.get(customer, customer)


async def groups_of(
    session: Session, *, merchant: str, ids: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """For each of these customers of the merchant: itself, then all who were merged into it, oldest first."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    walk = (
        sa.select(customers.c.id.label("start"), customers.c.id.label("member"))
        .where(customers.c.merchant == merchant, customers.c.id.in_(wanted))
        .cte("walk", recursive=True)
    )
    walk = walk.union(
        sa.select(walk.c.start, customers.c.id)
        .join(walk, customers.c.merged_into == walk.c.member)
        .where(customers.c.merchant == merchant)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in await session.all(sa.select(walk).order_by(walk.c.member)):
        start, member = row["start"], row["member"]
        others = found.get(start, (start,))
        found[start] = others if member == start else (*others, member)
    return found


async def group_of(session: Session, *, merchant: str, customer: str) -> tuple[str, ...]:
    """The customer and all who were merged into it; the id alone for one who is not there."""
    found = await groups_of(session, merchant=merchant, ids=[customer])
    return found.get(customer, (customer,))
