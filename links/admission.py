"""Lets a submission in, or not: the first transaction of the checkout (T5).

Whatever is double-clicked, raced from two devices or sent again, at most one attempt is live: the lock of the link
and the payment is held while everything is checked, and the database has a constraint for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from compliance.merchant_settings import read
from compliance.vault import Vault
from core.clock import Clock
from core.database import Database, Session
from core.money import Money
from links.amounts import chosen
from links.links import Link, link_by_id
from links.payers import Payers, to_pay
from links.submissions import AmountChanged, PageSubmission
from links.tokens import Tokens
from payments.accounts import Account
from payments.attempts import (
    Attempt,
    Submission,
    attempt_of_method,
    attempts_of,
    begin_attempt,
)
from payments.errors import AttemptLive, GatewayUnavailable, NothingDue
from payments.fraud import Circumstances, FraudPolicy, Verdict, assess
from payments.fraud_history import count
from payments.gateway import CardFacts
from payments.offers import take_up
from payments.outcomes import block_attempt
from payments.payments import Payment, live_attempt_id, lock_payment
from payments.traces import traces_of

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Admission:
    """Begins attempts."""

    database: Database
    vault: Vault
    tokens: Tokens
    clock: Clock

    @property
    def payers(self) -> Payers:
        return Payers(self.tokens)

    async def begin(
        self, link: Link, page: PageSubmission, account: Account, card: CardFacts
    ) -> tuple[Attempt, Payment]:
        """T5. The very same submission, made meanwhile and ended, is answered with its own attempt.

        Raises `AttemptLive`, `NothingDue`, `AmountChanged`, `AmountNotAllowed`, `PayerUnknown`, `GatewayUnavailable`.
        """
        async with self.database.transaction() as session:
            await session.lock(link.id)
            now = self.clock()  # after the wait for the lock: the attempt begins now
            asked = await lock_payment(session, link.payment)
            link = await link_by_id(session, link.id)
            payment = await self.payers.payment_of(session, link, page.payer)
            if payment is not None:
                earlier = await _earlier(session, payment, page.method)
                if earlier is not None:
                    return earlier, payment
            if not link.payable_at(now) or not (payment or asked).payable:
                raise NothingDue("There is nothing to pay with this link any more.")
            if payment is not None and loose_ends(await attempts_of(session, payment.id)):
                # From another tab a moment ago, or the PSP keeps it open: a new charge could be a second one.
                raise GatewayUnavailable("An earlier try is still being closed. Try again.")
            if page.revision != link.revision:
                raise AmountChanged("What is to be paid has changed; look at it and confirm again.")
            amount = chosen(to_pay(asked, payment), page.amount)
            if payment is None or (link.multi and not payment.captured):
                payer = self.payers.hash_of(link, page.payer)
                payment = await take_up(session, asked, payer, due=amount, now=now)
            attempt = await self._begin(session, link, payment, page, account, card, amount, now)
        return attempt, payment

    async def _begin(  # noqa: PLR0917 - the whole of what was decided above
        self,
        session: Session,
        link: Link,
        payment: Payment,
        page: PageSubmission,
        account: Account,
        card: CardFacts,
        amount: Money,
        now: datetime,
    ) -> Attempt:
        policy = await read(session, link.merchant, FraudPolicy)
        submission = await self._submission(session, link, page, account, card, now)
        seen = await count(
            session,
            merchant=link.merchant,
            link=link.id,
            origin=submission.origin,
            fingerprint=submission.fingerprint,
            device_key=submission.device_key,
            bin_key=submission.bin_key,
            agent=payment.agent,
            customer=payment.customer,
            amount=amount,
            policy=policy,
            now=now,
        )
        check = assess(amount, seen, policy, Circumstances(card_country=card.country))
        attempt = await begin_attempt(
            session, payment, submission, check=check, amount=amount, now=now
        )
        if check.verdict is Verdict.BLOCK:
            attempt = await block_attempt(session, attempt, payment, now=now)
        log.info("attempt.begun", attempt_id=attempt.id, verdict=check.verdict.value)
        return attempt

    async def _submission(  # noqa: PLR0917 - as the caller has them
        self,
        session: Session,
        link: Link,
        page: PageSubmission,
        account: Account,
        card: CardFacts,
        now: datetime,
    ) -> Submission:
        browser = page.browser
        origin = self.tokens.hash_of_origin(browser.address)
        traces = await traces_of(
            session,
            self.vault,
            link.merchant,
            card=card,
            origin=origin,
            user_agent=browser.user_agent,
            accept_language=browser.accept_language,
            now=now,
        )
        return Submission(
            account=account.id,
            psp=account.provider,
            method=page.method,
            card=card,
            fingerprint=traces.fingerprint,
            device_key=traces.device_key,
            bin_key=traces.bin_key,
            origin=origin,
            device=page.device,
        )


async def _earlier(session: Session, payment: Payment, method: str) -> Attempt | None:
    """The attempt that this very submission made, once it has ended. Raises `AttemptLive` while any is under way."""
    live = await live_attempt_id(session, payment.id)
    if live is not None:
        raise AttemptLive(live)
    return await attempt_of_method(session, payment.id, method)


def loose_ends(tries: Sequence[Attempt]) -> list[Attempt]:
    """Those that have ended, but whose intents could still be confirmed at the PSP."""
    return [attempt for attempt in tries if attempt.loose and not attempt.live]
