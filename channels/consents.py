"""What the owner of an address said about being written to there: `unknown`, `granted` or `stopped`.

Kept by address, not by customer: whoever else is known under it, the telephone that said STOP gets no more
messages. One row a (merchant, channel, address), with who said it, when and how; the journal has the history.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

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
    found = await session.scalar(
        sa.select(consents.c.state).where(
            consents.c.merchant == place.merchant,
            consents.c.channel == place.channel,
            consents.c.address_hash == place.address_hash,
        )
    )
    return ConsentState.UNKNOWN if found is None else ConsentState(found)


async def require_consent(session: Session, place: ConsentPlace) -> None:
    """Raises `ConsentStopped`."""
    if await consent_of(session, place) is ConsentState.STOPPED:
        raise ConsentStopped


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

    The caller holds the address's lock.
    """
    if await consent_of(session, place) is state:
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
