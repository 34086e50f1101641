"""Which link a feed's client looks at, and what it was told of who else does. No I/O: it is a part of the protocol.

A client that never asks is never told, so that one written before there was such a frame meets none.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from agent_feed.actions import Action, Look, MayLook, Send
from agent_feed.batches import Watchers
from agent_feed.frames import BadFrame, WatchersFrame

LOOKS_A_MINUTE_MAX: Final = 120
_MINUTE: Final = timedelta(minutes=1)


class Lookout:
    """One feed's. It looks at one link at a time, or at none."""

    def __init__(self, *, now: datetime) -> None:
        self.link: str | None = None
        self.era = 0
        self._granted = False
        self._told: Watchers | None = None
        self._minute_began = now
        self._looks = 0

    def ask(self, link: str | None, *, now: datetime) -> Sequence[Action]:
        """The client looks at this link now, at none with None. Raises `BadFrame` where that changes too often."""
        if now - self._minute_began >= _MINUTE:
            self._minute_began, self._looks = now, 0
        if self._looks == LOOKS_A_MINUTE_MAX:
            raise BadFrame("Too many links to watch.")
        self._looks += 1
        self.era += 1
        self.link, self._granted, self._told = link, False, None
        # What it looked at before it has left, whether or not it may see the next.
        return [Look(None)] if link is None else [Look(None), MayLook(self.era, link)]

    def grant(self, era: int) -> Sequence[Action]:
        """The link of this era is the client's to see."""
        if era != self.era or self.link is None:
            return []
        self._granted = True
        return [Look(self.link)]

    def take(self, watchers: Watchers) -> Sequence[Action]:
        """Who else looks. Told when it is another answer than the last."""
        if not self._granted or watchers.link != self.link or watchers == self._told:
            return []
        self._told = watchers
        return [Send(WatchersFrame(watchers))]
