"""A day of the fake PSP's books against the till's: every difference is named, kept, told and looked at again.

Covers payments.reconciliation_books too: what of our own books is brought to the comparison.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.errors import NotFound
from core.money import Money
from payments.accounts import Gateways
from payments.disputes import record_dispute
from payments.errors import GatewayUnavailable
from payments.gateway import DisputeFact, Movement, Processing, RefundFact, Succeeded
from payments.order_facts import record_refund
from payments.reconciliation_matching import Day
from payments.reconciliation_runs import DayNotOver
from payments.reconciliations import (
    DIFFERENCES_MAX,
    Reconciliation,
)
from tests.conftest import NewMerchant
from tests.payments.bookkeeper import Bookkeeper
from tests.payments.conftest import NewTill, Till
from tests.payments.fakes import Authorises, Challenges, FakeGateway, Processes


@pytest.fixture
def keeper(till: Till) -> Bookkeeper:
    return Bookkeeper(till)


def names(found: Reconciliation) -> list[tuple[str, str]]:
    return [(each["difference"], each["reference"]) for each in found.differences]


async def test_a_day_on_which_everything_matches(keeper: Bookkeeper) -> None:
    """Charges, a captured hold, a refund of each kind, a dispute won and lost: all in both books."""
    till = keeper.till
    first = await keeper.paid()
    await keeper.paid(1200, "JPY")
    held = await till.owe(8000, capture="manual")
    attempt = await till.charged(held, Authorises())
    order = await till.place_capture(held, 3000)
    till.clock.advance(minutes=1)
    await till.run_orders()
    keeper.writes("charge", attempt.reference or "", 8000)
    keeper.writes("charge", attempt.reference or "", -5000)
    refund = await till.place_refund(first, 999)
    till.clock.advance(minutes=1)
    await till.run_orders()
    keeper.writes("refund", (await till.order(refund)).reference or "", -999)
    keeper.writes("other", "po_1", -2000)
    found = await keeper.closed()

    assert ("matched", [], 0) == (found.state, found.differences, found.differences_count)
    assert {"here": 3, "psp": 4, "matched": 3, "under_way": 0} == found.counts["charge"]
    assert {"here": 7999, "psp": 7999} == found.sums["GBP"]["charge"]
    assert {"here": -999, "psp": -999} == found.sums["GBP"]["refund"]
    assert {"here": 1200, "psp": 1200} == found.sums["JPY"]["charge"]
    assert ({"psp": -2000}, 30) == (found.sums["GBP"]["other"], found.sums["GBP"]["fees"])
    assert order.kind == "capture"


async def test_every_difference_is_named_with_both_amounts_and_its_payment(
    keeper: Bookkeeper,
) -> None:
    till = keeper.till
    await keeper.paid()
    unbooked, other_amount, other_currency = [await till.owe(100 + n) for n in range(3)]
    references = [
        (await till.charged(each)).reference or ""
        for each in (unbooked, other_amount, other_currency)
    ]
    keeper.writes("charge", references[1], 102)
    keeper.writes("charge", references[2], 102, "EUR")
    keeper.writes("refund", "re_unknown", -700)
    found = await keeper.closed()

    assert ("differs", 4) == (found.state, found.differences_count)
    expected = {
        references[0]: ("missing_at_psp", "charge", 100, "GBP", None, None, unbooked.id),
        references[1]: ("amount_differs", "charge", 101, "GBP", 102, "GBP", other_amount.id),
        references[2]: ("currency_differs", "charge", 102, "GBP", 102, "EUR", other_currency.id),
        "re_unknown": ("missing_here", "refund", None, None, -700, "GBP", None),
    }
    columns = (
        "difference",
        "kind",
        "amount_here",
        "currency_here",
        "amount_at_psp",
        "currency_at_psp",
        "payment",
    )
    assert expected == {
        each["reference"]: tuple(each[column] for column in columns) for each in found.differences
    }


async def test_money_that_came_without_our_knowing_is_named_with_the_payment_it_is_for(
    keeper: Bookkeeper,
) -> None:
    """As far as we know, the customer is at the bank's challenge."""
    payment = await keeper.till.owe()
    attempt = await keeper.till.charged(payment, Challenges())
    keeper.writes("charge", attempt.reference or "", 4999)
    found = await keeper.closed()

    assert [("missing_here", attempt.reference)] == names(found)
    assert payment.id == found.differences[0]["payment"]


async def test_money_under_way_of_another_amount_differs(keeper: Bookkeeper) -> None:
    attempt = await keeper.till.charged(await keeper.till.owe(), Processes())
    keeper.writes("charge", attempt.reference or "", 1)

    assert [("amount_differs", attempt.reference)] == names(await keeper.closed())


