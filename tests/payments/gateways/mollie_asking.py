"""What the tests ask of the gateway to Mollie."""

from datetime import timedelta
from typing import Any

from core.clock import utc_now
from core.ids import new_id
from core.money import Money
from payments.gateway import (
    Authorised,
    Challenged,
    ChargeOrder,
    GatewayEvent,
    MoneyOrder,
    Outcome,
    Question,
    Succeeded,
)
from tests.payments.gateways.mollie_psp import RETURN_URL, MolliePsp

DUE = Money.of(4999, "EUR")
PART = Money.of(2000, "EUR")


def order(**changes: Any) -> ChargeOrder:
    asked: dict[str, Any] = {
        "attempt_id": new_id("att", utc_now()),
        "amount": DUE,
        "method": None,
        "capture": "automatic",
        "description": "INV-1",
        "force_challenge": False,
        "metadata": {"paythread_link": "lnk_1"},
        "return_url": RETURN_URL,
    }
    return ChargeOrder(**(asked | changes))


def about(
    asked: ChargeOrder, reference: str | None = None, *, age: timedelta = timedelta(seconds=1)
) -> Question:
    now = utc_now()
    return Question(
        attempt_id=asked.attempt_id,
        reference=reference,
        amount=asked.amount,
        started_at=now - age,
        now=now,
    )


def money_order(reference: str, amount: Money = DUE, **changes: Any) -> MoneyOrder:
    order_id = new_id("ref", utc_now())
    return MoneyOrder(
        **({"order_id": order_id, "reference": reference, "amount": amount} | changes)
    )


async def paid(psp: MolliePsp, **changes: Any) -> tuple[ChargeOrder, str]:
    """An attempt that was paid, and its reference."""
    await psp.will("succeed")
    asked = order(**changes)
    outcome = await psp.charge(asked)
    assert isinstance(outcome, Succeeded)
    return asked, outcome.reference


async def held(psp: MolliePsp) -> tuple[ChargeOrder, str]:
    await psp.will("hold")
    asked = order(capture="manual")
    outcome = await psp.charge(asked)
    assert isinstance(outcome, Authorised)
    assert DUE == outcome.amount
    return asked, outcome.reference


def open_at(outcome: Outcome) -> str:
    """The reference of a payment that waits for its customer."""
    assert isinstance(outcome, Challenged)
    assert outcome.reference is not None
    return outcome.reference


async def completed(psp: MolliePsp, reference: str) -> GatewayEvent:
    (event,) = psp.gateway.read_events({}, f"id={reference}".encode(), now=utc_now())
    assert event == psp.gateway.reread_event(event.body)
    return await psp.gateway.complete_event(event)
