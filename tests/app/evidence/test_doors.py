"""Every door is declared: with a permission, or with the guard that it has instead. Deny by default."""

import pytest
from fastapi import APIRouter

from app.application import ROUTERS
from app.evidence.doors import Door, Undeclared, doors
from compliance.roles import Permission, Role


@pytest.fixture
def found() -> dict[tuple[str, str], Door]:
    return {(each.method, each.path): each for each in doors(ROUTERS)}


def test_every_door_of_the_service_is_declared(found: dict[tuple[str, str], Door]) -> None:
    assert len(found) > 100
    for each in found.values():
        assert (each.permission is None) != (each.guard is None)


def test_every_door_under_v1_asks_for_a_permission_but_signing_in_and_the_feed(
    found: dict[tuple[str, str], Door],
) -> None:
    open_doors = {path for _, path in found if path.startswith("/v1/")} - {
        each.path for each in found.values() if each.permission is not None
    }
    assert {path.split("/")[2] for path in open_doors} <= {
        "sessions",
        "feed",
        "password-resets",
        "users",
        "embed",
        "sso",
    }


@pytest.mark.parametrize(
    ("method", "path", "permission", "roles"),
    [
        (
            "POST",
            "/v1/links",
            Permission.LINKS_WRITE,
            {"agent", "supervisor", "admin", "integration"},
        ),
        (
            "POST",
            "/v1/payments/{payment_id}/refunds",
            Permission.REFUNDS_WRITE,
            {"supervisor", "admin", "integration"},
        ),
        (
            "POST",
            "/v1/payments/{payment_id}/review",
            Permission.PAYMENTS_REVIEW,
            {"supervisor", "admin"},
        ),
        ("PATCH", "/v1/settings", Permission.SETTINGS_WRITE, {"admin", "integration"}),
    ],
)
def test_the_table_says_who_gets_through(
    found: dict[tuple[str, str], Door],
    method: str,
    path: str,
    permission: Permission,
    roles: set[str],
) -> None:
    door = found[method, path]
    assert (permission, roles) == (door.permission, set(door.roles))


def test_an_auditor_gets_through_no_door_that_changes_anything(
    found: dict[tuple[str, str], Door],
) -> None:
    """A ticket for the feed and a preview of a message are asked for by POST, and change nothing."""
    passed = [
        path
        for (method, path), door in found.items()
        if method != "GET" and Role.AUDITOR.value in door.roles
    ]
    assert ["/v1/feed/tickets", "/v1/message-previews"] == sorted(passed)


def test_a_door_that_nobody_declared_is_refused() -> None:
    router = APIRouter()

    @router.get("/v1/everything")
    async def everything() -> None: ...

    with pytest.raises(Undeclared, match="/v1/everything"):
        doors([router])
