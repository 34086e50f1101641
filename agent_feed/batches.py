"""What the journal hands to its subscribers: entries with the stretch of positions that they account for."""

import json
from dataclasses import dataclass
from functools import cached_property

from compliance.journal import Entry


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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A customer's page came or went: told to those who are listening now, and kept nowhere."""

    merchant: str
    link: str
    agent: str | None
    customer: str | None
    present: bool
    device: str | None
    actor: str = "customer"
