"""Erases a customer: the keys of the whole group are destroyed, and with them all that was sealed under them.

What remains is the id, the journal's bare facts and the ledger's amounts. Addresses are removed, so nobody is found
by them; a thread is closed and let go of its address, so that whoever writes from it begins a new one. That an
address said STOP is kept, by its keyed hash alone and tied to nobody: a stop outlives the customer's record.
"""

from datetime import datetime

import sqlalchemy as sa

from channels import problems
from channels.addresses import addresses, lock_address
from channels.catalogue import AddressKind
from channels.consents import ConsentState, consents
from channels.conversations import conversations, threads_of
from channels.customer_groups import group_of
from channels.customer_matching import CustomerConflict, check_present
from channels.customer_records import CustomerRecords
from channels.customer_store import Customer, get_customer
from channels.customer_table import ERASED, customers
from channels.deliveries import links_queued, stop_queued
from compliance.journal import Event, record
from compliance.principal import Principal
from compliance.vault import Vault
from core.database import Session


async def erase_customer(
    session: Session,
    vault: Vault,
    *,
    principal: Principal,
    customer_id: str,
    others: CustomerRecords | None,
    now: datetime,
) -> Customer:
    """Erases the customer and all who were merged into them; one who is erased already stays so.

    Raises `NotFound`, `CustomerMerged`, and what `others` raises while the customer is paying.
    """
    merchant = principal.merchant
    found = await get_customer(session, vault, merchant=merchant, customer_id=customer_id)
    if found.erased:
        return found
    check_present(found)
    group = await group_of(session, merchant=merchant, customer=customer_id)
    if others is not None:
        await others.end(session, principal, group, now=now)
    threads = await threads_of(session, merchant=merchant, customers=group)
    links = await links_queued(session, conversations=threads)
    for link in links:
        await session.lock(link)
    for kind, hashed in sorted({(each.kind.value, each.hashed) for each in found.addresses}):
        await lock_address(session, merchant, AddressKind(kind), hashed)
    await session.all(
        sa.select(customers.c.id)
        .where(customers.c.id.in_(group))
        .order_by(customers.c.id)
        .with_for_update()
    )
    if await group_of(session, merchant=merchant, customer=customer_id) != group:
        raise CustomerConflict("", "The customer is just being merged: try again.")
    await stop_queued(
        session,
        conversations=threads,
        links=links,
        actor=principal.actor,
        now=now,
        problem=problems.ERASED,
    )
    await _let_threads_go(session, threads, now=now)
    await _forget_consents(session, merchant, group, [each.hashed for each in found.addresses])
    await session.execute(sa.delete(addresses).where(addresses.c.customer.in_(group)))
    await session.execute(
        sa.update(customers)
        .where(customers.c.id.in_(group))
        .values(sealed=ERASED, external_id_hash=None, preferred_channel=None, updated_at=now)
    )
    for one in group:
        await vault.destroy(session, merchant, one, now=now)
        record(
            session,
            Event(
                type="customer.erased",
                merchant=merchant,
                occurred_at=now,
                actor=principal.actor,
                customer=one,
                agent=principal.agent,
            ),
        )
    return await get_customer(session, vault, merchant=merchant, customer_id=customer_id)


async def _let_threads_go(session: Session, threads: list[str], *, now: datetime) -> None:
    for thread in threads:
        await session.execute(
            sa.update(conversations)
            .where(conversations.c.id == thread)
            .values(address_hash=f"erased:{thread}", state="closed", closed_at=now)
        )


async def _forget_consents(
    session: Session, merchant: str, group: tuple[str, ...], hashes: list[str]
) -> None:
    """What was granted goes, unless somebody else has the address too; a stop stays, and is nobody's."""
    shared = await session.all(
        sa.select(addresses.c.hash).where(
            addresses.c.merchant == merchant,
            addresses.c.hash.in_(hashes),
            addresses.c.customer.not_in(group),
        )
    )
    own = sorted(set(hashes) - {row["hash"] for row in shared})
    await session.execute(
        sa.delete(consents).where(
            consents.c.merchant == merchant,
            consents.c.address_hash.in_(own),
            consents.c.state != ConsentState.STOPPED.value,
        )
    )
    await session.execute(
        sa.update(consents)
        .where(
            consents.c.merchant == merchant,
            consents.c.customer.in_(group) | consents.c.address_hash.in_(own),
        )
        .values(customer=None)
    )
