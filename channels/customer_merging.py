"""Two records found to be one person: merged, and parted again.

A merge writes who was merged into whom, and nothing else. From then on the survivor answers for both: its history,
links, addresses and consents are those of the whole group, and new messages and links are the survivor's. Parting
gives back what was each one's own, and the threads at their own addresses; what was written in between stays in
the survivor's history.

Only an agent or the merchant's own software merges; no address does it by itself, verified or not.

    MergeRefused     the two cannot be merged, or parted, as things are
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from channels.addresses import addresses
from channels.catalogue import CHANNELS
from channels.conversations import conversations
from channels.customer_groups import group_of, survivor_of
from channels.customer_matching import check_present
from channels.customer_store import Customer, get_customer
from channels.customer_table import customers
from compliance.journal import Event, record
from compliance.vault import Vault
from core.database import Session
from core.errors import InvalidField, Kind, NotFound, PaythreadError

# One person's records; a switchboard's callers are not one person.
GROUP_MAX: Final = 50


class MergeRefused(PaythreadError):
    """As things are, these two cannot be merged or parted."""

    code = "merge_refused"
    kind = Kind.CONFLICT


async def merge_customers(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    into: str,
    source: str,
    agent: str | None,
    actor: str,
    now: datetime,
) -> Customer:
    """Merges `source` into `into`, and answers the survivor. `customer.merged` says so.

    Raises `NotFound`, `InvalidField` for a customer and itself, `CustomerErased`, `CustomerMerged` for one who is
    merged already, and `MergeRefused` for more than belongs to one person.
    """
    if into == source:
        raise InvalidField("/from", "A customer is not merged with itself.")
    await _lock_both(session, merchant, into, source)
    for each in (into, source):
        check_present(await get_customer(session, vault, merchant=merchant, customer_id=each))
    sizes = [
        len(await group_of(session, merchant=merchant, customer=one)) for one in (into, source)
    ]
    if sum(sizes) > GROUP_MAX:
        raise MergeRefused(f"At most {GROUP_MAX} customers can be merged into one.")
    await _point(session, source, into, now=now)
    _tell(session, "merged", merchant, into, source, agent=agent, actor=actor, now=now)
    return await get_customer(session, vault, merchant=merchant, customer_id=into)


async def unmerge_customer(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    customer: str,
    source: str | None,
    agent: str | None,
    actor: str,
    now: datetime,
) -> Customer:
    """Parts a customer from whom it was merged into, and answers the one who was restored.

    `customer` is one who was merged away; or a survivor, and then `source` says who of those merged straight into
    it, None the one merged last. Raises `NotFound`, and `MergeRefused` when there is nobody to part.
    """
    found = await get_customer(session, vault, merchant=merchant, customer_id=customer)
    if source is None and found.merged_into is not None:
        source, into = customer, found.merged_into
    else:
        into = customer
        source = source or await _merged_last(session, merchant, customer)
    await _lock_both(session, merchant, into, source)
    restored = await get_customer(session, vault, merchant=merchant, customer_id=source)
    if restored.merged_into != into:
        raise MergeRefused("The one is not merged into the other.")
    if restored.erased:
        check_present(restored)
    before = await survivor_of(session, merchant=merchant, customer=into)
    await _point(session, source, None, now=now)
    await _give_threads_back(session, merchant, restored=source, survivor=before)
    _tell(session, "unmerged", merchant, into, source, agent=agent, actor=actor, now=now)
    return await get_customer(session, vault, merchant=merchant, customer_id=source)


async def _lock_both(session: Session, merchant: str, one: str, other: str) -> None:
    """Holds both rows, in the order of their ids, so that of two opposite merges one waits and then finds the other."""
    rows = await session.all(
        sa.select(customers.c.id)
        .where(customers.c.merchant == merchant, customers.c.id.in_(sorted({one, other})))
        .order_by(customers.c.id)
        .with_for_update()
    )
    if {row["id"] for row in rows} != {one, other}:
        raise NotFound("customer")


async def _merged_last(session: Session, merchant: str, customer: str) -> str:
    found: str | None = await session.scalar(
        sa.select(customers.c.id)
        .where(customers.c.merchant == merchant, customers.c.merged_into == customer)
        .order_by(customers.c.updated_at.desc(), customers.c.id.desc())
        .limit(1)
    )
    if found is None:
        raise MergeRefused("Nobody is merged into this customer.")
    return found


async def _point(session: Session, source: str, into: str | None, *, now: datetime) -> None:
    await session.execute(
        sa.update(customers)
        .where(customers.c.id == source)
        .values(merged_into=into, updated_at=now)
    )


async def _give_threads_back(
    session: Session, merchant: str, *, restored: str, survivor: str
) -> None:
    """The threads at addresses that the restored group has and the other has not are the restored customer's.

    But for a thread that is with somebody else, who shares the address.
    """
    given = await group_of(session, merchant=merchant, customer=restored)
    left = await group_of(session, merchant=merchant, customer=survivor)
    mine, others = [await _places(session, merchant, each) for each in (given, left)]
    for channel in CHANNELS.values():
        own = sorted(hashed for kind, hashed in mine - others if kind == channel.address.value)
        if own:
            await session.execute(
                sa.update(conversations)
                .where(
                    conversations.c.merchant == merchant,
                    conversations.c.channel == channel.name,
                    conversations.c.address_hash.in_(own),
                    conversations.c.customer.in_([*given, *left]),
                )
                .values(customer=restored)
            )


async def _places(session: Session, merchant: str, group: Collection[str]) -> set[tuple[str, str]]:
    rows = await session.all(
        sa.select(addresses.c.kind, addresses.c.hash).where(
            addresses.c.merchant == merchant, addresses.c.customer.in_(group)
        )
    )
    return {(row["kind"], row["hash"]) for row in rows}


def _tell(
    session: Session,
    what: str,
    merchant: str,
    into: str,
    source: str,
    *,
    agent: str | None,
    actor: str,
    now: datetime,
) -> None:
    record(
        session,
        Event(
            type=f"customer.{what}",
            merchant=merchant,
            occurred_at=now,
            actor=actor,
            customer=into,
            agent=agent,
            data={"from": source},
        ),
    )
