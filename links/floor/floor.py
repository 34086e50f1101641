"""The floor as one answer: now and today, in all and by team, agent and channel, true at one position."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from agent_feed.reports.window import Window
from compliance.sessions import active_users
from compliance.users import names_of, users
from compliance.vault import Vault
from core.database import Session
from links.floor.day import Day, Place, day_of, together
from links.floor.live import NEEDS, OpenLink, open_links
from links.progress import STEPS

# Who did something so recently is at their desk.
ONLINE: Final = timedelta(minutes=5)
_USERS_MAX: Final = 1_000
_OVER: Final = frozenset({"paid", "expired", "cancelled"})
_NAMES_MAX: Final = 300


@dataclass(slots=True)
class Group:
    """Some of the links, and what the day came to for them."""

    links: list[OpenLink] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        steps = Counter(link.progress.step for link in self.links)
        needs = Counter(link.need for link in self.links)
        return {
            "open": len(self.links),
            "present": sum(link.progress.present for link in self.links),
            "steps": {step: steps[step] for step in STEPS if step not in _OVER or steps[step]},
            "needs": {need: needs[need] for need in NEEDS},
            **together(self.days).as_json(),
        }


async def floor(
    session: Session, vault: Vault, merchant: str, window: Window, *, detail: bool, now: datetime
) -> dict[str, Any]:
    """With `detail`, every open link and the day's smallest parts as well, to go on counting from by the events."""
    found, more = await open_links(session, merchant)
    day = await day_of(session, merchant, window)
    teams = await _teams(session, merchant)
    online = await active_users(session, merchant, since=now - ONLINE)
    names = await _names(session, vault, merchant, found, day, online)
    answer: dict[str, Any] = {
        "totals": Group(list(found), list(day.values())).as_json(),
        "by_team": _grouped("team", found, day, of_agent=lambda agent: teams.get(agent or "")),
        "by_agent": _grouped("agent", found, day, of_agent=lambda agent: agent),
        "by_channel": _grouped("channel", found, day, of_agent=None),
        "online": sorted(online),
        "names": names,
        "more": more,
    }
    if not detail:
        return answer
    return {
        **answer,
        "links": [link.as_json() for link in found],
        "day": [
            {"agent": agent, "channel": channel, **part.as_json(), "seconds": part.seconds}
            for (agent, channel), part in day.items()
        ],
    }


def _grouped(
    name: str,
    found: Iterable[OpenLink],
    day: Mapping[Place, Day],
    *,
    of_agent: Callable[[str | None], str | None] | None,
) -> list[dict[str, Any]]:
    """A row a group, by name; what belongs to none comes last, under null."""
    groups: dict[str | None, Group] = defaultdict(Group)
    for link in found:
        key = link.progress.channel if of_agent is None else of_agent(link.agent)
        groups[key].links.append(link)
    for (agent, channel), part in day.items():
        groups[channel if of_agent is None else of_agent(agent)].days.append(part)
    ordered = sorted(groups, key=lambda key: (key is None, key or ""))
    return [{name: key, **groups[key].as_json()} for key in ordered]


async def _teams(session: Session, merchant: str) -> Mapping[str, str | None]:
    rows = await session.all(
        sa.select(users.c.id, users.c.team)
        .where(users.c.merchant == merchant)
        .order_by(users.c.id)
        .limit(_USERS_MAX)
    )
    return {row["id"]: row["team"] for row in rows}


async def _names(  # noqa: PLR0917 - whoever is named anywhere
    session: Session,
    vault: Vault,
    merchant: str,
    found: Sequence[OpenLink],
    day: Mapping[Place, Day],
    online: Iterable[str],
) -> dict[str, str]:
    ids = {link.agent for link in found} | {agent for agent, _ in day} | set(online)
    known = sorted(one for one in ids if one is not None)[:_NAMES_MAX]
    return dict(await names_of(session, vault, merchant, known)) if known else {}
