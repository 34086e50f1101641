"""The channel to try when a message could not be delivered: one that the customer can be reached on, by now."""

from datetime import datetime

import sqlalchemy as sa

from channels.accounts import channels_of
from channels.addresses import addresses
from channels.catalogue import CHANNELS, Channel
from channels.consents import ConsentPlace, ConsentState, standing
from channels.conversations import conversations
from channels.customer_groups import group_of
from channels.message_store import deliveries, messages
from channels.states import DeliveryState
from core.database import Session

_ADDRESSES_MAX = 200
_MESSAGES_MAX = 500


async def next_best_channel(
    session: Session,
    *,
    merchant: str,
    customer: str,
    link: str | None,
    failed: str,
    now: datetime,
) -> str | None:
    """Where they wrote last, else in the catalogue's order; None when nothing is left to try.

    Left out are channels that are not set up, where the customer has no address or said stop, where the network would
    carry free text no more, and where a message with the same link has failed.
    """
    reached = await _reachable(session, merchant, customer, now=now)
    tried = {failed} | await _failed(session, merchant, link)
    left = [name for name in reached if name not in tried]
    if not left:
        return None
    wrote: str | None = await session.scalar(
        sa.select(messages.c.channel)
        .where(
            messages.c.merchant == merchant,
            messages.c.customer == customer,
            messages.c.direction == "in",
            messages.c.channel.in_(left),
        )
        .order_by(messages.c.id.desc())
        .limit(1)
    )
    return wrote or left[0]


async def _reachable(session: Session, merchant: str, customer: str, *, now: datetime) -> list[str]:
    """The channels with an address that may be written to, in the catalogue's order."""
    kin = await group_of(session, merchant=merchant, customer=customer)
    rows = await session.all(
        sa.select(addresses.c.kind, addresses.c.hash)
        .where(addresses.c.merchant == merchant, addresses.c.customer.in_(kin))
        .order_by(addresses.c.chosen_at.desc(), addresses.c.id.desc())
        .limit(_ADDRESSES_MAX)
    )
    # A message goes to the address of a kind that was given last, so that is the one that counts.
    latest: dict[str, str] = {}
    for row in rows:
        latest.setdefault(row["kind"], row["hash"])
    ready = [one for one in await channels_of(session, merchant=merchant) if one.address in latest]
    found = []
    for one in ready:
        place = ConsentPlace(merchant, one.name, latest[one.address])
        stopped = await standing(session, place, customer=customer) is ConsentState.STOPPED
        if not stopped and await _carries(session, merchant, one, place.address_hash, now=now):
            found.append(one.name)
    return found


async def _carries(
    session: Session, merchant: str, channel: Channel, hashed: str, *, now: datetime
) -> bool:
    """Whether the network takes what we write to this address; handles answer only who has written first."""
    if channel.window is None and not channel.address.is_handle:
        return True
    thread = await session.one_or_none(
        sa.select(conversations.c.last_inbound_at).where(
            conversations.c.merchant == merchant,
            conversations.c.channel == channel.name,
            conversations.c.address_hash == hashed,
        )
    )
    if channel.window is None:
        return thread is not None
    wrote_at = thread["last_inbound_at"] if thread is not None else None
    return wrote_at is not None and now - wrote_at < channel.window


async def _failed(session: Session, merchant: str, link: str | None) -> set[str]:
    if link is None:
        return set()
    rows = await session.all(
        sa.select(messages.c.channel)
        .join(deliveries, deliveries.c.message == messages.c.id)
        .where(
            messages.c.merchant == merchant,
            messages.c.link == link,
            deliveries.c.state == DeliveryState.FAILED.value,
        )
        .limit(_MESSAGES_MAX)
    )
    return {row["channel"] for row in rows if row["channel"] in CHANNELS}
