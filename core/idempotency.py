"""The idempotency store: one answer per (scope, key), kept with the state that it reports.

The answer is written in the same database transaction as the state, so after a crash a retry finds
either both or neither. See draft-ietf-httpapi-idempotency-key-header.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from core.database import Prepared, Session, UtcDateTime, metadata
from core.errors import Kind, PaythreadError

KEPT: Final = timedelta(hours=24)
KEY_LENGTH_MAX: Final = 255
# RFC 8941 string: printable ASCII in double quotes, with \" and \\ escaped.
_QUOTED: Final = re.compile(r'"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"')
# What Stripe's clients send: a bare token, UUIDs mostly.
_BARE: Final = re.compile(r"[A-Za-z0-9_.:~+/=-]+")
# What a header may look like, as a JSON Schema pattern.
KEY_FORM: Final = f"^(?:{_BARE.pattern}|{_QUOTED.pattern})$"

answers = sa.Table(
    "idempotency_answers",
    metadata,
    sa.Column("scope", sa.String(120), primary_key=True),
    sa.Column("key", sa.String(KEY_LENGTH_MAX), primary_key=True),
    sa.Column("body_hash", sa.String(64), nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False, index=True),
)

_FIND: Final = Prepared(
    sa.select(answers).where(
        answers.c.scope == sa.bindparam("scope"),
        answers.c.key == sa.bindparam("key"),
        answers.c.created_at > sa.bindparam("since"),
    )
)
_DROP_OLD: Final = Prepared(
    sa.delete(answers).where(
        answers.c.scope == sa.bindparam("scope"),
        answers.c.key == sa.bindparam("key"),
        answers.c.created_at <= sa.bindparam("until"),
    )
)
_KEEP: Final = Prepared(sa.insert(answers))


class IdempotencyKeyMissing(PaythreadError):
    """Money or a message would leave, and the request carries no key."""

    code = "idempotency_key_missing"
    kind = Kind.MALFORMED


class IdempotencyKeyMalformed(PaythreadError):
    """The header is neither a quoted structured-field string nor a bare token of 1 to 255 characters."""

    code = "idempotency_key_malformed"
    kind = Kind.MALFORMED


class IdempotencyKeyReused(PaythreadError):
    """The same key came with another body."""

    code = "idempotency_key_reused"


class IdempotencyKeyBusy(PaythreadError):
    """The first request with this key is still running."""

    code = "idempotency_key_busy"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: an HTTP status and the body as it was sent."""

    status: int
    body: str


def parse_key(header: str) -> str:
    """The key in an `Idempotency-Key` header. Raises `IdempotencyKeyMalformed`."""
    text = header.strip()
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        key = quoted.group(1).replace('\\"', '"').replace("\\\\", "\\")
    elif _BARE.fullmatch(text) is not None:
        key = text
    else:
        raise IdempotencyKeyMalformed("The Idempotency-Key is no structured-field string or token.")
    if not 0 < len(key) <= KEY_LENGTH_MAX:
        raise IdempotencyKeyMalformed("The Idempotency-Key must have 1 to 255 characters.")
    return key


async def find(
    session: Session, *, scope: str, key: str, body_hash: str, now: datetime
) -> Answer | None:
    """The kept answer, or None when the request is new. Raises `IdempotencyKeyReused`."""
    row = await session.ask_one(_FIND, scope=scope, key=key, since=now - KEPT)
    if row is None:
        return None
    if row["body_hash"] != body_hash:
        raise IdempotencyKeyReused("This Idempotency-Key was used with another request.")
    return Answer(status=row["status"], body=row["body"])


async def keep(
    session: Session, answer: Answer, *, scope: str, key: str, body_hash: str, now: datetime
) -> None:
    """Keeps the answer in the caller's transaction, in place of one that is past its 24 hours."""
    session.put(_DROP_OLD, scope=scope, key=key, until=now - KEPT)
    session.put(
        _KEEP,
        scope=scope,
        key=key,
        body_hash=body_hash,
        status=answer.status,
        body=answer.body,
        created_at=now,
    )


async def amend(session: Session, answer: Answer, *, scope: str, key: str) -> None:
    """Puts the whole answer in the place of the one that was kept while its work went on."""
    await session.execute(
        sa.update(answers)
        .where(answers.c.scope == scope, answers.c.key == key)
        .values(status=answer.status, body=answer.body)
    )


async def purge(session: Session, *, now: datetime) -> int:
    """Drops the answers past their 24 hours; says how many."""
    result = await session.execute(sa.delete(answers).where(answers.c.created_at <= now - KEPT))
    return result.rowcount
