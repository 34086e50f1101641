"""What follows from a customer's STOP: everything queued to them ends, in every thread and for every link.

A wish to stop that is not in the exact words stops nothing by itself: `consent.doubtful` asks a person to read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from channels.catalogue import AddressKind
from channels.consents import BY_AGENT, ConsentPlace, ConsentState, set_consent
from channels.conversations import Conversation, find_conversation, threads_of
from channels.customer_groups import groups_of, survivor_of
from channels.customer_store import holders
from channels.deliveries import links_queued, stop_queued
from compliance.journal import Event, record
from core.database import Session


@dataclass(frozen=True, slots=True)
class Stopping:
    """The threads of a customer, and the links with something queued there, which are locked."""

    threads: Sequence[str] = ()
    links: Sequence[str] = ()

    async def end(
        self, session: Session, thread: Conversation | None, *, actor: str, now: datetime
    ) -> int:
        """Ends what is queued there and in this thread; says how much.

        A delivery that somebody is just claiming is waited for: it counts as sent. What is queued later for a link
        that was not locked is refused as it is claimed.
        """
        own = [] if thread is None else [thread.id]
        threads = list(dict.fromkeys([*self.threads, *own]))
        if not threads:
            return 0
        return await stop_queued(
            session, conversations=threads, links=self.links, actor=actor, now=now
        )


async def hold_queued(
    session: Session,
    thread: Conversation | None,
    *,
    merchant: str,
    kind: AddressKind,
    hashed: str,
) -> Stopping:
    """Every thread of everybody who has this address, or is served in its thread; links with something queued there
    are locked. Before any address is locked.
    """
    people = set(await holders(session, merchant=merchant, kind=kind, hashed=hashed))
    threads = []
    if thread is not None:
        threads.append(thread.id)
        if thread.customer is not None:
            people.add(await survivor_of(session, merchant=merchant, customer=thread.customer))
    groups = await groups_of(session, merchant=merchant, ids=people)
    members = sorted({one for group in groups.values() for one in group})
    if members:
        threads += await threads_of(session, merchant=merchant, customers=members)
    return await _held(session, threads)


async def choose_for(
    session: Session,
    places: Sequence[ConsentPlace],
    state: ConsentState,
    *,
    customer: str,
    agent: str | None,
    actor: str,
    now: datetime,
) -> None:
    """Keeps what the customer told an agent about a channel; a stop also ends what is queued there.

    The caller has locked the links (`hold_places`), then the addresses.
    """
    for place in places:
        thread = await find_conversation(
            session, merchant=place.merchant, channel=place.channel, hashed=place.address_hash
        )
        await set_consent(
            session,
            place,
            state,
            customer=customer,
            conversation=None if thread is None else thread.id,
            agent=agent,
            actor=actor,
            how=BY_AGENT,
            now=now,
        )


async def hold_places(session: Session, places: Sequence[ConsentPlace]) -> Stopping:
    """The threads at these places, the links with something queued in them locked. Before any address is."""
    threads = []
    for place in places:
        thread = await find_conversation(
            session, merchant=place.merchant, channel=place.channel, hashed=place.address_hash
        )
        if thread is not None:
            threads.append(thread.id)
    return await _held(session, threads)


def record_doubt(session: Session, thread: Conversation, message: str, *, now: datetime) -> None:
    """Records `consent.doubtful` about a message that may ask to stop."""
    record(
        session,
        Event(
            type="consent.doubtful",
            merchant=thread.merchant,
            occurred_at=now,
            actor="customer",
            customer=thread.customer,
            conversation=thread.id,
            agent=thread.agent,
            channel=thread.channel,
            data={"message": message},
        ),
    )


async def _held(session: Session, threads: Sequence[str]) -> Stopping:
    if not threads:
        return Stopping()
    links = await links_queued(session, conversations=threads)
    for link in links:
        await session.lock(link)
    return Stopping(threads, links)
