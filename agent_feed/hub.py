"""Joins the journal to everybody who listens in this process.

One stream a merchant, however many subscribers; each entry is written as JSON once. The hub also makes time
pass for the feeds, and has it asked again and again whether their callers still stand (`rechecks`).
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final
from weakref import WeakValueDictionary

from agent_feed.access import Sight, resolve, sight_of_link
from agent_feed.actions import Grant
from agent_feed.batches import Batch, Presence, Published, presence_of
from agent_feed.company import Company
from agent_feed.frames import Subscribe
from agent_feed.listeners import Listeners
from agent_feed.outlet import Bounds
from agent_feed.rechecks import Rechecks
from agent_feed.stream import Stream
from agent_feed.subscriber import Subscriber
from agent_feed.wire import Wire
from compliance.journal import Reader, Written
from compliance.principal import Principal
from compliance.users import names_of
from compliance.vault import Vault
from core.clock import Clock
from core.database import Database
from core.wakeups import EVERYBODY, Wakeups

# What changes somebody's rights, and is written down.
_CONCERNS_STANDING: Final = frozenset({"session.ended", "user.changed", "key.revoked"})
# So many subscribers catch up at a time; the rest of the connections are for everybody else.
_READERS_MAX: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often the hub looks, in seconds. A revoked caller is cut off within 5.

    It polls seldom while other processes wake it, often while they cannot.
    """

    poll_seconds: float = 0.25
    woken_poll_seconds: float = 2
    recheck_seconds: float = 3
    tick_seconds: float = 1


@dataclass(slots=True)
class _Room:
    """One merchant's stream and listeners."""

    stream: Stream
    task: asyncio.Task[None]
    subscribers: Listeners


