"""Gives a message to the merchant's next account on its channel, once it is certain that the first did not send it.

Only where any account reaches the address: a handle is known to one account alone. The message stays the same; each
account's try is a delivery of its own, and the latest is the one that counts.
"""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from channels import problems, states
from channels.accounts import account_after
from channels.catalogue import CHANNELS
from channels.deliveries import SEND, Delivery
from channels.message_events import record_message_event
from channels.message_store import deliveries, messages
from channels.states import DeliveryState
from core import work
from core.database import Session
from core.ids import new_id

# What is the account's trouble, and not the message's or the recipient's.
ACCOUNTS_OWN: Final = frozenset(
    {
        problems.NO_ACCOUNT,
        problems.CHANNEL_MISCONFIGURED,
        problems.PROVIDER_UNREACHABLE,
        problems.RATE_LIMITED,
    }
)
_AN_INSTANT: Final = timedelta(microseconds=1)


async def hand_over(session: Session, held: Delivery, *, problem: str, now: datetime) -> bool:
    """Ends this delivery and queues another through the next account. False when there is none to try.

    `problem` is one of `ACCOUNTS_OWN`; the caller holds the delivery, and knows that it was not sent.
    """
    assert problem in ACCOUNTS_OWN, problem
    if CHANNELS[held.channel].address.is_handle or held.confirms_stop:
        return False
    rows = await session.all(
        sa.select(deliveries.c.account, deliveries.c.created_at).where(
            deliveries.c.message == held.message
        )
    )
    following = await account_after(
        session,
        merchant=held.merchant,
        channel=held.channel,
        tried={row["account"] for row in rows},
    )
    if following is None:
        return False
    states.command(held.state, DeliveryState.FAILED)
    await session.execute(
        sa.update(deliveries)
        .where(deliveries.c.id == held.id)
        .values(state=DeliveryState.FAILED.value, problem=problem, updated_at=now)
    )
    delivery = new_id("dlv", now)
    await session.execute(
        sa.insert(deliveries).values(
            id=delivery,
            merchant=held.merchant,
            message=held.message,
            conversation=held.conversation,
            link=held.link,
            account=following.id,
            state=DeliveryState.QUEUED.value,
            tries=0,
            # The latest delivery is the one that counts, and a clock may stand still.
            created_at=max(now, *(row["created_at"] + _AN_INSTANT for row in rows)),
            updated_at=now,
        )
    )
    row = await session.one_or_none(sa.select(messages).where(messages.c.id == held.message))
    assert row is not None, "a delivery has a message"
    record_message_event(
        session,
        "queued",
        row,
        delivery=delivery,
        actor=f"channel:{held.account}",
        now=now,
        problem=problem,
        more={"instead_of": held.id},
    )
    await work.schedule(session, SEND, delivery, due_at=now)
    return True
