"""Running a merchant's people: inviting them, changing what they may, showing them out.

Nobody changes their own role or shuts themselves out, and an admin who can sign in always remains. Acts of two admins
at once wait for each other, and whoever acts must still be an admin when their turn comes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import sqlalchemy as sa

from compliance import access_tickets, passkeys, passwords, second_factor
from compliance.acting import begin_acting, check_within
from compliance.custom_roles import get_role, held_by
from compliance.journal import Event, record
from compliance.letters import Letters
from compliance.principal import Principal
from compliance.roles import Permission, Role
from compliance.session_list import end_sessions_of
from compliance.sessions import AWAY_MAX, sessions
from compliance.sso.identities import bound_users, release
from compliance.users import User, create_user, read_user, seal_name, users
from compliance.vault import Vault
from core.database import Session
from core.errors import InvalidField, Kind, NotFound, PaythreadError

PEOPLE_MAX: Final = 1000


class OwnAccount(PaythreadError):
    """Somebody else has to do this: nobody changes what they may do themselves."""

    code = "own_account"
    kind = Kind.CONFLICT


class LastAdmin(PaythreadError):
    """Without this admin nobody could let anybody in."""

    code = "last_admin"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Member:
    """A user as admins see them."""

    user: User
    state: Literal["active", "invited", "away", "off"]
    has_factor: bool
    has_single_sign_on: bool
    locked_until: datetime | None
    seen_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """How somebody gets their link: by mail, or (where nobody can send one) told once to the admin."""

    address: str | None
    expires_at: datetime


async def list_members(
    session: Session, vault: Vault, merchant: str, *, now: datetime
) -> Sequence[Member]:
    """Everybody of the merchant, oldest first."""
    rows = await session.all(
        sa.select(users).where(users.c.merchant == merchant).order_by(users.c.id).limit(PEOPLE_MAX)
    )
    seen, bound = await _seen(session, merchant), await bound_users(session, merchant)
    return [await _member(session, vault, row, seen=seen, bound=bound, now=now) for row in rows]


async def get_member(
    session: Session, vault: Vault, merchant: str, user_id: str, *, now: datetime
) -> Member:
    """One of them. Raises `NotFound`."""
    row = await _row(session, merchant, user_id)
    seen, bound = await _seen(session, merchant), await bound_users(session, merchant)
    return await _member(session, vault, row, seen=seen, bound=bound, now=now)


async def invite(
    session: Session,
    vault: Vault,
    letters: Letters,
    caller: Principal,
    *,
    name: str,
    email: str,
    role: Role | str,
    team: str | None,
    now: datetime,
) -> tuple[User, Sent]:
    """A user without a password, who gets a link to choose one. Raises `EmailTaken`, `UnsafeName`, `BeyondYours`."""
    held = await begin_acting(session, caller)
    base, custom = await _given(session, caller.merchant, held, role)
    user = await create_user(
        session,
        vault,
        merchant=caller.merchant,
        name=name,
        email=email,
        role=base,
        custom_role=custom,
        team=team,
        password_hash=passwords.NONE_YET,
        actor=caller.actor,
        now=now,
    )
    return user, await _send(session, vault, letters, user, access_tickets.INVITATION, now=now)


async def send_link(
    session: Session,
    vault: Vault,
    letters: Letters,
    caller: Principal,
    user_id: str,
    *,
    now: datetime,
) -> Sent:
    """A fresh invitation, or for who has a password already a link to choose a new one. Raises `NotFound`."""
    held = await begin_acting(session, caller)
    row = await _row(session, caller.merchant, user_id)
    await _check_theirs(session, held, row)
    if row["disabled_at"] is not None:
        raise NotFound("user")
    purpose = access_tickets.RESET if row["password_hash"] else access_tickets.INVITATION
    user = await read_user(session, vault, row)
    sent = await _send(session, vault, letters, user, purpose, now=now)
    _journal(session, caller, user_id, "link_sent", purpose=purpose, now=now)
    return sent


async def change(
    session: Session,
    vault: Vault,
    caller: Principal,
    user_id: str,
    changes: Mapping[str, object],
    *,
    origin: str | None,
    now: datetime,
) -> Member:
    """Changes `name`, `role` (a `Role`, or a custom role's id), `team` and `active`, whichever are named.

    Who is switched off is out at once, everywhere.
    Raises `NotFound`, `OwnAccount`, `BeyondYours`, `LastAdmin`, `UnsafeName`.
    """
    held = await begin_acting(session, caller)
    row = await _row(session, caller.merchant, user_id, lock=True)
    await _check_theirs(session, held, row)
    was_active = row["disabled_at"] is None
    active = changes.get("active", was_active)
    before = (Role(row["role"]), row["custom_role"])
    after = before
    if "role" in changes:
        after = await _given(session, caller.merchant, held, changes["role"])
    if user_id == caller.id and (after != before or not active):
        raise OwnAccount("Another admin has to change what you may do.")
    admin = (Role.ADMIN, None)
    loses_admin = was_active and before == admin and (after != admin or not active)
    if loses_admin and not await another_admin(session, caller.merchant, user_id):
        raise LastAdmin("Somebody has to remain who can let others in.")
    values: dict[str, object] = {}
    if "name" in changes:
        values["name"] = await seal_name(
            session,
            vault,
            merchant=caller.merchant,
            user=user_id,
            name=str(changes["name"]),
            now=now,
        )
        _journal(session, caller, user_id, "name", now=now)
    if after != before:
        values |= {"role": after[0].value, "custom_role": after[1]}
        told = {"before": before[1] or before[0].value, "after": after[1] or after[0].value}
        _journal(session, caller, user_id, "role", **told, now=now)
    if changes.get("team", row["team"]) != row["team"]:
        values["team"] = changes["team"]
        _journal(
            session, caller, user_id, "team", before=row["team"], after=changes["team"], now=now
        )
    if active and (not was_active or changes.get("active") is True):
        # Also for who was away too long, or is locked out: an admin knows them.
        values |= {"disabled_at": None, "signed_in_at": now, "failures": 0, "locked_until": None}
        _journal(session, caller, user_id, "switched_on", now=now)
    if was_active and not active:
        values["disabled_at"] = now
        await access_tickets.cancel(session, user_id)
        await end_sessions_of(
            session, caller.merchant, user_id, actor=caller.actor, origin=origin, now=now
        )
        _journal(session, caller, user_id, "switched_off", now=now)
    if values:
        await session.execute(sa.update(users).where(users.c.id == user_id).values(values))
    return await get_member(session, vault, caller.merchant, user_id, now=now)


async def remove_factor(
    session: Session, caller: Principal, user_id: str, *, origin: str | None, now: datetime
) -> None:
    """For somebody who lost their phone and their codes: app and passkeys hold no more, and they are signed out.

    Raises `NotFound`, `OwnAccount`. The caller has shown their own password again.
    """
    held = await begin_acting(session, caller)
    if user_id == caller.id:
        raise OwnAccount("Another admin has to take your second factor away.")
    row = await _row(session, caller.merchant, user_id, lock=True)
    await _check_theirs(session, held, row)
    await passkeys.remove_all(session, row, actor=caller.actor, now=now)
    row = await _row(session, caller.merchant, user_id)
    await second_factor.remove(session, row, actor=caller.actor, now=now)
    await end_sessions_of(
        session, caller.merchant, user_id, actor=caller.actor, origin=origin, now=now
    )


async def release_single_sign_on(
    session: Session, caller: Principal, user_id: str, *, origin: str | None, now: datetime
) -> None:
    """For somebody whose account at the provider was made anew: the next one with their address is theirs.

    They are signed out. Raises `NotFound`, also where they never signed in that way.
    """
    held = await begin_acting(session, caller)
    row = await _row(session, caller.merchant, user_id, lock=True)
    await _check_theirs(session, held, row)
    if not await release(session, row, actor=caller.actor, now=now):
        raise NotFound("single sign-on")
    await end_sessions_of(
        session, caller.merchant, user_id, actor=caller.actor, origin=origin, now=now
    )


async def _given(
    session: Session, merchant: str, held: frozenset[Permission], role: object
) -> tuple[Role, str | None]:
    """The base and the custom role that a `Role` or a role's id means, within what the caller holds."""
    base, custom = (role, None) if isinstance(role, Role) else (Role.AGENT, str(role))
    if custom is not None:
        try:
            base = (await get_role(session, merchant, custom)).base
        except NotFound:
            raise InvalidField("/role", "There is no such role.") from None
    check_within(held, await held_by(session, merchant, base, custom))
    return base, custom


async def _check_theirs(session: Session, held: frozenset[Permission], row: sa.RowMapping) -> None:
    """Raises `BeyondYours` where the user of the row holds more than the caller: a reset would make them one."""
    check_within(
        held, await held_by(session, row["merchant"], Role(row["role"]), row["custom_role"])
    )


async def another_admin(session: Session, merchant: str, but: str) -> bool:
    """Whether somebody else of the merchant could let people in, by a password of their own."""
    return (
        await session.scalar(
            sa.select(users.c.id)
            .where(
                users.c.merchant == merchant,
                users.c.role == Role.ADMIN.value,
                # With a role of the merchant's own they could not give all that an admin may.
                users.c.custom_role.is_(None),
                users.c.disabled_at.is_(None),
                users.c.password_hash != passwords.NONE_YET,
                users.c.id != but,
            )
            .limit(1)
        )
        is not None
    )


async def _send(
    session: Session, vault: Vault, letters: Letters, user: User, purpose: str, *, now: datetime
) -> Sent:
    ticket = await access_tickets.issue(
        session, purpose=purpose, user=user.id, merchant=user.merchant, now=now
    )
    posted = await letters.post(session, vault, user, purpose=purpose, ticket=ticket, now=now)
    address = None if posted else letters.address(purpose, ticket)
    return Sent(address, now + access_tickets.LIVES[purpose])


async def _row(
    session: Session, merchant: str, user_id: str, *, lock: bool = False
) -> sa.RowMapping:
    wanted = sa.select(users).where(users.c.id == user_id, users.c.merchant == merchant)
    row = await session.one_or_none(wanted.with_for_update() if lock else wanted)
    if row is None:
        raise NotFound("user")
    return row


async def _seen(session: Session, merchant: str) -> Mapping[str, datetime]:
    seen_at = sa.func.max(sessions.c.seen_at, type_=sessions.c.seen_at.type).label("seen_at")
    rows = await session.all(
        sa.select(sessions.c.user, seen_at)
        .where(sessions.c.merchant == merchant)
        .group_by(sessions.c.user)
    )
    return {row["user"]: row["seen_at"] for row in rows}


async def _member(
    session: Session,
    vault: Vault,
    row: sa.RowMapping,
    *,
    seen: Mapping[str, datetime],
    bound: Collection[str],
    now: datetime,
) -> Member:
    until = row["locked_until"]
    return Member(
        user=await read_user(session, vault, row),
        state=_state(row, now, is_bound=row["id"] in bound),
        has_factor=second_factor.has_factor(row),
        has_single_sign_on=row["id"] in bound,
        locked_until=until if until is not None and until > now else None,
        seen_at=seen.get(row["id"]),
        created_at=row["created_at"],
    )


def _state(
    row: sa.RowMapping, now: datetime, *, is_bound: bool
) -> Literal["active", "invited", "away", "off"]:
    if row["disabled_at"] is not None:
        return "off"
    if not row["password_hash"] and not is_bound:
        return "invited"
    return "away" if now - (row["signed_in_at"] or now) >= AWAY_MAX else "active"


def _journal(
    session: Session, caller: Principal, user: str, what: str, *, now: datetime, **data: object
) -> None:
    record(
        session,
        Event(
            type="user.changed",
            merchant=caller.merchant,
            occurred_at=now,
            actor=caller.actor,
            data={"user": user, "change": what, **data},
        ),
    )
