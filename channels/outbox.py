"""Sends what is queued: claims a delivery, gives it to its provider, keeps what came of it.

The claim and the outcome are database transactions of their own, and the call between them is in neither.
A delivery found in `sending` was in somebody's hands when a process died or a connection broke: the provider
is asked whether it has it before it is given again.
"""

import asyncio
import secrets
from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import Final, TypeVar, assert_never

import structlog

from channels import problems
from channels.claims import HANDS_OFF, TRIES_MAX, Doubtful, Ready, still_ours, take
from channels.consents import ConsentPlace, ConsentState, set_consent
from channels.conversations import get_conversation
from channels.deliveries import (
    Delivery,
    fail_delivery,
    hold_delivery,
    release_delivery,
    report_fact,
)
from channels.failover import ACCOUNTS_OWN, hand_over
from channels.port import (
    Absent,
    Accepted,
    NotSent,
    Outcome,
    Refused,
    Search,
    Uncertain,
    Unsupported,
)
from channels.provider_pool import ProviderPool
from channels.states import DeliveryState
from compliance.vault import Vault
from core import work
from core.clock import Clock
from core.database import Database, Session

# How often a delivery in doubt is asked after before we give up.
LOOKS_MAX: Final = 10
# A provider that has not answered by then is taken to be silent.
CALL_SECONDS_MAX: Final = 30
# After 8 s, 24 s, 72 s, 3.6 min and 10.8 min: about a quarter of an hour in all.
_DELAYS_SECONDS: Final = (8, 24, 72, 216, 648)
_DELAY_SECONDS_MAX: Final = 900

_Answer = TypeVar("_Answer")
_log = structlog.get_logger(__name__)


