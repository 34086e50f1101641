"""API keys: software's way in. `sk_` and 256 random bits; only the SHA-256 is stored.

A key holds what software may, or the part of it that it was made for; until its end, where it has one; from its
networks, where it names some. All of that is looked at on each request.
"""

import hashlib
import ipaddress
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from compliance.journal import Event, record
from compliance.principal import NotSignedIn, Principal
from compliance.roles import ROLE_PERMISSIONS, Permission, Role
from core.database import Database, JsonText, Prepared, Row, Session, UtcDateTime, metadata
from core.errors import InvalidField, Kind, NotFound, PaythreadError
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
    # Null: everything that software may, from everywhere, for good.
    sa.Column("scopes", JsonText),
    sa.Column("networks", JsonText),
    sa.Column("expires_at", UtcDateTime),
    sa.Column("created_by", sa.String(60)),
    # The last use, to the hour.
    sa.Column("used_at", UtcDateTime),
    sa.Column("used_from", sa.String(64)),
)

KEYS_MAX: Final = 200
NETWORKS_MAX: Final = 20
SCOPES: Final = ROLE_PERMISSIONS[Role.INTEGRATION] - {Permission.MERCHANT_WIDE}
# Reading must not become writing: a use is noted at most this often.
_NOTED_EVERY: Final = timedelta(hours=1)

_BY_SECRET: Final = Prepared(
    sa.select(api_keys).where(
        api_keys.c.key_hash == sa.bindparam("key_hash"), api_keys.c.revoked_at.is_(None)
    )
)


class WrongNetwork(PaythreadError):
    """The key is right, and may not be used from there."""

    code = "network_not_allowed"
    kind = Kind.FORBIDDEN


class TooMuch(PaythreadError):
    """A key cannot hold more than whoever makes it."""

    code = "scope_not_yours"
    kind = Kind.FORBIDDEN


