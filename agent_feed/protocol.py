"""The feed protocol without I/O: what came in, and at what time, gives what is to be done.

Promises: after `ready`, every entry of the subscription's topics after its position is sent once and in
position order, whatever order batches arrive in and whichever of them are lost. It holds because a batch says which
stretch of positions it accounts for: one that does not join on to what was sent is a gap, and a gap is read.

The shell (`agent_feed.subscriber`) carries the actions out: it sends, resolves, reads and closes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from agent_feed.access import Sight
from agent_feed.actions import Action, Close, CloseCode, Grant, Read, Resolve, Send, Tell
from agent_feed.batches import Batch, Parcel, Presence, Watchers
from agent_feed.frames import (
    Ack,
    BadFrame,
    Heartbeat,
    PresenceFrame,
    Ready,
    Subscribe,
    Watch,
    read_frame,
)
from agent_feed.lookout import Lookout
from agent_feed.states import MOVES, State

HEARTBEAT_EVERY: Final = timedelta(seconds=15)
# Six heartbeats without an answer: nobody is reading any more.
ACK_WITHIN: Final = timedelta(seconds=90)
SUBSCRIBE_WITHIN: Final = timedelta(seconds=30)
# Who is further behind is better off with a fresh snapshot.
REPLAY_MAX: Final = 10_000
SUBSCRIBES_A_MINUTE_MAX: Final = 60
_MINUTE: Final = timedelta(minutes=1)
_PRESENCE_HELD_MAX: Final = 500


_LIVE: Final = State.LIVE


class FeedProtocol:
    """One feed. Every method returns the actions to carry out, in order; after a close there are none."""

    def __init__(self, *, now: datetime, acknowledges: bool = True) -> None:
        """`acknowledges` is False where the transport gives the client no way to answer."""
        self.state = State.OPENED
        self.request: Subscribe | None = None
        self.sight: Sight | None = None
        self.lookout = Lookout(now=now)
        self.cursor = 0
        self._acknowledges = acknowledges
        self._opened_at = now
        self._era = 0
        self._epoch = ""
        self._target = 0
        self._furthest = (
            0  # the highest position ever told: a later subscription may start below it
        )
        self._reading = False
        self._asked_for = 0
        self._beat_at = now
        self._unanswered_since: datetime | None = None
        self._minute_began = now
        self._subscribes = 0
        self._presence: dict[str, Presence] = {}

    # What the client says

    def receive(self, text: str, *, now: datetime) -> Sequence[Action]:
        """A text frame came in."""
        if self.state is State.CLOSED:
            return []
        try:
            match read_frame(text):
                case Subscribe() as request:
                    return self.subscribe(request, now=now)
                case Ack(position):
                    return self._acknowledge(position)
                case Watch(link):
                    return self.lookout.ask(link, now=now)
        except BadFrame as error:
            return self._close(CloseCode.BAD_FRAME, error.detail)

    def receive_bytes(self) -> Sequence[Action]:
        """A binary frame came in: there is none in this protocol."""
        return self._close(CloseCode.BAD_FRAME, "Frames are text.")

    def subscribe(self, request: Subscribe, *, now: datetime) -> Sequence[Action]:
        """The client subscribes, or replaces what it subscribed to. Nothing is sent until that is resolved."""
        if self.state is State.CLOSED:
            return []
        if now - self._minute_began >= _MINUTE:
            self._minute_began, self._subscribes = now, 0
        if self._subscribes == SUBSCRIBES_A_MINUTE_MAX:
            return self._close(CloseCode.BAD_FRAME, "Too many subscriptions.")
        self._subscribes += 1
        self._move_to(State.RESOLVING)
        self._era += 1
        self._reading = False
        self._presence.clear()
        self.request = request
        return [Resolve(self._era, request)]

    def _acknowledge(self, position: int) -> Sequence[Action]:
        if self.sight is None or position > self._furthest:
            raise BadFrame("What was not sent cannot be acknowledged.")
        self._unanswered_since = None
        return []

    # What the journal says

    def grant(self, era: int, granted: Grant, *, now: datetime) -> Sequence[Action]:
        """The subscription of this era stands."""
        if era != self._era or self.state is not State.RESOLVING:
            return []
        assert self.request is not None
        after, epoch = self.request.after, self.request.epoch
        reset = after is not None and (
            (epoch is not None and epoch != granted.epoch)
            or not granted.position - REPLAY_MAX <= after <= granted.position
        )
        self.sight, self._epoch = granted.sight, granted.epoch
        self._come_to(granted.position if after is None or reset else after)
        self._target = granted.position
        self._beat_at, self._unanswered_since = now + HEARTBEAT_EVERY, None
        return [Send(self._ready(granted.position, reset=reset)), *self._go_on()]

    def refuse(self, era: int) -> Sequence[Action]:
        """One of the topics is not the client's to hear about (any more)."""
        if era != self._era:
            return []
        return self._close(CloseCode.TOPIC_NOT_ALLOWED, "A topic is not allowed.")

    def refuse_watch(self, era: int) -> Sequence[Action]:
        """The link that the client wants to watch is not its to see (any more)."""
        if era != self.lookout.era:
            return []
        return self._close(CloseCode.TOPIC_NOT_ALLOWED, "The link is not allowed.")

    def regrant(self, sight: Sight) -> Sequence[Action]:
        """The caller's rights changed, and with them what the same topics show: a snapshot is due again."""
        if not self._running() or sight == self.sight:
            return []
        self.sight = sight
        # What is being read was asked for with the old rights.
        self._era += 1
        self._reading = False
        return [Send(self._ready(self.cursor, reset=True)), *self._go_on()]

    def take(self, batch: Batch) -> Sequence[Action]:
        """The journal has grown."""
        if not self._running():
            return []
        if batch.rewound or batch.epoch != self._epoch:
            return self._rewind(batch)
        self._target = max(self._target, batch.upto)
        return [*self._deliver(batch), *self._go_on()]

    def take_next(self, batch: Batch) -> Parcel | None:
        """Like `take`, for what almost always comes: the very next batch to a client that is not behind.

        Answers what to tell; None when this is another case, and nothing has changed.
        """
        cursor = self.cursor
        if (
            self.state is not _LIVE
            or batch.after != cursor
            or self._target > cursor
            or batch.epoch != self._epoch
            or batch.rewound
        ):
            return None
        assert self.sight is not None
        self.cursor = self._target = upto = batch.upto
        self._furthest = max(self._furthest, upto)
        return batch.parcel(self.sight)

    @property
    def abreast(self) -> bool:
        """Whether everything was told that is known of, so that only the next batch is awaited."""
        return self.state is _LIVE and self._target <= self.cursor

    def catch_up(self, upto: int) -> None:
        """While it was abreast, everything up to here was told on its behalf."""
        assert self.abreast, "only what is abreast is told by others"
        self._target = upto
        self._come_to(upto)

    @property
    def epoch(self) -> str:
        """The epoch of the positions that were told."""
        return self._epoch

    def take_read(self, era: int, batch: Batch) -> Sequence[Action]:
        """What a `Read` of this era has found."""
        if era != self._era or not self._running():
            return []
        if batch.epoch != self._epoch:
            return self._rewind(batch)
        self._reading = False
        sent = self._deliver(batch)
        if batch.upto == batch.after and self._target == self._asked_for:
            # The journal does not hold what was announced before it was asked. Asking again at once would not
            # make it appear; the next batch shows whether something is missing.
            self._target = self.cursor
        return [*sent, *self._go_on()]

    def take_watchers(self, watchers: Watchers) -> Sequence[Action]:
        """Somebody else looks at a link, or has looked away."""
        return [] if self.state is State.CLOSED else self.lookout.take(watchers)

    def take_presence(self, presence: Presence) -> Sequence[Action]:
        """A customer came, went, or does something else. Of each link, only the last word is kept for who is behind."""
        if not self._running():
            return []
        assert self.sight is not None
        if not self.sight.reaches(presence):
            return []
        if self.state is State.LIVE:
            return [Send(PresenceFrame(presence))]
        if presence.link in self._presence or len(self._presence) < _PRESENCE_HELD_MAX:
            self._presence[presence.link] = presence
        return []

    # What the house says

    def tick(self, now: datetime) -> Sequence[Action]:
        """Time passes: call it about every second."""
        if self.state is State.OPENED and now - self._opened_at > SUBSCRIBE_WITHIN:
            return self._close(CloseCode.TOO_SLOW, "Nothing was subscribed to.")
        if not self._running():
            return []
        since = self._unanswered_since
        if since is not None and now - since > ACK_WITHIN:
            return self._close(CloseCode.TOO_SLOW, "Heartbeats were not answered.")
        if now < self._beat_at:
            return []
        self._beat_at = now + HEARTBEAT_EVERY
        if self._acknowledges and since is None:
            self._unanswered_since = now
        return [Send(Heartbeat(self.cursor))]

    def overflow(self) -> Sequence[Action]:
        """More waits for the client than may wait."""
        return self._close(CloseCode.TOO_SLOW, "Too slow: resume after what you have.")

    def revoke(self) -> Sequence[Action]:
        """The session or key that opened the feed holds no longer."""
        return self._close(CloseCode.REVOKED, "The session has ended.")

    def restart(self) -> Sequence[Action]:
        """The service stops; the client resumes with another."""
        return self._close(CloseCode.RESTARTING, "The service restarts: resume.")

    def fail(self) -> Sequence[Action]:
        """Something of ours broke; the client resumes."""
        return self._close(CloseCode.FAILED, "Something went wrong: resume.")

    @property
    def era(self) -> int:
        """Names the present subscription, so that answers to an earlier one are told apart."""
        return self._era

    def _running(self) -> bool:
        return self.state in (State.READING, State.LIVE)

    def _deliver(self, batch: Batch) -> list[Action]:
        if not batch.after <= self.cursor < batch.upto:
            return []
        assert self.sight is not None
        parcel = batch.parcel(self.sight)
        if batch.after < self.cursor:
            parcel = parcel.after(self.cursor)
        self._come_to(batch.upto)
        return [Tell(parcel)] if parcel.entries else []

    def _go_on(self) -> list[Action]:
        if self.cursor >= self._target:
            self._move_to(State.LIVE)
            held = [Send(PresenceFrame(one)) for one in self._presence.values()]
            self._presence.clear()
            return [*held]
        self._move_to(State.READING)
        if self._reading:
            return []
        self._reading = True
        self._asked_for = self._target
        return [Read(self._era, self.cursor)]

    def _rewind(self, batch: Batch) -> Sequence[Action]:
        self._era += 1
        self._reading = False
        self._epoch = batch.epoch
        self._target = batch.upto
        self._come_to(batch.upto)
        return [Send(self._ready(batch.upto, reset=True)), *self._go_on()]

    def _come_to(self, position: int) -> None:
        self.cursor = position
        self._furthest = max(self._furthest, position)

    def _ready(self, position: int, *, reset: bool) -> Ready:
        return Ready(position, self._epoch, reset, self.cursor)

    def _close(self, code: CloseCode, reason: str) -> Sequence[Action]:
        if self.state is State.CLOSED:
            return []
        self._move_to(State.CLOSED)
        return [Close(code, reason)]

    def _move_to(self, state: State) -> None:
        assert state in MOVES[self.state], f"{self.state} does not lead to {state}"
        self.state = state
