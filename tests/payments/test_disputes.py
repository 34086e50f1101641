"""A contested charge is told once, its money booked as it moves, and its end is final."""

import pytest

from core.money import Money
from payments.disputes import disputes_of, record_dispute
from payments.gateway import DisputeFact
from payments.states import DisputeState
from tests.payments.conftest import Till

DUE = Money.of(4999, "GBP")
OPENED = DisputeFact("dp_1", DUE, "open", "fraudulent")
WON = DisputeFact("dp_1", DUE, "won", "fraudulent")
LOST = DisputeFact("dp_1", DUE, "lost", "fraudulent")
INQUIRY = DisputeFact("dp_1", DUE, "open", "fraudulent", withdrawn=False)


async def told(till: Till, *facts: DisputeFact) -> tuple[list[str], list[int], DisputeState]:
    """What is told and booked of a paid charge on which the PSP reports these."""
    payment = await till.owe()
    attempt = await till.charged(payment)
    for fact in facts:
        async with till.database.transaction() as session:
            await record_dispute(session, attempt.id, fact, actor="psp:1", now=till.clock())
    story = [kind for kind in await till.story(payment) if kind.startswith("dispute.")]
    amounts = [amount for _, amount in await till.booked(payment)]
    return story, amounts[1:], (await till.payment(payment)).dispute_state


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([OPENED], (["dispute.opened"], [-4999], DisputeState.OPEN)),
        ([OPENED, OPENED], (["dispute.opened"], [-4999], DisputeState.OPEN)),
        ([OPENED, WON], (["dispute.opened", "dispute.closed"], [-4999, 4999], DisputeState.WON)),
        ([OPENED, LOST], (["dispute.opened", "dispute.closed"], [-4999], DisputeState.LOST)),
        ([LOST], (["dispute.opened", "dispute.closed"], [-4999], DisputeState.LOST)),
        ([WON, OPENED], (["dispute.opened", "dispute.closed"], [-4999, 4999], DisputeState.WON)),
        ([WON, WON], (["dispute.opened", "dispute.closed"], [-4999, 4999], DisputeState.WON)),
        ([INQUIRY], (["dispute.opened"], [], DisputeState.OPEN)),
        ([INQUIRY, OPENED], (["dispute.opened"], [-4999], DisputeState.OPEN)),
    ],
)
async def test_each_order_of_reports_is_told_and_booked_once(
    till: Till,
    facts: list[DisputeFact],
    expected: tuple[list[str], list[int], DisputeState],
) -> None:
    assert expected == await told(till, *facts)


async def test_a_dispute_is_shown_with_its_payment(till: Till) -> None:
    payment = await till.owe()
    attempt = await till.charged(payment)
    async with till.database.transaction() as session:
        await record_dispute(session, attempt.id, OPENED, actor="psp:1", now=till.clock())
    async with till.database.snapshot() as session:
        found = await disputes_of(session, payment.id)

    shown = found[0].as_json()
    assert ("open", 4999, "GBP", "fraudulent", "dp_1") == (
        shown["status"],
        shown["amount"],
        shown["currency"],
        shown["reason"],
        shown["psp_reference"],
    )


async def test_the_reason_is_kept_without_a_card_number(till: Till) -> None:
    payment = await till.owe()
    attempt = await till.charged(payment)
    stolen = DisputeFact("dp_1", DUE, "open", "4242 4242 4242 4242 was stolen")
    async with till.database.transaction() as session:
        await record_dispute(session, attempt.id, stolen, actor="psp:1", now=till.clock())
    async with till.database.snapshot() as session:
        (found,) = await disputes_of(session, payment.id)

    assert "•••• 4242 was stolen" == found.reason
