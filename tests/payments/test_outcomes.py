"""`record_outcome`: whoever brings a fact, how often and in what order, the books end the same.

Covers payments.facts too.
"""

from datetime import timedelta
from itertools import permutations

import pytest

from core.database import Database
from core.ids import new_id
from core.money import Money
from payments.attempts import begin_attempt
from payments.fraud import FraudCheck, Verdict
from payments.gateway import (
    Abandoned,
    Authorised,
    CardFacts,
    Challenged,
    Declined,
    Outcome,
    Processing,
    Risk,
    Succeeded,
    Unknown,
)
from payments.outcomes import block_attempt
from payments.payments import lock_payment
from payments.states import AttemptState, PaymentState
from tests.payments.conftest import Till

DUE = Money.of(4999, "GBP")
VISA = CardFacts("visa", "4242", "US")
PAID = Succeeded("pi_1", DUE, VISA, Risk("normal", 5), "ch_1")
DECLINED = Declined("pi_1", "insufficient_funds")
CHALLENGED = Challenged("pi_1", "secret")
PROCESSING = Processing("pi_1")
HELD = Authorised("pi_1", DUE, VISA)
BEGUN = ["checkout.submitted", "payment.fraud_check_started"]
CHECKED = [*BEGUN, "payment.fraud_check_completed"]


# Stories, as the agent reads them


STORIES: list[tuple[str, list[Outcome], list[str]]] = [
    ("success", [PAID], ["payment.paid"]),
    ("decline", [DECLINED], ["payment.declined"]),
    (
        "challenge completed",
        [CHALLENGED, PAID],
        ["payment.challenge_started", "payment.challenge_completed", "payment.paid"],
    ),
    (
        "challenge failed",
        [CHALLENGED, Declined("pi_1", "authentication_failed")],
        ["payment.challenge_started", "payment.challenge_completed", "payment.declined"],
    ),
    (
        "challenge given up",
        [CHALLENGED, Abandoned("pi_1")],
        ["payment.challenge_started", "payment.challenge_completed", "payment.declined"],
    ),
    (
        "challenge, then processing",
        [CHALLENGED, PROCESSING, PAID],
        [
            "payment.challenge_started",
            "payment.challenge_completed",
            "payment.processing",
            "payment.paid",
        ],
    ),
    ("processing", [PROCESSING, PAID], ["payment.processing", "payment.paid"]),
    ("held", [HELD], ["payment.authorised"]),
    ("held, then captured", [HELD, PAID], ["payment.authorised", "payment.paid"]),
    ("held, then let go", [HELD, Abandoned("pi_1")], ["payment.authorised", "payment.declined"]),
    ("unknown, then success", [Unknown("silence"), PAID], ["payment.paid"]),
]


@pytest.mark.parametrize(
    ("outcomes", "told"), [story[1:] for story in STORIES], ids=[story[0] for story in STORIES]
)
async def test_the_agent_reads_each_story_in_order(
    till: Till, outcomes: list[Outcome], told: list[str]
) -> None:
    payment = await till.owe()
    await till.tell(await till.begin(payment), *outcomes)

    assert [*CHECKED, *told] == await till.story(payment)


async def test_silence_tells_nothing_yet(till: Till) -> None:
    """Not even that the fraud check is over: we do not know it."""
    payment = await till.owe()
    await till.tell(await till.begin(payment), Unknown("silence"))

    assert BEGUN == await till.story(payment)


async def test_a_blocked_attempt_is_told_as_a_decline_of_our_own(till: Till) -> None:
    payment = await till.owe()
    check = FraudCheck(Verdict.BLOCK, 90, ("link_declines",))
    async with till.database.transaction() as session:
        held = await lock_payment(session, payment.id)
        begun = await begin_attempt(session, held, till.submission(), check=check, now=till.clock())
        attempt = await block_attempt(session, begun, held, now=till.clock())

    assert AttemptState.BLOCKED is attempt.state
    assert [*CHECKED, "payment.declined"] == await till.story(payment)
    assert "blocked" == (await till.events(payment))[-1].data["code"]
    assert PaymentState.OPEN is (await till.payment(payment)).state
    assert await till.planned(attempt.id) is None


@pytest.mark.parametrize(
    ("end", "result"),
    [(PAID, "succeeded"), (Declined("pi_1", "insufficient_funds"), "succeeded"),
     (Declined("pi_1", "authentication_failed"), "failed"), (Abandoned("pi_1"), "failed")],
)  # fmt: skip
async def test_the_bank_check_and_the_banks_answer_are_told_apart(
    till: Till, end: Outcome, result: str
) -> None:
    """A customer who proves who they are may still have no money."""
    payment = await till.owe()
    await till.tell(await till.begin(payment), CHALLENGED, end)

    told = [e for e in await till.events(payment) if e.type == "payment.challenge_completed"]
    assert [result] == [each.data["result"] for each in told]


async def test_the_psps_risk_is_in_the_fraud_check_that_the_agent_sees(till: Till) -> None:
    payment = await till.owe()
    await till.tell(await till.begin(payment), Succeeded("pi_1", DUE, VISA, Risk("elevated", 71)))

    [check] = [e.data for e in await till.events(payment) if e.type.endswith("check_completed")]
    assert ("review", 71, ["psp_risk_elevated"]) == (
        check["verdict"],
        check["score"],
        check["reasons"],
    )


async def test_the_last_news_carries_how_the_payment_stands(till: Till) -> None:
    payment = await till.owe()
    await till.tell(await till.begin(payment), PAID)

    data = (await till.events(payment))[-1].data
    assert (4999, "GBP", {"brand": "visa", "last4": "4242"}, "paid") == (
        data["amount"],
        data["currency"],
        data["card"],
        data["payment_status"],
    )


