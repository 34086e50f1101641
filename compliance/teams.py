"""Teams: whose work agents share. A team is a name that people bear; it is there as long as somebody does.

Setting one up is one act, so that nobody is for a moment in no team, or in two.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance.acting import begin_acting, check_within
from compliance.custom_roles import held_by
from compliance.journal import Event, record
from compliance.merchants import check_shown_text
from compliance.principal import Principal
from compliance.roles import Role
from compliance.users import users
from core.database import Session
from core.errors import InvalidField, Kind, NotFound, PaythreadError

MEMBERS_MAX: Final = 500
NAME_MAX: Final = 40


class TeamNameTaken(PaythreadError):
    """Another team of the merchant is called so."""

    code = "team_name_taken"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Team:
    """Who bears the name, switched off or not, by id."""

    name: str
    members: Sequence[str]


async def list_teams(session: Session, merchant: str) -> Sequence[Team]:
    """All of one merchant, by name."""
    rows = await session.all(
        sa.select(users.c.team, users.c.id)
        .where(users.c.merchant == merchant, users.c.team.is_not(None))
        .order_by(users.c.team, users.c.id)
    )
    members: dict[str, list[str]] = {}
    for row in rows:
        members.setdefault(row["team"], []).append(row["id"])
    return [Team(name, ids) for name, ids in members.items()]


async def set_team(
    session: Session,
    caller: Principal,
    *,
    team: str | None,
    name: str,
    members: Collection[str],
    now: datetime,
) -> Sequence[Team]:
    """Makes the team (None: a new one) be called `name` and have just these members; answers all teams.

    Who was in it and is not named is in none; who was in another leaves that. No members: the team is no more.
    Raises `NotFound` for a team that is not there, `TeamNameTaken`, `UnsafeName`, `InvalidField` for a member who is
    not there, and `BeyondYours` for one who holds more than the caller.
    """
    held = await begin_acting(session, caller)
    name = check_shown_text(name, what="name", length_max=NAME_MAX)
    taken = {each.name for each in await list_teams(session, caller.merchant)}
    if team is not None and team not in taken:
        raise NotFound("team")
    if name != team and name.casefold() in {each.casefold() for each in taken - {team}}:
        raise TeamNameTaken("Another team is called so.")
    rows = {row["id"]: row for row in await _people(session, caller.merchant)}
    if not rows.keys() >= set(members):
        raise InvalidField("/members", "One of these people does not work here.")
    for user, row in rows.items():
        before = row["team"]
        after = name if user in members else None if before == team else before
        if after == before:
            continue
        check_within(
            held, await held_by(session, caller.merchant, Role(row["role"]), row["custom_role"])
        )
        await session.execute(sa.update(users).where(users.c.id == user).values(team=after))
        told = {"user": user, "change": "team", "before": before, "after": after}
        record(
            session,
            Event(
                type="user.changed",
                merchant=caller.merchant,
                occurred_at=now,
                actor=caller.actor,
                data=told,
            ),
        )
    return await list_teams(session, caller.merchant)


async def _people(session: Session, merchant: str) -> Sequence[sa.RowMapping]:
    return await session.all(
        sa.select(users.c.id, users.c.team, users.c.role, users.c.custom_role)
        .where(users.c.merchant == merchant)
        .order_by(users.c.id)
        .with_for_update()
    )
