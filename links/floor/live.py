"""The links that are open at this moment, as little of each as the floor shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from core.clock import rfc3339
from core.database import Session, first_of
from links.progress import Progress
from links.states import OPEN
from links.tables import links
from payments.tables import payments

LINKS_MAX: Final = 5_000
# What the floor tells of a link that needs somebody, in the order of its haste.
NEEDS: Final = ("help", "stalled", "declined", "undelivered")
_PROBLEMS: Final = {
    "help_requested": "help",
    "stalled": "stalled",
    "message_failed": "undelivered",
}
_STATES: Final = sorted(state.value for state in OPEN)
_AGAIN: Final = 2


@dataclass(frozen=True, slots=True)
class OpenLink:
    """One link."""

    id: str
    status: str
    agent: str | None
    many: bool
    reference: str | None
    progress: Progress
    amount: int
    currency: str
    created_at: str

    @property
    def need(self) -> str | None:
        """Why somebody should look at it now; a first decline is the customer's to mend."""
        problem = self.progress.problem
        if problem is not None and problem["code"] in _PROBLEMS:
            return _PROBLEMS[problem["code"]]
        again = self.progress.step == "declined" and self.progress.attempts >= _AGAIN
        return "declined" if again else None

    def as_json(self) -> dict[str, Any]:
        progress = self.progress
        return {
            "id": self.id,
            "status": self.status,
            "agent": self.agent,
            "usage": "multi" if self.many else "single",
            "reference": self.reference,
            "step": progress.step,
            "since": progress.since,
            "present": progress.present,
            "device": progress.device,
            "channel": progress.channel,
            "attempts": progress.attempts,
            "problem": progress.problem["code"] if progress.problem is not None else None,
            "need": self.need,
            "amount": self.amount,
            "currency": self.currency,
            "created_at": self.created_at,
        }


async def open_links(session: Session, merchant: str) -> tuple[Sequence[OpenLink], bool]:
    """The merchant's open links, newest first, at most `LINKS_MAX`; and whether there are more."""
    newest = first_of(
        session,
        sa.select(links.c.id).where(links.c.merchant == merchant),
        links.c.state,
        _STATES,
        key=links.c.id,
        descending=True,
        limit=LINKS_MAX + 1,
    )
    chosen = [links.c[name] for name in ("id", "state", "agent", "usage", "reference", "progress")]
    rows = await session.all(
        sa.select(*chosen, links.c.created_at, payments.c.amount_due, payments.c.currency)
        .join(payments, payments.c.id == links.c.payment)
        .where(links.c.id.in_(newest))
        .order_by(links.c.id.desc())
    )
    return [_open_link(row) for row in rows[:LINKS_MAX]], len(rows) > LINKS_MAX


def _open_link(row: sa.RowMapping) -> OpenLink:
    return OpenLink(
        id=row["id"],
        status=row["state"],
        agent=row["agent"],
        many=row["usage"] == "multi",
        reference=row["reference"],
        progress=Progress.from_stored(row["progress"]),
        amount=row["amount_due"],
        currency=row["currency"],
        created_at=rfc3339(row["created_at"]),
    )
