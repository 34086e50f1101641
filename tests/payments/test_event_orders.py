"""Stripe's reports in every order, three times at once, over HTTP and truly signed: one end, one booking each."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from compliance.routes.gate import Gate
from compliance.vault import Vault
from core.database import Database
from core.money import Money
from core.throttle import DEFAULT_LIMITS, Limit, Throttle
from payments.accounts import Gateways, save_account
from payments.attempts import Attempt, Submission, begin_attempt
from payments.gateway import CardFacts, Unknown
from payments.gateways.stripe import StripeGateway
from payments.inbox import Inbox
from payments.outcomes import record_outcome
from payments.payments import Payment, create_payment, get_payment, lock_payment
from payments.routes.webhooks import router
from payments.states import AttemptState, PaymentState, RefundState
from payments.tables import psp_events, transactions
from tests.payments.conftest import ALLOWED, Till
from tests.support.clock import SettableClock
from tests.support.doors import calling, service

SECRET = "whsec_only_stripe_knows"
CONFIG = {"secret_key": "sk_1", "publishable_key": "pk_1", "webhook_secret": SECRET}
KINDS = ("created", "requires_action", "processing", "succeeded", "refunded")
DUE = Money.of(4999, "GBP")


@dataclass
class Stripe:
    """Stripe's side of one account: attempts of ours, and signed reports about them."""

    client: httpx2.AsyncClient
    database: Database
    clock: SettableClock
    till: Till
    account: str
    made: int = 0

    async def attempt(self) -> tuple[Payment, Attempt, str]:
        """A charge whose answer was lost: only reports will tell of it."""
        self.made += 1
        now = self.clock()
        async with self.database.transaction() as session:
            payment = await create_payment(
                session,
                merchant=self.till.merchant.id,
                link="lnk_01arz3ndektsv4rrffq69g5fav",
                agent=None,
                customer=None,
                due=DUE,
                capture="automatic",
                now=now,
            )
            submission = Submission(
                account=self.account,
                method=f"pm_{self.made}",
                card=CardFacts(),
                fingerprint=None,
                origin=None,
                device=None,
            )
            held = await lock_payment(session, payment.id)
            attempt = await begin_attempt(session, held, submission, check=ALLOWED, now=now)
            await record_outcome(session, attempt.id, Unknown("lost"), actor="system", now=now)
        return payment, attempt, f"pi_{self.made}"

    def body(self, kind: str, attempt: Attempt, intent: str, **changes: Any) -> bytes:
        charge = {
            "id": f"ch_{intent}",
            "object": "charge",
            "payment_intent": intent,
            "amount": DUE.minor,
            "currency": "gbp",
            "captured": True,
            "metadata": {"paythread_attempt": attempt.id},
        }
        if kind == "refunded":
            refund = {
                "id": f"re_{intent}",
                "object": "refund",
                "amount": DUE.minor,
                "currency": "gbp",
                "status": "succeeded",
                "payment_intent": intent,
                "metadata": {},
            }
            about = charge | {"refunds": {"object": "list", "data": [refund], "has_more": False}}
            name = "charge.refunded"
        else:
            status = {"created": "requires_payment_method", "failed": "requires_payment_method"}
            about = {
                "id": intent,
                "object": "payment_intent",
                "status": status.get(kind, kind),
                "amount": DUE.minor,
                "amount_received": DUE.minor if kind == "succeeded" else 0,
                "currency": "gbp",
                "metadata": {"paythread_attempt": attempt.id},
                "latest_charge": charge,
            } | changes
            if kind == "failed":
                about["last_payment_error"] = {"code": "card_declined"}
            name = f"payment_intent.{'payment_failed' if kind == 'failed' else kind}"
        event = {
            "id": f"evt_{intent}_{kind}",
            "object": "event",
            "type": name,
            "data": {"object": about},
        }
        return json.dumps(event).encode()

    async def post(self, body: bytes, *, secret: str = SECRET) -> int:
        stamp = int(self.clock().timestamp())
        signature = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
        headers = {"Stripe-Signature": f"t={stamp},v1={signature.hexdigest()}"}
        path = f"/webhooks/psp/{self.account}"
        return (await self.client.post(path, content=body, headers=headers)).status_code

    async def end(self, payment: Payment) -> tuple[Any, ...]:
        """Everything that must not depend on the order."""
        async with self.database.snapshot() as session:
            books = await get_payment(session, payment.id)
            rows = await session.all(
                sa.select(transactions).where(transactions.c.payment == payment.id)
            )
            waiting = await session.scalar(
                sa.select(sa.func.count())
                .select_from(psp_events)
                .where(psp_events.c.state != "done")
            )
        booked = sorted((row["kind"], row["amount"]) for row in rows)
        return (
            books.state,
            books.refund_state,
            books.captured.minor,
            books.refunded.minor,
            books.flags,
            booked,
            waiting,
        )


PAID_AND_REFUNDED = (
    PaymentState.PAID,
    RefundState.FULL,
    4999,
    4999,
    (),
    [("charge", 4999), ("refund", -4999)],
    0,
)


@pytest.fixture
async def stripe(
    gate: Gate, till: Till, database: Database, vault: Vault, clock: SettableClock
) -> AsyncIterator[Stripe]:
    async with database.transaction() as session:
        account = await save_account(
            session,
            vault,
            merchant=till.merchant.id,
            provider="stripe",
            config=CONFIG,
            now=clock(),
        )
    gateways = Gateways(database, vault, {"stripe": StripeGateway})
    inbox = Inbox(database, vault, gateways, clock)
    wide = {name: Limit(100_000, 60) for name in DEFAULT_LIMITS}
    app = service(replace(gate, throttle=Throttle(wide)), router, state={"psp_inbox": inbox})
    async with calling(app) as client:
        yield Stripe(client, database, clock, till, account)
    await gateways.close()


async def test_all_120_orders_end_alike(stripe: Stripe) -> None:
    """Created, requires action, processing, succeeded, refunded; each report three times at the same moment."""
    ends = set()
    for order in permutations(KINDS):
        payment, attempt, intent = await stripe.attempt()
        for kind in order:
            body = stripe.body(kind, attempt, intent)
            assert [200] * 3 == await asyncio.gather(*(stripe.post(body) for _ in range(3))), order
        ends.add(str(await stripe.end(payment)))

    assert {str(PAID_AND_REFUNDED)} == ends


async def test_a_decline_that_is_told_after_the_money_changes_nothing(stripe: Stripe) -> None:
    payment, attempt, intent = await stripe.attempt()
    await stripe.post(stripe.body("succeeded", attempt, intent))
    before = await stripe.end(payment)
    assert 200 == await stripe.post(stripe.body("failed", attempt, intent))

    assert before == await stripe.end(payment)
    assert AttemptState.SUCCEEDED is (await stripe.till.attempt(attempt)).state


async def test_one_cent_short_is_a_mismatch_and_no_payment(stripe: Stripe) -> None:
    payment, attempt, intent = await stripe.attempt()
    await stripe.post(stripe.body("succeeded", attempt, intent, amount_received=4998))
    books = await stripe.till.payment(payment)

    assert (0, ("amount_mismatch",)) == (books.captured.minor, books.flags)
    assert "psp.amount_mismatched" in await stripe.till.story(payment)


async def test_a_forged_report_is_a_400_and_leaves_no_state(stripe: Stripe) -> None:
    payment, attempt, intent = await stripe.attempt()
    body = stripe.body("succeeded", attempt, intent)
    before = await stripe.end(payment)

    assert 400 == await stripe.post(body, secret="whsec_guessed")
    assert before == await stripe.end(payment)
