"""The gateway to Mollie: one payment an attempt, paid on Mollie's own page, to which the customer's page leads.

What keeps law 1 here: a payment at Mollie can be paid only through its checkout link, and only we are given that link.
A payment whose creation we never heard of, or that reaches Mollie after we gave the attempt up, has no customer, and
expires by itself (https://docs.mollie.com/docs/handling-payment-status). Mollie remembers an idempotency key for an
hour (https://docs.mollie.com/reference/api-idempotency): an order for money that may be older is looked for among what
was made for the payment, by our id in its metadata, before it is sent again.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from payments.errors import GatewayUnavailable, MethodUnusable, WebhookForged
from payments.gateway import (
    Abandoned,
    Authorised,
    CardFacts,
    Challenged,
    ChargeOrder,
    Declined,
    GatewayEvent,
    MoneyOrder,
    Movement,
    OrderOutcome,
    Outcome,
    PagePsp,
    Question,
    Refused,
    Sight,
    Unknown,
    Unreached,
)
from payments.gateways.mollie_books import movement_of
from payments.gateways.mollie_calls import (
    API_BASE,
    AT_THE_DOOR,
    CallFailed,
    MollieCalls,
    NotSent,
    TurnedDown,
)
from payments.gateways.mollie_reports import read_reports, reread_report
from payments.gateways.mollie_wishes import wish_of
from payments.gateways.mollie_words import (
    Json,
    attempt_of,
    capture_of,
    embedded,
    from_mollie,
    moment,
    order_of,
    order_outcome,
    outcome_of_payment,
    sight_of,
    to_mollie,
)

log = structlog.get_logger()

_CALL_SECONDS_MAX: Final = 8
_WHOLE_SECONDS_MAX: Final = 12
# After this an order that Mollie does not know is given up. Our own call ended long before; were the order still to
# arrive, nobody would hold the link to pay it by.
_ARRIVES_WITHIN: Final = timedelta(seconds=90)
# `createdAt` is by Mollie's clock.
_CREATED_WITHIN: Final = timedelta(minutes=10)
_WORDS_LENGTH_MAX: Final = 200


class MollieGateway:
    """One Mollie profile. Config: `api_key`, `organization_token?` (reads the books), `webhook_url?` (classic reports;
    Mollie must be able to reach it), `webhook_secret?` (next-gen reports; several, with commas, while one is replaced),
    `methods?` (of Mollie's, with commas; all that the profile offers without it), `api_base?`."""

    provider = "mollie"

    def __init__(
        self,
        config: Mapping[str, Any],
        *,
        call_seconds_max: int = _CALL_SECONDS_MAX,
        whole_seconds_max: int = _WHOLE_SECONDS_MAX,
    ) -> None:
        """`call_seconds_max` bounds one HTTP call, `whole_seconds_max` all that one question or order takes."""
        self._webhook_url = str(config.get("webhook_url") or "") or None
        self._secrets = _words(config.get("webhook_secret"))
        self._methods = _words(config.get("methods"))
        self.page = PagePsp(
            provider=self.provider, publishable_key="", script_url="", origins=(), mode="redirect"
        )
        token = config.get("organization_token")
        self._calls = MollieCalls(
            str(config["api_key"]),
            organization_token=str(token) if token else None,
            api_base=str(config.get("api_base") or API_BASE),
            call_seconds_max=call_seconds_max,
            whole_seconds_max=whole_seconds_max,
        )

    async def inspect(self, method: str) -> CardFacts:
        """There are no card tokens in redirect mode."""
        raise MethodUnusable("Mollie's own page takes the card; there is no card token to look at.")

    async def charge(self, order: ChargeOrder) -> Outcome:
        """`POST /v2/payments`; the customer pays by the link that comes back."""
        wish = wish_of(order, webhook_url=self._webhook_url, methods=self._methods)
        try:
            async with self._calls.bounded():
                payment = await self._calls.create_payment(wish, key=order.attempt_id)
        except NotSent as failed:
            return Unreached(failed.why)
        except TurnedDown as refused:
            log.warning("mollie.charge_refused", attempt_id=order.attempt_id, why=refused.why)
            if refused.status in AT_THE_DOOR:
                return Unreached(refused.why)
            about_currency = "currency" in refused.detail.lower()
            return Declined(None, "card_not_supported" if about_currency else "processing_error")
        except CallFailed as failed:
            log.warning("mollie.charge_unanswered", attempt_id=order.attempt_id, why=failed.why)
            return Unknown(failed.why)
        return outcome_of_payment(payment)

    async def ask(self, question: Question) -> Outcome:
        """`GET /v2/payments/{id}`, or the payment that bears the attempt's id among the recent ones."""
        return (await self.look(question)).outcome

    async def look(self, question: Question) -> Sight:
        """The payment with its refunds and chargebacks, in one answer of Mollie's."""
        try:
            async with self._calls.bounded():
                payment = await self._find(question)
        except CallFailed as failed:
            return Sight(Unknown(failed.why))
        if payment is not None:
            return sight_of(payment)
        return Sight(_not_there(question))

    async def cancel(self, question: Question) -> Outcome:
        """`DELETE /v2/payments/{id}` where Mollie allows it, or the release of a hold; else what is true.

        Mollie lets few open payments be cancelled. One that it does not stays `Challenged` until it is paid or, within
        minutes to days by method, expires by itself.
        """
        try:
            async with self._calls.bounded():
                payment = await self._find(question)
                found = outcome_of_payment(payment) if payment is not None else None
                if payment is not None and isinstance(found, Challenged | Authorised):
                    return outcome_of_payment(await self._call_off(payment))
        except CallFailed as failed:
            return Unknown(failed.why)
        if isinstance(found, Declined):
            # Final at Mollie: a failed payment cannot be paid any more.
            return Abandoned(found.reference)
        return found if found is not None else _not_there(question)

    async def capture(self, order: MoneyOrder) -> OrderOutcome:
        """`POST /v2/payments/{id}/captures`; what is left of the hold is released."""
        wish = {"amount": to_mollie(order.amount), "metadata": {"paythread_order": order.order_id}}
        outcome = await self._order(order, wish, self._calls.captures, self._calls.create_capture)
        if not isinstance(outcome, Refused | Unknown):
            await self._release_rest(order)
        return outcome

    async def refund(self, order: MoneyOrder) -> OrderOutcome:
        """`POST /v2/payments/{id}/refunds`."""
        wish = {"amount": to_mollie(order.amount), "metadata": {"paythread_order": order.order_id}}
        return await self._order(order, wish, self._calls.refunds, self._calls.create_refund)

    async def movements(self, since: datetime, until: datetime) -> Sequence[Movement]:
        """The primary balance's transactions of that time, oldest first: needs an `organization_token` with
        `balances.read` (https://docs.mollie.com/reference/list-balance-transactions)."""
        found: list[Movement] = []
        try:
            async with self._calls.bounded():
                async for line in self._calls.books():
                    occurred_at = moment(line.get("createdAt"))
                    if occurred_at < since:
                        break
                    movement = movement_of(line) if occurred_at < until else None
                    if movement is not None:
                        found.append(movement)
        except (CallFailed, ValueError) as error:
            raise _unavailable("mollie.books_failed", error) from None
        return found[::-1]

    def read_events(
        self, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[GatewayEvent]:
        """One event that sends us to look, from either kind of Mollie's webhooks."""
        return read_reports(headers, body, secrets=self._secrets, now=now)

    async def complete_event(self, event: GatewayEvent) -> GatewayEvent:
        """The payment behind a report as it is now. One that another program made on this profile says nothing."""
        if not event.look or event.reference is None:
            return replace(event, look=False)
        try:
            async with self._calls.bounded():
                payment = await self._calls.payment(event.reference)
        except TurnedDown as refused:
            if refused.status == 404:
                raise WebhookForged("Mollie knows no such payment.") from None
            raise _unavailable("mollie.report_failed", refused) from None
        except CallFailed as failed:
            raise _unavailable("mollie.report_failed", failed) from None
        attempt = attempt_of(payment)
        if attempt is None:
            return replace(event, look=False)
        sight = sight_of(payment)
        captures = [capture_of(each) for each in embedded(payment, "captures")]
        return replace(
            event,
            look=False,
            attempt_id=attempt,
            outcome=None if isinstance(sight.outcome, Unknown) else sight.outcome,
            refunds=sight.refunds,
            dispute=sight.disputes[-1] if sight.disputes else None,
            capture=next((each for each in captures if each is not None), None),
        )

    def reread_event(self, body: bytes) -> GatewayEvent:
        """A report as it was kept; it is completed anew."""
        return reread_report(body)

    async def check(self) -> None:
        """Lists payments: proves address, key and permission."""
        try:
            async with self._calls.bounded():
                async for _ in self._calls.payments():
                    break
        except CallFailed as failed:
            raise _unavailable("mollie.check_failed", failed) from None

    async def close(self) -> None:
        """Lets go of connections."""
        await self._calls.close()

    async def _find(self, question: Question) -> Json | None:
        if question.reference is not None:
            return await self._calls.payment(question.reference)
        since = question.started_at - _CREATED_WITHIN
        async for payment in self._calls.payments():
            if attempt_of(payment) == question.attempt_id:
                return await self._calls.payment(str(payment["id"]))
            if _is_older(payment, since):
                break
        return None

    async def _call_off(self, payment: Json) -> Json:
        """The payment after it was cancelled or its hold released, as far as Mollie does that."""
        reference = str(payment["id"])
        try:
            if payment.get("isCancelable") is True:
                await self._calls.cancel_payment(reference)
            elif payment.get("status") == "authorized":
                await self._calls.release(reference)
            else:
                return payment
        except TurnedDown as refused:
            log.info("mollie.not_called_off", reference=reference, why=refused.why)
        return await self._calls.payment(reference)

    async def _order(
        self,
        order: MoneyOrder,
        wish: Mapping[str, Any],
        made_before: Callable[[str], AsyncIterator[Json]],
        make: Callable[..., Any],
    ) -> OrderOutcome:
        """Looks for what the order may have made before, then sends it. Within the hour the key keeps it single too:
        the one that is still under way and the one that was sent again are one to Mollie."""
        try:
            async with self._calls.bounded():
                if order.again:
                    async for made in made_before(order.reference):
                        if order_of(made) == order.order_id:
                            return order_outcome(made)
                return order_outcome(await make(order.reference, wish, key=order.order_id))
        except TurnedDown as refused:
            log.warning("mollie.order_refused", order_id=order.order_id, why=refused.why)
            # The key may be mended and the rate fall: the order itself was not refused.
            if refused.status in AT_THE_DOOR - {404}:
                return Unknown(refused.why)
            return Refused(refused.detail[:_WORDS_LENGTH_MAX] or refused.why)
        except CallFailed as failed:
            log.warning("mollie.order_unanswered", order_id=order.order_id, why=failed.why)
            return Unknown(failed.why)

    async def _release_rest(self, order: MoneyOrder) -> None:
        """Lets go of what a capture left. Should it fail, the bank lets it go when the hold runs out."""
        try:
            async with self._calls.bounded():
                payment = await self._calls.payment(order.reference)
                held = from_mollie(payment.get("amount"))
                if payment.get("status") == "authorized" and held != order.amount:
                    await self._calls.release(order.reference)
        except CallFailed as failed:
            log.warning("mollie.rest_not_released", order_id=order.order_id, why=failed.why)


def _not_there(question: Question) -> Outcome:
    if question.now - question.started_at > _ARRIVES_WITHIN:
        return Abandoned(None)
    return Unknown("not there yet")


def _is_older(payment: Json, since: datetime) -> bool:
    try:
        return moment(payment.get("createdAt")) < since
    except ValueError:
        return False


def _words(text: Any) -> list[str]:
    return [word.strip() for word in str(text or "").split(",") if word.strip()]


def _unavailable(event: str, error: Exception) -> GatewayUnavailable:
    log.warning(event, error=type(error).__name__, why=str(error)[:_WORDS_LENGTH_MAX])
    return GatewayUnavailable("The payment provider does not answer. Nothing was charged.")
