"""What a day has come to so far, by agent and channel: the same journeys and payments that the reports count."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from agent_feed.reports.journeys import Journey, journeys
from agent_feed.reports.money import PAID
from agent_feed.reports.origins import with_channels
from agent_feed.reports.table import middle, share
from agent_feed.reports.window import Window
from compliance.journal.facts import Fact, facts_between
from core.database import Session

_DECLINED: Final = "payment.declined"
# An agent and a channel; either may be nobody or none.
Place = tuple[str | None, str | None]


@dataclass(slots=True)
class Day:
    """Of the links made on the day how many were paid, and how soon after they were sent; and what money came in."""

    made: int = 0
    paid: int = 0
    seconds: list[int] = field(default_factory=list)
    payments: int = 0
    declined: int = 0
    amounts: "Counter[str]" = field(default_factory=Counter)

    def add(self, other: "Day") -> None:
        """Both together."""
        self.made += other.made
        self.paid += other.paid
        self.seconds += other.seconds
        self.payments += other.payments
        self.declined += other.declined
        self.amounts.update(other.amounts)

    def as_json(self) -> dict[str, Any]:
        return {
            "links_made": self.made,
            "links_paid": self.paid,
            "conversion": share(self.paid, self.made),
            "payments": self.payments,
            "declined": self.declined,
            "amounts": dict(sorted(self.amounts.items())),
            "seconds_to_paid": middle(self.seconds),
        }


async def day_of(session: Session, merchant: str, window: Window) -> Mapping[Place, Day]:
    """By whom the links were made and how they first went out; money by whose link it was and how it came."""
    found: dict[Place, Day] = defaultdict(Day)
    for journey in await journeys(session, merchant, window):
        _count_journey(found[journey.agent, journey.channel], journey)
    types = [*PAID, _DECLINED]
    facts = await facts_between(session, merchant, types, window.since, window.until)
    for fact in await with_channels(session, merchant, facts):
        _count_fact(found[fact.agent, fact.channel], fact)
    return found


def together(days: Iterable[Day]) -> Day:
    """All of them as one."""
    whole = Day()
    for day in days:
        whole.add(day)
    return whole


def _count_journey(day: Day, journey: Journey) -> None:
    day.made += 1
    paid_at: datetime | None = journey.reached.get("paid")
    if paid_at is None:
        return
    day.paid += 1
    if journey.sent_at is not None:
        day.seconds.append(max(0, round((paid_at - journey.sent_at).total_seconds())))


def _count_fact(day: Day, fact: Fact) -> None:
    if fact.type == _DECLINED:
        day.declined += 1
        return
    day.payments += 1
    amount, currency = fact.data.get("amount"), fact.data.get("currency")
    if isinstance(amount, int) and isinstance(currency, str):
        day.amounts[currency] += amount