class Hub:
    """Between `start` and `stop`, feeds whoever is `open`. Belongs to one event loop."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        clock: Clock,
        *,
        pace: Pace | None = None,
        bounds: Bounds | None = None,
        wakeups: Wakeups | None = None,
    ) -> None:
        self.reader = Reader(vault)
        self._database = database
        self._vault = vault
        self._clock = clock
        self._pace = pace or Pace()
        self._bounds = bounds or Bounds()
        self._wakeups = wakeups
        self.company = Company(
            clock,
            tell=self.publish_presence,
            names=self._names,
            pass_on=wakeups.note if wakeups is not None else None,
        )
        self._rooms: dict[str, _Room] = {}
        self._sights: WeakValueDictionary[Sight, Sight] = WeakValueDictionary()
        self._reading = asyncio.Semaphore(_READERS_MAX)
        self._rechecks = Rechecks(
            database, vault, clock, self._everybody, every_seconds=self._pace.recheck_seconds
        )
        self._draining = False
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begins to make time pass. Add `take` to the journal's listeners as well."""
        self._draining = False
        self._tasks = [asyncio.create_task(self._beat()), asyncio.create_task(self._rechecks.run())]

    def drain(self) -> None:
        """Ends every feed with 1012, and each that is opened from here on: the clients resume elsewhere."""
        self._draining = True
        for subscriber in self._everybody():
            subscriber.restart()

    async def stop(self) -> None:
        """Drains, and stops everything that it started."""
        self.drain()
        self.company.stop()
        tasks = [*self._tasks, *(room.task for room in self._rooms.values())]
        self._tasks = []
        self._rooms.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def take(self, written: Written) -> None:
        """This process has committed; called in the hub's own event loop."""
        room = self._rooms.get(written.merchant)
        if room is not None:
            room.stream.take(written)

    def wake(self, merchant: str) -> None:
        """The merchant's journal has grown, by whoever's commit; anybody's, for `EVERYBODY`."""
        if merchant == EVERYBODY:
            for each in self._rooms.values():
                each.stream.wake()
            return
        room = self._rooms.get(merchant)
        if room is not None:
            room.stream.wake()

    def publish_presence(self, presence: Presence) -> None:
        """Tells whoever may see the link that its customer came, went, or does something else. Kept nowhere."""
        room = self._rooms.get(presence.merchant)
        if room is None:
            return
        for subscriber in room.subscribers:
            subscriber.offer_presence(presence)

    def enter(
        self, principal: Principal, *, acknowledges: bool = True, wire: Wire | None = None
    ) -> Subscriber:
        """Opens a feed, pushed down the wire where there is one; the caller must `leave` in the end."""
        subscriber = Subscriber(
            self,
            principal,
            clock=self._clock,
            acknowledges=acknowledges,
            bounds=self._bounds,
            wire=wire,
        )
        if self._draining:
            subscriber.restart()
        else:
            self._room(principal.merchant).subscribers.add(subscriber)
        return subscriber

    def leave(self, subscriber: Subscriber) -> None:
        """The client is gone. With the last one of a merchant, its stream ends."""
        subscriber.leave()
        self.company.watch(subscriber, None)
        merchant = subscriber.principal.merchant
        room = self._rooms.get(merchant)
        if room is None:
            return
        room.subscribers.discard(subscriber)
        if not room.subscribers:
            del self._rooms[merchant]
            room.task.cancel()

    @asynccontextmanager
    async def open(
        self, principal: Principal, *, wire: Wire | None = None
    ) -> AsyncIterator[Subscriber]:
        """A feed for as long as the block runs."""
        subscriber = self.enter(principal, wire=wire)
        try:
            yield subscriber
        finally:
            self.leave(subscriber)

    @property
    def listeners(self) -> int:
        """How many feeds are open in this process."""
        return sum(len(room.subscribers) for room in self._rooms.values())

    # What subscribers look up

    async def grant(self, principal: Principal, request: Subscribe) -> Grant:
        """What the topics show, and the journal's head, of one moment. Raises `TopicNotAllowed`."""
        async with self._database.snapshot() as session:
            sight = await resolve(session, self.reader, principal, request.topics)
            position, epoch = await self.reader.head(session, principal.merchant)
        # Equal rights are one sight, so that what they show of a batch is found out once.
        return Grant(self._sights.setdefault(sight, sight), position, epoch)

    async def read(self, sight: Sight, *, after: int, limit: int) -> Batch:
        """The next page of what this sight covers, with the stretch that it accounts for."""
        async with self._reading, self._database.snapshot() as session:
            head, epoch = await self.reader.head(session, sight.merchant)
            entries = await self.reader.read(session, sight.query(after=after, limit=limit))
        # A full page accounts for no more than its last entry; any other for all there is.
        upto = entries[-1].position if len(entries) == limit else head
        return Batch(
            epoch=epoch,
            after=after,
            upto=max(after, upto),
            entries=tuple(Published(entry) for entry in entries),
        )

    def announced(self, merchant: str) -> Batch | None:
        """How far the merchant's journal was published; None before its stream has looked."""
        room = self._rooms.get(merchant)
        return room.stream.last if room is not None else None

    async def may_watch(self, principal: Principal, link: str) -> bool:
        """Whether the caller sees this link."""
        async with self._database.snapshot() as session:
            return await sight_of_link(session, self.reader, principal, link) is not None

    def on_pages(self, merchant: str) -> Collection[Presence]:
        """What is known of the merchant's customers just now."""
        return self.company.on_pages(merchant)

    def watch(self, subscriber: Subscriber, link: str | None) -> None:
        """The subscriber looks at this link, which it may see; at none with None."""
        self.company.watch(subscriber, link)

    # What the hub does by itself

    async def _names(self, merchant: str, users: Collection[str]) -> Mapping[str, str]:
        async with self._database.snapshot() as session:
            return await names_of(session, self._vault, merchant, users)

    def _room(self, merchant: str) -> _Room:
        room = self._rooms.get(merchant)
        if room is None:
            stream = Stream(
                merchant,
                self._database,
                self.reader,
                self._publish,
                poll_seconds=self._poll_seconds,
            )
            task = asyncio.create_task(stream.run())
            room = _Room(stream, task, Listeners(self._bounds))
            self._rooms[merchant] = room
        return room

    def _poll_seconds(self) -> float:
        woken = self._wakeups is not None and self._wakeups.healthy
        return self._pace.woken_poll_seconds if woken else self._pace.poll_seconds

    def _publish(self, merchant: str, batch: Batch) -> None:
        room = self._rooms.get(merchant)
        if room is None:
            return
        room.subscribers.publish(batch)
        for one in batch.entries:
            if one.entry.type in _CONCERNS_STANDING:
                self._rechecks.doubt()
                self.company.forget_names()
            presence = presence_of(one.entry)
            if presence is not None:
                self.publish_presence(self.company.with_activity(presence))

    def _everybody(self) -> Sequence[Subscriber]:
        return [one for room in self._rooms.values() for one in room.subscribers]

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._pace.tick_seconds)
            now = self._clock()
            self.company.tick(now)
            for room in tuple(self._rooms.values()):
                for subscriber in room.subscribers:
                    subscriber.tick(now)
                    # Whoever missed a batch for any reason learns of it here at the latest.
                    if room.stream.last is not None:
                        subscriber.offer(room.stream.last)
