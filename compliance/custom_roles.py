"""Roles that a merchant makes: a name, a base that decides screens and second factor, and the permissions held.

Read here, at each request and by each open feed, so that a change holds at once; `compliance.custom_role_changes`
writes them. What is not listed is denied, and a role that is not there holds nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from compliance.roles import ROLE_PERMISSIONS, Permission, Role
from core.database import JsonText, Session, UtcDateTime, metadata
from core.errors import NotFound

custom_roles = sa.Table(
    "custom_roles",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), sa.ForeignKey("merchants.id"), nullable=False),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("base", sa.String(16), nullable=False),
    sa.Column("permissions", JsonText, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("merchant", "name"),
)


@dataclass(frozen=True, slots=True)
class CustomRole:
    """One role of one merchant."""

    id: str
    merchant: str
    name: str
    base: Role
    permissions: frozenset[Permission]
    created_at: datetime
    updated_at: datetime


async def list_roles(session: Session, merchant: str) -> Sequence[CustomRole]:
    """All of one merchant, by name; there are at most as many as `custom_role_changes` lets be made."""
    rows = await session.all(
        sa.select(custom_roles)
        .where(custom_roles.c.merchant == merchant)
        .order_by(custom_roles.c.name, custom_roles.c.id)
    )
    return [_role(row) for row in rows]


async def get_role(session: Session, merchant: str, role_id: str) -> CustomRole:
    """Raises `NotFound`, for another merchant's too."""
    row = await session.one_or_none(
        sa.select(custom_roles).where(
            custom_roles.c.id == role_id, custom_roles.c.merchant == merchant
        )
    )
    if row is None:
        raise NotFound("role")
    return _role(row)


async def held_by(
    session: Session, merchant: str, base: Role, custom_role: str | None
) -> frozenset[Permission]:
    """What somebody with this role may do; nothing, where the role that they were given is not there."""
    if custom_role is None:
        return ROLE_PERMISSIONS[base]
    try:
        return (await get_role(session, merchant, custom_role)).permissions
    except NotFound:
        return frozenset()


def _role(row: sa.RowMapping) -> CustomRole:
    known = {permission.value for permission in Permission}
    return CustomRole(
        id=row["id"],
        merchant=row["merchant"],
        name=row["name"],
        base=Role(row["base"]),
        # One that a later version took away is no permission any more.
        permissions=frozenset(Permission(one) for one in row["permissions"] if one in known),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
