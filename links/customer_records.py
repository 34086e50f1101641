"""The links and payments of a customer: told in full for their export, and ended before their erasure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.message_store import messages
from compliance.principal import Principal
from core.clock import rfc3339
from core.database import Session
from links.lifecycle import Lifecycle
from links.links import read_link
from links.showing import Showing
from links.states import OPEN, LinkState
from links.tables import links, receipt_messages
from payments.payments import Payment, payments_by_id
from payments.transactions import TransactionFilter, list_transactions

_PAGE: Final = 100
_MOVEMENTS_MAX: Final = 1000
_ERASED: Final = "erased"


@dataclass(frozen=True, slots=True)
class LinkRecords:
    """This room's part; see `channels.customer_records`."""

    lifecycle: Lifecycle
    showing: Showing

    async def export(
        self, session: Session, principal: Principal, customers: Sequence[str]
    ) -> Mapping[str, Any]:
        """`links`, without what opens them, and `payments` with their transactions; oldest first."""
        rows = await session.all(
            sa.select(links)
            .where(links.c.merchant == principal.merchant, links.c.customer.in_(customers))
            .order_by(links.c.id)
        )
        found = [read_link(row) for row in rows]
        told_links: list[dict[str, Any]] = []
        told_payments: list[dict[str, Any]] = []
        for at in range(0, len(found), _PAGE):
            page = found[at : at + _PAGE]
            for shown in await self.showing.many(session, page):
                told_links.append({k: v for k, v in shown.items() if k not in {"url", "qr"}})
            payments = await payments_by_id(session, [link.payment for link in page])
            for link in page:
                payment = payments[link.payment]
                told_payments.append(await _payment(session, principal.merchant, payment))
        return {"links": told_links, "payments": told_payments}

    async def end(
        self, session: Session, principal: Principal, customers: Sequence[str], *, now: datetime
    ) -> None:
        """Cancels the links that are open, and forgets where receipts went.

        Raises `AttemptLive` or `LinkNotOpen` while the customer is paying.
        """
        rows = await session.all(
            sa.select(links.c.id)
            .where(
                links.c.merchant == principal.merchant,
                links.c.customer.in_(customers),
                links.c.state.in_(sorted(state.value for state in OPEN)),
            )
            .order_by(links.c.id)
        )
        for row in rows:
            await self.lifecycle.end(
                session, row["id"], LinkState.CANCELLED, actor=principal.actor, now=now
            )
        # What their addresses are found by goes with them; that receipts went out is counted on.
        written = sa.select(messages.c.id).where(
            messages.c.merchant == principal.merchant, messages.c.customer.in_(customers)
        )
        await session.execute(
            sa.update(receipt_messages)
            .where(
                receipt_messages.c.merchant == principal.merchant,
                receipt_messages.c.message.in_(written),
            )
            .values(address_hash=_ERASED)
        )


async def _payment(session: Session, merchant: str, payment: Payment) -> dict[str, Any]:
    moved = await list_transactions(
        session, merchant, TransactionFilter(payment=payment.id, limit=_MOVEMENTS_MAX)
    )
    return {
        "id": payment.id,
        "link": payment.link,
        "status": payment.state.value,
        "amount": payment.due.minor,
        "amount_captured": payment.captured.minor,
        "amount_refunded": payment.refunded.minor,
        "currency": payment.due.currency.code,
        "created_at": rfc3339(payment.created_at),
        "transactions": list(moved),
    }
