"""The refunds of a merchant by where they stand: what waits for a second person, what is on its way, what failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import sqlalchemy as sa

from compliance.principal import Principal
from core.database import Session
from payments.orders import Order, read_order
from payments.states import OrderState
from payments.tables import money_orders, payments

Status = Literal["awaiting_approval", "pending", "succeeded", "failed", "rejected"]

_O: Final = OrderState
# As the refund object words them: how one is under way is our business.
_STATES: Final[dict[Status, tuple[OrderState, ...]]] = {
    "awaiting_approval": (_O.AWAITING_APPROVAL,),
    "pending": (_O.REQUESTED, _O.PENDING, _O.UNKNOWN),
    "succeeded": (_O.SUCCEEDED,),
    "failed": (_O.FAILED,),
    "rejected": (_O.REJECTED,),
}


@dataclass(frozen=True, slots=True)
class ListedRefund:
    """One refund, and whose payment it is about."""

    order: Order
    link: str
    agent: str | None
    customer: str | None

    def as_json(self) -> dict[str, Any]:
        """The refund object of the API, with what a person needs to find their way from it."""
        return {
            **self.order.as_json(),
            "link": self.link,
            "agent": self.agent,
            "customer": self.customer,
        }


async def list_refunds(
    session: Session, caller: Principal, *, status: Status, before: str | None, limit: int
) -> Sequence[ListedRefund]:
    """Newest first, those that the caller may see; `before` is a refund's id."""
    orders = money_orders.c
    chosen = (
        sa.select(money_orders, payments.c.link, payments.c.agent, payments.c.customer)
        .join(payments, payments.c.id == orders.payment)
        .where(
            orders.merchant == caller.merchant,
            # Spelled out, so that the database sees the condition of the partial index.
            orders.kind == sa.literal_column("'refund'"),
            orders.state.in_([state.value for state in _STATES[status]]),
        )
    )
    if before is not None:
        chosen = chosen.where(orders.id < before)
    if caller.teammates is not None:
        chosen = chosen.where(payments.c.agent.in_(sorted(caller.teammates)))
    rows = await session.all(chosen.order_by(orders.id.desc()).limit(limit))
    return [
        ListedRefund(read_order(row), row["link"], row["agent"], row["customer"]) for row in rows
    ]
