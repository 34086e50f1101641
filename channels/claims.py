"""What a worker may do next with a delivery: give it to its provider, ask about it, or nothing.

`take` decides in the transaction that also claims, so a stop or a cancellation that commits first is seen, and one
that commits later finds the delivery out of its reach.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
import structlog

from channels import problems
from channels.accounts import ChannelAccount, get_account
from channels.consents import ConsentPlace, ConsentState, standing
from channels.conversations import get_conversation
from channels.deliveries import (
    Delivery,
    claim_delivery,
    fail_delivery,
    hold_delivery,
    other_provider_ids,
)
from channels.failover import ACCOUNTS_OWN, hand_over
from channels.message_store import get_message, latest_inbound_id
from channels.pace import keeping, turn_of
from channels.port import AccountConfigInvalid, Outgoing, Provider
from channels.provider_pool import ProviderPool
from channels.states import DeliveryState
from channels.unsubscribing import unsubscribe_url
from compliance.merchants import get_merchant
from compliance.vault import Vault
from core import work
from core.database import Session

# How often a message is given to a provider.
TRIES_MAX: Final = 6
# 47 CFR 64.1200(a)(12): a STOP is confirmed within five minutes, or never.
CONFIRMED_WITHIN: Final = timedelta(minutes=5)
# Until then a delivery in `sending` may be in another worker's call; longer than any call takes.
HANDS_OFF: Final = timedelta(seconds=45)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ready:
    """Claimed, and not yet given to anybody."""

    outgoing: Outgoing
    provider: Provider


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Somebody may have given it to the provider at or after `since`. `known`: ids that are not its own."""

    outgoing: Outgoing
    provider: Provider
    since: datetime
    known: frozenset[str]


async def take(
    session: Session,
    job: work.Work,
    *,
    vault: Vault,
    providers: ProviderPool,
    base_url: str,
    now: datetime,
) -> Ready | Doubtful | None:
    """The next step; None when there is none, and the work has been ended or postponed."""
    held = await hold_delivery(session, job.subject)
    if not await still_ours(session, job):
        return None
    if held is None or held.state not in {DeliveryState.QUEUED, DeliveryState.SENDING}:
        await work.finish(session, job)
        return None
    if held.claimed_at is not None and held.state is DeliveryState.SENDING:
        free_at = held.claimed_at + HANDS_OFF
        if free_at > now:
            await work.postpone(session, job, due_at=free_at)
            return None
    account = await get_account(session, held.account)
    found = await _prepared(session, held, account, vault, providers, base_url=base_url, now=now)
    if isinstance(found, str):
        # What is in somebody's hands already may have been sent: that one fails as it is.
        elsewhere = held.state is DeliveryState.QUEUED and found in ACCOUNTS_OWN
        if not elsewhere or not await hand_over(session, held, problem=found, now=now):
            await fail_delivery(session, held, problem=found, actor=account.actor, now=now)
        await work.finish(session, job)
        return None
    if held.state is DeliveryState.QUEUED:
        per_second = await providers.pace_of(session, account)
        return await _in_turn(session, job, held, found, per_second=per_second, now=now)
    assert held.claimed_at is not None
    known = await other_provider_ids(session, held)
    return Doubtful(found.outgoing, found.provider, held.claimed_at, known)


async def _in_turn(
    session: Session,
    job: work.Work,
    held: Delivery,
    ready: Ready,
    *,
    per_second: int | None,
    now: datetime,
) -> Ready | None:
    """Claims the delivery, unless its account must not send yet: then its work waits for its turn."""
    turn = await turn_of(
        session, account=held.account, per_second=per_second, payload=job.payload, now=now
    )
    if turn > now:
        await work.postpone(session, job, due_at=turn, payload=keeping(turn))
        return None
    await claim_delivery(session, held, now=now)
    return ready


async def still_ours(session: Session, job: work.Work) -> bool:
    """Whether the lease holds; what another worker took over is that worker's to send.

    Asked after the delivery is held: whoever cancels one locks in that order too.
    """
    found = await session.scalar(
        sa.select(work.work_table.c.id)
        .where(work.work_table.c.id == job.id, work.work_table.c.lease == job.lease)
        .with_for_update()
    )
    return found is not None


def callback_url(base_url: str, account: str, *, delivery: str | None = None) -> str:
    """Where the provider of this account reports, about one delivery or in general."""
    url = f"{base_url.rstrip('/')}/webhooks/channels/{account}"
    return url if delivery is None else f"{url}?delivery={delivery}"


async def _prepared(
    session: Session,
    held: Delivery,
    account: ChannelAccount,
    vault: Vault,
    providers: ProviderPool,
    *,
    base_url: str,
    now: datetime,
) -> Ready | str:
    """What goes to whom, or the code of what stands in the way."""
    if held.state is DeliveryState.QUEUED:
        problem = await _obstacle(session, held, account, now=now)
        if problem is not None:
            return problem
    try:
        provider = await providers.of(session, account)
    except AccountConfigInvalid as error:
        _log.error("channel_account.unusable", account=account.id, reason=error.detail)
        return problems.CHANNEL_MISCONFIGURED
    message = await get_message(session, vault, merchant=held.merchant, message_id=held.message)
    if not message.to:
        return problems.ERASED
    merchant = await get_merchant(session, held.merchant)
    thread = await get_conversation(session, merchant=held.merchant, conversation=held.conversation)
    outgoing = Outgoing(
        delivery=held.id,
        to=message.to,
        sender_name=merchant.name,
        content=message.content,
        at=message.created_at,
        callback_url=callback_url(base_url, held.account, delivery=held.id),
        window_open=thread.window_open(now),
        reply_to=await latest_inbound_id(session, thread.id, account=held.account),
        unsubscribe_url=(
            await unsubscribe_url(session, vault, base_url=base_url, delivery=held.id, now=now)
            if held.channel == "email"
            else None
        ),
    )
    return Ready(outgoing, provider)


async def _obstacle(
    session: Session, held: Delivery, account: ChannelAccount, *, now: datetime
) -> str | None:
    """Why a queued delivery must not go out (any more)."""
    if not account.active:
        return problems.NO_ACCOUNT
    place = ConsentPlace(held.merchant, held.channel, held.address_hash)
    stopped = await standing(session, place, customer=held.customer) is ConsentState.STOPPED
    if held.confirms_stop:
        # Not after a START, and not long after the STOP.
        if not stopped or now > held.queued_at + CONFIRMED_WITHIN:
            return problems.OUTDATED
    elif stopped:
        return problems.CONSENT_STOPPED
    return problems.GAVE_UP if held.tries >= TRIES_MAX else None
