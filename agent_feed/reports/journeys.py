"""How far the customer came with each link that was made in a stretch of time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from agent_feed.reports.window import Window
from compliance.journal.facts import Fact, facts_between, facts_of_links
from core.database import Session
from core.errors import InvalidField

# The steps of the funnel, in order: whoever took a later one took those before it, told or not.
STEPS: Final = ("created", "delivered", "opened", "card_entry", "submitted", "paid")
LINKS_MAX: Final = 100_000

_STEP_OF: Final = {
    "message.delivered": "delivered",
    "message.read": "delivered",
    "link.opened": "opened",
    "checkout.method_selected": "card_entry",
    "checkout.card_entry_started": "card_entry",
    "checkout.submitted": "submitted",
    "payment.authorised": "paid",
    "payment.paid": "paid",
    "payment.partially_paid": "paid",
    "payment.paid_late": "paid",
}
_TOLD: Final = frozenset({*_STEP_OF, "message.queued", "message.sent", "checkout.joined"})


@dataclass(slots=True)
class Journey:
    """One link's. `reached` says when each step was first taken."""

    link: str
    made_at: datetime
    agent: str | None
    channel: str | None = None
    device: str | None = None
    language: str | None = None
    sent_at: datetime | None = None
    psp: str | None = None
    reached: dict[str, datetime] = field(default_factory=dict)

    def follow(self, fact: Fact) -> None:
        """One more thing that happened to the link."""
        if fact.type == "message.queued" and self.channel is None:
            self.channel = fact.channel
        elif fact.type == "message.sent":
            self.sent_at = self.sent_at or fact.occurred_at
        elif fact.type == "checkout.joined":
            self.device = self.device or fact.data.get("device")
            self.language = self.language or fact.data.get("locale")
        elif fact.type == "checkout.submitted":
            # The last one that it was tried with is the one that it was paid with.
            self.psp = fact.data.get("psp") or self.psp
        step = _STEP_OF.get(fact.type)
        if step is not None:
            for before in STEPS[: STEPS.index(step) + 1]:
                self.reached.setdefault(before, fact.occurred_at)

    def seconds_to(self, step: str, *, since: str = "created") -> float | None:
        """From one step to another, where both were taken."""
        start, end = self.reached.get(since), self.reached.get(step)
        return None if start is None or end is None else (end - start).total_seconds()


async def journeys(session: Session, merchant: str, window: Window) -> Sequence[Journey]:
    """Of all links made within the window, up to this moment. Raises `InvalidField` for more than can be counted."""
    made = await facts_between(session, merchant, ["link.created"], window.since, window.until)
    if len(made) > LINKS_MAX:
        raise InvalidField("/from", f"More than {LINKS_MAX} links were made; ask for fewer days.")
    found = {fact.link: _begun(fact) for fact in made if fact.link is not None}
    for fact in await facts_of_links(session, merchant, list(found), _TOLD):
        if fact.link is not None:
            found[fact.link].follow(fact)
    return list(found.values())


def _begun(fact: Fact) -> Journey:
    assert fact.link is not None
    begun = Journey(fact.link, fact.occurred_at, fact.agent)
    begun.reached["created"] = fact.occurred_at
    return begun
