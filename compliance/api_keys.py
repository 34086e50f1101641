"""API keys: software's way in. `sk_` and 256 random bits; only the SHA-256 is stored."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance.journal import Event, record
from compliance.principal import NotSignedIn, Principal
from compliance.roles import Role
from core.database import Database, Prepared, Session, UtcDateTime, metadata
from core.errors import NotFound
from core.ids import new_id

api_keys = sa.Table(
    "api_keys",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), sa.ForeignKey("merchants.id"), nullable=False, index=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("key_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("revoked_at", UtcDateTime),
)

_BY_SECRET: Final = Prepared(
    sa.select(api_keys).where(
        api_keys.c.key_hash == sa.bindparam("key_hash"), api_keys.c.revoked_at.is_(None)
    )
)


@dataclass(frozen=True, slots=True, repr=False)
class NewKey:
    """A fresh key; its secret is told once, here."""

    id: str
    secret: str


def generate_secret() -> str:
    """`sk_` and 43 characters of base64url."""
    return f"sk_{secrets.token_urlsafe(32)}"


async def create_key(
    session: Session,
    *,
    merchant: str,
    name: str,
    actor: str,
    now: datetime,
    secret: str | None = None,
) -> NewKey:
    """A new key for one merchant's software."""
    key = NewKey(new_id("key", now), secret or generate_secret())
    await session.execute(
        sa.insert(api_keys).values(
            id=key.id,
            merchant=merchant,
            name=name,
            key_hash=_hash(key.secret),
            role=Role.INTEGRATION.value,
            created_at=now,
        )
    )
    _journal(session, "key.created", merchant=merchant, key_id=key.id, actor=actor, now=now)
    return key


async def revoke_key(
    session: Session, *, merchant: str, key_id: str, actor: str, now: datetime
) -> None:
    """The key is worth nothing from here on. Raises `NotFound`."""
    result = await session.execute(
        sa.update(api_keys)
        .where(
            api_keys.c.id == key_id,
            api_keys.c.merchant == merchant,
            api_keys.c.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
    if result.rowcount != 1:
        raise NotFound("API key")
    _journal(session, "key.revoked", merchant=merchant, key_id=key_id, actor=actor, now=now)


async def find_key(session: Session | Database, secret: str) -> Principal:
    """Whose key this is. Raises `NotSignedIn`."""
    found = await session.ask(_BY_SECRET, key_hash=_hash(secret))
    if not found:
        raise NotSignedIn("The API key is not valid.")
    row = found[0]
    return Principal(
        merchant=row["merchant"],
        kind="key",
        id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
    )


async def key_alive(session: Session, key_id: str) -> bool:
    """Whether a key found earlier still holds."""
    return (
        await session.scalar(
            sa.select(api_keys.c.id).where(api_keys.c.id == key_id, api_keys.c.revoked_at.is_(None))
        )
        is not None
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _journal(
    session: Session, kind: str, *, merchant: str, key_id: str, actor: str, now: datetime
) -> None:
    record(
        session,
        Event(type=kind, merchant=merchant, occurred_at=now, actor=actor, data={"key": key_id}),
    )