class Outbox:
    """The handler of `delivery.send` work. Any number of them, in any number of processes."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        providers: ProviderPool,
        *,
        base_url: str,
        clock: Clock,
    ) -> None:
        """`base_url` is where providers reach our callbacks."""
        self._database = database
        self._vault = vault
        self._providers = providers
        self._base_url = base_url
        self._clock = clock

    async def send(self, job: work.Work) -> None:
        """One look after one delivery, in whatever state it is. Ends or postpones the work."""
        step = await self._take(job)
        if isinstance(step, Doubtful):
            found = await _bounded(
                step.provider.find(step.outgoing, since=step.since, known=step.known)
            )
            if not await self._settle(job, found):
                return
            step = await self._take(job)
        if isinstance(step, Ready):
            outcome = await _bounded(step.provider.send(step.outgoing))
            await self._keep(job, outcome)

    async def _take(self, job: work.Work) -> Ready | Doubtful | None:
        async with self._database.transaction() as session:
            return await take(
                session,
                job,
                vault=self._vault,
                providers=self._providers,
                base_url=self._base_url,
                now=self._clock(),
            )

    async def _settle(self, job: work.Work, found: Search) -> bool:
        """Keeps what the provider said of a doubtful delivery; True when there may be more to do at once."""
        now = self._clock()
        async with self._database.transaction() as session:
            held = await hold_delivery(session, job.subject)
            if held is None or not await still_ours(session, job):
                return False
            if held.state is not DeliveryState.SENDING:
                return True  # a receipt settled it meanwhile; taking it again ends the work
            match found:
                case Accepted(provider_id):
                    await self._sent(session, held, provider_id, now=now)
                case Absent():
                    await release_delivery(session, held, now=now)
                    return True
                case Unsupported(resend_is_safe=True) if held.tries < TRIES_MAX:
                    await release_delivery(session, held, now=now)
                    return True
                case Uncertain() if job.attempts < LOOKS_MAX:
                    due_at = now + timedelta(seconds=delay_seconds(job.attempts))
                    await work.postpone(session, job, due_at=due_at)
                    return False
                case Uncertain() | Unsupported():
                    _log.warning("delivery.uncertain", delivery=held.id)
                    await self._fail(session, held, problems.UNCERTAIN, now=now)
                case _ as never:
                    assert_never(never)
            await work.finish(session, job)
        return False

    async def _keep(self, job: work.Work, outcome: Outcome) -> None:
        """Keeps what came of giving a delivery to its provider."""
        now = self._clock()
        async with self._database.transaction() as session:
            held = await hold_delivery(session, job.subject)
            assert held is not None, "it was just given to a provider"
            match outcome:
                case Accepted(provider_id):
                    await self._sent(session, held, provider_id, now=now)
                    await work.finish(session, job)
                case Refused(code, detail):
                    _log.warning("delivery.refused", delivery=held.id, code=code, detail=detail)
                    await self._refused(session, held, code, now=now)
                    await work.finish(session, job)
                case NotSent(code):
                    _log.info("delivery.not_sent", delivery=held.id, code=code, tries=held.tries)
                    await self._not_sent(session, job, held, outcome, now=now)
                case Uncertain(code):
                    _log.warning("delivery.in_doubt", delivery=held.id, code=code)
                    await work.postpone(session, job, due_at=now + HANDS_OFF)
                case _ as never:
                    assert_never(never)

    async def _sent(
        self, session: Session, held: Delivery, provider_id: str, *, now: datetime
    ) -> None:
        await report_fact(
            session,
            self._vault,
            held,
            fact=DeliveryState.SENT,
            provider_id=provider_id,
            actor=_actor(held),
            now=now,
        )

    async def _refused(self, session: Session, held: Delivery, code: str, *, now: datetime) -> None:
        sending = held.state is DeliveryState.SENDING
        if (
            sending
            and code in ACCOUNTS_OWN
            and await hand_over(session, held, problem=code, now=now)
        ):
            return
        await self._fail(session, held, code, now=now)
        if code != problems.RECIPIENT_OPTED_OUT:
            return
        # The network knows of a stop that we do not: from now on we do.
        thread = await get_conversation(
            session, merchant=held.merchant, conversation=held.conversation
        )
        await set_consent(
            session,
            ConsentPlace(held.merchant, held.channel, held.address_hash),
            ConsentState.STOPPED,
            customer=thread.customer,
            conversation=thread.id,
            agent=thread.agent,
            actor=_actor(held),
            how="network",
            now=now,
        )

    async def _not_sent(
        self,
        session: Session,
        job: work.Work,
        held: Delivery,
        outcome: NotSent,
        *,
        now: datetime,
    ) -> None:
        if held.state is not DeliveryState.SENDING:
            # A receipt that overtook the answer knows better.
            await work.finish(session, job)
            return
        # Another account may take it at once; this one only after a while.
        if outcome.code in ACCOUNTS_OWN and await hand_over(
            session, held, problem=outcome.code, now=now
        ):
            await work.finish(session, job)
            return
        if held.tries >= TRIES_MAX:
            await self._fail(session, held, outcome.code, now=now)
            await work.finish(session, job)
            return
        wait_seconds = max(delay_seconds(held.tries), outcome.retry_after_seconds or 0)
        due_at = now + timedelta(seconds=min(wait_seconds, _DELAY_SECONDS_MAX))
        await release_delivery(session, held, now=now)
        await work.postpone(session, job, due_at=due_at, payload={})

    async def _fail(self, session: Session, held: Delivery, code: str, *, now: datetime) -> None:
        if held.state is DeliveryState.SENDING:  # else a receipt knows better
            await fail_delivery(session, held, problem=code, actor=_actor(held), now=now)


def delay_seconds(tries: int) -> int:
    """How long after so many tries: growing, and spread a quarter either way so that no crowd returns at once."""
    delay = _DELAYS_SECONDS[min(max(tries, 1), len(_DELAYS_SECONDS)) - 1]
    return delay - delay // 4 + secrets.randbelow(delay // 2 + 1)


def _actor(held: Delivery) -> str:
    return f"channel:{held.account}"


async def _bounded(call: Awaitable[_Answer]) -> _Answer | Uncertain:
    """The answer, or that there was none in time."""
    try:
        async with asyncio.timeout(CALL_SECONDS_MAX):
            return await call
    except TimeoutError:
        return Uncertain("timeout")
