"""The frames of `paythread.feed.v1`: what a client may say, and what it is told.

→ subscribe  {"op", "after": position | null, "topics": [...], "epoch"?: text | null}
→ ack        {"op", "position"}
→ watch      {"op", "link": link | null}
← ready, event, presence, heartbeat; watchers, to who watches
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from agent_feed.batches import Presence, Published, Watchers
from agent_feed.topics import Topic, read_topics
from core import strict_json
from core.errors import Kind, PaythreadError

FRAME_BYTES_MAX: Final = 64 * 1024
EPOCH_LENGTH_MAX: Final = 32
_LINK_LENGTH_MAX: Final = 40


class BadFrame(PaythreadError):
    """A frame that the protocol does not know, or that came when it may not."""

    code = "bad_frame"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Asks for every entry of these topics after a position (None: from now on).

    `epoch` is the one that `after` was learned under, where the client remembers it.
    """

    after: int | None
    topics: tuple[Topic, ...]
    epoch: str | None = None


@dataclass(frozen=True, slots=True)
class Ack:
    """The client has worked through everything up to this position."""

    position: int


@dataclass(frozen=True, slots=True)
class Watch:
    """The client's user looks at this link now, at none with None: asks to be told who else does."""

    link: str | None


def read_frame(text: str) -> Subscribe | Ack | Watch:
    """The client's frame. Raises `BadFrame`; the reason does not repeat the input."""
    if len(text) > FRAME_BYTES_MAX or len(text.encode(errors="replace")) > FRAME_BYTES_MAX:
        raise BadFrame("The frame is too large.")
    try:
        value = strict_json.parse(text.encode())
    except (PaythreadError, UnicodeEncodeError):
        raise BadFrame("The frame is not valid JSON.") from None
    if not isinstance(value, dict):
        raise BadFrame("A frame is a JSON object.")
    match value.get("op"):
        case "subscribe":
            return _subscribe(value)
        case "ack":
            return _ack(value)
        case "watch":
            return _watch(value)
        case _:
            raise BadFrame("The op is unknown.")


def _subscribe(value: dict[str, Any]) -> Subscribe:
    _only(value, {"op", "after", "topics", "epoch"})
    after, topics, epoch = value.get("after"), value.get("topics"), value.get("epoch")
    if after is not None and not _is_position(after):
        raise BadFrame("`after` is a position or null.")
    if epoch is not None and not (isinstance(epoch, str) and 0 < len(epoch) <= EPOCH_LENGTH_MAX):
        raise BadFrame("`epoch` is the one from a ready frame, or null.")
    read = read_topics(topics) if isinstance(topics, list) else None
    if read is None:
        raise BadFrame("`topics` is a list of 1 to 50 topics.")
    return Subscribe(after=after, topics=read, epoch=epoch)


def _ack(value: dict[str, Any]) -> Ack:
    _only(value, {"op", "position"})
    position = value.get("position")
    if not _is_position(position):
        raise BadFrame("`position` is a position.")
    assert isinstance(position, int)
    return Ack(position)


def _watch(value: dict[str, Any]) -> Watch:
    _only(value, {"op", "link"})
    # Whoever leaves the field out has not said that nothing is looked at.
    link = value.get("link", "")
    if link is not None and not (isinstance(link, str) and 0 < len(link) <= _LINK_LENGTH_MAX):
        raise BadFrame("`link` is a link's id, or null.")
    return Watch(link)


def _only(value: dict[str, Any], names: set[str]) -> None:
    if not value.keys() <= names:
        raise BadFrame("The frame has an unknown field.")


def _is_position(value: object) -> bool:
    # A bool is an int to Python, and no position to anybody else.
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


@dataclass(frozen=True, slots=True)
class Ready:
    """The subscription stands. `position` is where the journal is; with `reset`, take a fresh snapshot.

    `cursor`, here and below: the position to resume after once this frame has arrived.
    """

    position: int
    epoch: str
    reset: bool
    cursor: int

    @property
    def text(self) -> str:
        fields = {"op": "ready", "position": self.position, "epoch": self.epoch}
        return _json({**fields, "reset": True} if self.reset else fields)


@dataclass(frozen=True, slots=True)
class EventFrame:
    """One entry that the subscriber may see."""

    published: Published

    @property
    def text(self) -> str:
        return self.published.frame

    @property
    def cursor(self) -> int:
        return self.published.position


@dataclass(frozen=True, slots=True)
class PresenceFrame:
    """Whether the customer's page is open now, and what is done there where that is known."""

    presence: Presence

    @property
    def text(self) -> str:
        one = self.presence
        fields = {
            "op": "presence",
            "link": one.link,
            "present": one.present,
            "device": one.device,
        }
        return _json({**fields, "activity": one.activity} if one.activity else fields)

    @property
    def cursor(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class WatchersFrame:
    """Who else looks at the link that the client watches."""

    watchers: Watchers

    @property
    def text(self) -> str:
        agents = [{"id": one.id, "name": one.name} for one in self.watchers.agents]
        return _json({"op": "watchers", "link": self.watchers.link, "agents": agents})

    @property
    def cursor(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Everything up to `cursor` was sent."""

    cursor: int

    @property
    def text(self) -> str:
        return _json({"op": "heartbeat", "position": self.cursor})


Frame = Ready | EventFrame | PresenceFrame | WatchersFrame | Heartbeat


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
