"""The checkout: one submission from the customer's page, across two database transactions around a PSP call.

    look at the card (PSP)  →  T5: lock, check, begin the attempt  →  charge (PSP)  →  T6: record the outcome

T5 is `admission`, T6 is `_settle`. What the customer's return, the webhooks and the sweep bring is recorded as in T6.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import structlog

from compliance.vault import Vault
from core.clock import Clock
from core.database import Database, Session, retried
from core.errors import NotFound
from core.money import Money
from links.admission import Admission, loose_ends
from links.checkout_results import Result, challenge_result, plain_result
from links.links import Link, link_by_token
from links.payers import Payers
from links.psp_choice import PspChoice
from links.submissions import PageSubmission, origin_of
from links.tokens import Tokens
from payments.accounts import Account, Gateways
from payments.attempts import Attempt, attempt_of_method, attempts_of, get_attempt
from payments.errors import AttemptLive, GatewayUnavailable, NothingDue
from payments.gateway import (
    Abandoned,
    CardFacts,
    Challenged,
    ChargeOrder,
    Completing,
    Gateway,
    Outcome,
    Unknown,
    Unreached,
)
from payments.outcomes import record_outcome
from payments.payments import Payment, get_payment, lock_payment
from payments.states import AttemptState
from payments.sweep import question_of

log = structlog.get_logger()

# With the gateway's own bound on top, well within the time after which the sweep takes an order for lost.
_CHARGE_WITHIN: Final = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Checkout:
    """Takes submissions."""

    database: Database
    vault: Vault
    gateways: Gateways
    tokens: Tokens
    clock: Clock

    async def submit(self, page: PageSubmission) -> Result:
        """Tries to pay what is due, or the part of it that the customer chose.

        Raises `NotFound`, `NothingDue`, `AmountChanged`, `AmountNotAllowed`, `PayerUnknown`, `MethodUnusable`,
        `GatewayUnavailable`, `PspChanged`; in each of these cases nothing was charged.
        """
        link, payment, earlier = await self._look_up(page)
        if earlier is not None:
            return await self._result(earlier)
        due = await self._due(link)
        ways = await PspChoice(self.gateways).for_submission(link, due, page.account)
        for number, (account, gateway) in enumerate(ways):
            # The same press of the button, tried elsewhere, is a submission of its own.
            tried = page if number == 0 else replace(page, method=f"{page.method}_{number}")
            try:
                return await self._try(link, payment, tried, account, gateway)
            except _Unreached:
                self.gateways.pulse.note(account.id, alive=False)
        raise await PspChoice(self.gateways).unreached(link, due, ways[0][0].id)

    async def _try(
        self,
        link: Link,
        payment: Payment | None,
        page: PageSubmission,
        account: Account,
        gateway: Gateway,
    ) -> Result:
        """One submission to one PSP. Raises `_Unreached` when that one certainly did nothing."""
        try:
            card = await _inspect(gateway, page.method)
        except GatewayUnavailable:
            raise _Unreached from None
        if payment is not None:
            await self._tie_up_loose_ends(payment)
        try:
            attempt, payment = await self._admission.begin(link, page, account, card)
        except AttemptLive as live:
            _, _, earlier = await self._look_up(page)
            if earlier is not None:
                return await self._result(earlier)
            return Result("elsewhere", live.attempt_id)
        if attempt.state is not AttemptState.STARTED:
            return await self._result(attempt)
        if self.clock() - attempt.created_at > _CHARGE_WITHIN:
            # Held up in our own house, and not yet sent: so late, the sweep could take it for lost.
            return await self._settle(attempt, Abandoned(None), actor="system")
        outcome = await gateway.charge(_order(link, attempt, payment, page, gateway))
        result = await self._settle(attempt, outcome)
        if isinstance(outcome, Unreached):
            raise _Unreached
        self.gateways.pulse.note(account.id, alive=not isinstance(outcome, Unknown))
        return result

    async def resume(
        self,
        token: str,
        attempt_id: str,
        *,
        payer: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> Result:
        """The customer is back from the bank: the PSP is asked, no parameter is believed.

        `details` are what the PSP's script on the page got from the bank, for the PSP alone to read, where it works so.
        Raises `NotFound`, `MethodUnusable`.
        """
        attempt = await self._own_attempt(token, attempt_id, payer)
        if not attempt.live:
            return await self._result(attempt)
        gateway = await self._gateway(attempt)
        question = question_of(attempt, now=self.clock())
        if details is not None and isinstance(gateway, Completing):
            if not await self._claim(attempt):
                return await self._result(await self._own_attempt(token, attempt_id, payer))
            return await self._settle(attempt, await gateway.complete(question, details))
        return await self._settle(attempt, await gateway.ask(question))

    async def abandon(self, token: str, attempt_id: str, *, payer: str | None = None) -> Result:
        """The customer gives up the challenge. The intent is cancelled at the PSP first; it may have succeeded."""
        attempt = await self._own_attempt(token, attempt_id, payer)
        if attempt.state is not AttemptState.CHALLENGED:
            return await self._result(attempt)
        gateway = await self._gateway(attempt)
        question = question_of(attempt, now=self.clock())
        # Asked first: a hold that the customer has agreed to meanwhile is not let go.
        outcome = await gateway.ask(question)
        if isinstance(outcome, Challenged):
            outcome = await gateway.cancel(question)
        return await self._settle(attempt, outcome, seen=attempt.state)

    async def last_result(self, session: Session, payment: Payment) -> Result | None:
        """What became of the latest attempt, from the database alone: looking moves nothing."""
        tries = await attempts_of(session, payment.id)
        return plain_result(tries[-1]) if tries else None

    @property
    def payers(self) -> Payers:
        """Whose payment a page is about."""
        return Payers(self.tokens)

    @property
    def _admission(self) -> Admission:
        return Admission(self.database, self.vault, self.tokens, self.clock)

    async def _claim(self, attempt: Attempt) -> bool:
        """Whether this request may complete the challenge: once, and not while it is being given up.

        Until the PSP has answered, the attempt's fate is unknown, and nobody may take it for abandoned.
        """
        async with self.database.transaction() as session:
            await session.lock(attempt.link)
            await lock_payment(session, attempt.payment)
            if (await get_attempt(session, attempt.id)).state is not AttemptState.CHALLENGED:
                return False
            completing = Unknown("being completed")
            await record_outcome(
                session, attempt.id, completing, actor="customer", now=self.clock()
            )
        return True

    async def _settle(
        self,
        attempt: Attempt,
        outcome: Outcome,
        *,
        actor: str | None = None,
        seen: AttemptState | None = None,
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
                    seen=seen,
                )

        settled = await retried(write)
        log.info("attempt.settled", attempt_id=settled.id, state=settled.state.value)
        result = plain_result(settled)
        if isinstance(outcome, Challenged) and settled.state is AttemptState.CHALLENGED:
            return challenge_result(settled, outcome)
        return result

    async def _result(self, attempt: Attempt) -> Result:
        """The answer to a submission that was made before; a running challenge can be taken up again."""
        if attempt.state is not AttemptState.CHALLENGED:
            return plain_result(attempt)
        gateway = await self._gateway(attempt)
        outcome = await gateway.ask(question_of(attempt, now=self.clock()))
        return await self._settle(attempt, outcome)

    async def _tie_up_loose_ends(self, payment: Payment) -> None:
        """Makes sure that no declined intent of this payment can still be confirmed from an old page."""
        async with self.database.snapshot() as session:
            tries = await attempts_of(session, payment.id)
        for attempt in loose_ends(tries):
            gateway = await self._gateway(attempt)
            outcome = await gateway.cancel(question_of(attempt, now=self.clock()))
            if isinstance(outcome, Unknown):
                # While the old intent may still be confirmed, a new one could be a second charge.
                raise GatewayUnavailable("The payment provider does not answer. Try again.")
            await self._settle(attempt, outcome)

    async def _look_up(self, page: PageSubmission) -> tuple[Link, Payment | None, Attempt | None]:
        """The link, the payer's payment, and the attempt that this submission made already.

        That is told even when the link has ended since. Raises `NotFound`, `PayerUnknown`, and `NothingDue` for a new
        submission to a link that cannot be paid.
        """
        earlier = None
        async with self.database.snapshot() as session:
            link = await link_by_token(session, self.tokens.lookup_hash(page.token))
            if link.multi:
                self.payers.hash_of(link, page.payer)
            payment = await self.payers.payment_of(session, link, page.payer)
            if payment is not None:
                earlier = await attempt_of_method(session, payment.id, page.method)
        if earlier is None and not link.payable_at(self.clock()):
            raise NothingDue("There is nothing to pay with this link any more.")
        return link, payment, earlier

    async def _due(self, link: Link) -> Money:
        async with self.database.snapshot() as session:
            return (await get_payment(session, link.payment)).due

    async def _own_attempt(self, token: str, attempt_id: str, payer: str | None) -> Attempt:
        """An attempt on the payment of this page, whichever link it was made through. Raises `NotFound`."""
        async with self.database.snapshot() as session:
            link = await link_by_token(session, self.tokens.lookup_hash(token))
            payment = await self.payers.payment_of(session, link, payer)
            attempt = await get_attempt(session, attempt_id)
        if payment is None or attempt.payment != payment.id:
            raise NotFound("attempt")
        return attempt

    async def _gateway(self, attempt: Attempt) -> Gateway:
        _, gateway = await self.gateways.by_id(attempt.account)
        return gateway


class _Unreached(Exception):
    """The PSP certainly did nothing."""


async def _inspect(gateway: Gateway, method: str) -> CardFacts:
    """What is known of the card; at the PSP's own page it has not been typed yet. Raises as `Gateway.inspect`."""
    return await gateway.inspect(method) if gateway.page.mode == "fields" else CardFacts()


def _order(
    link: Link, attempt: Attempt, payment: Payment, page: PageSubmission, gateway: Gateway
) -> ChargeOrder:
    return ChargeOrder(
        attempt_id=attempt.id,
        amount=attempt.amount,
        method=page.method if gateway.page.mode == "fields" else None,
        capture=attempt.capture,
        description=link.reference or link.id,
        force_challenge=attempt.fraud.asks_bank,
        metadata={"paythread_link": link.id, "paythread_payment": payment.id},
        return_url=page.url,
        origin=origin_of(page.url) if page.url else None,
        shopper_address=page.browser.address,
        locale=page.locale or link.locale,
    )
