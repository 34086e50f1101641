"""`channels`: what became of the messages of a stretch of time, and how soon customers were answered."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from agent_feed.reports.answers import Answer, answers
from agent_feed.reports.chosen import EVERYTHING, Chosen
from agent_feed.reports.journeys import Journey, journeys
from agent_feed.reports.prices import cost_of
from agent_feed.reports.table import Cell, Table, late, middle, share
from agent_feed.reports.window import Window
from compliance.journal.facts import facts_between
from core.database import Session

_KINDS: Final = ("queued", "sent", "delivered", "read", "failed", "received")
_COLUMNS: Final = (
    "channel",
    *_KINDS,
    "delivery_rate",
)
_WORK: Final = (
    "links",
    "links_opened",
    "links_paid",
    "conversion",
    "answers",
    "seconds_to_answer",
    "seconds_p90_to_answer",
)


async def channels(
    session: Session, merchant: str, window: Window, chosen: Chosen = EVERYTHING
) -> Table:
    """A row a channel. Messages by when each thing happened to them; links are those made in the window, by the channel
    that they first went by. A message counts once for each of its states, however often that was reported. What the
    messages sent have cost is told by the provider, or else estimated by the merchant's price list.
    """
    types = [f"message.{kind}" for kind in _KINDS]
    facts = chosen.facts(await facts_between(session, merchant, types, window.since, window.until))
    told: dict[tuple[str, str], set[object]] = defaultdict(set)
    for fact in facts:
        kind = fact.type.removeprefix("message.")
        told[fact.channel or "", kind].add(fact.data.get("message", fact.position))
    sent = {fact.data.get("message"): fact for fact in facts if fact.type == "message.sent"}
    cost = await cost_of(session, merchant, window, list(sent.values()))
    made = chosen.journeys(await journeys(session, merchant, window))
    found = answers(facts)
    names = sorted({name for name, _ in told} | {one.channel for one in made if one.channel})
    rows = [
        _row(
            name,
            {kind: told[name, kind] for kind in _KINDS},
            [one for one in made if one.channel == name],
            [one for one in found if (one.channel or "") == name],
            cost.cells([name]),
        )
        for name in names
    ]
    everything = {kind: set().union(*(told[name, kind] for name in names)) for kind in _KINDS}
    sent_by = [one for one in made if one.channel]
    totals = _row("all", everything, sent_by, found, cost.cells(names))
    return Table([*_COLUMNS, "segments", *cost.columns, *_WORK], rows, totals)


def _row(
    name: str,
    told: Mapping[str, set[object]],
    made: list[Journey],
    found: list[Answer],
    cost: Mapping[str, Cell],
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
        "seconds_p90_to_answer": late([one.seconds for one in found]),
        **cost,
    }