# Repeated and reordered facts


@pytest.mark.parametrize(
    "outcome", [PAID, DECLINED, CHALLENGED, PROCESSING, HELD, Abandoned("pi_1"), Unknown("x")]
)
async def test_a_fact_that_comes_twice_changes_nothing_the_second_time(
    till: Till, outcome: Outcome
) -> None:
    payment = await till.owe()
    once = await till.tell(await till.begin(payment), outcome)
    story, books = await till.story(payment), await till.payment(payment)
    till.clock.advance(seconds=5)

    assert once == await till.tell(once, outcome)
    assert (story, books) == (await till.story(payment), await till.payment(payment))


@pytest.mark.parametrize("older", [HELD, PROCESSING])
async def test_a_hold_that_was_let_go_is_not_revived_by_an_older_report(
    till: Till, older: Outcome
) -> None:
    """A PSP that cannot be asked could never take that back, and the customer could not pay again."""
    payment = await till.owe(capture="manual")
    attempt = await till.tell(await till.begin(payment), HELD, Abandoned("pi_1"), older)

    assert (AttemptState.ABANDONED, PaymentState.OPEN) == (
        attempt.state,
        (await till.payment(payment)).state,
    )
    assert None is await till.planned(attempt.id)


# `created` carries no outcome, so its place in the order moves nothing; it is kept here to be seen doing so.
FACTS: dict[str, Outcome | None] = {
    "created": None,
    "requires_action": CHALLENGED,
    "processing": PROCESSING,
    "succeeded": PAID,
    "payment_failed": DECLINED,
}


async def test_all_orders_of_the_same_facts_end_the_same(till: Till, sqlite_url: str) -> None:
    """120 orders of five facts: the attempt succeeded, the payment is paid, the money is booked once."""
    ends = set()
    for order in permutations(FACTS):
        payment = await till.owe()
        attempt = await till.begin(payment)
        intent = new_id("psp", till.clock())
        for name in order:
            outcome = FACTS[name]
            if outcome is not None:
                attempt = await till.tell(attempt, _of(outcome, intent))
        books = await till.payment(payment)
        ends.add(
            (attempt.state, books.state, books.captured.minor, len(await till.booked(payment)))
        )
        # Of the flags, only a no before the yes may show.
        assert set(books.flags) <= {"paid_late"}
        assert ("paid_late" in books.flags) == _no_before_yes(order)

    assert {(AttemptState.SUCCEEDED, PaymentState.PAID, 4999, 1)} == ends


def _of(outcome: Outcome, intent: str) -> Outcome:
    from dataclasses import replace

    assert not isinstance(outcome, Unknown)
    return replace(outcome, reference=intent)


def _no_before_yes(order: tuple[str, ...]) -> bool:
    """Whether the last thing known before the success was the failure."""
    before = order[: order.index("succeeded")]
    if "payment_failed" not in before:
        return False
    # After a no, only `processing` is news.
    return "processing" not in before[before.index("payment_failed") :]


async def test_a_failure_after_success_changes_nothing(till: Till) -> None:
    payment = await till.owe()
    paid = await till.tell(await till.begin(payment), PAID)
    story, books = await till.story(payment), await till.payment(payment)

    assert paid == await till.tell(paid, DECLINED, Abandoned("pi_1"), CHALLENGED, PROCESSING)
    assert (story, books) == (await till.story(payment), await till.payment(payment))


async def test_what_the_card_is_is_learned_from_whoever_knows(till: Till) -> None:
    """The order that details come in does not matter."""
    payment = await till.owe()
    attempt = await till.tell(await till.begin(payment), CHALLENGED, HELD, CHALLENGED)

    assert ("visa", "4242", "US", "pi_1") == (
        attempt.card.brand,
        attempt.card.last4,
        attempt.card.country,
        attempt.reference,
    )


# What is planned next


@pytest.mark.parametrize(
    ("outcome", "wait"),
    [
        (Unknown("silence"), timedelta(seconds=3)),
        (CHALLENGED, timedelta(minutes=2)),
        (PROCESSING, timedelta(minutes=10)),
        (DECLINED, timedelta(0)),
        (PAID, None),
        (HELD, timedelta(days=1)),
        (Abandoned("pi_1"), None),
    ],
)
async def test_a_live_attempt_will_be_asked_about_and_an_ended_one_not(
    till: Till, outcome: Outcome, wait: timedelta | None
) -> None:
    attempt = await till.tell(await till.begin(await till.owe()), outcome)

    assert wait == await till.planned(attempt.id)


async def test_a_declined_intent_is_loose_until_it_is_cancelled_at_the_psp(till: Till) -> None:
    declined = await till.tell(await till.begin(await till.owe()), DECLINED)
    tied = await till.tell(declined, Abandoned("pi_1"))

    assert (True, False, AttemptState.DECLINED) == (declined.loose, tied.loose, tied.state)
    assert await till.planned(tied.id) is None


async def test_a_refusal_without_an_intent_leaves_nothing_loose(till: Till) -> None:
    attempt = await till.tell(await till.begin(await till.owe()), Declined(None, "x"))

    assert not attempt.loose


async def test_a_fact_that_is_rolled_back_left_no_trace(till: Till, database: Database) -> None:
    """State, journal and planned work commit as one, or not at all."""
    from payments.outcomes import record_outcome
    from tests.support.crash import crashing

    payment = await till.owe()
    attempt = await till.begin(payment)
    async with crashing(database) as session:
        await record_outcome(session, attempt.id, PAID, actor="psp:x", now=till.clock())

    assert attempt == await till.attempt(attempt)
    assert BEGUN == await till.story(payment)
    assert [] == await till.booked(payment)
    assert timedelta(seconds=30) == await till.planned(attempt.id)
