"""The gateway to Adyen: the advanced flow of its Web Components, on its official SDK.

The component on the page encrypts the card and hands its state to us; `POST /payments` is made here, with the attempt's
id as reference and idempotency key, so the amount is ours at the moment of the charge (docs/decisions/0009).
https://docs.adyen.com/online-payments/build-your-integration/advanced-flow

Adyen cannot be asked for a payment. What became of a charge whose answer was lost is told by its AUTHORISATION report,
which carries the attempt's id. Until then the attempt stays unknown and blocks the next one. If no report comes for a
while, a *technical cancel*, by our own reference, makes Adyen let go of what it may hold and report that; and only when
even that brings nothing for a day, in which Adyen would have repeated a lost report many times, is the charge taken
for one that never arrived. https://docs.adyen.com/online-payments/cancel
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from payments.errors import GatewayUnavailable, MethodUnusable
from payments.gateway import (
    Abandoned,
    Accepted,
    CardFacts,
    Challenged,
    ChargeOrder,
    Declined,
    GatewayEvent,
    MoneyOrder,
    Movement,
    OrderOutcome,
    Outcome,
    Processing,
    Question,
    Refused,
    Sight,
    Unknown,
    Unreached,
)
from payments.gateways.adyen_account import read_account
from payments.gateways.adyen_line import Answered, Line, Reply, Silent, TurnedAway, Unsent
from payments.gateways.adyen_method import read_details, read_method
from payments.gateways.adyen_notifications import read_keys, read_notification, reread_item
from payments.gateways.adyen_report import ReportUnreadable, fetch_movements
from payments.gateways.adyen_requests import modification_request, payment_request
from payments.gateways.adyen_words import (
    ERROR_CODES,
    brand_of,
    outcome_of_result,
    reference_of,
    to_adyen,
)

log = structlog.get_logger()

# A request of ours is given up after 15 s and its report comes within minutes. Past that Adyen is asked to let go, for
# as long as a request could at all be late.
_REPORTS_WITHIN: Final = timedelta(minutes=15)
_LET_GO_WITHIN: Final = timedelta(hours=1)
# Adyen repeats a report that was not accepted after 2, 5, 10, 15 and 30 minutes, 1, 2, 4 hours, then every 8 hours:
# a day that ends with our door open has seen it. https://docs.adyen.com/development-resources/webhooks/troubleshoot
_CERTAIN_AFTER: Final = timedelta(hours=24)
_KEPT_CHALLENGES_MAX: Final = 500


class AdyenGateway:
    """One Adyen merchant account. Config: see `AdyenAccount`."""

    provider = "adyen"

    def __init__(
        self,
        config: Mapping[str, Any],
        *,
        call_seconds_max: int = 12,
        whole_seconds_max: int = 15,
    ) -> None:
        """`call_seconds_max` bounds each wait of one HTTP call, `whole_seconds_max` our patience with it."""
        self._account = read_account(config)
        self._hmac_keys = read_keys(self._account.hmac_key)
        self.page = self._account.page()
        self._line = Line(
            api_key=self._account.api_key,
            environment=self._account.platform,
            live_prefix=self._account.live_prefix,
            api_base=self._account.api_base,
            call_seconds_max=call_seconds_max,
            whole_seconds_max=whole_seconds_max,
        )
        # Challenges under way, so that a page that was reloaded can take its own up again. Adyen does not repeat them;
        # one that another process began is begun anew by the customer.
        self._challenges: OrderedDict[str, Challenged] = OrderedDict()

    async def inspect(self, method: str) -> CardFacts:
        """What the component tells of the card: its brand at most. No call is made; Adyen names the card afterwards."""
        return CardFacts(brand=brand_of(read_method(method).brand))

    async def charge(self, order: ChargeOrder) -> Outcome:
        """`POST /payments`."""
        value = to_adyen(order.amount)
        if value is None:
            return Unreached("Adyen has no unit small enough for this amount")
        try:
            method = read_method(order.method or "")
        except MethodUnusable:
            return Declined(None, "processing_error")
        request = payment_request(order, value, method, self._account)
        reply = await self._line.send(
            self._line.payments.payments, request, key=_key(order.attempt_id)
        )
        outcome = self._outcome(reply, order)
        return self._kept(order.attempt_id, outcome)

    async def complete(self, question: Question, details: Mapping[str, Any]) -> Outcome:
        """The customer is back from the bank: `POST /payments/details` with what the component gave (`state.data`).
        Only now does Adyen ask the bank for the money.

        The same details may be sent again, after silence too. Raises `MethodUnusable` for what are no details. The
        caller sees to it that no attempt is completed that was given up, and none given up that is being completed;
        `question.state` is the state before that.
        """
        given = read_details(details).for_adyen()
        self._challenges.pop(question.attempt_id, None)
        digest = hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()
        reply = await self._line.send(
            self._line.payments.payments_details, given, key=_key(question.attempt_id, digest[:24])
        )
        if isinstance(reply, Answered):
            named = reply.body.get("merchantReference")
            if named is None or named == question.attempt_id:
                outcome = outcome_of_result(reply.body, None)
                return self._kept(question.attempt_id, outcome)
            # Another attempt's details: what they did is that one's, and its own report tells it.
            log.warning("adyen.details_of_another", attempt_id=question.attempt_id)
        if isinstance(reply, Silent):
            return Unknown(reply.why)
        # Nothing was done with these. Whether an earlier try went through is known only while there was none.
        if question.state == "challenged":
            return Challenged(question.reference)
        return Unknown("the details were not taken")

    async def ask(self, question: Question) -> Outcome:
        """What can be known without Adyen: a challenge stands, what was accepted is under way. A silence that outlasts
        its report is answered by letting go of what Adyen may hold."""
        kept = self._challenges.get(question.attempt_id)
        if question.state in {None, "challenged"} and kept is not None:
            return kept
        match question.state:
            case "challenged":
                return Challenged(question.reference)
            case "processing" if question.reference is not None:
                return Processing(question.reference)
            case "started" | "unknown":
                age = question.now - question.started_at
                if _REPORTS_WITHIN < age < _LET_GO_WITHIN or age > _CERTAIN_AFTER:
                    return await self.cancel(question)
        return Unknown("its report will tell")

    async def look(self, question: Question) -> Sight:
        """Refunds and disputes are told by reports alone."""
        return Sight(await self.ask(question))

    async def cancel(self, question: Question) -> Outcome:
        """Asks Adyen to let go, by its reference or by ours; the report of that brings `Abandoned`.

        A refusal is final at Adyen, so nothing is left to cancel. A challenge is not yet a charge: Adyen asks the bank
        only when we send the details, and we do not send those of an attempt that was given up.
        """
        if question.state == "declined":
            return Abandoned(question.reference)
        reply = await self._let_go(question)
        if isinstance(reply, Unsent | Silent):
            return Unknown(reply.why)
        if isinstance(reply, TurnedAway):
            return Unknown(f"cancel refused: {reply.code}")
        if question.state == "challenged":
            self._challenges.pop(question.attempt_id, None)
            return Abandoned(question.reference)
        unnamed = question.reference is None
        if unnamed and question.now - question.started_at > _CERTAIN_AFTER:
            log.warning("adyen.never_arrived", attempt_id=question.attempt_id)
            return Abandoned(None)
        return Unknown("asked Adyen to let go; its report will tell")

    async def capture(self, order: MoneyOrder) -> OrderOutcome:
        """`POST /payments/{pspReference}/captures`; what is not taken, Adyen lets go."""
        return await self._modify(self._line.modifications.capture_authorised_payment, order)

    async def refund(self, order: MoneyOrder) -> OrderOutcome:
        """`POST /payments/{pspReference}/refunds`."""
        return await self._modify(self._line.modifications.refund_captured_payment, order)

    async def movements(self, since: datetime, until: datetime) -> Sequence[Movement]:
        """The lines of the settlement details report, one file or one a day."""
        if self._account.report_url is None:
            raise GatewayUnavailable(
                "Adyen's books come as files: set report_url to the account's settlement details report."
            )
        try:
            return await fetch_movements(self._account, since, until)
        except ReportUnreadable as error:
            log.warning("adyen.report_failed", why=str(error))
            raise GatewayUnavailable("Adyen's settlement report cannot be read.") from None

    def read_events(
        self, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[GatewayEvent]:
        """Checks who sent it, where that was agreed, and the signature of every item. They carry no time to check."""
        self._account.check_sender(headers.get("authorization"))
        return read_notification(body, self._hmac_keys, self._account.merchant_account)

    async def complete_event(self, event: GatewayEvent) -> GatewayEvent:
        """Nothing is left to fetch: Adyen's reports carry their facts."""
        return event

    def reread_event(self, body: bytes) -> GatewayEvent:
        """One item."""
        return reread_item(body, self._account.merchant_account)

    async def check(self) -> None:
        """`POST /paymentMethods`: proves address, key and merchant account, and moves nothing."""
        request = {"merchantAccount": self._account.merchant_account}
        reply = await self._line.send(self._line.payments.payment_methods, request, key=None)
        if not isinstance(reply, Answered):
            log.warning("adyen.check_failed", reply=repr(reply))
            raise GatewayUnavailable("The payment provider does not answer. Nothing was charged.")

    async def close(self) -> None:
        await self._line.close()

    def _outcome(self, reply: Reply, order: ChargeOrder) -> Outcome:
        match reply:
            case Answered(body):
                return outcome_of_result(body, order.capture)
            case Unsent(why):
                return Unreached(why)
            case TurnedAway(_, code, account):
                log.warning("adyen.charge_refused", attempt_id=order.attempt_id, code=code)
                if account:
                    return Unreached(f"turned away: {code}")
                return Declined(None, ERROR_CODES.get(code, "processing_error"))
            case Silent(why):
                # No answer is not a no: the bank may have said yes.
                log.warning("adyen.charge_unanswered", attempt_id=order.attempt_id, error=why)
                return Unknown(why)

    def _kept(self, attempt_id: str, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Challenged):
            self._challenges[attempt_id] = outcome
            while len(self._challenges) > _KEPT_CHALLENGES_MAX:
                self._challenges.popitem(last=False)
        return outcome

    async def _let_go(self, question: Question) -> Reply:
        request = {
            "merchantAccount": self._account.merchant_account,
            "reference": question.attempt_id,
        }
        reference = reference_of(question.reference)
        modifications = self._line.modifications
        if reference is None:
            request["paymentReference"] = question.attempt_id
            call = modifications.cancel_authorised_payment
            # A key would make Adyen repeat a first answer, and what is to be let go may have arrived since.
            return await self._line.send(call, request, key=None)
        call = modifications.cancel_authorised_payment_by_psp_reference
        return await self._line.send(
            call, request, reference, key=_key(question.attempt_id, "cancel")
        )

    async def _modify(self, call: Any, order: MoneyOrder) -> OrderOutcome:
        value, reference = to_adyen(order.amount), reference_of(order.reference)
        if value is None or reference is None:
            return Refused("amount_not_expressible" if value is None else "reference_unusable")
        request = modification_request(order, value, self._account)
        reply = await self._line.send(call, request, reference, key=_key(order.order_id))
        match reply:
            case Answered(body):
                given = reference_of(body.get("pspReference"))
                return Unknown("no reference") if given is None else Accepted(given)
            case TurnedAway(_, code, account):
                log.warning("adyen.order_refused", order_id=order.order_id, code=code)
                # A refused key says nothing of the order: it is sent again once the account is mended.
                return Unknown(f"turned away: {code}") if account else Refused(code)
            case Unsent(why) | Silent(why):
                return Unknown(why)


def _key(subject: str, more: str = "") -> str:
    """An idempotency key, of which Adyen takes 64 characters: https://docs.adyen.com/development-resources/api-idempotency"""
    return f"{subject}-{more}" if more else subject
