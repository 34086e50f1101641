"""A review that the PSP asks for is a flag on the payment until it is closed there, or cleared here."""

import pytest

from payments.flags import clear_flag, flags_of
from payments.gateway import ReviewFact
from payments.payments import Payment
from payments.psp_reviews import record_review
from tests.payments.conftest import Till

OPENED = ReviewFact("prv_1", open=True, reason="rule")
APPROVED = ReviewFact("prv_1", open=False, reason="approved")
REFUNDED = ReviewFact("prv_1", open=False, reason="refunded_as_fraud")

_Story = list[tuple[str, str | None]]


async def told(till: Till, payment: Payment, *facts: ReviewFact) -> _Story:
    """What the journal tells of reviews, each with its reason, once the PSP has reported these."""
    attempt = await till.charged(payment)
    for fact in facts:
        async with till.database.transaction() as session:
            await record_review(session, attempt.id, fact, actor="psp:1", now=till.clock())
    return await story(till, payment)


async def story(till: Till, payment: Payment) -> _Story:
    return [
        (event.type, event.data.get("decision"))
        for event in await till.events(payment)
        if "review" in event.type or event.type == "payment.flag_cleared"
    ]


OPEN = ("payment.review_opened", None)
CLEARED = ("payment.flag_cleared", None)


@pytest.mark.parametrize(
    ("facts", "expected", "flagged"),
    [
        ([OPENED], [OPEN], True),
        ([OPENED, OPENED], [OPEN], True),
        ([OPENED, APPROVED], [OPEN, CLEARED, ("payment.review_decided", "approved")], False),
        ([OPENED, REFUNDED], [OPEN, CLEARED, ("payment.review_decided", "closed")], False),
        (
            [OPENED, APPROVED, APPROVED, OPENED],
            [OPEN, CLEARED, ("payment.review_decided", "approved")],
            False,
        ),
        ([APPROVED], [("payment.review_decided", "approved")], False),
        ([APPROVED, OPENED], [("payment.review_decided", "approved")], False),
    ],
)
async def test_each_order_of_reports_is_told_once(
    till: Till, facts: list[ReviewFact], expected: _Story, flagged: bool
) -> None:
    payment = await till.owe()

    assert expected == await told(till, payment, *facts)
    assert (("psp_review",) if flagged else ()) == (await till.payment(payment)).flags


async def test_its_close_is_told_even_after_somebody_here_has_cleared_it(till: Till) -> None:
    payment = await till.owe()
    await told(till, payment, OPENED)
    async with till.held(payment) as (session, locked):
        await clear_flag(
            session, locked, "psp_review", note="looked", actor="user:7", now=till.clock()
        )
    [attempt] = {event.attempt for event in await till.events(payment) if event.attempt}
    async with till.database.transaction() as session:
        await record_review(session, attempt, APPROVED, actor="psp:1", now=till.clock())
    async with till.database.snapshot() as session:
        [flag] = await flags_of(session, payment.id)

    assert ("payment.review_decided", "approved") == (await story(till, payment))[-1]
    assert ("user:7", "looked") == (flag.cleared_by, flag.note)
