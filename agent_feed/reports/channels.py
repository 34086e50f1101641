"""`channels`: what became of the messages of a stretch of time, and how soon customers were answered."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from agent_feed.reports.answers import Answer, answers
from agent_feed.reports.journeys import Journey, journeys
from agent_feed.reports.table import Cell, Table, middle, share
from agent_feed.reports.window import Window
from compliance.journal.facts import facts_between
from core.database import Session

_KINDS: Final = ("queued", "sent", "delivered", "read", "failed", "received")
_COLUMNS: Final = (
    "channel",
    *_KINDS,
    "delivery_rate",
    "links",
    "links_opened",
    "links_paid",
    "conversion",
    "answers",
    "seconds_to_answer",
)


async def channels(session: Session, merchant: str, window: Window) -> Table:
    """A row a channel. Messages by when each thing happened to them; links are those made in the window, by the channel
    that they first went by. A message counts once for each of its states, however often that was reported.
    """
    types = [f"message.{kind}" for kind in _KINDS]
    facts = await facts_between(session, merchant, types, window.since, window.until)
    told: dict[tuple[str, str], set[object]] = defaultdict(set)
    for fact in facts:
        kind = fact.type.removeprefix("message.")
        told[fact.channel or "", kind].add(fact.data.get("message", fact.position))
    found, made = answers(facts), await journeys(session, merchant, window)
    names = sorted({name for name, _ in told} | {one.channel for one in made if one.channel})
    rows = [
        _row(
            name,
            {kind: told[name, kind] for kind in _KINDS},
            [one for one in made if one.channel == name],
            [one for one in found if (one.channel or "") == name],
        )
        for name in names
    ]
    everything = {kind: set().union(*(told[name, kind] for name in names)) for kind in _KINDS}
    return Table(_COLUMNS, rows, _row("all", everything, [o for o in made if o.channel], found))


def _row(
    name: str, told: Mapping[str, set[object]], made: list[Journey], found: list[Answer]
) -> dict[str, Cell]:
    # A message that was read was delivered, told or not.
    arrived = told["sent"] & (told["delivered"] | told["read"])
    paid = sum("paid" in one.reached for one in made)
    return {
        "channel": name,
        **{kind: len(told[kind]) for kind in _KINDS},
        "delivery_rate": share(len(arrived), len(told["sent"])),
        "links": len(made),
        "links_opened": sum("opened" in one.reached for one in made),
        "links_paid": paid,
        "conversion": share(paid, len(made)),
        "answers": len(found),
        "seconds_to_answer": middle([one.seconds for one in found]),
    }
