"""Passkeys of people: adding, naming and removing one's own. Each is a second factor, and can stand for both.

PCI DSS 4.0.1: 8.3.3 (who one is comes before any change; the doors ask), 8.4.2 (the last factor stays where one is
asked for). The public key is no secret; the name that its owner gave is sealed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from compliance import passkey_challenges, second_factor
from compliance.journal import Event, record
from compliance.passkey_proofs import (
    Known,
    Made,
    NotProven,
    RelyingParty,
    challenge_in,
    check_creation,
    creation_options,
)
from compliance.password_changes import user_row
from compliance.users import read_user, users
from compliance.vault import Vault
from core.database import JsonText, Session, UtcDateTime, metadata
from core.errors import Kind, NotFound, PaythreadError
from core.ids import new_id

PASSKEYS_MAX: Final = 10
_NAME: Final = "user.passkey.name"

passkeys = sa.Table(
    "passkeys",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("user", sa.String(40), sa.ForeignKey("users.id"), nullable=False, index=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    # Of whomever: a passkey belongs to one person (WebAuthn 7.1, 22).
    sa.Column("credential_id", sa.String(1400), nullable=False, unique=True),
    sa.Column("public_key", sa.Text, nullable=False),
    sa.Column("sign_count", sa.BigInteger, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("transports", JsonText, nullable=False),
    sa.Column("user_verified", sa.Boolean, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("last_used_at", UtcDateTime),
)


@dataclass(frozen=True, slots=True)
class Passkey:
    """One as its owner sees it. `signs_in_alone` once it has checked who holds it, by a PIN or a finger."""

    id: str
    name: str
    signs_in_alone: bool
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class Added:
    """A new one; with recovery codes, told once, where it is the first factor."""

    passkey: Passkey
    recovery_codes: list[str] | None


class PasskeyRefused(PaythreadError):
    """What the browser sent is no new passkey for this page."""

    code = "passkey_refused"


class TooManyPasskeys(PaythreadError):
    """One has to go before another comes."""

    code = "too_many_passkeys"
    kind = Kind.CONFLICT


async def begin(
    session: Session,
    vault: Vault,
    party: RelyingParty,
    user_id: str,
    *,
    bound_to: str,
    now: datetime,
) -> dict[str, Any]:
    """What the browser is told to make one. The user has shown their password, in the session or half-done sign-in
    that it is `bound_to`. Raises `TooManyPasskeys`."""
    rows = await rows_of(session, user_id)
    if len(rows) >= PASSKEYS_MAX:
        raise TooManyPasskeys(f"At most {PASSKEYS_MAX} passkeys: remove one first.")
    user = await read_user(session, vault, await user_row(session, user_id))
    challenge = await passkey_challenges.issue(
        session, purpose=passkey_challenges.REGISTER, bound_to=bound_to, now=now
    )
    return creation_options(
        party,
        challenge=challenge,
        user=user.id,
        email=user.email,
        name=user.name,
        known=known(rows),
    )


async def prove(
    session: Session,
    party: RelyingParty,
    credential: Mapping[str, Any],
    *,
    bound_to: str,
    now: datetime,
) -> Made | None:
    """The passkey that was made for a challenge of this session or sign-in, which is used up; or None."""
    try:
        challenge = challenge_in(credential)
        taken = await passkey_challenges.take(
            session,
            challenge,
            purpose=passkey_challenges.REGISTER,
            bound_to=bound_to,
            now=now,
        )
        return check_creation(party, credential, challenge=challenge) if taken else None
    except NotProven:
        return None


async def add(
    session: Session,
    vault: Vault,
    row: sa.RowMapping,
    made: Made,
    *,
    name: str,
    transports: Sequence[str],
    now: datetime,
) -> Added:
    """Puts a proven passkey in use. The caller has locked the row. Raises `PasskeyRefused`, `TooManyPasskeys`."""
    if row["passkeys"] >= PASSKEYS_MAX:
        raise TooManyPasskeys(f"At most {PASSKEYS_MAX} passkeys: remove one first.")
    if not await is_new(session, made):
        raise PasskeyRefused("This passkey cannot be added.")
    is_first = not second_factor.has_factor(row)
    passkey = Passkey(new_id("psk", now), name, made.user_verified, now, None)
    await session.execute(
        sa.insert(passkeys).values(
            id=passkey.id,
            user=row["id"],
            merchant=row["merchant"],
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            name=await vault.seal(
                session, row["merchant"], row["id"], name, purpose=_NAME, now=now
            ),
            transports=sorted(set(transports)),
            user_verified=made.user_verified,
            created_at=now,
        )
    )
    await _count(session, row, row["passkeys"] + 1)
    journal(session, row, "passkey_added", passkey.id, actor=f"user:{row['id']}", now=now)
    codes = (
        await second_factor.renew_recovery_codes(session, vault, row, now=now) if is_first else None
    )
    return Added(passkey, codes)


async def is_new(session: Session, made: Made) -> bool:
    """Whether nobody has this passkey yet."""
    same = passkeys.c.credential_id == made.credential_id
    return await session.scalar(sa.select(passkeys.c.id).where(same)) is None


async def list_own(session: Session, vault: Vault, user: str) -> list[Passkey]:
    """All of one's own, oldest first."""
    return [await _read(session, vault, row) for row in await rows_of(session, user)]


