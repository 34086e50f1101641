"""Attempts: begun in the transaction that checks everything, and read. Only `outcomes` moves one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

import sqlalchemy as sa

from compliance.journal import record
from core import work
from core.clock import rfc3339
from core.database import Prepared, Row, Session
from core.errors import NotFound
from core.ids import new_id
from core.money import Currency, Money
from payments.errors import NothingDue
from payments.fraud import FraudCheck, Verdict
from payments.gateway import CardFacts
from payments.payments import Capture, Payment, payment_event, refuse_while_live
from payments.states import LIVE, AttemptState
from payments.tables import attempts, payments

ASK: Final = "attempt.ask"
# Longer than the gateway's own bound, so that a healthy call is never asked about.
_ASK_AFTER: Final = timedelta(seconds=30)

_OF_ACCOUNT: Final = Prepared(
    sa.select(attempts).where(
        attempts.c.id == sa.bindparam("id"), attempts.c.account == sa.bindparam("account")
    )
)
_BY_REFERENCE: Final = Prepared(
    sa.select(attempts)
    .where(
        attempts.c.account == sa.bindparam("account"),
        attempts.c.reference == sa.bindparam("reference"),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to pay."""

    id: str
    merchant: str
    payment: str
    link: str
    account: str
    reference: str | None
    state: AttemptState
    amount: Money
    captured: Money
    refunded: Money
    capture: Capture
    review: str | None
    card: CardFacts
    fraud: FraudCheck
    fraud_completed: bool
    problem: str | None
    loose: bool
    device: str | None
    created_at: datetime

    @property
    def live(self) -> bool:
        return self.state in LIVE

    def as_json(self) -> dict[str, Any]:
        """The attempt as a payment's API answer shows it."""
        return {
            "id": self.id,
            "status": self.state.value,
            "amount": self.amount.minor,
            "currency": self.amount.currency.code,
            "amount_captured": self.captured.minor,
            "card": {"brand": self.card.brand, "last4": self.card.last4},
            "problem": self.problem,
            "review": self.review,
            "psp_reference": self.reference,
            "created_at": rfc3339(self.created_at),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What the customer's page handed in, and what we know of where it came from."""

    account: str
    method: str
    card: CardFacts
    fingerprint: str | None  # keyed hash
    origin: str | None  # keyed hash
    device: str | None
    device_key: str | None = None  # keyed hash
    bin_key: str | None = None  # keyed hash
    # The provider of the account, for the journal: reports tell PSPs apart by it.
    psp: str | None = None


def method_hash(method: str) -> str:
    """The PSP's token is single-use, but it is not ours to store."""
    return hashlib.sha256(method.encode()).hexdigest()


async def begin_attempt(
    session: Session,
    payment: Payment,
    submission: Submission,
    *,
    check: FraudCheck,
    now: datetime,
    amount: Money | None = None,
) -> Attempt:
    """One more try for what is still due, or for the part of it that is `amount`; `payment` is locked. A verdict of
    block ends it here, as `blocked`; one of review only holds the money, and `reviews` opens once it is held.

    Records `checkout.submitted` and `payment.fraud_check_started`, and plans the question to the PSP in case this
    process dies before the answer. Raises `AttemptLive`, `NothingDue`.
    """
    await refuse_while_live(session, payment.id)
    if not payment.payable:
        raise NothingDue("There is nothing to pay here any more.")
    assert not payment.offer, "an offer is taken up, never charged"
    amount = amount or payment.remaining
    assert 0 < amount.minor <= payment.remaining.minor, "an attempt never asks for more than is due"
    blocked = check.verdict is Verdict.BLOCK
    attempt_id = new_id("att", now)
    await session.execute(
        sa.insert(attempts).values(
            id=attempt_id,
            merchant=payment.merchant,
            payment=payment.id,
            link=payment.link,
            account=submission.account,
            state=AttemptState.STARTED.value,
            currency=payment.due.currency.code,
            amount=amount.minor,
            amount_captured=0,
            amount_refunded=0,
            capture="manual" if check.holds_money else payment.capture,
            method_hash=method_hash(submission.method),
            fingerprint=submission.fingerprint,
            card_brand=submission.card.brand,
            card_last4=submission.card.last4,
            card_country=submission.card.country,
            origin=submission.origin,
            device=submission.device,
            device_key=submission.device_key,
            bin_key=submission.bin_key,
            fraud=check.as_data(),
            fraud_completed=False,
            loose=not blocked,
            created_at=now,
            updated_at=now,
        )
    )
    await session.execute(
        sa.update(payments)
        .where(payments.c.id == payment.id)
        .values(state="in_progress", updated_at=now)
    )
    told = {"method": submission.card.wallet, "psp": submission.psp}
    for kind, data in (
        ("checkout.submitted", {name: value for name, value in told.items() if value}),
        ("payment.fraud_check_started", {}),
    ):
        record(
            session,
            payment_event(kind, payment, actor="customer", attempt=attempt_id, data=data, now=now),
        )
    if not blocked:
        await work.schedule(session, ASK, attempt_id, due_at=now + _ASK_AFTER)
    return await get_attempt(session, attempt_id)


async def get_attempt(session: Session, attempt_id: str) -> Attempt:
    """Raises `NotFound`."""
    row = await session.one_or_none(sa.select(attempts).where(attempts.c.id == attempt_id))
    if row is None:
        raise NotFound("attempt")
    return read_attempt(row)


async def account_under_way(session: Session, payment_id: str) -> str | None:
    """The PSP account of the try that is alive, if one is."""
    found: str | None = await session.scalar(
        sa.select(attempts.c.account).where(
            attempts.c.payment == payment_id,
            attempts.c.state.in_([state.value for state in LIVE]),
        )
    )
    return found


async def attempt_of_method(session: Session, payment_id: str, method: str) -> Attempt | None:
    """The attempt that this very submission already made, if it is a repetition."""
    row = await session.one_or_none(
        sa.select(attempts).where(
            attempts.c.payment == payment_id, attempts.c.method_hash == method_hash(method)
        )
    )
    return None if row is None else read_attempt(row)


async def attempts_of(session: Session, payment_id: str) -> Sequence[Attempt]:
    """Every try, oldest first. The fraud rules keep the number small."""
    rows = await session.all(
        sa.select(attempts).where(attempts.c.payment == payment_id).order_by(attempts.c.created_at)
    )
    return [read_attempt(row) for row in rows]


async def find_attempt(
    session: Session, account: str, *, attempt_id: str | None, reference: str | None
) -> Attempt | None:
    """The attempt that a report is about: by our id if it carries one, else by the PSP's reference."""
    if attempt_id is not None:
        row = await session.ask_one(_OF_ACCOUNT, id=attempt_id, account=account)
        # A reference that contradicts the id is another intent with a copied id: not this attempt's. (None is no
        # contradiction: a report may lack one.)
        if row is not None and (reference is None or row["reference"] in (None, reference)):
            return read_attempt(row)
    if reference is not None:
        row = await session.ask_one(_BY_REFERENCE, account=account, reference=reference)
        if row is not None:
            return read_attempt(row)
    return None


def read_attempt(row: Row) -> Attempt:
    """The attempt of a row."""
    currency = Currency.of(row["currency"])
    fraud = row["fraud"]
    return Attempt(
        id=row["id"],
        merchant=row["merchant"],
        payment=row["payment"],
        link=row["link"],
        account=row["account"],
        reference=row["reference"],
        state=AttemptState(row["state"]),
        amount=Money(row["amount"], currency),
        captured=Money(row["amount_captured"], currency),
        refunded=Money(row["amount_refunded"], currency),
        capture=cast(Capture, row["capture"]),
        review=row["review"],
        card=CardFacts(row["card_brand"], row["card_last4"], row["card_country"]),
        fraud=FraudCheck(Verdict(fraud["verdict"]), fraud["score"], tuple(fraud["reasons"])),
        fraud_completed=row["fraud_completed"],
        problem=row["problem"],
        loose=row["loose"],
        device=row["device"],
        created_at=row["created_at"],
    )