class TooManyKeys(PaythreadError):
    """The merchant has as many keys as there may be."""

    code = "too_many_keys"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class KeyFound:
    """Whose key it is, and whether its use is worth a note."""

    principal: Principal
    use_is_news: bool


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
    scopes: Collection[Permission] | None = None,
    networks: Sequence[str] | None = None,
    expires_at: datetime | None = None,
) -> NewKey:
    """A new key for one merchant's software. `networks` are as `checked_networks` gave them."""
    key = NewKey(new_id("key", now), secret or generate_secret())
    await session.execute(
        sa.insert(api_keys).values(
            id=key.id,
            merchant=merchant,
            name=name,
            key_hash=_hash(key.secret),
            role=Role.INTEGRATION.value,
            created_at=now,
            scopes=None if scopes is None else sorted(scopes),
            networks=None if networks is None else list(networks),
            expires_at=expires_at,
            created_by=actor,
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


async def make_key(
    session: Session,
    caller: Principal,
    *,
    name: str,
    scopes: Collection[Permission],
    networks: Sequence[str] | None,
    expires_at: datetime | None,
    now: datetime,
) -> NewKey:
    """A key that a person makes. Raises `TooMuch`, `TooManyKeys`, `InvalidField`."""
    if not set(scopes) <= SCOPES or not all(caller.may(scope) for scope in scopes):
        raise TooMuch("A key cannot hold more than you do.")
    if expires_at is not None and expires_at <= now:
        raise InvalidField("/expires_at", "must lie ahead")
    await session.lock(f"keys:{caller.merchant}")
    if len(await list_keys(session, caller.merchant)) >= KEYS_MAX:
        raise TooManyKeys(f"There are {KEYS_MAX} keys; revoke one that is not used.")
    return await create_key(
        session,
        merchant=caller.merchant,
        name=name,
        actor=caller.actor,
        now=now,
        scopes=scopes,
        networks=None if networks is None else checked_networks(networks),
        expires_at=expires_at,
    )


def checked_networks(networks: Sequence[str]) -> list[str]:
    """Addresses and networks (CIDR) in their usual form. Raises `InvalidField`."""
    if not 1 <= len(networks) <= NETWORKS_MAX:
        raise InvalidField("/networks", f"must name 1 to {NETWORKS_MAX} networks")
    found = []
    for position, text in enumerate(networks):
        try:
            found.append(str(ipaddress.ip_network(text.strip())))
        except ValueError:
            raise InvalidField(
                f"/networks/{position}", "must be an address or a network, like 203.0.113.0/24"
            ) from None
    return sorted(set(found))


async def list_keys(session: Session, merchant: str) -> Sequence[sa.RowMapping]:
    """The keys that were not revoked, the newest first; those that ran out among them."""
    return await session.all(
        sa.select(api_keys)
        .where(api_keys.c.merchant == merchant, api_keys.c.revoked_at.is_(None))
        .order_by(api_keys.c.id.desc())
        .limit(KEYS_MAX)
    )


async def find_key(
    session: Session | Database, secret: str, *, now: datetime, address: str | None = None
) -> Principal:
    """Whose key this is. Raises `NotSignedIn`, also after its end, and `WrongNetwork`."""
    return (await look_up(session, secret, now=now, address=address)).principal


async def look_up(
    session: Session | Database, secret: str, *, now: datetime, address: str | None
) -> KeyFound:
    """As `find_key`; and whether its use should be noted."""
    found = await session.ask(_BY_SECRET, key_hash=_hash(secret))
    if not found or not _holds(found[0], now):
        raise NotSignedIn("The API key is not valid.")
    row = found[0]
    if row["networks"] is not None and not _is_within(address, row["networks"]):
        raise WrongNetwork("This key may not be used from this network.")
    used_at = row["used_at"]
    return KeyFound(_principal(row), used_at is None or now - used_at >= _NOTED_EVERY)


async def note_use(database: Database, key_id: str, *, address: str, now: datetime) -> None:
    """Keeps when and from where a key was used last."""
    async with database.transaction() as session:
        await session.execute(
            sa.update(api_keys)
            .where(api_keys.c.id == key_id)
            .values(used_at=now, used_from=address[:64])
        )


async def standing_key(session: Session, key_id: str, *, now: datetime) -> Principal | None:
    """The software of a key found earlier, as it stands now; None where it holds no more."""
    row = await session.one_or_none(
        sa.select(api_keys).where(api_keys.c.id == key_id, api_keys.c.revoked_at.is_(None))
    )
    return _principal(row) if row is not None and _holds(row, now) else None


async def key_alive(session: Session, key_id: str, *, now: datetime) -> bool:
    """Whether a key found earlier still holds."""
    return await standing_key(session, key_id, now=now) is not None


async def maker_of_key(session: Session, merchant: str, key_id: str) -> str | None:
    """Who made the key (an actor, as the journal writes it), revoked or not; None where that is not known."""
    found: str | None = await session.scalar(
        sa.select(api_keys.c.created_by).where(
            api_keys.c.id == key_id, api_keys.c.merchant == merchant
        )
    )
    return found


def _holds(row: Row | sa.RowMapping, now: datetime) -> bool:
    return row["expires_at"] is None or now < row["expires_at"]


def _principal(row: Row | sa.RowMapping) -> Principal:
    # Software is nobody's teammate: whatever it was made for, it sees the whole merchant's.
    scopes = row["scopes"]
    return Principal(
        merchant=row["merchant"],
        kind="key",
        id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
        scopes=None
        if scopes is None
        else frozenset(Permission(each) for each in scopes) | {Permission.MERCHANT_WIDE},
    )


def _is_within(address: str | None, networks: Sequence[str]) -> bool:
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return any(parsed in ipaddress.ip_network(network) for network in networks)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _journal(
    session: Session, kind: str, *, merchant: str, key_id: str, actor: str, now: datetime
) -> None:
    record(
        session,
        Event(type=kind, merchant=merchant, occurred_at=now, actor=actor, data={"key": key_id}),
    )
