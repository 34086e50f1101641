"""Reports from PSPs: verified, stored once, applied; one whose attempt we do not know yet waits and is tried again.

Nothing is acknowledged before it is stored, and nothing stored is dropped.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
import structlog

from compliance.journal import Event, record
from compliance.vault import Vault
from core import work
from core.clock import Clock
from core.database import Database, Prepared, Session, retried
from core.database.prepared import Upsert
from payments.accounts import Account, Gateways
from payments.attempts import find_attempt
from payments.disputes import record_dispute
from payments.gateway import Gateway, GatewayEvent
from payments.order_facts import record_capture, record_refund
from payments.outcomes import record_outcome
from payments.psp_reviews import record_review
from payments.tables import psp_events

log = structlog.get_logger()

MATCH: Final = "psp_event.match"
_PURPOSE: Final = "psp_event"
_SUBJECT: Final = "gateways"
_TRIES_MAX: Final = 12
_FIRST_SECONDS: Final = 2
_LONGEST_SECONDS: Final = 600

_SELECT: Final = sa.select(psp_events).where(
    psp_events.c.account == sa.bindparam("account"), psp_events.c.event == sa.bindparam("event")
)
_KEPT: Final = Prepared(_SELECT)
_HELD: Final = Prepared(_SELECT.with_for_update())


def _once(insert: Upsert) -> sa.Executable:
    stored: sa.Executable = (
        insert(psp_events)
        .on_conflict_do_nothing(index_elements=["account", "event"])
        .returning(psp_events.c.event)
    )
    return stored


_STORE: Final = Prepared(_once)


class Inbox:
    """Takes webhooks in, and drives the ones that had to wait."""

    def __init__(self, database: Database, vault: Vault, gateways: Gateways, clock: Clock) -> None:
        self._database = database
        self._vault = vault
        self._gateways = gateways
        self._clock = clock

    async def receive(self, account_id: str, headers: Mapping[str, str], body: bytes) -> None:
        """Stores and applies what one webhook tells; returning is the acknowledgement.

        A report that was received before is answered like the first, and changes nothing. Raises `NotFound`,
        `WebhookForged`, and `GatewayUnavailable` for one that only sends us to ask: the PSP tells it again.
        """
        account, gateway = await self._gateways.by_id(account_id)
        for told in gateway.read_events(headers, body, now=self._clock()):
            event = await gateway.complete_event(told) if told.look else told
            applied = await self._received(account, event)
            log.info("psp_event.received", event_type=event.type, applied=applied)

    async def _received(self, account: Account, event: GatewayEvent) -> bool:
        return await retried(lambda: self._take(account, event))

    async def _take(self, account: Account, event: GatewayEvent) -> bool:
        """One transaction: applies and stores. Answers whether the report is dealt with."""
        now = self._clock()
        async with self._database.transaction() as session:
            if await _done_before(session, account.id, event.id):
                return True
            # Locks come first: the attempt's link, then its payment, then our own row.
            applied = await _apply(session, account, event, now=now)
            stored = await self._store_once(session, account, event, applied=applied, now=now)
            if stored and not applied:
                await work.schedule(
                    session,
                    MATCH,
                    _subject(account.id, event.id),
                    due_at=now + timedelta(seconds=_FIRST_SECONDS),
                    payload={"account": account.id, "event": event.id},
                )
        return applied

    async def match(self, item: work.Work) -> None:
        """Handler of `psp_event.match`: once more for a report that found no attempt; in the end a person is told."""
        account, gateway = await self._gateways.by_id(item.payload["account"])
        event = await self._kept(account, item.payload["event"], gateway)
        now = self._clock()
        async with self._database.transaction() as session:
            row = await session.ask_one(_HELD, account=account.id, event=item.payload["event"])
            if event is None or row is None or row["state"] != "waiting":
                await work.finish(session, item)
                return
            if await _apply(session, account, event, now=now):
                await _settle(session, account.id, event.id, "done")
                await work.finish(session, item)
            elif item.attempts >= _TRIES_MAX:
                await _settle(session, account.id, event.id, "unmatched")
                _tell_unmatched(session, account, event, now)
                await work.finish(session, item)
            else:
                wait_seconds = min(_FIRST_SECONDS * 2**item.attempts, _LONGEST_SECONDS)
                await work.postpone(session, item, due_at=now + timedelta(seconds=wait_seconds))

    async def _kept(self, account: Account, event_id: str, gateway: Gateway) -> GatewayEvent | None:
        """The report as it was stored; one that only sends us to ask is asked about anew.

        Raises `GatewayUnavailable`.
        """
        async with self._database.snapshot() as session:
            row = await session.ask_one(_KEPT, account=account.id, event=event_id)
            body = await self._vault.open(session, row["body"], purpose=_PURPOSE) if row else None
        if row is None or body is None:
            return None
        # Its signature held when it came, and it was sealed since: it is still what came.
        event = gateway.reread_event(body.encode())
        return await gateway.complete_event(event) if event.look else event

    async def _store_once(
        self,
        session: Session,
        account: Account,
        event: GatewayEvent,
        *,
        applied: bool,
        now: datetime,
    ) -> bool:
        sealed = None
        if not applied:
            sealed = await self._vault.seal(
                session,
                account.merchant,
                _SUBJECT,
                event.body.decode("utf-8", errors="replace"),
                purpose=_PURPOSE,
                now=now,
            )
        # By RETURNING: what an INSERT's row count says differs between the drivers.
        stored = await session.ask(
            _STORE,
            account=account.id,
            event=event.id,
            merchant=account.merchant,
            type=event.type[:80],
            state="done" if applied else "waiting",
            body=sealed,
            received_at=now,
        )
        return bool(stored)


async def _apply(session: Session, account: Account, event: GatewayEvent, *, now: datetime) -> bool:
    """True when the report is dealt with: its facts are written, or it says nothing about an attempt."""
    if event.look:
        return False  # the PSP itself does not know (yet) what it is about
    if not event.says_something:
        return True
    attempt = await find_attempt(
        session, account.id, attempt_id=event.attempt_id, reference=event.reference
    )
    if attempt is None:
        return False
    actor = f"psp:{account.id}"
    if event.outcome is not None:
        await record_outcome(session, attempt.id, event.outcome, actor=actor, now=now)
    if event.capture is not None:
        await record_capture(session, attempt.id, event.capture, actor=actor, now=now)
    for refund in event.refunds:
        await record_refund(session, attempt.id, refund, actor=actor, now=now)
    if event.dispute is not None:
        await record_dispute(session, attempt.id, event.dispute, actor=actor, now=now)
    if event.review is not None:
        await record_review(session, attempt.id, event.review, actor=actor, now=now)
    return True


async def _done_before(session: Session, account: str, event: str) -> bool:
    """Told again later, an old report could move an attempt back. (Two at the same moment say the same.)"""
    row = await session.ask_one(_KEPT, account=account, event=event)
    return row is not None and row["state"] == "done"


async def _settle(session: Session, account: str, event: str, state: str) -> None:
    await session.execute(
        sa.update(psp_events)
        .where(psp_events.c.account == account, psp_events.c.event == event)
        .values(state=state, body=None if state == "done" else psp_events.c.body)
    )


def _tell_unmatched(session: Session, account: Account, event: GatewayEvent, now: datetime) -> None:
    data: dict[str, Any] = {"account": account.id, "event": event.id, "event_type": event.type}
    record(
        session,
        Event(
            type="psp.event_unmatched",
            merchant=account.merchant,
            occurred_at=now,
            actor=f"psp:{account.id}",
            data=data,
        ),
    )


def _subject(account: str, event: str) -> str:
    """One piece of work an event. A PSP's ids may be longer than a subject."""
    return hashlib.sha256(f"{account}:{event}".encode()).hexdigest()