@pytest.mark.parametrize("seconds", [-2, 2])
async def test_a_charge_on_the_other_side_of_midnight_matches(
    keeper: Bookkeeper, seconds: int
) -> None:
    """Booked here just before midnight and there just after, and the other way round."""
    first = keeper.to_midnight(-1 if seconds > 0 else 1)
    days = {first, keeper.today}
    payment = await keeper.till.owe()
    attempt = await keeper.till.charged(payment)
    keeper.writes("charge", attempt.reference or "", 4999, later=timedelta(seconds=seconds))
    keeper.till.clock.advance(days=2)
    found = [await keeper.closed(day) for day in sorted(days | {keeper.today - timedelta(days=1)})]

    assert {"matched"} == {each.state for each in found}
    assert 1 == sum(each.counts["charge"]["matched"] for each in found)


async def test_a_charge_that_we_learned_of_a_week_late_matches(keeper: Bookkeeper) -> None:
    """On the day on which it is booked here, the PSP's line lies far outside of what is usually read."""
    till = keeper.till
    payment = await till.owe()
    attempt = await till.begin(payment)
    keeper.writes("charge", "pi_1", 4999)
    first = keeper.today
    till.clock.advance(days=9)
    await till.tell(attempt, Succeeded("pi_1", payment.due))
    late = await keeper.closed()

    assert ("matched", "matched") == (late.state, (await keeper.closed(first)).state)


async def test_a_refund_that_the_psp_has_not_finished_is_under_way(keeper: Bookkeeper) -> None:
    till = keeper.till
    payment = await keeper.paid()
    refund = await till.place_refund(payment, 500)
    till.gateway.order_script = [Processes()]
    till.clock.advance(minutes=1)
    await till.run_orders()
    reference = (await till.order(refund)).reference or ""
    keeper.writes("refund", reference, -500)
    going = await keeper.closed()
    first = going.day
    async with till.database.transaction() as session:
        fact = RefundFact(reference, Money.of(500, "GBP"), "failed", refund.id)
        await record_refund(session, refund.attempt, fact, actor="psp", now=till.clock())
    keeper.writes("refund", reference, 500)
    back = await keeper.closed()

    assert ("matched", 1) == (going.state, going.counts["refund"]["under_way"])
    assert ("matched", 1) == (back.state, back.counts["refund"]["matched"])
    assert "matched" == (await keeper.closed(first)).state


async def test_a_failed_refund_whose_money_never_came_back_differs(keeper: Bookkeeper) -> None:
    till = keeper.till
    payment = await keeper.paid()
    refund = await till.place_refund(payment, 500)
    till.gateway.order_script = [Processes()]
    till.clock.advance(minutes=1)
    await till.run_orders()
    reference = (await till.order(refund)).reference or ""
    keeper.writes("refund", reference, -500)
    async with till.database.transaction() as session:
        fact = RefundFact(reference, Money.of(500, "GBP"), "failed", refund.id)
        await record_refund(session, refund.attempt, fact, actor="psp", now=till.clock())
    found = await keeper.closed()

    assert [("missing_here", reference)] == names(found)
    assert payment.id == found.differences[0]["payment"]


async def test_a_method_that_settles_days_later_is_under_way_until_it_does(
    keeper: Bookkeeper,
) -> None:
    till = keeper.till
    attempt = await till.tell(await till.begin(await till.owe()), Processing("pi_1"))
    keeper.writes("charge", "pi_1", 4999)
    found = await keeper.closed()
    till.clock.advance(days=5)
    await till.tell(attempt, Succeeded("pi_1", Money.of(4999, "GBP")))

    assert ("matched", 1) == (found.state, found.counts["charge"]["under_way"])
    assert ("matched", 0) == (
        (await keeper.closed()).state,
        (await keeper.closed(found.day)).counts["charge"]["under_way"],
    )


async def test_a_dispute_lost_and_one_won_match(keeper: Bookkeeper) -> None:
    """The PSP books what came back under the dispute's own name; weeks lie between."""
    till = keeper.till
    payment = await keeper.paid()
    attempt = (await till.events(payment))[-1].attempt or ""
    for state, amount, days in (("open", -4999, 40), ("won", 4999, 0)):
        async with till.database.transaction() as session:
            fact = DisputeFact("dp_1", payment.due, state)  # type: ignore[arg-type]
            await record_dispute(session, attempt, fact, actor="psp", now=till.clock())
        keeper.writes("dispute", "dp_1", amount, fee=1500)
        found = await keeper.closed()
        assert ("matched", 1) == (found.state, found.counts["dispute"]["matched"])
        till.clock.advance(days=days)


