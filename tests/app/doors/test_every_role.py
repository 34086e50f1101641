"""Every door, called by everybody: it opens to who holds its permission and to nobody else (PCI DSS 7.2, 7.3.3).

The doors are those of the running application; one that is added is called here by itself.
"""

import re
from typing import Final

import pytest

from app.application import ROUTERS
from app.evidence.doors import Door, doors
from compliance.roles import ROLE_PERMISSIONS, Permission, Role
from tests.app.doors.town import (
    DESK,
    DESK_MAY,
    NARROW,
    NARROW_SCOPE,
    NOBODY,
    PEOPLE,
    SOFTWARE,
    Town,
)

DOORS: Final = [door for door in doors(ROUTERS) if door.permission is not None]
# Whose guard is a session, and not what came along with the request.
SESSION_DOORS: Final = [
    door
    for door in doors(ROUTERS)
    if door.permission is None
    and (
        door.path.startswith("/v1/users/me/")
        or door.path in {"/v1/sessions/current", "/v1/sessions/{session_id}", "/v1/feed/tickets"}
        or (door.method, door.path) in {("GET", "/v1/sessions"), ("GET", "/v1/feed/sse")}
    )
]
CALLERS: Final = [NOBODY, NARROW, DESK, SOFTWARE, *(role.value for role in PEOPLE)]
UNKNOWN: Final = "xyz_01k9aaaaaaaaaaaaaaaaaaaaaa"
_SAFE: Final = {"GET", "HEAD", "OPTIONS"}


def held_by(caller: str) -> frozenset[Permission]:
    if caller == NOBODY:
        return frozenset()
    if caller == DESK:
        return DESK_MAY
    return frozenset({NARROW_SCOPE}) if caller == NARROW else ROLE_PERMISSIONS[Role(caller)]


def path_of(door: Door) -> str:
    return re.sub(r"\{[^}]+\}", UNKNOWN, door.path)


@pytest.mark.parametrize("caller", CALLERS)
async def test_a_door_opens_to_who_holds_its_permission_and_to_nobody_else(
    town: Town, caller: str
) -> None:
    held = held_by(caller)
    wrong = []
    for door in DOORS:
        answer = await town.call(
            town.rival.callers[caller],
            door.method,
            path_of(door),
            None if door.method in _SAFE else {},
        )
        kind = answer.headers["content-type"]
        is_json = kind.startswith(("application/json", "application/problem+json"))
        code = answer.json().get("code") if is_json else None
        if caller == NOBODY:
            right = (answer.status_code, code) == (401, "not_signed_in")
        elif door.permission in held:
            right = answer.status_code < 500 and answer.status_code not in {401, 403}
        else:
            right = (answer.status_code, code) == (403, "not_allowed")
        if not right:
            wrong.append((door.method, door.path, answer.status_code, code))
    assert [] == wrong


async def test_what_is_ones_own_is_nobodys_who_has_not_signed_in(town: Town) -> None:
    assert SESSION_DOORS
    wrong = []
    for door in SESSION_DOORS:
        answer = await town.call(
            {}, door.method, path_of(door), None if door.method in _SAFE else {}
        )
        if (answer.status_code, answer.json()["code"]) != (401, "not_signed_in"):
            wrong.append((door.method, door.path, answer.status_code))
    assert [] == wrong


async def test_a_cookie_alone_changes_nothing(town: Town) -> None:
    """As another site's page would send it: without the token that only the console has."""
    cookie = {"cookie": town.rival.callers["admin"]["cookie"]}
    changing = [door for door in (*DOORS, *SESSION_DOORS) if door.method not in _SAFE]
    assert len(changing) > 50
    wrong = []
    for door in changing:
        answer = await town.call(cookie, door.method, path_of(door), {})
        if (answer.status_code, answer.json()["code"]) != (403, "not_allowed"):
            wrong.append((door.method, door.path, answer.status_code))
    assert [] == wrong
