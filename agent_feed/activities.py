"""What customers do on their pages just now, as far as this process has heard; what is old counts for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agent_feed.batches import Activity, Presence
from agent_feed.notes import LASTS, PageNote

# Pages that are known at a time. A page beyond them shows no activity, and that is all.
PAGES_MAX: Final = 20_000
PAGES_A_LINK_MAX: Final = 50
# One link may be open twice: what is shown is the liveliest.
_LIVELIEST: Final[tuple[Activity, ...]] = ("typing", "active", "idle")


@dataclass(slots=True)
class _Heard:
    note: PageNote
    at: datetime


class Activities:
    """Each method that takes a change in answers what is to be told of it, if anything."""

    def __init__(self) -> None:
        self._links: dict[tuple[str, str], dict[str, _Heard]] = {}
        self._pages = 0

    def hear(self, note: PageNote, *, now: datetime) -> Presence | None:
        """A page says what is done at it, or that nobody is."""
        key = (note.merchant, note.link)
        before = self.of(*key)
        if note.activity is None:
            self._drop(key, note.page)
        else:
            pages = self._links.setdefault(key, {})
            if note.page not in pages:
                if self._pages >= PAGES_MAX or len(pages) >= PAGES_A_LINK_MAX:
                    return None
                self._pages += 1
            pages[note.page] = _Heard(note, now)
        return None if self.of(*key) == before else self._presence(note)

    def of(self, merchant: str, link: str) -> Activity | None:
        """The liveliest on any page of the link; None while nothing is known."""
        said = {heard.note.activity for heard in self._links.get((merchant, link), {}).values()}
        return next((one for one in _LIVELIEST if one in said), None)

    def forget(self, merchant: str, link: str) -> None:
        """Nobody is on the link's pages."""
        self._pages -= len(self._links.pop((merchant, link), {}))

    def known(self, merchant: str) -> Sequence[Presence]:
        """A word on each link of a merchant, for whoever begins to listen."""
        return [
            self._presence(max(pages.values(), key=lambda heard: heard.at).note)
            for (owner, _), pages in self._links.items()
            if owner == merchant
        ]

    def expire(self, *, now: datetime) -> Sequence[Presence]:
        """Lets go of what is too old; answers what shows differently without it."""
        found: list[Presence] = []
        for key, pages in tuple(self._links.items()):
            old = [heard.note for heard in pages.values() if now - heard.at >= LASTS]
            if not old:
                continue
            before = self.of(*key)
            for note in old:
                self._drop(key, note.page)
            if self.of(*key) != before:
                found.append(self._presence(old[-1]))
        return found

    def _drop(self, key: tuple[str, str], page: str) -> None:
        pages = self._links.get(key, {})
        if pages.pop(page, None) is not None:
            self._pages -= 1
            if not pages:
                del self._links[key]

    def _presence(self, note: PageNote) -> Presence:
        return Presence(
            merchant=note.merchant,
            link=note.link,
            agent=note.agent,
            customer=note.customer,
            present=True,
            device=note.device,
            activity=self.of(note.merchant, note.link),
        )
