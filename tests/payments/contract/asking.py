"""What the contract's tests ask of a gateway."""

from datetime import timedelta
from typing import Any

from core.clock import utc_now
from core.ids import new_id
from core.money import Money
from payments.gateway import Challenged, ChargeOrder, Outcome, Question
from tests.payments.gateways.adyen_psp import AdyenPsp
from tests.payments.psps import Psp

DUE = Money.of(4999, "GBP")


def last4(psp: Psp) -> str:
    """Of the published test card that a good charge is made with."""
    return "1142" if isinstance(psp, AdyenPsp) else "4242"


def certain_after(psp: Psp) -> timedelta:
    """How old a charge without an answer has to be before the PSP's silence is a no."""
    return timedelta(hours=24) if isinstance(psp, AdyenPsp) else timedelta(seconds=90)


def report_id(psp: Psp) -> str:
    """The id of the PSP's genuine report `evt_1`: Adyen's reports are known by what they tell."""
    return "evt_1:SOMETHING_NEW:true" if isinstance(psp, AdyenPsp) else "evt_1"


def order(method: str | None, **changes: Any) -> ChargeOrder:
    asked: dict[str, Any] = {
        "attempt_id": new_id("att", utc_now()),
        "amount": DUE,
        "method": method,
        "capture": "automatic",
        "description": "INV-1",
        "force_challenge": False,
        "metadata": {"paythread_link": "lnk_1"},
        "return_url": "https://pay.example/p/token",
    }
    return ChargeOrder(**(asked | changes))


async def charge(psp: Psp, asked: ChargeOrder) -> Outcome:
    """Charges, with the customer's visit to the PSP's own page where there is one."""
    outcome = await psp.gateway.charge(asked)
    if isinstance(outcome, Challenged) and outcome.place == "psp_page":
        await psp.visit(asked, outcome)
        return await psp.gateway.ask(about(asked, outcome.reference))
    return outcome


def about(
    asked: ChargeOrder, reference: str | None = None, *, age: timedelta = timedelta(seconds=1)
) -> Question:
    """A question about an order that was handed over `age` ago."""
    now = utc_now()
    return Question(
        attempt_id=asked.attempt_id,
        reference=reference,
        amount=asked.amount,
        started_at=now - age,
        now=now,
    )
