"""The checkout: one submission from the customer's page, across two database transactions around a PSP call.

    look at the card (PSP)  →  T5: lock, check, begin the attempt  →  charge (PSP)  →  T6: record the outcome

Whatever is double-clicked, raced from two devices or sent again, at most one attempt is live: T5 holds the lock of
the link and the payment, and the database has a constraint for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

import structlog

from compliance.vault import Vault
from core.clock import Clock
from core.database import Database, Session, retried
from core.errors import Kind, NotFound, PaythreadError
from links.links import Link, link_by_id, link_by_token
from links.tokens import Tokens
from payments.accounts import Gateways
from payments.attempts import (
    Attempt,
    Submission,
    attempt_of_method,
    attempts_of,
    begin_attempt,
    get_attempt,
)
from payments.declines import Decline, decline_of
from payments.errors import AttemptLive, GatewayUnavailable, NothingDue
from payments.fraud import FraudPolicy, Verdict, assess
from payments.fraud_history import count
from payments.gateway import (
    Abandoned,
    CardFacts,
    Challenged,
    ChargeOrder,
    Gateway,
    Outcome,
    Unknown,
)
from payments.outcomes import block_attempt, record_outcome
from payments.payments import Payment, get_payment, live_attempt_id, lock_payment
from payments.states import AttemptState
from payments.sweep import question_of

log = structlog.get_logger()

Status = Literal[
    "paid",
    "authorised",
    "processing",
    "challenge",
    "declined",
    "waiting",
    "elsewhere",
    "abandoned",
]

_STATUS: dict[AttemptState, Status] = {
    AttemptState.STARTED: "waiting",
    AttemptState.UNKNOWN: "waiting",
    AttemptState.CHALLENGED: "challenge",
    AttemptState.PROCESSING: "processing",
    AttemptState.AUTHORISED: "authorised",
    AttemptState.SUCCEEDED: "paid",
    AttemptState.DECLINED: "declined",
    AttemptState.BLOCKED: "declined",
    AttemptState.ABANDONED: "abandoned",
}
_REFUSED = frozenset({AttemptState.DECLINED, AttemptState.BLOCKED})
_FINGERPRINT = "card.fingerprint"
# With the gateway's own bound on top, well within the time after which the sweep takes an order for lost.
_CHARGE_WITHIN = timedelta(seconds=20)


class AmountChanged(PaythreadError):
    """The customer was shown something else than what is due now: show it first, then ask again."""

    code = "amount_changed"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Result:
    """What the customer's page shows next. `client_secret` opens the bank's challenge, and goes to the page alone."""

    status: Status
    attempt: str
    client_secret: str | None = None
    problem: Decline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSubmission:
    """What the page handed in: the PSP's card token, and the revision that the customer was shown."""

    token: str
    method: str
    revision: int
    address: str
    device: str | None


