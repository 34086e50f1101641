"""What the feed protocol asks its shell to do, and the answers that it waits for."""

from dataclasses import dataclass
from enum import IntEnum

from agent_feed.access import Sight
from agent_feed.batches import Parcel
from agent_feed.frames import Frame, Subscribe


class CloseCode(IntEnum):
    """Why a feed ends. The first four are the contract's, the last two RFC 6455's."""

    BAD_FRAME = 4400
    TOPIC_NOT_ALLOWED = 4403
    TOO_SLOW = 4408
    REVOKED = 4409
    FAILED = 1011
    RESTARTING = 1012


@dataclass(frozen=True, slots=True)
class Send:
    """Tell the client."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the client of these entries: an event frame each."""

    parcel: Parcel


@dataclass(frozen=True, slots=True)
class Close:
    """End the feed; what was not sent yet is dropped, and the client resumes from what it has."""

    code: CloseCode
    reason: str


@dataclass(frozen=True, slots=True)
class Resolve:
    """Find out what the topics show and where the journal is, then call `grant` or `refuse`."""

    era: int
    request: Subscribe


@dataclass(frozen=True, slots=True)
class Read:
    """Read entries after a position, then call `take_read`."""

    era: int
    after: int


@dataclass(frozen=True, slots=True)
class MayLook:
    """Find out whether the link is the client's to see, then call the lookout's `grant`, or `refuse_watch`."""

    era: int
    link: str


@dataclass(frozen=True, slots=True)
class Look:
    """The client looks at this link from now on, at none with None."""

    link: str | None


Action = Send | Tell | Close | Resolve | Read | MayLook | Look


@dataclass(frozen=True, slots=True)
class Grant:
    """The answer to `Resolve`: what may be seen, and the journal's head, from one snapshot."""

    sight: Sight
    position: int
    epoch: str
