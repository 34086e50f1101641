"""How a delivery moves, one step a transaction, and the entries that say so.

Lock order: the link, the address, then the delivery's row (`hold_delivery` takes all three).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from channels import problems, sms_text, states
from channels.addresses import lock_address
from channels.catalogue import CHANNELS
from channels.conversations import conversations
from channels.destinations import SMS
from channels.message_events import private_words, record_message_event
from channels.message_store import IS_CONFIRMATION, deliveries, get_message, messages
from channels.next_best import next_best_channel
from channels.port import Price
from channels.states import REACHED_NETWORK, DeliveryState
from compliance.vault import Vault
from core import work
from core.database import Session

SEND: Final = "delivery.send"
_QUEUED_MAX: Final = 500


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery, held by the transaction that read it."""

    id: str
    merchant: str
    message: str
    account: str
    channel: str
    address_hash: str
    conversation: str
    customer: str | None
    link: str | None
    state: DeliveryState
    provider_id: str | None
    problem: str | None
    tries: int
    claimed_at: datetime | None
    queued_at: datetime
    # It says that a STOP was heard, and is all that may be sent after it.
    confirms_stop: bool = False


async def hold_delivery(session: Session, delivery_id: str) -> Delivery | None:
    """The delivery, locked together with its link and its address; None when there is none."""
    place = await session.one_or_none(
        sa.select(
            deliveries.c.merchant,
            deliveries.c.link,
            conversations.c.channel,
            conversations.c.address_hash,
            messages.c.customer,
            IS_CONFIRMATION.label("confirms_stop"),
        )
        .join(messages, messages.c.id == deliveries.c.message)
        .join(conversations, conversations.c.id == deliveries.c.conversation)
        .where(deliveries.c.id == delivery_id)
    )
    if place is None:
        return None
    if place["link"] is not None:
        await session.lock(place["link"])
    kind = CHANNELS[place["channel"]].address
    await lock_address(session, place["merchant"], kind, place["address_hash"])
    row = await session.one_or_none(
        sa.select(deliveries).where(deliveries.c.id == delivery_id).with_for_update()
    )
    assert row is not None, "deliveries are never deleted"
    return Delivery(
        id=row["id"],
        merchant=row["merchant"],
        message=row["message"],
        account=row["account"],
        channel=place["channel"],
        address_hash=place["address_hash"],
        conversation=row["conversation"],
        customer=place["customer"],
        link=row["link"],
        state=DeliveryState(row["state"]),
        provider_id=row["provider_id"],
        problem=row["problem"],
        tries=row["tries"],
        claimed_at=row["claimed_at"],
        queued_at=row["created_at"],
        confirms_stop=bool(place["confirms_stop"]),
    )


async def claim_delivery(session: Session, held: Delivery, *, now: datetime) -> None:
    """From `queued` to `sending`: from here on the network may have it. Counts the try."""
    state = states.command(held.state, DeliveryState.SENDING)
    await _update(session, held, state=state.value, tries=held.tries + 1, claimed_at=now, now=now)


async def release_delivery(session: Session, held: Delivery, *, now: datetime) -> None:
    """Back to `queued`: the network certainly does not have it."""
    state = states.command(held.state, DeliveryState.QUEUED)
    await _update(session, held, state=state.value, now=now)


async def fail_delivery(
    session: Session, held: Delivery, *, problem: str, actor: str, now: datetime
) -> None:
    """We give up on a delivery that no network has reported on, and say why."""
    states.command(held.state, DeliveryState.FAILED)
    await _fail(session, held.id, held.message, problem=problem, actor=actor, now=now)


async def report_fact(
    session: Session,
    vault: Vault,
    held: Delivery,
    *,
    fact: DeliveryState,
    provider_id: str | None = None,
    problem: str | None = None,
    price: Price | None = None,
    actor: str,
    now: datetime,
) -> bool:
    """Moves the delivery by what its network says. False when that is nothing new.

    A report that overtakes our own knowledge of the sending implies it: `message.sent` is recorded first.
    """
    if provider_id is not None and held.provider_id is None:
        await _update(session, held, provider_id=provider_id, now=now)
    state = states.fact(held.state, fact, doubtful=held.problem == problems.UNCERTAIN)
    if state is held.state:
        return False
    if state is DeliveryState.FAILED:
        reason = problem or problems.REFUSED
        await _fail(
            session, held.id, held.message, problem=reason, price=price, actor=actor, now=now
        )
        return True
    await _update(session, held, state=state.value, problem=None, now=now)
    row = await _message_row(session, held.message)
    if held.state not in REACHED_NETWORK:
        message = await get_message(session, vault, merchant=held.merchant, message_id=held.message)
        record_message_event(
            session,
            "sent",
            row,
            delivery=held.id,
            actor=actor,
            now=now,
            # After an erasure there are no words left, and no key to seal them with.
            private=private_words(message.content) if message.content.text else None,
            more=_size(held.channel, message.content.text)
            | (_cost(price) if state is DeliveryState.SENT else {}),
        )
    if state is not DeliveryState.SENT:
        record_message_event(
            session, state.value, row, delivery=held.id, actor=actor, now=now, more=_cost(price)
        )
    return True


