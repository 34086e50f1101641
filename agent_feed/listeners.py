"""Everybody who listens to one merchant in this process, and those of them who march in step.

Most listeners are, most of the time, in one and the same place: equal rights, everything told so far, nothing
waiting. For them a batch is one loop over the sockets' own `write`, which touches nothing else of theirs. Whatever
happens to one of them besides (a frame comes in, its socket is full, time passes) takes that one out, and with the
next batch it may step in again.
"""

from collections.abc import Callable, Iterator

from agent_feed.access import Sight
from agent_feed.batches import Batch
from agent_feed.outlet import Bounds
from agent_feed.subscriber import Subscriber


class Cohort:
    """Listeners in step, all of whom were told what their one sight shows up to `upto`."""

    __slots__ = ("_apart", "_bounds", "_writes", "epoch", "sight", "upto")

    def __init__(
        self, sight: Sight, epoch: str, upto: int, *, apart: set[Subscriber], bounds: Bounds
    ) -> None:
        self.sight = sight
        self.epoch = epoch
        self.upto = upto
        self._apart = apart
        self._bounds = bounds
        self._writes: dict[Subscriber, Callable[[bytes], None]] = {}

    def __len__(self) -> int:
        return len(self._writes)

    def join(self, subscriber: Subscriber, write: Callable[[bytes], None]) -> None:
        """From the next batch on; whoever joins has come just as far."""
        self._apart.discard(subscriber)
        self._writes[subscriber] = write

    def drop(self, subscriber: Subscriber) -> None:
        """The subscriber goes on by itself, from `upto`."""
        del self._writes[subscriber]
        self._apart.add(subscriber)

    def publish(self, batch: Batch) -> None:
        """Tells everybody what comes next. If this is not what comes next, or too much at once, they part."""
        parcel = batch.parcel(self.sight)
        if (
            batch.after != self.upto
            or batch.epoch != self.epoch
            or batch.rewound
            or parcel.characters > self._bounds.write_characters_max
        ):
            for subscriber in tuple(self._writes):
                subscriber.step_out()
            return
        # First, for a socket that is full now takes its owner out: with this batch, which its transport has taken.
        self.upto = batch.upto
        if parcel.entries:
            frames = parcel.wire
            for write in tuple(self._writes.values()):
                write(frames)


class Listeners:
    """One merchant's."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._all: set[Subscriber] = set()
        self._apart: set[Subscriber] = set()
        self._cohorts: dict[int, Cohort] = {}

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Subscriber]:
        """Everybody who is here now, whoever comes or goes meanwhile."""
        return iter(tuple(self._all))

    def add(self, subscriber: Subscriber) -> None:
        """Somebody listens."""
        self._all.add(subscriber)
        self._apart.add(subscriber)

    def discard(self, subscriber: Subscriber) -> None:
        """Somebody has left."""
        subscriber.step_out()
        self._all.discard(subscriber)
        self._apart.discard(subscriber)

    def publish(self, batch: Batch) -> None:
        """The journal has grown."""
        for key, cohort in tuple(self._cohorts.items()):
            cohort.publish(batch)
            if not cohort:
                del self._cohorts[key]
        for subscriber in tuple(self._apart):
            subscriber.offer(batch)
            place = subscriber.place()
            if place is not None and place.upto == batch.upto:
                subscriber.step_into(self._cohort(place.sight, batch), place.write)

    def _cohort(self, sight: Sight, batch: Batch) -> Cohort:
        # By identity, as the hub gives equal rights the same sight; the cohort keeps it, so that the id stays its own.
        found = self._cohorts.get(id(sight))
        if found is None:
            found = Cohort(sight, batch.epoch, batch.upto, apart=self._apart, bounds=self._bounds)
            self._cohorts[id(sight)] = found
        return found
