"""Users: the people who sign in, their names and addresses sealed, found by a keyed hash of the email."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from compliance import passwords
from compliance.journal import Event, record
from compliance.merchants import check_display_name
from compliance.roles import Role
from compliance.vault import SYSTEM, Vault
from core.database import JsonText, Session, UtcDateTime, metadata
from core.errors import Kind, NotFound, PaythreadError
from core.ids import new_id

users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), sa.ForeignKey("merchants.id"), nullable=False),
    sa.Column("email_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("team", sa.String(40)),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("locked_until", UtcDateTime),
    sa.Column("disabled_at", UtcDateTime),
    sa.Column("created_at", UtcDateTime, nullable=False),
    # When they last signed in, or were let in again.
    sa.Column("signed_in_at", UtcDateTime),
    sa.Column("password_changed_at", UtcDateTime),
    sa.Column("password_must_change", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("past_passwords", JsonText),
    # The authenticator app's secret, sealed; while it waits for its first code, `totp_since` is not set.
    sa.Column("totp_secret", sa.Text),
    sa.Column("totp_since", UtcDateTime),
    sa.Column("totp_step", sa.BigInteger),
    sa.Column("recovery_codes", JsonText),
    # How many there are in `passkeys`, so that a row tells by itself whether its user has a second factor.
    sa.Column("passkeys", sa.Integer, nullable=False, server_default=sa.text("0")),
    # A role of the merchant's own (`compliance.custom_roles`), whose base is then in `role`.
    sa.Column("custom_role", sa.String(40)),
    sa.Index("ix_users_merchant_team", "merchant", "team"),
)

EMAIL_LOOKUP = "user.email"
_EMAIL = "user.email.sealed"
_NAME = "user.name"


class EmailTaken(PaythreadError):
    """Another user signs in with this address."""

    code = "email_taken"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class User:
    """A person who signs in."""

    id: str
    merchant: str
    name: str
    email: str
    role: Role
    team: str | None
    custom_role: str | None = None


def normalise_email(email: str) -> str:
    """Addresses of users are compared without case."""
    return email.strip().casefold()


async def create_user(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    name: str,
    email: str,
    role: Role,
    team: str | None,
    password_hash: str,
    actor: str,
    now: datetime,
    must_change: bool = False,
    custom_role: str | None = None,
) -> User:
    """A new user; `must_change` where somebody else knows the password. Raises `EmailTaken`, `UnsafeName`."""
    address = normalise_email(email)
    email_hash = await hash_email(session, vault, address, now=now)
    taken = await session.scalar(sa.select(users.c.id).where(users.c.email_hash == email_hash))
    if taken is not None:
        raise EmailTaken("A user with this email exists.")
    user = User(
        new_id("usr", now), merchant, check_display_name(name), address, role, team, custom_role
    )
    await session.execute(
        sa.insert(users).values(
            id=user.id,
            merchant=merchant,
            email_hash=email_hash,
            email=await vault.seal(session, merchant, user.id, address, purpose=_EMAIL, now=now),
            name=await vault.seal(session, merchant, user.id, user.name, purpose=_NAME, now=now),
            role=role.value,
            team=team,
            custom_role=custom_role,
            password_hash=password_hash,
            password_must_change=must_change,
            password_changed_at=now if password_hash else None,
            signed_in_at=now,
            failures=0,
            created_at=now,
        )
    )
    record(
        session,
        Event(
            type="user.changed",
            merchant=merchant,
            occurred_at=now,
            actor=actor,
            data={
                "user": user.id,
                "change": "created",
                "role": role.value,
                "team": team,
                **({} if custom_role is None else {"custom_role": custom_role}),
            },
        ),
    )
    return user


async def hash_email(session: Session, vault: Vault, address: str, *, now: datetime) -> str:
    """The keyed hash under which a normalised address is stored."""
    key = await vault.key(session, SYSTEM, EMAIL_LOOKUP, now=now)
    return key.mac(EMAIL_LOOKUP, address)


async def get_user(session: Session, vault: Vault, user_id: str) -> User:
    """Raises `NotFound`, also for a user who was switched off."""
    row = await session.one_or_none(
        sa.select(users).where(users.c.id == user_id, users.c.disabled_at.is_(None))
    )
    if row is None:
        raise NotFound("user")
    return await read_user(session, vault, row)


async def list_users(session: Session, vault: Vault, merchant: str) -> Sequence[User]:
    """Everybody of one merchant, oldest first."""
    rows = await session.all(
        sa.select(users).where(users.c.merchant == merchant).order_by(users.c.id).limit(1000)
    )
    return [await read_user(session, vault, row) for row in rows]


async def names_of(
    session: Session, vault: Vault, merchant: str, ids: Collection[str]
) -> Mapping[str, str]:
    """What these users of one merchant are called; who is none of theirs is left out. At most a few hundred ids."""
    rows = await session.all(
        sa.select(users).where(users.c.merchant == merchant, users.c.id.in_(sorted(ids)))
    )
    return {row["id"]: (await read_user(session, vault, row)).name for row in rows}


async def teammates_of(session: Session, user: User) -> frozenset[str]:
    """The ids whose work an agent shares: the team's, or only their own without a team."""
    if user.team is None:
        return frozenset({user.id})
    rows = await session.all(
        sa.select(users.c.id).where(users.c.merchant == user.merchant, users.c.team == user.team)
    )
    return frozenset(row["id"] for row in rows)


async def seal_name(
    session: Session, vault: Vault, *, merchant: str, user: str, name: str, now: datetime
) -> str:
    """A user's new name as it is stored. Raises `UnsafeName`."""
    return await vault.seal(
        session, merchant, user, check_display_name(name), purpose=_NAME, now=now
    )


async def read_user(session: Session, vault: Vault, row: sa.RowMapping) -> User:
    """The user of a row, opened."""
    return User(
        id=row["id"],
        merchant=row["merchant"],
        name=await vault.open(session, row["name"], purpose=_NAME) or "",
        email=await vault.open(session, row["email"], purpose=_EMAIL) or "",
        role=Role(row["role"]),
        team=row["team"],
        custom_role=row["custom_role"],
    )


async def new_password_hash(password: str) -> str:
    """The hash of a password that meets the rules. Raises `WeakPassword`."""
    passwords.check_strength(password)
    return await passwords.hash_password(password)
