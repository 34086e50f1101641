"""Who is here at this moment: what customers do on their pages, and which agents look at the same link.

It is told to whoever listens in this process, passed on to the other processes as notes (`agent_feed.notes`), and kept
nowhere. A note that is lost, or says nothing new for 30 seconds, leaves less to show, and breaks nothing.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from agent_feed.activities import Activities
from agent_feed.batches import Presence, Watcher, Watchers
from agent_feed.notes import AGENTS_MAX, PageNote, WatchNote, read_note, write_note
from agent_feed.watching import Place, Watching
from compliance.principal import Principal
from core.clock import Clock

# Three times before what was said grows too old.
SAY_AGAIN_EVERY: Final = timedelta(seconds=10)
_NAMES_MAX: Final = 5_000

log = structlog.get_logger()

PassOn = Callable[[str, str], None]
Names = Callable[[str, Collection[str]], Awaitable[Mapping[str, str]]]


class Ear(Protocol):
    """A feed that looks at a link: a subscriber."""

    @property
    def principal(self) -> Principal: ...
    def offer_watchers(self, watchers: Watchers) -> None: ...


class Company:
    """Of one process and one event loop. Call `tick` about every second, and `stop` in the end."""

    def __init__(
        self,
        clock: Clock,
        *,
        tell: Callable[[Presence], None],
        names: Names,
        pass_on: PassOn | None = None,
    ) -> None:
        """`tell` reaches who may see the link; `names` finds users of a merchant; `pass_on` takes notes to others."""
        self._clock = clock
        self._tell = tell
        self._find_names = names
        self._pass_on = pass_on
        self._process = secrets.token_hex(8)
        self._activities = Activities()
        self._watching: Watching[Ear] = Watching()
        # Users by id; None: there is no such user of that merchant.
        self._names: dict[tuple[str, str], str | None] = {}
        self._said_at = clock()
        self._lookups: dict[Place, asyncio.Task[None]] = {}

    def hear(self, text: str) -> None:
        """A note of another process."""
        now = self._clock()
        match read_note(text):
            case PageNote() as note:
                self._take_page(note, now)
            case WatchNote() as note if note.process != self._process:
                place = (note.merchant, note.link)
                if self._watching.hear(note, now=now) or self._unknown(place):
                    self._tell_watchers(place)

    def tick(self, now: datetime) -> None:
        """Time passes."""
        for presence in self._activities.expire(now=now):
            self._tell(presence)
        for place in self._watching.expire(now=now):
            self._tell_watchers(place)
        if now - self._said_at >= SAY_AGAIN_EVERY:
            self._said_at = now
            for place in self._watching.places():
                self._say(place)

    def stop(self) -> None:
        """Lets go of what is being looked up."""
        for task in self._lookups.values():
            task.cancel()

    # Customers

    def page_says(self, note: PageNote) -> None:
        """A page of this process's customers reports what is done at it."""
        self._take_page(note, self._clock())
        if self._pass_on is not None:
            self._pass_on(f"{note.link} {note.page}", write_note(note))

    def with_activity(self, presence: Presence) -> Presence:
        """What the journal says of a page, with what is done there, where that is known."""
        if not presence.present:
            self._activities.forget(presence.merchant, presence.link)
            return presence
        return replace(presence, activity=self._activities.of(presence.merchant, presence.link))

    def on_pages(self, merchant: str) -> Collection[Presence]:
        """The customers of whom something is known, for who begins to listen."""
        return self._activities.known(merchant)

    def _take_page(self, note: PageNote, now: datetime) -> None:
        presence = self._activities.hear(note, now=now)
        if presence is not None:
            self._tell(presence)

    # Agents

    def watch(self, ear: Ear, link: str | None) -> None:
        """The feed's client looks at this link, which it may see; at none with None."""
        if link is None:
            changed = self._watching.drop(ear)
        else:
            principal = ear.principal
            place = (principal.merchant, link)
            if principal.agent is not None:
                self._know(principal.merchant, {principal.agent: principal.name})
            changed = self._watching.put(ear, place, principal.agent)
        for each in changed:
            self._say(each)
            self._tell_watchers(each)

    def forget_names(self) -> None:
        """Somebody may be called otherwise from now on."""
        self._names.clear()

    def _say(self, place: Place) -> None:
        if self._pass_on is None:
            return
        merchant, link = place
        agents = self._watching.here(place)
        note = WatchNote(merchant=merchant, link=link, process=self._process, agents=agents)
        self._pass_on(f"{link} watchers", write_note(note))

    def _tell_watchers(self, place: Place) -> None:
        ears = self._watching.ears(place)
        if not ears:
            return
        merchant, link = place
        agents = self._watching.agents(place)
        if any((merchant, agent) not in self._names for agent in agents):
            self._look_up(place)
            return
        named = sorted(
            (name, agent) for agent in agents if (name := self._names[merchant, agent]) is not None
        )
        people = [Watcher(agent, name) for name, agent in named[: AGENTS_MAX + 1]]
        for ear in ears:
            own = ear.principal.agent
            others = tuple(one for one in people if one.id != own)
            ear.offer_watchers(Watchers(link, others[:AGENTS_MAX]))

    def _look_up(self, place: Place) -> None:
        if place in self._lookups:
            return
        task = asyncio.create_task(self._learn_names(place))
        self._lookups[place] = task
        task.add_done_callback(lambda _: self._lookups.pop(place, None))

    async def _learn_names(self, place: Place) -> None:
        merchant = place[0]
        try:
            unknown = self._unknown(place)
            while unknown:
                found = await self._find_names(merchant, unknown)
                self._know(merchant, {agent: found.get(agent) for agent in unknown})
                # More may have come meanwhile.
                unknown = self._unknown(place)
        except (SQLAlchemyError, OSError) as error:
            # They are looked up again when somebody comes or goes, and when the others say it again.
            log.warning("feed.names_not_found", error=type(error).__name__)
            return
        self._tell_watchers(place)

    def _unknown(self, place: Place) -> Collection[str]:
        merchant = place[0]
        agents = self._watching.agents(place)
        return [agent for agent in agents if (merchant, agent) not in self._names]

    def _know(self, merchant: str, names: Mapping[str, str | None]) -> None:
        if len(self._names) > _NAMES_MAX:
            self._names.clear()
        for agent, name in names.items():
            self._names[merchant, agent] = name
