"""Receipts that name a moment: everything sent to one customer up to then was delivered, or read.

Messenger's `read` names no messages at all (`message_reads`, "watermark").
"""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from channels.accounts import ChannelAccount
from channels.addresses import address_hash, normalise_seen
from channels.catalogue import CHANNELS
from channels.conversations import find_conversation
from channels.deliveries import hold_delivery, report_fact
from channels.message_store import deliveries
from channels.port import Receipt
from channels.states import DeliveryState
from compliance.merchants import get_merchant
from compliance.vault import Vault
from core.database import Session

# What one receipt moves at most: the newest. Older ones that were never reported on are no news to anybody.
_MOVED_MAX: Final = 100
# The network's clock is not ours.
_CLOCKS_DIFFER: Final = timedelta(seconds=2)


async def record_watermark(
    session: Session, vault: Vault, account: ChannelAccount, receipt: Receipt, *, now: datetime
) -> bool:
    """Moves what we gave to the network by then, and it took. False when that is nothing new.

    What is still in the network's hands, or failed, is left: a moment does not say whether it got there at all.
    """
    assert receipt.until is not None
    assert receipt.address is not None
    thread = await _thread(session, vault, account, receipt.address, now=now)
    if thread is None:
        return False
    moved = False
    for delivery in await _until(session, account, thread, receipt.fact, receipt.until):
        held = await hold_delivery(session, delivery)
        if held is not None and held.state in _movable(receipt.fact):
            moved |= await report_fact(
                session, vault, held, fact=receipt.fact, actor=account.actor, now=now
            )
    return moved


async def _thread(
    session: Session, vault: Vault, account: ChannelAccount, address: str, *, now: datetime
) -> str | None:
    kind = CHANNELS[account.channel].address
    merchant = await get_merchant(session, account.merchant)
    form = normalise_seen(kind, address, country=merchant.country)
    if form is None:
        return None
    hashed = await address_hash(
        session, vault, merchant=merchant.id, kind=kind, address=form, now=now
    )
    found = await find_conversation(
        session, merchant=merchant.id, channel=account.channel, hashed=hashed
    )
    return None if found is None else found.id


async def _until(
    session: Session, account: ChannelAccount, thread: str, fact: DeliveryState, until: datetime
) -> list[str]:
    """The deliveries in question, in the order in which they are locked."""
    rows = await session.all(
        sa.select(deliveries.c.id)
        .where(
            deliveries.c.merchant == account.merchant,
            deliveries.c.account == account.id,
            deliveries.c.conversation == thread,
            deliveries.c.state.in_([state.value for state in _movable(fact)]),
            deliveries.c.claimed_at <= until + _CLOCKS_DIFFER,
        )
        .order_by(deliveries.c.id.desc())
        .limit(_MOVED_MAX)
    )
    return sorted(row["id"] for row in rows)


def _movable(fact: DeliveryState) -> tuple[DeliveryState, ...]:
    sent, delivered = DeliveryState.SENT, DeliveryState.DELIVERED
    return (sent, delivered) if fact is DeliveryState.READ else (sent,)
