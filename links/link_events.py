"""Facts about a link, as the journal takes them."""

from datetime import datetime
from typing import Any

from compliance.journal import Event
from links.links import Link


def link_event(
    kind: str,
    link: Link,
    *,
    actor: str,
    now: datetime,
    data: dict[str, Any] | None = None,
    private: dict[str, Any] | None = None,
    origin: str | None = None,
) -> Event:
    """A fact about a link, with everything it belongs to."""
    return Event(
        type=kind,
        merchant=link.merchant,
        occurred_at=now,
        actor=actor,
        origin=origin,
        link=link.id,
        payment=link.payment,
        customer=link.customer,
        agent=link.agent,
        channel=link.progress.channel,
        data=data or {},
        private=private,
    )
