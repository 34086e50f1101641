"""What the journal hands to its subscribers: entries with the stretch of positions that they account for."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from agent_feed.access import Sight
from agent_feed.wire import text_frame
from compliance.journal import Entry

# Typing: in a field, as far as a page can tell; idle: no touch and no key for a while.
Activity = Literal["active", "typing", "idle"]

_PAGES: Final = {"checkout.joined": True, "checkout.left": False}
_SHARING: Final = "checkout.sharing_changed"


@dataclass(frozen=True)
class Published:
    """One entry on its way to many subscribers: written as JSON once, and shared."""

    entry: Entry

    @property
    def position(self) -> int:
        return self.entry.position

    @cached_property
    def frame(self) -> str:
        """The feed's event frame."""
        event = json.dumps(self.entry.as_event(), separators=(",", ":"), ensure_ascii=False)
        return f'{{"op":"event","event":{event}}}'

    @cached_property
    def wire(self) -> bytes:
        """The frame as it goes out to a WebSocket."""
        return text_frame(self.frame)


@dataclass(frozen=True)
class Parcel:
    """What one sight shows of a batch: shared by everybody with that sight who has come just as far."""

    entries: tuple[Published, ...]

    @cached_property
    def wire(self) -> bytes:
        """All of it in one piece, so that it goes out in one write."""
        return b"".join(one.wire for one in self.entries)

    @cached_property
    def characters(self) -> int:
        """How much room it takes while it waits."""
        return sum(len(one.frame) for one in self.entries)

    def after(self, position: int) -> "Parcel":
        """Without what came before."""
        if not self.entries or self.entries[0].position > position:
            return self
        return Parcel(tuple(one for one in self.entries if one.position > position))


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Every entry after one position up to another that its reader asked for, in position order.

    An empty one with `after == upto` announces how far the journal has come. `rewound` says that what was
    published before is no longer true: the journal was restored from a backup.
    """

    epoch: str
    after: int
    upto: int
    entries: tuple[Published, ...] = ()
    rewound: bool = False

    def __post_init__(self) -> None:
        assert self.after <= self.upto, "a batch runs forwards"

    def parcel(self, sight: Sight) -> Parcel:
        """What the sight shows of it, found out once a sight."""
        found = self._parcels.get(id(sight))
        # By identity, because the hub gives equal rights the same sight; kept beside it, so that the id stays its own.
        if found is None:
            covered = tuple(one for one in self.entries if sight.covers(one.entry))
            found = self._parcels[id(sight)] = (sight, Parcel(covered))
        return found[1]

    @cached_property
    def _parcels(self) -> dict[int, tuple[Sight, Parcel]]:
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A customer's page came or went, or what is done there changed: told to who listens now, and kept nowhere.

    `activity` is None where it is not known.
    """

    merchant: str
    link: str
    agent: str | None
    customer: str | None
    present: bool
    device: str | None
    activity: Activity | None = None
    actor: str = "customer"


@dataclass(frozen=True, slots=True)
class Watcher:
    """Somebody who looks at a link."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Watchers:
    """Who else looks at a link: everybody but the one who is told, by name."""

    link: str
    agents: tuple[Watcher, ...]


def presence_of(entry: Entry) -> Presence | None:
    """What an entry says of a customer's page, if it does."""
    present = _PAGES.get(entry.type)
    if entry.type == _SHARING:
        # Somebody shares less from now on: whether they are there is no longer known.
        present = entry.data.get("present")
    if present is None or entry.link is None:
        return None
    return Presence(
        merchant=entry.merchant,
        link=entry.link,
        agent=entry.agent,
        customer=entry.customer,
        present=bool(present),
        device=entry.data.get("device"),
    )
