"""One open feed, whatever carries it: its protocol, what waits to be sent, and what is being looked up.

The doors give it what they hear. What it has to say goes down the wire that it was given (WebSocket), or is fetched
by `outgoing` (Server-Sent Events). What waits is bounded: a client that reads too slowly is cut off and resumes;
nobody else notices.
"""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol, assert_never

import structlog

from agent_feed.access import Sight, TopicNotAllowed
from agent_feed.actions import Action, Close, Grant, Look, MayLook, Read, Resolve, Send, Tell
from agent_feed.batches import Batch, Presence, Watchers
from agent_feed.frames import Frame, Subscribe
from agent_feed.outlet import Bounds, Outlet
from agent_feed.protocol import FeedProtocol
from agent_feed.wire import Wire
from compliance.principal import Principal
from core.clock import Clock

log = structlog.get_logger()


class Source(Protocol):
    """Where a subscriber looks things up: the hub."""

    async def grant(self, principal: Principal, request: Subscribe) -> Grant: ...
    async def read(self, sight: Sight, *, after: int, limit: int) -> Batch: ...
    async def may_watch(self, principal: Principal, link: str) -> bool: ...
    def announced(self, merchant: str) -> Batch | None: ...
    def on_pages(self, merchant: str) -> Collection[Presence]: ...
    def watch(self, subscriber: "Subscriber", link: str | None) -> None: ...


class Cohort(Protocol):
    """Listeners in step, of whom this is one: `agent_feed.listeners`."""

    upto: int

    def join(self, subscriber: "Subscriber", write: Callable[[bytes], None]) -> None: ...
    def drop(self, subscriber: "Subscriber") -> None: ...


class Place(NamedTuple):
    """Where a subscriber stands that waits for the next batch only, and its straight way out."""

    sight: Sight
    upto: int
    write: Callable[[bytes], None]


