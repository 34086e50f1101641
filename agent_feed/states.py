"""Where a feed is in its life, and what may follow."""

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a feed is in its life."""

    OPENED = "opened"  # nothing is subscribed yet
    RESOLVING = "resolving"  # a subscription is being looked up
    READING = "reading"  # behind: entries are being read from the journal
    LIVE = "live"
    CLOSED = "closed"


MOVES: Final[dict[State, frozenset[State]]] = {
    State.OPENED: frozenset({State.RESOLVING, State.CLOSED}),
    State.RESOLVING: frozenset({State.RESOLVING, State.READING, State.LIVE, State.CLOSED}),
    State.READING: frozenset({State.RESOLVING, State.READING, State.LIVE, State.CLOSED}),
    State.LIVE: frozenset({State.RESOLVING, State.READING, State.LIVE, State.CLOSED}),
    State.CLOSED: frozenset(),
}
