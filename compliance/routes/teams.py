"""`/v1/teams`: whose work agents share."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import Field

from compliance import teams
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body
from compliance.routes.gate import allowed, gate_of
from compliance.routes.people import Team
from compliance.teams import MEMBERS_MAX

router = APIRouter(tags=["people"])


class TeamWanted(Body):
    """A team as it shall be; `team` is its name until now, null where it is new."""

    team: Team | None = None
    name: Team
    members: list[Annotated[str, Field(max_length=40)]] = Field(max_length=MEMBERS_MAX)


@router.get("/v1/teams")
async def list_teams(
    request: Request, caller: Principal = allowed(Permission.USERS_READ)
) -> dict[str, Any]:
    """The merchant's teams by name, with the user ids of who is in them."""
    async with gate_of(request).database.snapshot() as session:
        return _shown(await teams.list_teams(session, caller.merchant))


@router.put("/v1/teams")
async def set_team(
    wanted: TeamWanted, request: Request, caller: Principal = allowed(Permission.USERS_WRITE)
) -> dict[str, Any]:
    """Names a team, and who is in it, in one act; takes effect at once, also in what they have open.

    Who was in it and is not named is in none. No members: the team is no more.
    """
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        found = await teams.set_team(
            session,
            caller,
            team=wanted.team,
            name=wanted.name,
            members=frozenset(wanted.members),
            now=gate.clock(),
        )
    return _shown(found)


def _shown(found: Sequence[teams.Team]) -> dict[str, Any]:
    data = [{"name": team.name, "members": list(team.members)} for team in found]
    return {"data": data, "next_cursor": None}
