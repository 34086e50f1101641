"""Who it is that the provider vouches for: a user already bound, one found by address, or somebody new.

The caller holds the merchant's lock on its people, so that of two first sign-ins at once one is the first.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from compliance import passwords
from compliance.merchants import UnsafeName, check_display_name
from compliance.password_changes import locked
from compliance.people import another_admin
from compliance.roles import Role
from compliance.sso import identities
from compliance.sso.config import SsoConfig
from compliance.sso.id_tokens import Claims
from compliance.users import create_user, hash_email, users
from compliance.vault import Vault
from core.database import Session

# In place of a name that the provider does not tell, or that could pass for another.
_NAMELESS = "New colleague"


@dataclass(frozen=True, slots=True)
class Stranger:
    """Nobody who is let in: why, and the user whom it concerns, if there is one."""

    reason: str
    row: sa.RowMapping | None = None


async def find_or_make(
    session: Session,
    vault: Vault,
    config: SsoConfig,
    claims: Claims,
    *,
    merchant: str,
    now: datetime,
) -> sa.RowMapping | Stranger:
    """The user, locked and bound to this account from now on, in the role that their groups give."""
    subject = await identities.hash_subject(
        session, vault, issuer=config.issuer, subject=claims.subject, now=now
    )
    bound = await identities.user_of(session, subject)
    if bound is not None:
        row = await locked(session, bound)
        return _stranger(row, config, claims, merchant) or await _in_role(
            session, config, claims, row, now=now
        )
    email_hash = await hash_email(session, vault, claims.email, now=now)
    user = await session.scalar(sa.select(users.c.id).where(users.c.email_hash == email_hash))
    if user is None:
        if not config.makes_people:
            return Stranger("unknown")
        if not config.lets_in(claims.email):
            return Stranger("domain")
        user = await _made(session, vault, config, claims, merchant=merchant, now=now)
    row = await locked(session, user)
    stranger = _stranger(row, config, claims, merchant)
    if stranger is not None:
        return stranger
    known_at = await identities.issuer_of(session, user)
    if known_at == config.issuer:
        # Their address was given to somebody else, or the account was made anew: an admin knows.
        return Stranger("bound_to_another", row)
    if known_at is not None:
        await identities.release(session, row, actor="system", now=now)
    await identities.bind(session, row, subject_hash=subject, issuer=config.issuer, now=now)
    return await _in_role(session, config, claims, row, now=now)


def _stranger(
    row: sa.RowMapping, config: SsoConfig, claims: Claims, merchant: str
) -> Stranger | None:
    if row["merchant"] != merchant:
        # Told to the merchant whose provider it is, so the other one's user is not named.
        return Stranger("other_merchant")
    if not config.lets_in(claims.email):
        return Stranger("domain", row)
    return Stranger("switched_off", row) if row["disabled_at"] is not None else None


async def _made(
    session: Session,
    vault: Vault,
    config: SsoConfig,
    claims: Claims,
    *,
    merchant: str,
    now: datetime,
) -> str:
    made = await create_user(
        session,
        vault,
        merchant=merchant,
        name=_name_of(claims),
        email=claims.email,
        role=config.role_of(claims.groups or frozenset()),
        team=None,
        password_hash=passwords.NONE_YET,
        actor="system",
        now=now,
    )
    return made.id


def _name_of(claims: Claims) -> str:
    for name in (claims.name or "", claims.email.partition("@")[0]):
        try:
            return check_display_name(name)
        except UnsafeName:
            continue
    return _NAMELESS


async def _in_role(
    session: Session, config: SsoConfig, claims: Claims, row: sa.RowMapping, *, now: datetime
) -> sa.RowMapping:
    """The user in the role that the groups give, where they give roles at all; the last admin stays one."""
    if not config.roles or claims.groups is None:
        return row
    role = config.role_of(claims.groups)
    if role == row["role"]:
        return row
    if row["role"] == Role.ADMIN and not await another_admin(session, row["merchant"], row["id"]):
        return row
    await identities.set_role(session, row, role, now=now)
    return await locked(session, row["id"])
