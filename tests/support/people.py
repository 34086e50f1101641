"""Who calls, as doors and rooms see it, without signing anybody in."""

from datetime import datetime

from compliance.principal import Principal
from compliance.roles import Role
from core.ids import new_id
from tests.support.clock import START


def person(
    merchant: str,
    role: Role = Role.AGENT,
    *,
    id: str | None = None,  # noqa: A002
    team: str | None = None,
    teammates: frozenset[str] | None = None,
    now: datetime = START,
) -> Principal:
    """A user of the merchant. An agent without `teammates` sees only their own work; other roles see all."""
    user = id or new_id("usr", now)
    seen = (teammates or frozenset()) | {user} if role is Role.AGENT else None
    return Principal(
        merchant=merchant,
        kind="user",
        id=user,
        name=f"{role.value.title()} {user[-4:]}",
        role=role,
        team=team,
        teammates=seen,
        session=None,
    )


def software(merchant: str, *, now: datetime = START) -> Principal:
    """An API key's caller."""
    return Principal(
        merchant=merchant,
        kind="key",
        id=new_id("key", now),
        name="Test software",
        role=Role.INTEGRATION,
    )