class Subscriber:
    """A feed's shell without a transport."""

    def __init__(
        self,
        source: Source,
        principal: Principal,
        *,
        clock: Clock,
        acknowledges: bool = True,
        bounds: Bounds | None = None,
        wire: Wire | None = None,
    ) -> None:
        self.principal = principal
        self.closed: Close | None = None
        self._source = source
        self._clock = clock
        self._bounds = bounds or Bounds()
        self._feed = FeedProtocol(now=clock(), acknowledges=acknowledges)
        self._cohort: Cohort | None = None
        self._outlet = Outlet(self._bounds, wire, held=self.step_out if wire is not None else None)
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._tasks: set[asyncio.Task[None]] = set()

    # In step with others

    def place(self) -> Place | None:
        """Where it stands; None unless the next batch may go straight out to it."""
        feed, write = self._feed, self._outlet.straight
        if self._cohort is not None or write is None or not feed.abreast or feed.sight is None:
            return None
        return Place(feed.sight, feed.cursor, write)

    def step_into(self, cohort: Cohort, write: Callable[[bytes], None]) -> None:
        """From here on the cohort tells it, until something else happens to it."""
        self._cohort = cohort
        cohort.join(self, write)

    def step_out(self) -> None:
        """It goes on by itself."""
        cohort = self._cohort
        if cohort is not None:
            self._cohort = None
            cohort.drop(self)
            self._feed.catch_up(cohort.upto)

    @property
    def _protocol(self) -> FeedProtocol:
        # Whatever happens to a feed happens to it alone, so it steps out first.
        self.step_out()
        return self._feed

    # From the client

    def hear(self, text: str) -> None:
        """A text frame came in."""
        self._carry_out(self._protocol.receive(text, now=self._clock()))

    def hear_bytes(self) -> None:
        """A binary frame came in."""
        self._carry_out(self._protocol.receive_bytes())

    def subscribe(self, request: Subscribe) -> None:
        """Subscribes on behalf of a client that has no way to send frames."""
        self._carry_out(self._protocol.subscribe(request, now=self._clock()))

    async def outgoing(self) -> Sequence[tuple[Frame, str]]:
        """The next frames with their text, oldest first; waits for one. Empty once the feed is closed."""
        return await self._outlet.outgoing()

    async def wait_closed(self) -> Close | None:
        """Waits until the feed is over; says why the protocol has ended it, None where the client has left."""
        await self._over
        return self.closed

    def leave(self) -> None:
        """The client is gone: stops what is being looked up for it."""
        self._outlet.close()
        if not self._over.done():
            self._over.set_result(None)
        for task in self._tasks:
            task.cancel()

    # From the hub

    def offer(self, batch: Batch) -> None:
        """The journal has grown."""
        parcel = self._protocol.take_next(batch)
        if parcel is None:
            self._carry_out(self._protocol.take(batch))
        elif parcel.entries and self._outlet.put_parcel(parcel):
            self._carry_out(self._protocol.overflow())

    def offer_presence(self, presence: Presence) -> None:
        """A customer came or went, or does something else."""
        self._carry_out(self._protocol.take_presence(presence))

    def offer_watchers(self, watchers: Watchers) -> None:
        """Somebody else looks at a link, or has looked away."""
        self._carry_out(self._protocol.take_watchers(watchers))

    def tick(self, now: datetime) -> None:
        """Time passes."""
        self._carry_out(self._protocol.tick(now))

    def restart(self) -> None:
        """The service stops."""
        self._carry_out(self._protocol.restart())

    def confirm(self, current: Principal | None) -> None:
        """The caller as they stand now; None when session or key hold no longer."""
        if current is None:
            self._carry_out(self._protocol.revoke())
        elif current != self.principal:
            self.principal = current
            if self._protocol.request is not None and self.closed is None:
                self._start(self._resolve_again())
            lookout = self._protocol.lookout
            if lookout.link is not None and self.closed is None:
                self._start(self._look(lookout.era, lookout.link))

    # What the protocol asks for

    def _carry_out(self, actions: Sequence[Action], *, paced: bool = False) -> None:
        """`paced`: the client's own pace called for this, so it has room, however large it is."""
        for action in actions:
            match action:
                case Tell(parcel):
                    if self._outlet.put_parcel(parcel) and not paced:
                        self._carry_out(self._protocol.overflow())
                case Send(frame):
                    if self._outlet.put(frame) and not paced:
                        self._carry_out(self._protocol.overflow())
                case Close():
                    self._close(action)
                case Resolve(era, request):
                    # What belongs to the subscription that is being replaced may still go out.
                    self._start(self._resolve(era, request))
                case Read(era, after):
                    self._start(self._read(era, after))
                case MayLook(era, link):
                    self._start(self._look(era, link))
                case Look(where):
                    self._source.watch(self, where)
                case _:
                    assert_never(action)

    def _close(self, close: Close) -> None:
        self.closed = close
        self._outlet.close()
        if not self._over.done():
            self._over.set_result(None)
        log.info(
            "feed.closed", code=int(close.code), reason=close.reason, caller=self.principal.actor
        )

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            log.error("feed.lookup_failed", caller=self.principal.actor, exc_info=error)
            self._carry_out(self._protocol.fail())

    async def _resolve(self, era: int, request: Subscribe) -> None:
        while True:
            principal = self.principal
            try:
                granted = await self._source.grant(principal, request)
            except TopicNotAllowed:
                self._carry_out(self._protocol.refuse(era))
                return
            if principal == self.principal:
                break  # else the caller's rights changed meanwhile: what was granted is no longer true
        self._carry_out(self._protocol.grant(era, granted, now=self._clock()))
        # The journal may have been published further than that snapshot before anybody listened.
        announced = self._source.announced(self.principal.merchant)
        if announced is not None:
            self.offer(announced)
        for presence in self._source.on_pages(self.principal.merchant):
            self.offer_presence(presence)

    async def _resolve_again(self) -> None:
        while True:
            principal, request = self.principal, self._protocol.request
            assert request is not None
            try:
                sight = (await self._source.grant(principal, request)).sight
            except TopicNotAllowed:
                sight = None
            if principal == self.principal and request is self._protocol.request:
                break
        if sight is None:
            self._carry_out(self._protocol.refuse(self._protocol.era))
        else:
            self._carry_out(self._protocol.regrant(sight))

    async def _look(self, era: int, link: str) -> None:
        while True:
            principal = self.principal
            allowed = await self._source.may_watch(principal, link)
            if principal == self.principal:
                break
        if self.closed is not None:
            return
        if allowed:
            self._carry_out(self._protocol.lookout.grant(era))
        else:
            self._carry_out(self._protocol.refuse_watch(era))

    async def _read(self, era: int, after: int) -> None:
        # A slow client is read for at its own pace; only what is live must keep up.
        await self._outlet.wait_empty()
        sight = self._protocol.sight
        assert sight is not None
        batch = await self._source.read(sight, after=after, limit=self._bounds.page_entries)
        self._carry_out(self._protocol.take_read(era, batch), paced=True)
