"""What tests of the protocol say of it: what it sent, how it closed, a subscription that was granted."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from agent_feed.access import Sight
from agent_feed.actions import Action, Close, CloseCode, Grant, Send, Tell
from agent_feed.batches import Presence
from agent_feed.frames import Subscribe
from agent_feed.protocol import (
    FeedProtocol,
)
from agent_feed.topics import Mine
from compliance.journal import Concern, Entry
from tests.agent_feed.entries import EPOCH, MERCHANT, entry
from tests.support.clock import START

SECOND = timedelta(seconds=1)
ANN = Sight(MERCHANT, Concern(agents=frozenset({"usr_ann"})), privileged=False)


def journal(length: int) -> list[Entry]:
    """Every other entry is Ann's."""
    return [
        entry(position, agent="usr_ann" if position % 2 else "usr_cleo")
        for position in range(1, length + 1)
    ]


def frames(actions: Sequence[Action]) -> list[Any]:
    """What is sent, as the client reads it."""
    found: list[Any] = []
    for one in actions:
        match one:
            case Send(frame):
                found.append(json.loads(frame.text))
            case Tell(parcel):
                found.extend(json.loads(entry.frame) for entry in parcel.entries)
    return found


def positions(actions: Sequence[Action]) -> list[int]:
    """The positions of the events that are sent."""
    return [frame["event"]["position"] for frame in frames(actions) if frame["op"] == "event"]


def closing(actions: Sequence[Action]) -> list[CloseCode]:
    return [one.code for one in actions if isinstance(one, Close)]


def subscribed(
    *, after: int | None = None, head: int = 0, sight: Sight = ANN, epoch: str | None = None
) -> tuple[FeedProtocol, Sequence[Action]]:
    """A protocol with a granted subscription, and what it did when it was granted."""
    protocol = FeedProtocol(now=START)
    protocol.subscribe(Subscribe(after, (Mine(),), epoch), now=START)
    return protocol, protocol.grant(protocol.era, Grant(sight, head, EPOCH), now=START)


def presence(present: bool, *, agent: str = "usr_ann", link: str = "lnk_1") -> Presence:
    return Presence(
        merchant=MERCHANT, link=link, agent=agent, customer=None, present=present, device="mobile"
    )
