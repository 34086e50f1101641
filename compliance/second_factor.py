"""The second factor: codes of an authenticator app, recovery codes for what was lost, and who must have one.

PCI DSS 4.0.1, 8.4 and 8.5.1: a code is taken once, nothing goes around it, and what was wrong is not said. The app's
secret is sealed under the user's own key; of the recovery codes only keyed hashes are kept.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

import sqlalchemy as sa

from compliance import totp
from compliance.journal import Event, record
from compliance.merchant_settings import Setting, choices, read
from compliance.roles import Role
from compliance.users import users
from compliance.vault import Vault
from core.database import Session
from core.errors import Kind, PaythreadError

RECOVERY_CODES: Final = 10
_SEALED: Final = "user.totp"
_RECOVERY: Final = "user.recovery_code"
_ALPHABET: Final = "abcdefghjkmnpqrstvwxyz23456789"
PEOPLE: Final = tuple(role.value for role in Role if role is not Role.INTEGRATION)


@dataclass(frozen=True, slots=True)
class MfaPolicy(Setting):
    """Whose sign-in takes a second factor, by role."""

    name: ClassVar[str] = "mfa"
    required_for: tuple[str, ...] = choices(Role.ADMIN.value, among=PEOPLE, what="roles of people")


class WrongCode(PaythreadError):
    """The code is not the present one of this app, or was used."""

    code = "wrong_code"


class FactorInPlace(PaythreadError):
    """There is a second factor already."""

    code = "second_factor_in_place"
    kind = Kind.CONFLICT


class FactorRequired(PaythreadError):
    """The merchant's policy asks for a second factor in this role."""

    code = "second_factor_required"
    kind = Kind.CONFLICT


def has_factor(row: sa.RowMapping) -> bool:
    """Whether this user's sign-in takes more than the password: an app's code, or a passkey."""
    return has_app(row) or row["passkeys"] > 0


def has_app(row: sa.RowMapping) -> bool:
    """Whether an authenticator app is in use."""
    return row["totp_since"] is not None


async def is_required(session: Session, merchant: str, role: str) -> bool:
    """Whether the merchant's policy asks for one in this role."""
    return role in (await read(session, merchant, MfaPolicy)).required_for


async def prepare(session: Session, vault: Vault, row: sa.RowMapping, *, now: datetime) -> str:
    """A fresh secret for an app, which waits for its first code. Raises `FactorInPlace`."""
    if has_app(row):
        raise FactorInPlace("Remove the app that is in use first.")
    secret = totp.generate_secret()
    sealed = await vault.seal(session, row["merchant"], row["id"], secret, purpose=_SEALED, now=now)
    await _update(session, row, totp_secret=sealed, totp_since=None, totp_step=None)
    return secret


async def confirm(
    session: Session, vault: Vault, row: sa.RowMapping, code: str, *, now: datetime
) -> list[str]:
    """The app's first code puts it in use. Answers the recovery codes, told once.

    Raises `WrongCode`, `FactorInPlace`.
    """
    if has_app(row):
        raise FactorInPlace("An app is in use already.")
    secret = await vault.open(session, row["totp_secret"], purpose=_SEALED)
    step = None if secret is None else totp.matching_step(secret, code, now=now, after=None)
    if step is None:
        raise WrongCode("This is not the app's present code.")
    await _update(session, row, totp_since=now, totp_step=step)
    _journal(session, row, "second_factor_added", actor=f"user:{row['id']}", now=now)
    return await renew_recovery_codes(session, vault, row, now=now)


async def renew_recovery_codes(
    session: Session, vault: Vault, row: sa.RowMapping, *, now: datetime
) -> list[str]:
    """Ten fresh codes, told once; earlier ones hold no more."""
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    key = await vault.key(session, row["merchant"], row["id"], now=now)
    await _update(session, row, recovery_codes=[key.mac(_RECOVERY, _plain(c)) for c in codes])
    _journal(session, row, "recovery_codes_made", actor=f"user:{row['id']}", now=now)
    return codes


async def check_code(
    session: Session, vault: Vault, row: sa.RowMapping, code: str, *, now: datetime
) -> bool:
    """Whether it is the app's code, or a recovery code. Either is used up. The caller has locked the row."""
    if not has_factor(row):
        return False
    if has_app(row):
        secret = await vault.open(session, row["totp_secret"], purpose=_SEALED)
        assert secret is not None, "a user's key is never destroyed"
        step = totp.matching_step(secret, code, now=now, after=row["totp_step"])
        if step is not None:
            await _update(session, row, totp_step=step)
            return True
    key = await vault.key(session, row["merchant"], row["id"], now=now)
    kept: list[str] = row["recovery_codes"] or []
    given = key.mac(_RECOVERY, _plain(code))
    if given not in kept:
        return False
    await _update(session, row, recovery_codes=[each for each in kept if each != given])
    _journal(session, row, "recovery_code_used", actor=f"user:{row['id']}", now=now)
    return True


async def remove(session: Session, row: sa.RowMapping, *, actor: str, now: datetime) -> None:
    """The app holds no more; nor do the recovery codes, unless a passkey is left that they are for."""
    await _update(session, row, totp_secret=None, totp_since=None, totp_step=None)
    if row["passkeys"] == 0:
        await forget_recovery_codes(session, row)
    _journal(session, row, "second_factor_removed", actor=actor, now=now)


async def forget_recovery_codes(session: Session, row: sa.RowMapping) -> None:
    """There is nothing left that they would stand in for."""
    await _update(session, row, recovery_codes=None)


def _recovery_code() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def _plain(code: str) -> str:
    return code.casefold().replace("-", "").replace(" ", "")


async def _update(session: Session, row: sa.RowMapping, **values: object) -> None:
    await session.execute(sa.update(users).where(users.c.id == row["id"]).values(**values))


def _journal(
    session: Session, row: sa.RowMapping, change: str, *, actor: str, now: datetime
) -> None:
    record(
        session,
        Event(
            type="user.changed",
            merchant=row["merchant"],
            occurred_at=now,
            actor=actor,
            data={"user": row["id"], "change": change},
        ),
    )
