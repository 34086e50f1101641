"""One page of entries: the events of one moment, and where the next page goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from compliance.journal import EVENT_TYPES, Entry, Query, Reader
from core.database import Session
from core.errors import InvalidField

TYPES_LENGTH_MAX: Final = 2000


@dataclass(frozen=True, slots=True)
class Page:
    """Entries in the order asked for; `next_position` is where to go on, None when this was all."""

    entries: Sequence[Entry]
    next_position: int | None
    as_of: int

    def as_answer(self) -> dict[str, Any]:
        """The list object of the contract."""
        following = self.next_position
        return {
            "data": [entry.as_event() for entry in self.entries],
            "next_cursor": None if following is None else str(following),
            "as_of": self.as_of,
        }


async def read_page(session: Session, reader: Reader, query: Query) -> Page:
    """At most `query.limit` entries, with the journal's head of the same snapshot.

    A page that is not the last is full: whatever the query leaves out, the database left out.
    """
    head, _ = await reader.head(session, query.merchant)
    found = await reader.read(session, replace(query, limit=query.limit + 1))
    entries = found[: query.limit]
    more = len(found) > query.limit
    return Page(entries, entries[-1].position if more else None, head)


def read_types(text: str | None) -> frozenset[str] | None:
    """The types named in a comma list, `family.*` standing for all of a family. None is no limit.

    Raises `InvalidField` for a type or family that there is none of.
    """
    if text is None:
        return None
    found: set[str] = set()
    for name in text.split(","):
        family, _, rest = name.strip().partition(".")
        types = (
            {each for each in EVENT_TYPES if each.startswith(f"{family}.")}
            if rest == "*"
            else EVENT_TYPES & {name.strip()}
        )
        if not types:
            raise InvalidField("/types", "Name event types, or families as in `payment.*`.")
        found |= types
    return frozenset(found)
