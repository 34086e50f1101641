"""Topics: what a subscriber asks to hear about. Reading one says nothing about being allowed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

TOPICS_MAX: Final = 50
_ID_LENGTH_MAX: Final = 40


@dataclass(frozen=True, slots=True)
class Mine:
    """The caller's own work."""


@dataclass(frozen=True, slots=True)
class Team:
    """The work that the caller shares; everybody's, for who sees the whole merchant."""


@dataclass(frozen=True, slots=True)
class Everything:
    """The whole merchant."""


@dataclass(frozen=True, slots=True)
class OfCustomer:
    """Everything about one customer."""

    customer: str


@dataclass(frozen=True, slots=True)
class OfLink:
    """Everything about one link."""

    link: str


Topic = Mine | Team | Everything | OfCustomer | OfLink

_PLAIN: Final[dict[str, Topic]] = {"mine": Mine(), "team": Team(), "all": Everything()}


def read_topic(text: str) -> Topic | None:
    """`mine`, `team`, `all`, `customer:cus_…` or `link:lnk_…`; None for anything else.

    An id of another shape is taken as it is: it names nothing, and is refused like any other that does.
    """
    family, colon, name = text.partition(":")
    if not colon:
        return _PLAIN.get(text)
    if not 0 < len(name) <= _ID_LENGTH_MAX:
        return None
    match family:
        case "customer":
            return OfCustomer(name)
        case "link":
            return OfLink(name)
        case _:
            return None


def read_topics(texts: Sequence[object]) -> tuple[Topic, ...] | None:
    """1 to 50 topics, each once, in the order given; None when any of them is none."""
    if not 0 < len(texts) <= TOPICS_MAX:
        return None
    found: dict[Topic, None] = {}
    for text in texts:
        topic = read_topic(text) if isinstance(text, str) else None
        if topic is None:
            return None
        found[topic] = None
    return tuple(found)
