"""What the owner of an address said about being written to there: `unknown`, `granted` or `stopped`.

Kept by address, not by customer: whoever else is known under it, the telephone that said STOP gets no more
messages. One row a (merchant, channel, address), with who said it, when and how; the journal has the history.

A customer who writes STOP on one channel is written to on none (47 CFR 64.1200(a)(10)): neither at that address
nor at the others of the same customer, until START is written where STOP was, or consent is given for a
channel anew. Only that one row is written; `standing` works out how far it reaches, so that START takes back exactly
what its STOP took. A stop that an agent notes, or a network reports, is for its own channel.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from channels.addresses import addresses
from channels.catalogue import CHANNELS
from channels.customer_groups import group_of, survivor_of
from compliance.journal import Event, record
from core.database import Session, UtcDateTime, metadata, upsert
from core.errors import Kind, PaythreadError

consents = sa.Table(
    "consents",
    metadata,
    sa.Column("merchant", sa.String(40), primary_key=True),
    sa.Column("channel", sa.String(24), primary_key=True),
    sa.Column("address_hash", sa.String(64), primary_key=True),
    sa.Column("customer", sa.String(40), nullable=True, index=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("changed_by", sa.String(80), nullable=False),
    sa.Column("how", sa.String(40), nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
)


# How the owner of an address says it: in words, on a channel.
BY_MESSAGE: Final = "message"
# How an agent or another system says it for them.
BY_AGENT: Final = "agent"


class ConsentState(StrEnum):
    """What was said last."""

    UNKNOWN = "unknown"
    GRANTED = "granted"
    STOPPED = "stopped"


class ConsentStopped(PaythreadError):
    """The owner of the address asked not to be written to there. Nothing is sent."""

    code = "consent_stopped"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__("The customer asked not to be written to on this channel.")


@dataclass(frozen=True, slots=True)
class ConsentPlace:
    """Which consent: a channel and an address of one merchant."""

    merchant: str
    channel: str
    address_hash: str


async def consent_of(session: Session, place: ConsentPlace) -> ConsentState:
    """What was said last. Hold the address's lock to rely on it until the transaction ends."""
    found = await session.scalar(sa.select(consents.c.state).where(_at(place)))
    return ConsentState.UNKNOWN if found is None else ConsentState(found)


async def standing(
    session: Session, place: ConsentPlace, *, customer: str | None = None
) -> ConsentState:
    """What holds here: what was said of this place, and what the customer said elsewhere.

    Hold the address's lock to rely on what was said there until the transaction ends. What was said elsewhere may
    change meanwhile; it ends what is queued, and what is queued after that is asked about again as it is claimed.
    """
    own = await session.one_or_none(
        sa.select(consents.c.state, consents.c.changed_at).where(_at(place))
    )
    if own is not None and own["state"] == ConsentState.STOPPED.value:
        return ConsentState.STOPPED
    elsewhere = await _stopped_elsewhere(session, place, customer)
    if elsewhere is not None and (own is None or own["changed_at"] < elsewhere):
        return ConsentState.STOPPED
    return ConsentState.UNKNOWN if own is None else ConsentState(own["state"])


async def require_consent(
    session: Session, place: ConsentPlace, *, customer: str | None = None
) -> None:
    """Raises `ConsentStopped`."""
    if await standing(session, place, customer=customer) is ConsentState.STOPPED:
        raise ConsentStopped


async def _stopped_elsewhere(
    session: Session, place: ConsentPlace, customer: str | None
) -> datetime | None:
    """When STOP was last written at this address on any channel, or at another of the customer's."""
    hashes = {place.address_hash}
    if customer is not None:
        root = await survivor_of(session, merchant=place.merchant, customer=customer)
        group = await group_of(session, merchant=place.merchant, customer=root)
        rows = await session.all(
            sa.select(addresses.c.hash).where(
                addresses.c.merchant == place.merchant, addresses.c.customer.in_(group)
            )
        )
        hashes |= {row["hash"] for row in rows}
    found: datetime | None = await session.scalar(
        sa.select(consents.c.changed_at)
        .where(
            consents.c.merchant == place.merchant,
            consents.c.channel.in_(sorted(CHANNELS)),
            consents.c.address_hash.in_(sorted(hashes)),
            consents.c.state == ConsentState.STOPPED.value,
            consents.c.how == BY_MESSAGE,
        )
        .order_by(consents.c.changed_at.desc())
        .limit(1)
    )
    return found


async def set_consent(
    session: Session,
    place: ConsentPlace,
    state: ConsentState,
    *,
    customer: str | None,
    conversation: str | None,
    agent: str | None,
    actor: str,
    how: str,
    now: datetime,
) -> bool:
    """Keeps what was said, and records `consent.changed`. False when it was already so.

    The caller holds the address's lock. Said again by the owner, what somebody else had noted becomes their own word.
    """
    before = await session.one_or_none(
        sa.select(consents.c.state, consents.c.how).where(_at(place))
    )
    owned = how != BY_MESSAGE or (before is not None and before["how"] == BY_MESSAGE)
    if before is not None and before["state"] == state.value and owned:
        return False
    said = {
        "customer": customer,
        "state": state.value,
        "changed_by": actor,
        "how": how,
        "changed_at": now,
    }
    statement = upsert(session, consents).values(
        merchant=place.merchant, channel=place.channel, address_hash=place.address_hash, **said
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["merchant", "channel", "address_hash"], set_=said
        )
    )
    record(
        session,
        Event(
            type="consent.changed",
            merchant=place.merchant,
            occurred_at=now,
            actor=actor,
            customer=customer,
            conversation=conversation,
            agent=agent,
            channel=place.channel,
            data={"state": state.value, "how": how},
        ),
    )
    return True


def _at(place: ConsentPlace) -> sa.ColumnElement[bool]:
    return sa.and_(
        consents.c.merchant == place.merchant,
        consents.c.channel == place.channel,
        consents.c.address_hash == place.address_hash,
    )
