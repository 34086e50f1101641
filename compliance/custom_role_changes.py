"""Making, changing and deleting a merchant's own roles.

Nobody gives what they do not hold, nobody changes the role that they have themselves, and a role that somebody has is
not deleted. The acts wait for each other, and for those on people. Each is told as `user.changed`, which also makes
every open feed look again at what its caller may see.
"""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance.acting import begin_acting, check_within
from compliance.custom_roles import CustomRole, custom_roles, get_role
from compliance.journal import Event, record
from compliance.merchants import check_shown_text
from compliance.people import OwnAccount
from compliance.principal import Principal
from compliance.roles import ROLE_PERMISSIONS, Permission, Role
from compliance.users import users
from core.database import Session
from core.errors import InvalidField, Kind, PaythreadError
from core.ids import new_id

ROLES_MAX: Final = 100
NAME_MAX: Final = 40
# Who may let others in, or say who needs a second factor, is an admin by base: their sign-in is asked for one.
_ADMINS_ALONE: Final = frozenset(
    {Permission.USERS_WRITE, Permission.KEYS_WRITE, Permission.SETTINGS_WRITE}
)
_BUILT_IN: Final = frozenset(role.value for role in Role)


class RoleNameTaken(PaythreadError):
    """Another role of the merchant is called so."""

    code = "role_name_taken"
    kind = Kind.CONFLICT


class RoleInUse(PaythreadError):
    """Somebody has this role, switched off or not."""

    code = "role_in_use"
    kind = Kind.CONFLICT


class TooManyRoles(PaythreadError):
    """The merchant has as many roles as there may be."""

    code = "too_many_roles"
    kind = Kind.CONFLICT


def grantable(base: Role) -> frozenset[Permission]:
    """What a role on this base may hold at most: an auditor changes nothing, and only admins let others in."""
    match base:
        case Role.ADMIN | Role.AUDITOR:
            return ROLE_PERMISSIONS[base]
        case _:
            return ROLE_PERMISSIONS[Role.ADMIN] - _ADMINS_ALONE


async def create_role(
    session: Session,
    caller: Principal,
    *,
    name: str,
    base: Role,
    permissions: frozenset[Permission],
    now: datetime,
) -> CustomRole:
    """A new role. Raises `BeyondYours`, `InvalidField`, `RoleNameTaken`, `TooManyRoles`, `UnsafeName`."""
    held = await begin_acting(session, caller)
    _check(base, permissions)
    check_within(held, permissions)
    count = sa.select(sa.func.count()).where(custom_roles.c.merchant == caller.merchant)
    if (await session.scalar(count) or 0) >= ROLES_MAX:
        raise TooManyRoles("There are as many roles as there may be.")
    role = CustomRole(
        id=new_id("rol", now),
        merchant=caller.merchant,
        name=await _free_name(session, caller.merchant, name),
        base=base,
        permissions=permissions,
        created_at=now,
        updated_at=now,
    )
    await session.execute(
        sa.insert(custom_roles).values(
            id=role.id,
            merchant=role.merchant,
            name=role.name,
            base=base.value,
            permissions=sorted(permissions),
            created_at=now,
            updated_at=now,
        )
    )
    _journal(session, caller, "role_created", None, role, now=now)
    return role


async def change_role(
    session: Session,
    caller: Principal,
    role_id: str,
    *,
    name: str | None = None,
    permissions: frozenset[Permission] | None = None,
    now: datetime,
) -> CustomRole:
    """Changes what is named, for everybody who has the role at once.

    Raises `NotFound`, `OwnAccount`, `BeyondYours`, `InvalidField`, `RoleNameTaken`, `UnsafeName`.
    """
    held, before = await _theirs_to_change(session, caller, role_id)
    wanted = before.permissions if permissions is None else permissions
    _check(before.base, wanted)
    check_within(held, wanted)
    called = before.name
    if name is not None:
        called = await _free_name(session, caller.merchant, name, but=role_id)
    if (called, wanted) == (before.name, before.permissions):
        return before
    await session.execute(
        sa.update(custom_roles)
        .where(custom_roles.c.id == role_id)
        .values(name=called, permissions=sorted(wanted), updated_at=now)
    )
    after = await get_role(session, caller.merchant, role_id)
    _journal(session, caller, "role_changed", before, after, now=now)
    return after


async def delete_role(session: Session, caller: Principal, role_id: str, *, now: datetime) -> None:
    """Takes a role away that nobody has. Raises `NotFound`, `OwnAccount`, `BeyondYours`, `RoleInUse`."""
    _, before = await _theirs_to_change(session, caller, role_id)
    holder = sa.select(users.c.id).where(users.c.custom_role == role_id).limit(1)
    if await session.scalar(holder) is not None:
        raise RoleInUse("Give everybody who has this role another one first.")
    await session.execute(sa.delete(custom_roles).where(custom_roles.c.id == role_id))
    _journal(session, caller, "role_deleted", before, None, now=now)


async def _theirs_to_change(
    session: Session, caller: Principal, role_id: str
) -> tuple[frozenset[Permission], CustomRole]:
    held = await begin_acting(session, caller)
    role = await get_role(session, caller.merchant, role_id)
    own = await session.scalar(sa.select(users.c.custom_role).where(users.c.id == caller.id))
    if own == role_id:
        raise OwnAccount("Another admin has to change what you may do.")
    check_within(held, role.permissions)
    return held, role


def _check(base: Role, permissions: frozenset[Permission]) -> None:
    if base is Role.INTEGRATION:
        raise InvalidField("/base", "Software has API keys, no roles.")
    if not permissions:
        raise InvalidField("/permissions", "A role holds at least one permission.")
    if not permissions <= grantable(base):
        raise InvalidField("/permissions", "A role on this base cannot hold one of these.")


async def _free_name(session: Session, merchant: str, name: str, *, but: str | None = None) -> str:
    shown = check_shown_text(name, what="name", length_max=NAME_MAX)
    rows = await session.all(
        sa.select(custom_roles.c.id, custom_roles.c.name).where(custom_roles.c.merchant == merchant)
    )
    taken = {row["name"].casefold() for row in rows if row["id"] != but}
    if shown.casefold() in taken | _BUILT_IN:
        raise RoleNameTaken("Another role is called so.")
    return shown


def _journal(
    session: Session,
    caller: Principal,
    what: str,
    before: CustomRole | None,
    after: CustomRole | None,
    *,
    now: datetime,
) -> None:
    about = after or before
    assert about is not None, "a role was there before, or is there after"
    record(
        session,
        Event(
            type="user.changed",
            merchant=caller.merchant,
            occurred_at=now,
            actor=caller.actor,
            data={
                "change": what,
                "custom_role": about.id,
                "base": about.base.value,
                "before": _told(before),
                "after": _told(after),
            },
        ),
    )


def _told(role: CustomRole | None) -> dict[str, object] | None:
    return None if role is None else {"name": role.name, "permissions": sorted(role.permissions)}
