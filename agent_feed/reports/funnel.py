"""`funnel`: of the links made in a stretch of time, how many came how far, and how long each step took."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final, Literal, get_args

from agent_feed.reports.chosen import EVERYTHING, Chosen
from agent_feed.reports.journeys import STEPS, Journey, journeys
from agent_feed.reports.table import Cell, Table, late, middle, share
from agent_feed.reports.window import Window
from core.database import Session

Grouping = Literal["none", "day", "agent", "channel", "device", "language", "psp"]
GROUPINGS: Final = get_args(Grouping)
_WAITS: Final = tuple(pairwise(STEPS))
_COLUMNS: Final = (
    "group",
    *STEPS,
    "conversion",
    *(f"{head}_to_{step}" for _, step in _WAITS for head in ("seconds", "seconds_p90")),
    "seconds_in_all",
    "seconds_p90_in_all",
)


async def funnel(
    session: Session,
    merchant: str,
    window: Window,
    grouping: Grouping,
    chosen: Chosen = EVERYTHING,
) -> Table:
    """A row a group, the largest first, days in their order. `conversion` is the share that was paid. Seconds are from
    the step before, and in all from making the link to the payment: the median, and what nine of ten stayed within.
    """
    found = chosen.journeys(await journeys(session, merchant, window))
    of: Mapping[str, Callable[[Journey], str | None]] = {
        "none": lambda _: "all",
        "day": lambda one: window.day_of(one.made_at),
        "agent": lambda one: one.agent,
        "channel": lambda one: one.channel,
        "device": lambda one: one.device,
        "language": lambda one: one.language,
        "psp": lambda one: one.psp,
    }
    groups: dict[str, list[Journey]] = {}
    for journey in found:
        groups.setdefault(of[grouping](journey) or "", []).append(journey)
    rows = [_row(name, groups[name]) for name in sorted(groups)]
    if grouping != "day":
        rows.sort(key=lambda row: -int(row["created"] or 0))
    return Table(_COLUMNS, [] if grouping == "none" else rows, _row("all", found))


def _row(name: str, found: Sequence[Journey]) -> dict[str, Cell]:
    counts = {step: sum(step in one.reached for one in found) for step in STEPS}
    waits: dict[str, Cell] = {}
    for before, step in _WAITS:
        seconds = _waits(found, before, step)
        waits |= {f"seconds_to_{step}": middle(seconds), f"seconds_p90_to_{step}": late(seconds)}
    in_all = _waits(found, "created", "paid")
    return {
        "group": name,
        **counts,
        "conversion": share(counts["paid"], counts["created"]),
        **waits,
        "seconds_in_all": middle(in_all),
        "seconds_p90_in_all": late(in_all),
    }


def _waits(found: Sequence[Journey], before: str, step: str) -> list[float]:
    waits = (one.seconds_to(step, since=before) for one in found)
    return [seconds for seconds in waits if seconds is not None]
