"""How two observations differ, and which of the differences somebody has accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from links.watch.observing import bounded

DIFFERENCES_MAX: Final = 50
_SHOWN_MAX: Final = 500

What = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as expected. `was` is our own rendering's, `found` the answer's; None: it has none."""

    what: What
    name: str
    was: str | None
    found: str | None

    def as_json(self) -> dict[str, Any]:
        return {"what": self.what, "name": self.name, "from": self.was, "to": self.found}

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> "Difference":
        return cls(value["what"], value["name"], value["from"], value["to"])


def differences(expected: Mapping[str, str], found: Mapping[str, str]) -> Sequence[Difference]:
    """By name, bounded; what is beyond the bound is counted in a last one."""
    told: list[Difference] = []
    for name in sorted({*expected, *found}):
        was, now = expected.get(name), found.get(name)
        if was == now:
            continue
        what: What = "added" if was is None else "removed" if now is None else "changed"
        told.append(Difference(what, bounded(name, _SHOWN_MAX), _shown(was), _shown(now)))
    if len(told) > DIFFERENCES_MAX:
        more = Difference("changed", "more", None, f"{len(told) - DIFFERENCES_MAX} differences")
        told = [*told[:DIFFERENCES_MAX], more]
    return told


def not_accepted(
    found: Sequence[Difference], accepted: Sequence[Difference]
) -> Sequence[Difference]:
    """Those of the differences that nobody has accepted, exactly as they are."""
    known = set(accepted)
    return [each for each in found if each not in known]


def _shown(value: str | None) -> str | None:
    return None if value is None else bounded(value, _SHOWN_MAX)
