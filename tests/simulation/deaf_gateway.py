"""A gateway to a PSP that cannot be asked, in the way of the gateway to Adyen: its reports tell what was done.

Until a report comes an attempt stays unknown. A long silence is answered by asking the PSP to let go; only when that
brings nothing either is the order taken for one that never arrived. Captures and refunds are accepted, and done later.
A challenge is completed through us.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from payments.errors import MethodUnusable
from payments.gateway import (
    Abandoned,
    Accepted,
    Challenged,
    GatewayEvent,
    MoneyOrder,
    OrderOutcome,
    Outcome,
    Processing,
    Question,
    Refused,
    Sight,
    Unknown,
)
from tests.simulation.far_gateway import FarGateway, InDoubt
from tests.simulation.intents import KeyInUse, Refusal
from tests.simulation.reports import outcome_of
from tests.simulation.wire import NoAnswer, NotSent

_REPORTS_WITHIN: Final = timedelta(minutes=15)
_LET_GO_WITHIN: Final = timedelta(hours=1)
# This PSP's reports are repeated for hours, where the real one's are for a day.
_CERTAIN_AFTER: Final = timedelta(hours=6)


class DeafGateway(FarGateway):
    """One account."""

    async def complete(self, question: Question, details: Mapping[str, Any]) -> Outcome:
        if details.get("bank") not in {"yes", "no"}:
            raise MethodUnusable("These are no details.")
        psp, reference, yes = self._psp, question.reference, details["bank"] == "yes"
        if reference is None:
            return Unknown("no reference yet")
        try:
            view = await self._order(
                f"{question.attempt_id}-{details['bank']}",
                lambda key: psp.complete(key, reference, yes=yes),
            )
        except (InDoubt, KeyInUse):
            return Unknown("no answer")
        except (NotSent, Refusal):
            # Nothing was done with these. An earlier try may have gone through.
            if question.state == "challenged":
                return Challenged(reference)
            return Unknown("the details were not taken")
        return outcome_of(view)

    async def ask(self, question: Question) -> Outcome:
        match question.state:
            case "challenged":
                return Challenged(question.reference, f"secret of {question.reference}")
            case "processing" if question.reference is not None:
                return Processing(question.reference)
            case "started" | "unknown":
                age = question.now - question.started_at
                if _REPORTS_WITHIN < age < _LET_GO_WITHIN or age > _CERTAIN_AFTER:
                    return await self.cancel(question)
        return Unknown("its report will tell")

    async def look(self, question: Question) -> Sight:
        return Sight(await self.ask(question))

    async def cancel(self, question: Question) -> Outcome:
        if question.state == "declined":
            return Abandoned(question.reference)
        psp, attempt = self._psp, question.attempt_id
        try:
            await self._wire.order(psp, None, lambda: _let_go(self, attempt))
        except (NotSent, NoAnswer) as failed:
            return Unknown(type(failed).__name__)
        if question.state == "challenged":
            return Abandoned(question.reference)
        if question.now - question.started_at > _CERTAIN_AFTER:
            return Abandoned(question.reference)
        return Unknown("asked to let go; its report will tell")

    async def capture(self, order: MoneyOrder) -> OrderOutcome:
        psp, amount = self._psp, order.amount.minor

        def later(reference: str) -> None:
            psp.mood.capture_later(psp.intents[order.reference], amount, reference)

        return await self._modify(order, "capture", later)

    async def refund(self, order: MoneyOrder) -> OrderOutcome:
        psp, amount = self._psp, order.amount.minor

        def later(reference: str) -> None:
            intent = psp.intents[order.reference]
            psp.mood.refund_later(intent, amount, order.order_id, reference)

        return await self._modify(order, "refund", later)

    async def complete_event(self, event: GatewayEvent) -> GatewayEvent:
        return event

    async def _modify(
        self, order: MoneyOrder, kind: str, later: Callable[[str], None]
    ) -> OrderOutcome:
        told = (kind, order.reference, order.amount.minor)
        try:
            name = await self._order(order.order_id, lambda key: self._psp.accept(key, told, later))
        except Refusal as refused:
            return Refused(str(refused))
        except (NotSent, InDoubt, KeyInUse) as failed:
            return Unknown(type(failed).__name__)
        return Accepted(name)


def _let_go(gateway: FarGateway, attempt: str) -> None:
    """What is held is let go. A challenge is not held, and what has not arrived is not there."""
    for intent in gateway._psp.intents.values():
        if intent.attempt == attempt and intent.state == "held":
            gateway._psp.let_go(intent)
