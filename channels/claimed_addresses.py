"""An address that somebody says is theirs, in a place where anybody can say so.

It is written to when there is no other, and recognises nobody: a claim must not make a stranger's telephone lead to
the claimant, nor the claimant to a stranger. Once an agent gives the address for the customer it is like any other.
"""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from channels.addresses import CLAIMED_AT, addresses
from channels.customer_changes import GivenAddress
from channels.customer_store import Customer, seal_address
from compliance.journal import Event, record
from compliance.vault import Vault
from core.database import Session
from core.ids import new_id

_CUSTOMER: Final = "customer"


async def claim_address(
    session: Session,
    vault: Vault,
    customer: Customer,
    address: GivenAddress,
    *,
    conversation: str | None,
    agent: str | None,
    now: datetime,
) -> bool:
    """Keeps the claim, in place of an earlier one of this kind. False when the customer has the address already.

    The caller holds the address's lock.
    """
    mine = (
        (addresses.c.merchant == customer.merchant)
        & (addresses.c.customer == customer.id)
        & (addresses.c.kind == address.kind.value)
    )
    known = await session.scalar(
        sa.select(addresses.c.id).where(mine, addresses.c.hash == address.hashed)
    )
    if known is not None:
        return False
    await session.execute(sa.delete(addresses).where(mine, addresses.c.chosen_at == CLAIMED_AT))
    sealed = await seal_address(
        session,
        vault,
        merchant=customer.merchant,
        customer=customer.id,
        address=address.form,
        now=now,
    )
    await session.execute(
        sa.insert(addresses).values(
            id=new_id("adr", now),
            merchant=customer.merchant,
            customer=customer.id,
            kind=address.kind.value,
            hash=address.hashed,
            sealed=sealed,
            verified=False,
            created_at=now,
            chosen_at=CLAIMED_AT,
        )
    )
    record(
        session,
        Event(
            type="customer.updated",
            merchant=customer.merchant,
            occurred_at=now,
            actor=_CUSTOMER,
            customer=customer.id,
            conversation=conversation,
            agent=agent,
            data={"fields": [address.kind.value]},
        ),
    )
    return True
