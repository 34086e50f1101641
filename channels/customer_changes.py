"""How a customer's rows are made and changed, and the entries that say so.

Whoever calls has read and checked what is written here, and holds the locks of the addresses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from channels.addresses import addresses
from channels.catalogue import AddressKind
from channels.customer_store import (
    Customer,
    get_customer,
    seal_address,
    seal_details,
)
from channels.customer_table import customers
from compliance.journal import Event, record
from compliance.vault import Vault
from core.database import Session
from core.ids import new_id


@dataclass(frozen=True, slots=True)
class GivenAddress:
    """An address in its one form, and the hash it is found by."""

    kind: AddressKind
    form: str
    hashed: str


@dataclass(frozen=True, slots=True)
class Details:
    """What is sealed in a customer's row."""

    name: str | None
    external_id: str | None
    locale: str | None


async def insert_customer(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    details: Details,
    external_hash: str | None,
    given: Sequence[GivenAddress],
    agent: str | None,
    actor: str,
    now: datetime,
) -> Customer:
    """A new customer with these addresses, and `customer.created`."""
    customer_id = new_id("cus", now)
    await session.execute(
        sa.insert(customers).values(
            id=customer_id,
            merchant=merchant,
            external_id_hash=external_hash,
            sealed=await _sealed(session, vault, merchant, customer_id, details, now=now),
            created_at=now,
            updated_at=now,
        )
    )
    for address in given:
        await _add_address(session, vault, merchant, customer_id, address, now=now)
    named = [name for name in Details.__slots__ if getattr(details, name) is not None]
    record(
        session,
        Event(
            type="customer.created",
            merchant=merchant,
            occurred_at=now,
            actor=actor,
            customer=customer_id,
            agent=agent,
            # Which fields, and never what is in them.
            data={"fields": [*named, *(each.kind.value for each in given)]},
        ),
    )
    return await get_customer(session, vault, merchant=merchant, customer_id=customer_id)


async def update_customer(
    session: Session,
    vault: Vault,
    customer: Customer,
    *,
    changes: Mapping[str, str | None],
    external_hash: str | None,
    given: Sequence[GivenAddress],
    dropped: Sequence[AddressKind] = (),
    agent: str | None,
    actor: str,
    now: datetime,
) -> Customer:
    """Sets the details named in `changes` and adds the addresses; `customer.updated` if anything is new.

    `external_hash` belongs to the outside id in `changes`, if there is one. `dropped` are the kinds of address
    that were taken away before.
    """
    old = Details(customer.name, customer.external_id, customer.locale)
    new = Details(
        name=changes.get("name", old.name),
        external_id=changes.get("external_id", old.external_id),
        locale=changes.get("locale", old.locale),
    )
    changed = [name for name in Details.__slots__ if getattr(old, name) != getattr(new, name)]
    if changed:
        row: dict[str, Any] = {
            "sealed": await _sealed(session, vault, customer.merchant, customer.id, new, now=now),
            "updated_at": now,
        }
        if "external_id" in changed:
            row["external_id_hash"] = external_hash if new.external_id is not None else None
        await session.execute(sa.update(customers).where(customers.c.id == customer.id).values(row))
    preferred = changes.get("preferred_channel", customer.preferred_channel)
    if preferred != customer.preferred_channel:
        changed.append("preferred_channel")
        await session.execute(
            sa.update(customers)
            .where(customers.c.id == customer.id)
            .values(preferred_channel=preferred, updated_at=now)
        )
    fresh = []
    for address in given:
        if not await _choose_address(session, customer, address, now=now):
            await _add_address(session, vault, customer.merchant, customer.id, address, now=now)
            fresh.append(address)
    if changed or fresh or dropped:
        kinds = {each.value for each in dropped} - {each.kind.value for each in fresh}
        fields = [*changed, *sorted(kinds), *(each.kind.value for each in fresh)]
        record(
            session,
            Event(
                type="customer.updated",
                merchant=customer.merchant,
                occurred_at=now,
                actor=actor,
                customer=customer.id,
                agent=agent,
                data={"fields": fields},
            ),
        )
    return await get_customer(session, vault, merchant=customer.merchant, customer_id=customer.id)


async def drop_addresses(
    session: Session, *, customer: str, kind: AddressKind, only_latest: bool
) -> bool:
    """Takes the customer's addresses of this kind away, or just the one written to. Says if there was one.

    What was agreed about an address, and its conversation, stay with the address.
    """
    mine = (addresses.c.customer == customer) & (addresses.c.kind == kind.value)
    gone = sa.delete(addresses).where(mine)
    if only_latest:
        latest = (
            sa.select(addresses.c.id)
            .where(mine)
            .order_by(addresses.c.chosen_at.desc(), addresses.c.id.desc())
            .limit(1)
        )
        gone = sa.delete(addresses).where(addresses.c.id.in_(latest))
    return (await session.execute(gone)).rowcount > 0


async def _choose_address(
    session: Session, customer: Customer, address: GivenAddress, *, now: datetime
) -> bool:
    """Makes an address that the customer has the one to write to. False when the customer has it not.

    One that came with somebody who was merged in stays theirs: it goes with them if they are parted again.
    """
    having = {customer.id, *(each.customer for each in customer.addresses)}
    chosen = await session.execute(
        sa.update(addresses)
        .where(
            addresses.c.customer.in_(sorted(having)),
            addresses.c.kind == address.kind.value,
            addresses.c.hash == address.hashed,
        )
        .values(chosen_at=now)
    )
    return chosen.rowcount > 0


async def _add_address(
    session: Session,
    vault: Vault,
    merchant: str,
    customer: str,
    address: GivenAddress,
    *,
    now: datetime,
) -> None:
    sealed = await seal_address(
        session, vault, merchant=merchant, customer=customer, address=address.form, now=now
    )
    await session.execute(
        sa.insert(addresses).values(
            id=new_id("adr", now),
            merchant=merchant,
            customer=customer,
            kind=address.kind.value,
            hash=address.hashed,
            sealed=sealed,
            verified=False,
            created_at=now,
            chosen_at=now,
        )
    )


async def _sealed(
    session: Session,
    vault: Vault,
    merchant: str,
    customer: str,
    details: Details,
    *,
    now: datetime,
) -> str:
    return await seal_details(
        session,
        vault,
        merchant=merchant,
        customer=customer,
        name=details.name,
        external_id=details.external_id,
        locale=details.locale,
        now=now,
    )
