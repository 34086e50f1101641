"""Which users look at which link just now: by feeds of this process, and as the other processes say.

Another process's word counts for 30 seconds, so that one that has died leaves nobody looking.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, TypeVar

from agent_feed.notes import AGENTS_MAX, LASTS, WatchNote

# Links of other processes that are known at a time.
REMOTE_MAX: Final = 20_000

Place = tuple[str, str]  # a merchant, and one of its links
Ear = TypeVar("Ear")


@dataclass(frozen=True, slots=True)
class _Said:
    agents: tuple[str, ...]
    at: datetime


class Watching(Generic[Ear]):
    """An ear is a feed here that has asked who else looks. It looks at one link at a time."""

    def __init__(self) -> None:
        self._ears: dict[Ear, tuple[Place, str | None]] = {}
        self._here: dict[Place, dict[Ear, str | None]] = {}
        self._there: dict[Place, dict[str, _Said]] = {}
        self._said = 0

    def put(self, ear: Ear, place: Place, agent: str | None) -> Sequence[Place]:
        """The ear looks here now. `agent` is None for software: it is told, and nobody is told of it.

        Answers the places that changed.
        """
        if self._ears.get(ear) == (place, agent):
            return []
        left = self.drop(ear)
        self._ears[ear] = (place, agent)
        self._here.setdefault(place, {})[ear] = agent
        return [*(one for one in left if one != place), place]

    def drop(self, ear: Ear) -> Sequence[Place]:
        """The ear looks at nothing now."""
        found = self._ears.pop(ear, None)
        if found is None:
            return []
        place = found[0]
        ears = self._here[place]
        del ears[ear]
        if not ears:
            del self._here[place]
        return [place]

    def hear(self, note: WatchNote, *, now: datetime) -> bool:
        """What another process says of a link; answers whether somebody came or went by it."""
        place = (note.merchant, note.link)
        before = self.agents(place)
        if not note.agents:
            self._forget(place, note.process)
        else:
            said = self._there.setdefault(place, {})
            if note.process not in said:
                if self._said >= REMOTE_MAX:
                    return False
                self._said += 1
            said[note.process] = _Said(note.agents, now)
        return self.agents(place) != before

    def expire(self, *, now: datetime) -> Sequence[Place]:
        """Lets go of what other processes have not said again; answers where somebody is gone by it."""
        changed: list[Place] = []
        for place, said in tuple(self._there.items()):
            old = [process for process, one in said.items() if now - one.at >= LASTS]
            if not old:
                continue
            before = self.agents(place)
            for process in old:
                self._forget(place, process)
            if self.agents(place) != before:
                changed.append(place)
        return changed

    def agents(self, place: Place) -> frozenset[str]:
        """The users who look at a link, anywhere."""
        said = self._there.get(place, {}).values()
        return frozenset(self._agents_here(place)).union(*(one.agents for one in said))

    def here(self, place: Place) -> tuple[str, ...]:
        """Those of this process, as many as are told of, each once."""
        return tuple(sorted(set(self._agents_here(place))))[:AGENTS_MAX]

    def places(self) -> Collection[Place]:
        """Where somebody of this process looks."""
        return tuple(self._here)

    def ears(self, place: Place) -> Sequence[Ear]:
        """Whom to tell about a link."""
        return tuple(self._here.get(place, ()))

    def _agents_here(self, place: Place) -> Iterable[str]:
        return (agent for agent in self._here.get(place, {}).values() if agent is not None)

    def _forget(self, place: Place, process: str) -> None:
        said = self._there.get(place, {})
        if said.pop(process, None) is not None:
            self._said -= 1
            if not said:
                del self._there[place]
