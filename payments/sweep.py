"""Asks the PSP about attempts that went silent, and cancels there what must not succeed any more."""

from datetime import datetime, timedelta
from typing import Final

import structlog

from core import work
from core.clock import Clock
from core.database import Database
from payments.accounts import Gateways
from payments.attempts import Attempt, get_attempt
from payments.gateway import Challenged, Outcome, Question, Unknown
from payments.outcomes import record_outcome
from payments.payments import get_payment
from payments.states import AttemptState, PaymentState

log = structlog.get_logger()

# A bank's page is dead long before this; the customer who comes back may simply try again.
CHALLENGE_MAX: Final = timedelta(minutes=15)
_FIRST: Final = 3
_LONGEST: Final = 300


class Sweep:
    """The handler of `attempt.ask` work."""

    def __init__(self, database: Database, gateways: Gateways, clock: Clock) -> None:
        self._database = database
        self._gateways = gateways
        self._clock = clock

    async def ask(self, item: work.Work) -> None:
        """One question about one attempt; planned again, ever more slowly, until the PSP knows."""
        async with self._database.snapshot() as session:
            attempt = await get_attempt(session, item.subject)
            payment = await get_payment(session, attempt.payment)
        if not attempt.live and not attempt.loose:
            async with self._database.transaction() as session:
                await work.finish(session, item)
            return
        settled = payment.state is PaymentState.PAID
        outcome = await self._learn(attempt, settled=settled, now=self._clock())
        now = self._clock()
        async with self._database.transaction() as session:
            if not isinstance(outcome, Unknown):
                attempt = await record_outcome(
                    session,
                    attempt.id,
                    outcome,
                    actor=f"psp:{attempt.account}",
                    now=now,
                    seen=attempt.state,
                )
            if attempt.live or attempt.loose:
                await work.postpone(session, item, due_at=now + _patience(attempt, item.attempts))
            else:
                await work.finish(session, item)
        log.info("attempt.asked", attempt_id=attempt.id, state=attempt.state.value)

    async def _learn(self, attempt: Attempt, *, settled: bool, now: datetime) -> Outcome:
        """A declined attempt must stay so, and a debt that another one has settled must not be charged again."""
        _, gateway = await self._gateways.by_id(attempt.account)
        question = question_of(attempt, now=now)
        overdue = now - attempt.created_at > CHALLENGE_MAX
        if not attempt.live or settled:
            return await gateway.cancel(question)
        outcome = await gateway.ask(question)
        # Asked first: a hold that the customer has agreed to meanwhile is not let go.
        if overdue and isinstance(outcome, Challenged):
            return await gateway.cancel(question)
        return outcome


def _patience(attempt: Attempt, tries: int) -> timedelta:
    """A hold stands for days and is looked at daily; whatever else is silent is asked about ever more slowly."""
    if attempt.state is AttemptState.AUTHORISED:
        return timedelta(days=1)
    return timedelta(seconds=min(_FIRST * 2 ** min(tries, 10), _LONGEST))


def question_of(attempt: Attempt, *, now: datetime) -> Question:
    """What we know of an attempt, for the PSP."""
    return Question(
        attempt_id=attempt.id,
        reference=attempt.reference,
        amount=attempt.amount,
        started_at=attempt.created_at,
        now=now,
        state=attempt.state.value,
    )
