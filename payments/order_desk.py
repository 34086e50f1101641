"""Carries out orders for money: one call to the PSP, between the database transactions that ask for it and record it.

The door that placed an order carries it out at once; the worker does it again, under the same key, for one whose
process died or whose answer never came, and asks about one that the PSP only accepted.
"""

from datetime import timedelta
from typing import Final

import structlog

from core import work
from core.clock import Clock
from core.database import Database, retried
from payments.accounts import Gateways
from payments.attempts import Attempt, get_attempt
from payments.gateway import Done, Gateway, MoneyOrder, OrderOutcome, Refused, Unknown
from payments.order_facts import record_order, record_refund, settle_release
from payments.orders import Order, get_order
from payments.outcomes import record_outcome
from payments.states import AttemptState, OrderState
from payments.sweep import question_of

log = structlog.get_logger()

_OPEN: Final = frozenset({OrderState.REQUESTED, OrderState.UNKNOWN, OrderState.PENDING})
_FIRST_SECONDS: Final = 3
_LONGEST_SECONDS: Final = 600


class OrderDesk:
    """Takes orders that were placed, to the PSP."""

    def __init__(self, database: Database, gateways: Gateways, clock: Clock) -> None:
        self._database = database
        self._gateways = gateways
        self._clock = clock

    async def carry_out(self, order_id: str, *, again: bool = False) -> Order:
        """One try; answers the order as it is then. `again`: it may have been sent before."""
        async with self._database.snapshot() as session:
            order = await get_order(session, order_id)
            attempt = await get_attempt(session, order.attempt)
        if order.state not in _OPEN:
            return order
        _, gateway = await self._gateways.by_id(order.account)
        if order.kind == "release":
            order = await self._release(order, attempt, gateway)
        elif order.state is OrderState.PENDING:
            order = await self._look(order, attempt, gateway)
        else:
            order = await self._send(order, attempt, gateway, again=again)
        log.info("order.carried_out", order_id=order.id, kind=order.kind, state=order.state.value)
        return order

    async def handle(self, item: work.Work) -> None:
        """The handler of `order.send` work."""
        order = await self.carry_out(item.subject, again=True)
        async with self._database.transaction() as session:
            if order.state in _OPEN:
                wait_seconds = min(_FIRST_SECONDS * 2 ** min(item.attempts, 10), _LONGEST_SECONDS)
                due_at = self._clock() + timedelta(seconds=wait_seconds)
                await work.postpone(session, item, due_at=due_at)
            else:
                await work.finish(session, item)

    async def _send(
        self, order: Order, attempt: Attempt, gateway: Gateway, *, again: bool
    ) -> Order:
        outcome: OrderOutcome
        if order.kind == "capture" and attempt.state is not AttemptState.AUTHORISED:
            return await self._record(order, _by_attempt(order, attempt), concluded=True)
        if attempt.reference is None:
            outcome = Refused("no_reference")
        else:
            told = MoneyOrder(
                order_id=order.id, reference=attempt.reference, amount=order.amount, again=again
            )
            call = gateway.capture if order.kind == "capture" else gateway.refund
            outcome = await call(told)
        return await self._record(order, outcome)

    async def _look(self, order: Order, attempt: Attempt, gateway: Gateway) -> Order:
        """The PSP accepted it and was to tell: its report may be lost."""
        if order.kind == "capture" and attempt.state is not AttemptState.AUTHORISED:
            return await self._record(order, _by_attempt(order, attempt), concluded=True)
        sight = await gateway.look(question_of(attempt, now=self._clock()))
        actor = f"psp:{order.account}"

        async def write() -> Order:
            async with self._database.transaction() as session:
                now = self._clock()
                if not isinstance(sight.outcome, Unknown):
                    await record_outcome(session, attempt.id, sight.outcome, actor=actor, now=now)
                for refund in sight.refunds:
                    await record_refund(session, attempt.id, refund, actor=actor, now=now)
                return await get_order(session, order.id)

        return await retried(write)

    async def _release(self, order: Order, attempt: Attempt, gateway: Gateway) -> Order:
        outcome = await gateway.cancel(question_of(attempt, now=self._clock()))
        actor = f"psp:{order.account}"

        async def write() -> Order:
            async with self._database.transaction() as session:
                now = self._clock()
                if not isinstance(outcome, Unknown):
                    await record_outcome(session, attempt.id, outcome, actor=actor, now=now)
                return await settle_release(session, order.id, actor=actor, now=now)

        return await retried(write)

    async def _record(
        self, order: Order, outcome: OrderOutcome, *, concluded: bool = False
    ) -> Order:
        async def write() -> Order:
            async with self._database.transaction() as session:
                return await record_order(
                    session,
                    order.id,
                    outcome,
                    actor=f"psp:{order.account}",
                    now=self._clock(),
                    concluded=concluded,
                )

        return await retried(write)


def _by_attempt(order: Order, attempt: Attempt) -> OrderOutcome:
    """The attempt is not held any more: captured, perhaps by this very order, or let go."""
    if attempt.state is AttemptState.SUCCEEDED and attempt.reference is not None:
        return Done(attempt.reference, attempt.captured)
    return Refused(f"attempt_{attempt.state.value}")
