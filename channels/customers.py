"""Who the customer is: matched exactly, made, or changed.

    CustomerExists        a new customer was asked for who is already there

`customer_matching` holds the rules and the error for what points at several people.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from channels.catalogue import AddressKind, channel_of
from channels.customer_changes import (
    Details,
    GivenAddress,
    drop_addresses,
    insert_customer,
    update_customer,
)
from channels.customer_matching import (
    CustomerConflict,
    CustomerDraft,
    ReadDraft,
    check_not_empty,
    check_present,
    match_draft,
    read_draft,
)
from channels.customer_store import (
    Customer,
    find_by_address,
    find_by_external_id,
    get_customer,
    get_customers,
    holder_of_external_id,
    holders,
    surviving_customer,
)
from channels.customer_table import customers
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Session
from core.errors import Kind, PaythreadError

__all__ = [
    "Customer",
    "CustomerConflict",
    "CustomerDraft",
    "CustomerExists",
    "change_customer",
    "create_customer",
    "customer_at",
    "find_by_address",
    "find_by_external_id",
    "get_customer",
    "get_customers",
    "match_or_create",
    "surviving_customer",
]

_DETAILS: Final = ("name", "external_id", "locale")
_SETTABLE: Final = (*_DETAILS, "preferred_channel")


class CustomerExists(PaythreadError):
    """A customer with this outside id or address is already there."""

    code = "customer_exists"
    kind = Kind.CONFLICT


async def match_or_create(
    session: Session,
    vault: Vault,
    *,
    merchant: Merchant,
    draft: CustomerDraft,
    agent: str | None,
    actor: str,
    now: datetime,
    pointer: str = "/customer",
) -> Customer:
    """The customer meant by the draft; made when there is none. Locks the addresses given.

    A known customer gains the new addresses, and the name, outside id and language that were missing; what is
    there is not overwritten. Raises `InvalidField` below the pointer.
    """
    check_not_empty(draft, pointer)
    read = await read_draft(session, vault, merchant, draft, now=now, pointer=pointer)
    found = await match_draft(session, vault, merchant, read)
    if found is None:
        return await _create(session, vault, merchant, read, agent=agent, actor=actor, now=now)
    given = {name: getattr(draft, name) for name in _DETAILS}
    if read.external_hash is not None and await holder_of_external_id(
        session, merchant=merchant.id, hashed=read.external_hash
    ):
        # Theirs, or that of somebody who was merged into them, with whom it stays.
        given["external_id"] = None
    return await update_customer(
        session,
        vault,
        found,
        changes={k: v for k, v in given.items() if v is not None and getattr(found, k) is None},
        external_hash=read.external_hash,
        given=read.addresses,
        agent=agent,
        actor=actor,
        now=now,
    )


async def create_customer(
    session: Session,
    vault: Vault,
    *,
    merchant: Merchant,
    draft: CustomerDraft,
    agent: str | None,
    actor: str,
    now: datetime,
    pointer: str = "",
) -> Customer:
    """A new customer. Raises `CustomerExists` when the draft describes one who is there already."""
    check_not_empty(draft, pointer)
    read = await read_draft(session, vault, merchant, draft, now=now, pointer=pointer)
    found = await match_draft(session, vault, merchant, read)
    if found is not None:
        raise CustomerExists(f"This customer is already there: {found.id}.")
    return await _create(session, vault, merchant, read, agent=agent, actor=actor, now=now)


async def change_customer(
    session: Session,
    vault: Vault,
    *,
    merchant: Merchant,
    customer_id: str,
    changes: Mapping[str, str | None],
    agent: str | None,
    actor: str,
    now: datetime,
    pointer: str = "",
) -> Customer:
    """Sets the fields named; None empties one. An address replaces the one written to until now.

    Raises `NotFound`, `InvalidField`, and `CustomerConflict` for an outside id that another customer has, and for
    a customer who was merged into another, or erased.
    """
    described = {name: text for name, text in changes.items() if name != "preferred_channel"}
    preferred = changes.get("preferred_channel")
    if preferred is not None:
        channel_of(preferred, pointer=f"{pointer}/preferred_channel")
    read = await read_draft(
        session, vault, merchant, CustomerDraft(**described), now=now, pointer=pointer
    )
    await session.execute(
        sa.select(customers.c.id).where(customers.c.id == customer_id).with_for_update()
    )
    found = await get_customer(session, vault, merchant=merchant.id, customer_id=customer_id)
    check_present(found)
    if read.external_hash is not None:
        holder = await holder_of_external_id(
            session, merchant=merchant.id, hashed=read.external_hash
        )
        if holder not in (None, found.id):
            raise CustomerConflict(
                f"{pointer}/external_id", "Another customer has this external_id."
            )
    forms = {each.kind: each.form for each in read.addresses}
    dropped = []
    for kind in AddressKind:
        if kind.value not in changes or found.address(kind) == forms.get(kind):
            continue
        # Correcting an address leaves the older ones; emptying it leaves none.
        correcting = kind in forms
        if await drop_addresses(session, customer=found.id, kind=kind, only_latest=correcting):
            dropped.append(kind)
    return await update_customer(
        session,
        vault,
        found,
        changes={name: changes[name] for name in _SETTABLE if name in changes},
        external_hash=read.external_hash,
        given=read.addresses,
        dropped=dropped,
        agent=agent,
        actor=actor,
        now=now,
    )


async def customer_at(
    session: Session,
    vault: Vault,
    *,
    merchant: Merchant,
    address: GivenAddress,
    agent: str | None,
    actor: str,
    now: datetime,
) -> Customer:
    """The customer whose address this is, or a new one of whom nothing else is known.

    So that everything said on a channel lies under a key that can be destroyed with the customer. The
    caller holds the address's lock.
    """
    ids = await holders(session, merchant=merchant.id, kind=address.kind, hashed=address.hashed)
    if ids:
        return await get_customer(session, vault, merchant=merchant.id, customer_id=ids[0])
    read = ReadDraft(CustomerDraft(), None, (address,))
    return await _create(session, vault, merchant, read, agent=agent, actor=actor, now=now)


async def _create(
    session: Session,
    vault: Vault,
    merchant: Merchant,
    read: ReadDraft,
    *,
    agent: str | None,
    actor: str,
    now: datetime,
) -> Customer:
    return await insert_customer(
        session,
        vault,
        merchant=merchant.id,
        details=Details(read.draft.name, read.draft.external_id, read.draft.locale),
        external_hash=read.external_hash,
        given=read.addresses,
        agent=agent,
        actor=actor,
        now=now,
    )
