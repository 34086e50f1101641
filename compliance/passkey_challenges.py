"""Challenges that a passkey signs: each is taken once, within five minutes, for what it was made for alone.

256 random bits; only the SHA-256 is stored. Taking one deletes its row, so that of two answers at once one counts.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from core.database import Session, UtcDateTime, metadata

LIFE: Final = timedelta(minutes=5)
REGISTER: Final = "register"
SIGN_IN: Final = "sign_in"
SECOND_STEP: Final = "second_step"
# Whoever has not said who they are is bound to nothing but the challenge itself.
NOBODY: Final = ""

passkey_challenges = sa.Table(
    "passkey_challenges",
    metadata,
    sa.Column("challenge_hash", sa.String(64), primary_key=True),
    sa.Column("purpose", sa.String(16), nullable=False),
    # The session that registers, or the half-done sign-in: a hash of either.
    sa.Column("bound_to", sa.String(64), nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False, index=True),
)


async def issue(session: Session, *, purpose: str, bound_to: str, now: datetime) -> bytes:
    """A fresh challenge. `bound_to`: a session's id, a sign-in's ticket, `NOBODY`. Old ones are swept."""
    challenge = secrets.token_bytes(32)
    await session.execute(
        sa.delete(passkey_challenges).where(passkey_challenges.c.expires_at <= now)
    )
    await session.execute(
        sa.insert(passkey_challenges).values(
            challenge_hash=hashlib.sha256(challenge).hexdigest(),
            purpose=purpose,
            bound_to=_bound(bound_to),
            expires_at=now + LIFE,
        )
    )
    return challenge


async def take(
    session: Session, challenge: bytes, *, purpose: str, bound_to: str, now: datetime
) -> bool:
    """Uses the challenge up. False where somebody did, it ran out, never was, or was made for something else."""
    taken = await session.one_or_none(
        sa.delete(passkey_challenges)
        .where(
            passkey_challenges.c.challenge_hash == hashlib.sha256(challenge).hexdigest(),
            passkey_challenges.c.purpose == purpose,
            passkey_challenges.c.bound_to == _bound(bound_to),
            passkey_challenges.c.expires_at > now,
        )
        .returning(passkey_challenges.c.challenge_hash)
    )
    return taken is not None


def _bound(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
