"""Which user an account at the provider is: bound at the first sign-in, by issuer and subject, from then on.

An email address is given to somebody else some day; a subject never is (OpenID Connect Core 1.0, section 5.7). So the
address is looked at once, and a user who is bound is nobody else's afterwards. Of the subject only a keyed hash is
kept.
"""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance.journal import Event, record
from compliance.merchant_settings import read
from compliance.roles import Role
from compliance.sso.policy import SsoPolicy
from compliance.users import users
from compliance.vault import SYSTEM, Vault
from core.database import Session, UtcDateTime, metadata

_SUBJECT: Final = "sso.subject"

sso_identities = sa.Table(
    "sso_identities",
    metadata,
    sa.Column("subject_hash", sa.String(64), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("user", sa.String(40), sa.ForeignKey("users.id"), nullable=False, unique=True),
    sa.Column("issuer", sa.String(500), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)


async def hash_subject(
    session: Session, vault: Vault, *, issuer: str, subject: str, now: datetime
) -> str:
    """The keyed hash under which an account at a provider is known."""
    key = await vault.key(session, SYSTEM, _SUBJECT, now=now)
    return key.mac(_SUBJECT, f"{issuer}\n{subject}")


async def user_of(session: Session, subject_hash: str) -> str | None:
    """The user whom this account was bound to."""
    found: str | None = await session.scalar(
        sa.select(sso_identities.c.user).where(sso_identities.c.subject_hash == subject_hash)
    )
    return found


async def issuer_of(session: Session, user: str) -> str | None:
    """The provider that the user has signed in by, if any."""
    found: str | None = await session.scalar(
        sa.select(sso_identities.c.issuer).where(sso_identities.c.user == user)
    )
    return found


async def bound_users(session: Session, merchant: str) -> frozenset[str]:
    """Who of the merchant's users has."""
    rows = await session.all(
        sa.select(sso_identities.c.user).where(sso_identities.c.merchant == merchant)
    )
    return frozenset(row["user"] for row in rows)


async def bind(
    session: Session, row: sa.RowMapping, *, subject_hash: str, issuer: str, now: datetime
) -> None:
    """This account is that user from now on. The caller has seen that neither is bound."""
    await session.execute(
        sa.insert(sso_identities).values(
            subject_hash=subject_hash,
            merchant=row["merchant"],
            user=row["id"],
            issuer=issuer,
            created_at=now,
        )
    )
    _journal(session, row, "single_sign_on_bound", actor=f"user:{row['id']}", now=now)


async def release(session: Session, row: sa.RowMapping, *, actor: str, now: datetime) -> bool:
    """The user is bound no more: the next account with their address is. False where there was nothing to release."""
    released = await session.one_or_none(
        sa.delete(sso_identities)
        .where(sso_identities.c.user == row["id"])
        .returning(sso_identities.c.user)
    )
    if released is None:
        return False
    _journal(session, row, "single_sign_on_released", actor=actor, now=now)
    return True


async def password_is_refused(session: Session, row: sa.RowMapping) -> bool:
    """Whether this user signs in by the provider alone. Admins may always use their password."""
    if row["role"] == Role.ADMIN or await issuer_of(session, row["id"]) is None:
        return False
    return (await read(session, row["merchant"], SsoPolicy)).refuse_passwords


async def set_role(session: Session, row: sa.RowMapping, role: Role, *, now: datetime) -> None:
    """The role that the provider's groups give."""
    await session.execute(sa.update(users).where(users.c.id == row["id"]).values(role=role.value))
    _journal(session, row, "role", actor="system", now=now, before=row["role"], after=role.value)


def _journal(
    session: Session, row: sa.RowMapping, change: str, *, actor: str, now: datetime, **more: object
) -> None:
    record(
        session,
        Event(
            type="user.changed",
            merchant=row["merchant"],
            occurred_at=now,
            actor=actor,
            data={"user": row["id"], "change": change, **more},
        ),
    )