async def rename(
    session: Session, vault: Vault, row: sa.RowMapping, passkey: str, name: str, *, now: datetime
) -> Passkey:
    """One of one's own under another name. Raises `NotFound`."""
    await _own(session, row, passkey)
    sealed = await vault.seal(session, row["merchant"], row["id"], name, purpose=_NAME, now=now)
    await session.execute(sa.update(passkeys).where(passkeys.c.id == passkey).values(name=sealed))
    journal(session, row, "passkey_renamed", passkey, actor=f"user:{row['id']}", now=now)
    return await _read(session, vault, await _own(session, row, passkey))


async def remove(session: Session, row: sa.RowMapping, passkey: str, *, now: datetime) -> None:
    """Takes one of one's own out of use. The caller has locked the row, and shown their password again.

    Raises `NotFound`; `FactorRequired` where it is the last factor and the merchant's policy asks for one.
    """
    await _own(session, row, passkey)
    is_last = row["passkeys"] == 1 and not second_factor.has_app(row)
    if is_last and await second_factor.is_required(session, row["merchant"], row["role"]):
        raise second_factor.FactorRequired("Your role asks for a second factor.")
    await session.execute(sa.delete(passkeys).where(passkeys.c.id == passkey))
    await _count(session, row, row["passkeys"] - 1)
    if is_last:
        await second_factor.forget_recovery_codes(session, row)
    journal(session, row, "passkey_removed", passkey, actor=f"user:{row['id']}", now=now)


async def remove_all(session: Session, row: sa.RowMapping, *, actor: str, now: datetime) -> None:
    """For somebody who lost what held them. The caller has locked the row."""
    for each in await rows_of(session, row["id"]):
        journal(session, row, "passkey_removed", each["id"], actor=actor, now=now)
    await session.execute(sa.delete(passkeys).where(passkeys.c.user == row["id"]))
    await _count(session, row, 0)


async def rows_of(session: Session, user: str) -> Sequence[sa.RowMapping]:
    """What is stored of a user's passkeys, oldest first."""
    return await session.all(
        sa.select(passkeys)
        .where(passkeys.c.user == user)
        .order_by(passkeys.c.id)
        .limit(PASSKEYS_MAX)
    )


def known(rows: Sequence[sa.RowMapping]) -> list[Known]:
    """Them, as a browser's options name them."""
    return [Known(row["credential_id"], row["transports"]) for row in rows]


def journal(
    session: Session, row: sa.RowMapping, change: str, passkey: str, *, actor: str, now: datetime
) -> None:
    """Notes what happened to a user's passkey."""
    record(
        session,
        Event(
            type="user.changed",
            merchant=row["merchant"],
            occurred_at=now,
            actor=actor,
            data={"user": row["id"], "change": change, "passkey": passkey},
        ),
    )


async def _read(session: Session, vault: Vault, row: sa.RowMapping) -> Passkey:
    return Passkey(
        id=row["id"],
        name=await vault.open(session, row["name"], purpose=_NAME) or "",
        signs_in_alone=row["user_verified"],
        created_at=row["created_at"],
        last_used_at=row["last_used_at"],
    )


async def _own(session: Session, row: sa.RowMapping, passkey: str) -> sa.RowMapping:
    found = await session.one_or_none(
        sa.select(passkeys).where(passkeys.c.id == passkey, passkeys.c.user == row["id"])
    )
    if found is None:
        raise NotFound("passkey")
    return found


async def _count(session: Session, row: sa.RowMapping, count: int) -> None:
    await session.execute(sa.update(users).where(users.c.id == row["id"]).values(passkeys=count))
