"""Which events an endpoint asked for: `payment.paid`, `payment.*`, or `*`.

`*` is everything about customers and their money. What is about people and the system (`session.failed`) must be asked
for by its type or family, by somebody who may read it.
"""

from collections.abc import Sequence
from typing import Final

from compliance.journal import EVENT_TYPES, PRIVILEGED_TYPES
from core.errors import FieldError, PaythreadError

EVERYTHING: Final = "*"
PATTERNS_MAX: Final = 50
PATTERN_LENGTH_MAX: Final = 64


class UnknownEvents(PaythreadError):
    """Some of the patterns name nothing that the caller may have."""

    code = "unknown_events"


def types_of(patterns: Sequence[str]) -> frozenset[str]:
    """The event types that the patterns stand for today; a type that a family gains later is in it then."""
    return frozenset().union(*(_types_of(pattern) for pattern in patterns))


def checked(patterns: Sequence[str], *, privileged: bool) -> tuple[str, ...]:
    """The patterns, each once, in their order. Raises `UnknownEvents` with a pointer for each that is not to be had."""
    faults = []
    for index, pattern in enumerate(patterns):
        types = _types_of(pattern)
        if not types:
            faults.append(
                FieldError(
                    f"/events/{index}", "must be an event type, a family like `link.*`, or `*`"
                )
            )
        elif not privileged and types & PRIVILEGED_TYPES:
            faults.append(FieldError(f"/events/{index}", "is not yours to read"))
    if faults:
        raise UnknownEvents("Some of these events cannot be sent.", fields=tuple(faults))
    return tuple(dict.fromkeys(patterns))


def _types_of(pattern: str) -> frozenset[str]:
    if pattern == EVERYTHING:
        return EVENT_TYPES - PRIVILEGED_TYPES
    if pattern.endswith(".*"):
        family = pattern.removesuffix("*")
        return frozenset(each for each in EVENT_TYPES if each.startswith(family))
    return EVENT_TYPES & {pattern}