async def cancel_queued(
    session: Session,
    *,
    merchant: str,
    link: str,
    now: datetime,
    problem: str = problems.CANCELLED,
    actor: str = "system",
) -> int:
    """Stops what was not yet handed to a network and carries this link; says how many. The caller locked the link."""
    carries = sa.select(messages.c.id).where(
        messages.c.merchant == merchant, messages.c.link == link, messages.c.purpose.is_(None)
    )
    where = (
        (deliveries.c.merchant == merchant)
        & (deliveries.c.link == link)
        & deliveries.c.message.in_(carries)
    )
    return await _fail_queued(session, where, problem=problem, actor=actor, now=now)


async def release_waiting(session: Session, *, merchant: str, link: str, now: datetime) -> int:
    """Has sent what was queued for this link to wait; says how many. The caller locked the link."""
    rows = await session.all(
        sa.select(deliveries.c.id)
        .where(
            deliveries.c.merchant == merchant,
            deliveries.c.link == link,
            deliveries.c.state == DeliveryState.QUEUED.value,
        )
        .order_by(deliveries.c.id)
        .limit(_QUEUED_MAX)
    )
    for row in rows:
        await work.schedule(session, SEND, row["id"], due_at=now)
    return len(rows)


async def stop_queued(
    session: Session,
    *,
    conversations: Sequence[str],
    links: Sequence[str],
    actor: str,
    now: datetime,
    problem: str = problems.CONSENT_STOPPED,
) -> int:
    """Stops what is queued in the threads of somebody who said stop, as far as the caller locked the links.

    The rest is stopped as it is claimed: consent is asked again then.
    """
    where = (
        deliveries.c.conversation.in_(conversations)
        & (deliveries.c.link.is_(None) | deliveries.c.link.in_(links))
        # Whoever says STOP twice is told once that it was heard.
        & ~sa.exists().where(messages.c.id == deliveries.c.message, IS_CONFIRMATION)
    )
    return await _fail_queued(session, where, problem=problem, actor=actor, now=now)


async def links_queued(session: Session, *, conversations: Sequence[str]) -> list[str]:
    """The links that have something queued in these conversations, in the order to lock them."""
    rows = await session.all(
        sa.select(deliveries.c.link)
        .where(
            deliveries.c.conversation.in_(conversations),
            deliveries.c.state == DeliveryState.QUEUED.value,
            deliveries.c.link.is_not(None),
        )
        .distinct()
        .order_by(deliveries.c.link)
        .limit(_QUEUED_MAX)
    )
    return [row["link"] for row in rows]


async def other_provider_ids(session: Session, held: Delivery) -> frozenset[str]:
    """The provider's ids of the other deliveries in this conversation, which this one cannot be."""
    rows = await session.all(
        sa.select(deliveries.c.provider_id)
        .where(
            deliveries.c.conversation == held.conversation,
            deliveries.c.id != held.id,
            deliveries.c.provider_id.is_not(None),
        )
        .order_by(deliveries.c.id.desc())
        .limit(_QUEUED_MAX)
    )
    return frozenset(row["provider_id"] for row in rows)


async def _fail_queued(
    session: Session,
    where: sa.ColumnElement[bool],
    *,
    problem: str,
    actor: str,
    now: datetime,
) -> int:
    rows = await session.all(
        sa.select(deliveries.c.id, deliveries.c.message)
        .where(where, deliveries.c.state == DeliveryState.QUEUED.value)
        .order_by(deliveries.c.id)
        .limit(_QUEUED_MAX)
        .with_for_update()
    )
    for row in rows:
        await _fail(session, row["id"], row["message"], problem=problem, actor=actor, now=now)
        await work.forget(session, SEND, row["id"])
    return len(rows)


async def _fail(
    session: Session,
    delivery: str,
    message: str,
    *,
    problem: str,
    actor: str,
    now: datetime,
    price: Price | None = None,
) -> None:
    await session.execute(
        sa.update(deliveries)
        .where(deliveries.c.id == delivery)
        .values(state=DeliveryState.FAILED.value, problem=problem, updated_at=now)
    )
    row = await _message_row(session, message)
    following = None
    if row["customer"] is not None and problem not in problems.CALLED_BACK:
        following = await next_best_channel(
            session,
            merchant=row["merchant"],
            customer=row["customer"],
            link=row["link"],
            failed=row["channel"],
            now=now,
        )
    record_message_event(
        session,
        "failed",
        row,
        delivery=delivery,
        actor=actor,
        now=now,
        problem=problem,
        more=_cost(price) | ({} if following is None else {"next_channel": following}),
    )


def _size(channel: str, text: str) -> dict[str, int]:
    """What a network charges by, where that is not the message."""
    return {"segments": sms_text.segments(text)} if channel == SMS and text else {}


def _cost(price: Price | None) -> dict[str, object]:
    if price is None:
        return {}
    return {"price": {"micros": price.micros, "currency": price.currency}}


async def _message_row(session: Session, message: str) -> sa.RowMapping:
    row = await session.one_or_none(sa.select(messages).where(messages.c.id == message))
    assert row is not None, "a delivery has a message"
    return row


async def _update(session: Session, held: Delivery, *, now: datetime, **values: object) -> None:
    await session.execute(
        sa.update(deliveries).where(deliveries.c.id == held.id).values(updated_at=now, **values)
    )
