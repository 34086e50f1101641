"""Keeps a link's row in step with its events, inside the transaction that records them.

The other rooms know a link by its id alone. What they record about it arrives here before the commit, so the link's
state and progress are never behind the journal.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

from channels.messages import cancel_queued
from compliance.journal import Event, record
from core import work
from core.database import Prepared, Session
from links.progress import Progress, advance
from links.receipt_sending import schedule_receipts
from links.stalling import watch
from links.states import LinkState, after_payment
from links.superseding import EXPIRE
from links.tables import links
from payments.states import PaymentState

_HELD: Final = Prepared(sa.select(links).where(links.c.id == sa.bindparam("id")).with_for_update())
_ENDED: Final = frozenset({LinkState.EXPIRED.value, LinkState.CANCELLED.value})


async def project(session: Session, events: Sequence[Event]) -> None:
    """Folds the events into the rows of their links, each link once."""
    by_link: dict[str, list[Event]] = {}
    for event in events:
        # A receipt belongs to a link and does not carry it: it says nothing of how far the link has come.
        if event.link is not None and event.data.get("purpose") is None:
            by_link.setdefault(event.link, []).append(event)
    for link_id in sorted(by_link):
        await _project_one(session, link_id, by_link[link_id])


async def _project_one(session: Session, link_id: str, events: Sequence[Event]) -> None:
    row = await session.ask_one(_HELD, id=link_id)
    if row is None:
        return
    before = Progress.from_stored(row["progress"])
    progress, many = before, row["usage"] == "multi"
    for event in events:
        await schedule_receipts(session, event)
        progress = advance(progress, event, many=many)
        if event.type == "message.sent":
            record(session, _link_sent(event))
    # What becomes of one payer's payment says nothing of a link that many pay with.
    state = LinkState(row["state"]) if many else _state(LinkState(row["state"]), events)
    ended = None if many else _called_off(state, events)
    if ended is not None:
        state = LinkState.CANCELLED
        progress = advance(progress, ended, many=many)
        record(session, ended)
        await cancel_queued(session, merchant=ended.merchant, link=link_id, now=ended.occurred_at)
    changed: dict[str, Any] = {}
    if any(event.type == "payment.partially_paid" for event in events) and not many:
        # What is due now is another amount than a page shows that was open meanwhile.
        changed["revision"] = row["revision"] + 1
    if not many:
        kinds = {event.type for event in events}
        await watch(session, link_id, progress.step, kinds, now=events[-1].occurred_at)
    if progress != before:
        changed |= {"progress": progress.stored(), "step": progress.step}
    if state.value != row["state"]:
        changed["state"] = state.value
        if row["state"] in _ENDED:
            # What brought it back may only be a hold. When that is let go, the link has to end again.
            await work.schedule(session, EXPIRE, link_id, due_at=events[-1].occurred_at)
    if changed:
        await session.execute(
            sa.update(links)
            .where(links.c.id == link_id)
            .values(**changed, updated_at=events[-1].occurred_at)
        )


def _state(state: LinkState, events: Sequence[Event]) -> LinkState:
    for event in events:
        status = event.data.get("payment_status")
        if status is not None:
            state = after_payment(state, PaymentState(status))
        if event.type == "payment.fraud_check_started":
            state = after_payment(state, PaymentState.IN_PROGRESS)
    return state


def _called_off(state: LinkState, events: Sequence[Event]) -> Event | None:
    """Its debt was called off, or what was held for it let go: the link has ended with it, and says so."""
    off = [event for event in events if event.type == "payment.cancelled"]
    if not off or state is LinkState.CANCELLED:
        return None
    return replace(off[-1], type="link.cancelled", data={}, private=None)


def _link_sent(message: Event) -> Event:
    return Event(
        type="link.sent",
        merchant=message.merchant,
        occurred_at=message.occurred_at,
        actor=message.actor,
        data={"message": message.data.get("message")},
        link=message.link,
        customer=message.customer,
        conversation=message.conversation,
        agent=message.agent,
        channel=message.channel,
    )
