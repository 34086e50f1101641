"""Flags: facts about a payment that a person must look at, each raised once, and cleared by name.

amount_mismatch    the PSP took or holds something else than what was asked
overpaid           more was captured than is due
psp_review         the PSP's own fraud check wants a person to look; its dashboard, or somebody here, ends that
paid_late          money came after a no, or after the invitation had ended
second_live        a second try came back to life beside a live one
second_reference   the PSP knows two charges under one attempt
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from compliance.journal import record
from core.clock import rfc3339
from core.database import Session, upsert
from core.errors import NotFound
from core.ids import new_id
from payments.payments import Payment, payment_event
from payments.tables import payment_flags, payments


@dataclass(frozen=True, slots=True)
class Flag:
    """One surprise. `subject` is the attempt or the PSP's object that it is about."""

    id: str
    code: str
    subject: str
    attempt: str | None
    raised_at: datetime
    cleared_at: datetime | None
    cleared_by: str | None
    note: str | None

    def as_json(self) -> dict[str, Any]:
        """As a payment's API answer lists it."""
        return {
            "code": self.code,
            "subject": self.subject,
            "attempt": self.attempt,
            "raised_at": rfc3339(self.raised_at),
            "cleared_at": rfc3339(self.cleared_at) if self.cleared_at else None,
            "cleared_by": self.cleared_by,
            "note": self.note,
        }


async def raise_flag(
    session: Session,
    payment: Payment,
    code: str,
    *,
    subject: str,
    attempt: str,
    now: datetime,
    cleared_by: str | None = None,
) -> bool:
    """Whether this surprise is new; one that is over by the time we hear of it comes with whom it was `cleared_by`.

    The payment is locked.
    """
    raised = await session.scalar(
        upsert(session, payment_flags)
        .values(
            id=new_id("flg", now),
            merchant=payment.merchant,
            payment=payment.id,
            code=code,
            subject=subject[:255],
            attempt=attempt,
            raised_at=now,
            cleared_at=now if cleared_by else None,
            cleared_by=cleared_by,
        )
        .on_conflict_do_nothing(index_elements=["payment", "code", "subject"])
        .returning(payment_flags.c.id)
    )
    if raised is not None:
        await _show_open(session, payment.id, now=now)
    return raised is not None


async def clear_flag(
    session: Session,
    payment: Payment,
    code: str,
    *,
    note: str | None,
    actor: str,
    now: datetime,
    subject: str | None = None,
) -> Sequence[Flag]:
    """Somebody has looked: every open flag of this code (and subject) is cleared, and the journal says by whom.

    The payment is locked. Raises `NotFound` when none is open. Answers all flags of the payment.
    """
    those: tuple[sa.ColumnElement[bool], ...] = (
        payment_flags.c.payment == payment.id,
        payment_flags.c.code == code,
        payment_flags.c.cleared_at.is_(None),
    )
    if subject is not None:
        those = (*those, payment_flags.c.subject == subject[:255])
    cleared = await session.all(
        sa.update(payment_flags)
        .where(*those)
        .values(cleared_at=now, cleared_by=actor, note=note)
        .returning(payment_flags.c.subject)
    )
    if not cleared:
        raise NotFound("open flag")
    await _show_open(session, payment.id, now=now)
    data = {"flag": code, "subjects": sorted(row["subject"] for row in cleared)}
    record(
        session,
        payment_event("payment.flag_cleared", payment, actor=actor, now=now, data=data),
    )
    return await flags_of(session, payment.id)


async def flags_of(session: Session, payment_id: str) -> Sequence[Flag]:
    """Every flag there ever was, oldest first."""
    rows = await session.all(
        sa.select(payment_flags)
        .where(payment_flags.c.payment == payment_id)
        .order_by(payment_flags.c.raised_at, payment_flags.c.id)
    )
    return [
        Flag(
            id=row["id"],
            code=row["code"],
            subject=row["subject"],
            attempt=row["attempt"],
            raised_at=row["raised_at"],
            cleared_at=row["cleared_at"],
            cleared_by=row["cleared_by"],
            note=row["note"],
        )
        for row in rows
    ]


async def _show_open(session: Session, payment_id: str, *, now: datetime) -> None:
    """The codes that lists show, from the flags themselves."""
    rows = await session.all(
        sa.select(payment_flags.c.code)
        .where(payment_flags.c.payment == payment_id, payment_flags.c.cleared_at.is_(None))
        .distinct()
    )
    await session.execute(
        sa.update(payments)
        .where(payments.c.id == payment_id)
        .values(flags=sorted(row["code"] for row in rows), updated_at=now)
    )