@dataclass(frozen=True, slots=True)
class Checkout:
    """Takes submissions."""

    database: Database
    vault: Vault
    gateways: Gateways
    tokens: Tokens
    clock: Clock
    policy: FraudPolicy = field(default_factory=FraudPolicy)

    async def submit(self, page: PageSubmission) -> Result:
        """Tries to pay what is due. Raises `NotFound`, `NothingDue`, `AmountChanged`, `MethodUnusable`,
        `GatewayUnavailable`; in each of these cases nothing was charged.
        """
        link, earlier = await self._look_up(page)
        if earlier is not None:
            return await self._result(earlier)
        account, gateway = await self.gateways.for_merchant(link.merchant)
        card = await gateway.inspect(page.method)
        await self._tie_up_loose_ends(link)
        try:
            attempt, payment = await self._begin(link, page, account.id, card)
        except AttemptLive as live:
            _, earlier = await self._look_up(page)
            if earlier is not None:
                return await self._result(earlier)
            return Result("elsewhere", live.attempt_id)
        if attempt.state is not AttemptState.STARTED:
            return await self._result(attempt)
        if self.clock() - attempt.created_at > _CHARGE_WITHIN:
            # Held up in our own house, and not yet sent: so late, the sweep could take it for lost.
            return await self._settle(attempt, Abandoned(None), actor="system")
        order = await self._order(link, attempt, payment, page.method)
        outcome = await gateway.charge(order)
        return await self._settle(attempt, outcome)

    async def resume(self, token: str, attempt_id: str) -> Result:
        """The customer is back from the bank: the PSP is asked, no parameter is believed."""
        attempt = await self._own_attempt(token, attempt_id)
        if not attempt.live:
            return await self._result(attempt)
        gateway = await self._gateway(attempt)
        outcome = await gateway.ask(question_of(attempt, now=self.clock()))
        return await self._settle(attempt, outcome)

    async def abandon(self, token: str, attempt_id: str) -> Result:
        """The customer gives up the challenge. The intent is cancelled at the PSP first; it may have succeeded."""
        attempt = await self._own_attempt(token, attempt_id)
        if attempt.state is not AttemptState.CHALLENGED:
            return await self._result(attempt)
        gateway = await self._gateway(attempt)
        question = question_of(attempt, now=self.clock())
        # Asked first: a hold that the customer has agreed to meanwhile is not let go.
        outcome = await gateway.ask(question)
        if isinstance(outcome, Challenged):
            outcome = await gateway.cancel(question)
        return await self._settle(attempt, outcome)

    async def last_result(self, session: Session, link: Link) -> Result | None:
        """What became of the latest attempt, from the database alone: looking moves nothing."""
        tries = await attempts_of(session, link.payment)
        return _plain_result(tries[-1]) if tries else None

    async def _begin(
        self, link: Link, page: PageSubmission, account: str, card: CardFacts
    ) -> tuple[Attempt, Payment]:
        """T5. The very same submission, made meanwhile and ended, is answered with its own attempt.

        Raises `AttemptLive`, `NothingDue`, `AmountChanged`, `GatewayUnavailable`.
        """
        async with self.database.transaction() as session:
            await session.lock(link.id)
            now = self.clock()  # after the wait for the lock: the attempt begins now
            payment = await lock_payment(session, link.payment)
            link = await link_by_id(session, link.id)
            live = await live_attempt_id(session, payment.id)
            if live is not None:
                raise AttemptLive(live)
            earlier = await attempt_of_method(session, payment.id, page.method)
            if earlier is not None:
                return earlier, payment
            if not link.open_at(now) or not payment.payable:
                raise NothingDue("There is nothing to pay with this link any more.")
            if _loose_ends(await attempts_of(session, payment.id)):
                # From another tab a moment ago, or the PSP keeps it open: a new charge could be a second one.
                raise GatewayUnavailable("An earlier try is still being closed. Try again.")
            if page.revision != link.revision:
                raise AmountChanged("What is to be paid has changed; look at it and confirm again.")
            submission = await self._submission(session, link, page, account, card)
            counts = await count(
                session,
                merchant=link.merchant,
                link=link.id,
                origin=submission.origin,
                fingerprint=submission.fingerprint,
                now=now,
            )
            check = assess(payment.remaining, counts, self.policy)
            attempt = await begin_attempt(session, payment, submission, check=check, now=now)
            if check.verdict is Verdict.BLOCK:
                attempt = await block_attempt(session, attempt, payment, now=now)
        log.info("attempt.begun", attempt_id=attempt.id, verdict=check.verdict.value)
        return attempt, payment

    async def _submission(
        self,
        session: Session,
        link: Link,
        page: PageSubmission,
        account: str,
        card: CardFacts,
    ) -> Submission:
        fingerprint = None
        if card.fingerprint is not None:
            key = await self.vault.key(session, link.merchant, _FINGERPRINT, now=self.clock())
            fingerprint = key.mac(_FINGERPRINT, card.fingerprint)
        return Submission(
            account=account,
            method=page.method,
            card=card,
            fingerprint=fingerprint,
            origin=self.tokens.hash_of_origin(page.address),
            device=page.device,
        )

    async def _order(
        self, link: Link, attempt: Attempt, payment: Payment, method: str
    ) -> ChargeOrder:
        reference = link.reference or link.id
        return ChargeOrder(
            attempt_id=attempt.id,
            amount=attempt.amount,
            method=method,
            capture=payment.capture,
            description=reference,
            force_challenge=attempt.fraud.verdict is Verdict.CHALLENGE,
            metadata={"paythread_link": link.id, "paythread_payment": payment.id},
        )

    async def _settle(
        self, attempt: Attempt, outcome: Outcome, *, actor: str | None = None
    ) -> Result:
        """T6, and the answer for the page."""

        async def write() -> Attempt:
            async with self.database.transaction() as session:
                return await record_outcome(
                    session,
                    attempt.id,
                    outcome,
                    actor=actor or f"psp:{attempt.account}",
                    now=self.clock(),
                )

        settled = await retried(write)
        log.info("attempt.settled", attempt_id=settled.id, state=settled.state.value)
        result = _plain_result(settled)
        if isinstance(outcome, Challenged) and settled.state is AttemptState.CHALLENGED:
            return Result("challenge", settled.id, client_secret=outcome.client_secret)
        return result

    async def _result(self, attempt: Attempt) -> Result:
        """The answer to a submission that was made before; a running challenge can be taken up again."""
        if attempt.state is not AttemptState.CHALLENGED:
            return _plain_result(attempt)
        gateway = await self._gateway(attempt)
        outcome = await gateway.ask(question_of(attempt, now=self.clock()))
        return await self._settle(attempt, outcome)

    async def _tie_up_loose_ends(self, link: Link) -> None:
        """Makes sure that no declined intent of this payment can still be confirmed from an old page."""
        async with self.database.snapshot() as session:
            tries = await attempts_of(session, link.payment)
        for attempt in _loose_ends(tries):
            gateway = await self._gateway(attempt)
            outcome = await gateway.cancel(question_of(attempt, now=self.clock()))
            if isinstance(outcome, Unknown):
                # While the old intent may still be confirmed, a new one could be a second charge.
                raise GatewayUnavailable("The payment provider does not answer. Try again.")
            await self._settle(attempt, outcome)

    async def _look_up(self, page: PageSubmission) -> tuple[Link, Attempt | None]:
        """The link, and the attempt that this submission made already: told even when the link has ended since.

        Raises `NotFound`, and `NothingDue` for a new submission to a link that is not open.
        """
        async with self.database.snapshot() as session:
            link = await link_by_token(session, self.tokens.lookup_hash(page.token))
            earlier = await attempt_of_method(session, link.payment, page.method)
        if earlier is None and not link.open_at(self.clock()):
            raise NothingDue("There is nothing to pay with this link any more.")
        return link, earlier

    async def _own_attempt(self, token: str, attempt_id: str) -> Attempt:
        async with self.database.snapshot() as session:
            link = await link_by_token(session, self.tokens.lookup_hash(token))
            attempt = await get_attempt(session, attempt_id)
        if attempt.link != link.id:
            raise NotFound("attempt")
        return attempt

    async def _gateway(self, attempt: Attempt) -> Gateway:
        _, gateway = await self.gateways.by_id(attempt.account)
        return gateway


def _loose_ends(tries: Sequence[Attempt]) -> list[Attempt]:
    """Those that have ended, but whose intents could still be confirmed at the PSP."""
    return [attempt for attempt in tries if attempt.loose and not attempt.live]


def _plain_result(attempt: Attempt) -> Result:
    problem = decline_of(attempt.problem) if attempt.state in _REFUSED else None
    return Result(_STATUS[attempt.state], attempt.id, problem=problem)


async def receipt_of(session: Session, link: Link) -> dict[str, Any] | None:
    """What a receipt says, or None while nothing is paid: amount taken, when, and with which card."""
    payment = await get_payment(session, link.payment)
    taken = payment.captured.minor + payment.authorised.minor
    if taken == 0:
        return None
    tries = await attempts_of(session, link.payment)
    paid = [a for a in tries if a.state in {AttemptState.SUCCEEDED, AttemptState.AUTHORISED}]
    card = paid[-1].card if paid else CardFacts()
    return {
        "amount": payment.captured if payment.captured else payment.authorised,
        "paid_at": payment.paid_at or (paid[-1].created_at if paid else payment.created_at),
        "card": card,
        "payment": payment.id,
    }
