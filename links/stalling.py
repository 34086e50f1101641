"""Who has stopped partway: a step that takes longer than most people need, told as `checkout.stalled`.

It is told while there is something to help with: the page is open, or the customer is at their bank; and once, until
the customer does something again. Whoever has closed the page has left, which is told by itself.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from compliance.journal import Query, Reader, record
from core import work
from core.database import Session
from links.link_events import link_event
from links.links import link_by_id

CHECK: Final = "checkout.stall"

# How long most people need before the next thing happens, in seconds.
PATIENCE_SECONDS: Final[Mapping[str, int]] = {
    "opened": 90,
    "card_entry": 60,
    "submitted": 30,
    "fraud_check": 30,
    "challenge": 120,
    "declined": 60,
}
# The page is left alone, or gone, while the bank asks its question.
_AWAY: Final = frozenset({"challenge"})
# What shows that somebody, or something, moves.
ACTIVITY: Final = frozenset(
    {
        "link.opened",
        "checkout.joined",
        "checkout.method_selected",
        "checkout.card_entry_started",
        "checkout.field_completed",
        "checkout.field_invalid",
        "checkout.submitted",
        "payment.fraud_check_started",
        "payment.fraud_check_completed",
        "payment.challenge_started",
        "payment.challenge_completed",
        "payment.declined",
        "payment.partially_paid",
    }
)


async def watch(session: Session, link: str, step: str, kinds: set[str], *, now: datetime) -> None:
    """Something has happened on a link that is now at this step: looks again when most people would be further."""
    if kinds & ACTIVITY and step in PATIENCE_SECONDS:
        due_at = now + timedelta(seconds=PATIENCE_SECONDS[step])
        await work.schedule_once(session, CHECK, link, due_at=due_at)


async def check(session: Session, reader: Reader, item: work.Work, *, now: datetime) -> None:
    """Handler of `checkout.stall`: has nothing happened for too long? A link that moved is looked at again later."""
    await session.lock(item.subject)
    link = await link_by_id(session, item.subject)
    step = link.progress.step
    patience = PATIENCE_SECONDS.get(step)
    there = link.progress.present or step in _AWAY
    if patience is None or not there:
        await work.finish(session, item)
        return
    latest = await reader.read(
        session,
        Query(merchant=link.merchant, link=link.id, types=ACTIVITY, newest_first=True, limit=1),
    )
    since = latest[0].occurred_at if latest else now
    due_at = since + timedelta(seconds=patience)
    if now < due_at:
        await work.postpone(session, item, due_at=due_at)
        return
    data = {
        "step": step,
        "seconds": int((now - since).total_seconds()),
        "device": link.progress.device,
    }
    record(session, link_event("checkout.stalled", link, actor="system", now=now, data=data))
    await work.finish(session, item)
