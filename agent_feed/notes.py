"""What processes tell each other of this very moment: what a customer's page is doing, and who looks at a link.

Ids and one word, never contents or names. A note is kept in memory alone and counts for 30 seconds, so whoever writes
one says it again in time. Processes of other versions may say more or less: what cannot be read is passed over.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from agent_feed.batches import Activity

LASTS: Final = timedelta(seconds=30)
AGENTS_MAX: Final = 50
_ID_LENGTH_MAX: Final = 40
_ACTIVITIES: Final[Mapping[str, Activity]] = {
    "typing": "typing",
    "active": "active",
    "idle": "idle",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNote:
    """What the customer does at one view of a link's page; None: it is gone, or nothing is known any more."""

    merchant: str
    link: str
    page: str
    agent: str | None
    customer: str | None
    device: str | None
    activity: Activity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchNote:
    """The users who look at a link by feeds of one process: all of them there, at most 50 named."""

    merchant: str
    link: str
    process: str
    agents: tuple[str, ...]


def write_note(note: PageNote | WatchNote) -> str:
    """As it travels: one line of ASCII."""
    fields = {name: getattr(note, name) for name in type(note).__slots__}
    return json.dumps(fields, separators=(",", ":"))


def read_note(text: str) -> PageNote | WatchNote | None:
    """The note, or None for what is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    return _watch(value) if "process" in value else _page(value)


def _page(value: dict[str, Any]) -> PageNote | None:
    merchant, link, page = (_id(value.get(name)) for name in ("merchant", "link", "page"))
    if merchant is None or link is None or page is None:
        return None
    activity = value.get("activity")
    return PageNote(
        merchant=merchant,
        link=link,
        page=page,
        agent=_id(value.get("agent")),
        customer=_id(value.get("customer")),
        device=_id(value.get("device")),
        activity=_ACTIVITIES.get(activity) if isinstance(activity, str) else None,
    )


def _watch(value: dict[str, Any]) -> WatchNote | None:
    merchant, link, process = (_id(value.get(name)) for name in ("merchant", "link", "process"))
    agents = value.get("agents")
    if merchant is None or link is None or process is None or not isinstance(agents, list):
        return None
    found = tuple(one for agent in agents[:AGENTS_MAX] if (one := _id(agent)) is not None)
    return WatchNote(merchant=merchant, link=link, process=process, agents=found)


def _id(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= _ID_LENGTH_MAX else None
