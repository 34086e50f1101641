"""What happened, step by step, in words that are the same each time: ids are random, so they are told by number."""

import re
from datetime import datetime

from tests.simulation.steps import START

# Our ids, and the hashes that stand for subjects of work.
_ID = re.compile(r"\b([a-z]{2,3})_[0-9a-hjkmnp-tv-z]{26}\b|\b[0-9a-f]{64}\b")


class Trace:
    """Lines are only made when somebody wants them."""

    def __init__(self, *, wanted: bool) -> None:
        self.wanted = wanted
        self.lines: list[str] = []
        self._names: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def note(self, step: int, now: datetime, who: str, text: str) -> None:
        if self.wanted:
            seconds = (now - START).total_seconds()
            self.lines.append(f"{step:5} {seconds:10.3f}  {who:18} {self.plain(text)}")

    def plain(self, text: str) -> str:
        """The text with each id as its kind and the order in which it was first told: `att.1`."""
        return _ID.sub(lambda found: self._named(found.group(0), found.group(1) or "hash"), text)

    def _named(self, full: str, kind: str) -> str:
        if full not in self._names:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._names[full] = f"{kind}.{self._counts[kind]}"
        return self._names[full]