async def test_running_again_replaces_the_day_under_the_same_id(keeper: Bookkeeper) -> None:
    payment = await keeper.till.owe()
    attempt = await keeper.till.charged(payment)
    differing = await keeper.closed()
    keeper.writes("charge", attempt.reference or "", 4999, later=-timedelta(hours=4))
    matching = await keeper.closed(differing.day)

    assert ("differs", "matched") == (differing.state, matching.state)
    assert differing.id == matching.id
    assert [matching] == list(await keeper.kept())


async def test_the_journal_tells_a_result_once_and_again_when_it_changes(
    keeper: Bookkeeper,
) -> None:
    attempt = await keeper.till.charged(await keeper.till.owe())
    found = await keeper.closed()
    await keeper.closed(found.day)
    keeper.writes("charge", attempt.reference or "", 4999, later=-timedelta(hours=4))
    await keeper.closed(found.day)

    common = {
        "reconciliation": found.id,
        "account": keeper.till.account,
        "day": found.day.isoformat(),
    }
    assert [
        common | {"state": "differs", "differences": 1},
        common | {"state": "matched", "differences": 0},
    ] == [each.data for each in await keeper.told()]


async def test_a_psp_that_is_away_leaves_the_day_unavailable_and_an_earlier_result_as_it_is(
    keeper: Bookkeeper,
) -> None:
    keeper.till.gateway.unreachable = True
    day = keeper.to_midnight(3 * 3600)
    for _ in range(2):
        with pytest.raises(GatewayUnavailable):
            await keeper.closed(day)
    away = await keeper.kept()
    keeper.till.gateway.unreachable = False
    await keeper.closed(day)
    keeper.till.gateway.unreachable = True
    with pytest.raises(GatewayUnavailable):
        await keeper.closed(day)

    assert ["unavailable"] == [each.state for each in away]
    assert ["matched"] == [each.state for each in await keeper.kept()]
    assert ["unavailable", "matched"] == [each.data["state"] for each in await keeper.told()]


async def test_books_written_by_the_day_are_read_without_the_days_to_come(
    till: Till,
) -> None:
    class ByTheDay(FakeGateway):
        """Has no books of today yet."""

        async def movements(self, since: datetime, until: datetime) -> Sequence[Movement]:
            if until > Day(till.clock().date()).start:
                raise GatewayUnavailable("The report of today is not written yet.")
            return await super().movements(since, until)

    gateway = ByTheDay()
    gateways = Gateways(till.database, till.vault, {"fake": lambda _: gateway})
    keeper = Bookkeeper(replace(till, gateway=gateway, gateways=gateways))
    await keeper.paid()

    assert "matched" == (await keeper.closed()).state


async def test_the_first_hundred_differences_are_named_and_the_rest_counted(
    keeper: Bookkeeper,
) -> None:
    for number in range(DIFFERENCES_MAX + 7):
        keeper.writes("charge", f"pi_{number:03}", 1)
    found = await keeper.closed()

    assert (DIFFERENCES_MAX, DIFFERENCES_MAX + 7) == (
        len(found.differences),
        found.differences_count,
    )
    assert 7 == found.whole_json()["differences_omitted"]


async def test_hundreds_of_movements_are_compared(keeper: Bookkeeper) -> None:
    """More than one statement's worth of names."""
    await keeper.paid()
    for number in range(600):
        keeper.writes("charge", f"pi_{number:03}", 1)
    found = await keeper.closed()

    assert (600, 1) == (found.differences_count, found.counts["charge"]["matched"])


async def test_another_accounts_money_is_not_compared(
    keeper: Bookkeeper, new_till: NewTill, new_merchant: NewMerchant
) -> None:
    other = Bookkeeper(await new_till(await new_merchant("Other Ltd")))
    await other.till.charged(await other.till.owe())
    await keeper.paid()
    mine = await keeper.closed()

    assert ("matched", 1) == (mine.state, mine.counts["charge"]["here"])
    assert "differs" == (await other.closed(mine.day)).state


async def test_a_day_that_is_not_over_and_an_account_that_is_not_there_are_refused(
    keeper: Bookkeeper,
) -> None:
    with pytest.raises(DayNotOver):
        await keeper.closed(keeper.today)
    with pytest.raises(NotFound):
        await keeper.reconciler.run("gwa_none", keeper.today - timedelta(days=1))

    assert [] == list(await keeper.kept())
