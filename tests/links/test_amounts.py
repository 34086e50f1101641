"""What may be paid at a time: all, or a part that leaves a rest worth paying."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Currency, Money
from links.amounts import AmountNotAllowed, Range, chosen, range_of
from links.submissions import AmountChanged
from payments.payments import Payment
from payments.states import DisputeState, PaymentState, RefundState

GBP = Currency.of("GBP")


def owed(
    due: int,
    minimum: int | None = None,
    *,
    captured: int = 0,
    code: str = "GBP",
    offer: bool = False,
) -> Payment:
    """A debt of which something may be paid already."""
    currency = Currency.of(code)
    nothing = Money(0, currency)
    return Payment(
        id="pay_1",
        merchant="mer_1",
        link="lnk_1",
        agent=None,
        customer=None,
        due=Money(due, currency),
        minimum=Money(minimum, currency) if minimum is not None else None,
        offer=offer,
        authorised=nothing,
        captured=Money(captured, currency),
        refunded=nothing,
        capture="automatic",
        state=PaymentState.OPEN,
        refund_state=RefundState.NONE,
        dispute_state=DisputeState.NONE,
        invited=True,
        flags=(),
        paid_at=None,
        created_at=datetime(2026, 11, 22, tzinfo=UTC),
    )


def test_without_a_minimum_there_is_nothing_to_choose() -> None:
    allowed = range_of(owed(4999))

    assert (False, 4999, 4999) == (allowed.open, allowed.least.minor, allowed.most.minor)
    assert 4999 == chosen(owed(4999), 4999).minor == chosen(owed(4999), None).minor


@pytest.mark.parametrize("other", [1, 4998, 5000])
def test_another_amount_than_is_due_was_not_what_the_customer_saw(other: int) -> None:
    with pytest.raises(AmountChanged):
        chosen(owed(4999), other)


@pytest.mark.parametrize("amount", [2000, 2001, 9900, 10_000])
def test_any_amount_from_the_minimum_to_all_of_it_may_be_paid(amount: int) -> None:
    assert amount == chosen(owed(10_000, 2000), amount).minor


@pytest.mark.parametrize("amount", [1, 1999, 10_001, 9901, 9999])
def test_too_little_too_much_or_a_rest_of_pennies_is_refused(amount: int) -> None:
    with pytest.raises(AmountNotAllowed):
        chosen(owed(10_000, 2000), amount)


def test_the_page_that_says_nothing_pays_all_that_is_due() -> None:
    assert 7000 == chosen(owed(10_000, 2000, captured=3000), None).minor


def test_the_minimum_shrinks_to_what_remains() -> None:
    """Of 100 pounds, 90 are paid: the last 10 can be paid although the minimum is 20."""
    allowed = range_of(owed(10_000, 2000, captured=9000))

    assert (False, 1000) == (allowed.open, allowed.most.minor)
    assert 1000 == chosen(owed(10_000, 2000, captured=9000), 1000).minor


def test_a_deposit_may_leave_less_than_itself() -> None:
    assert 6000 == chosen(owed(10_000, 6000), 6000).minor


def test_where_no_part_leaves_enough_there_is_nothing_to_choose() -> None:
    assert not range_of(owed(100, 60)).open


def test_of_an_offer_nothing_is_left_over() -> None:
    """Whoever gives 99 of up to 100 pounds owes no pound."""
    assert 9999 == chosen(owed(10_000, 500, offer=True), 9999).minor


@pytest.mark.parametrize(
    ("code", "leftover"), [("GBP", 100), ("JPY", 100), ("KWD", 1000), ("KRW", 1000)]
)
def test_the_rest_is_worth_about_a_pound_in_every_currency(code: str, leftover: int) -> None:
    assert leftover == range_of(owed(10_000_000, 5_000_000, code=code)).leftover.minor


def test_a_minimum_of_less_than_a_pound_may_be_left_over_too() -> None:
    assert 99_999 == chosen(owed(100_000, 1), 99_999).minor


amounts = st.integers(1, 10**9)


@given(due=amounts, minimum=amounts, parts=st.lists(amounts, max_size=12))
def test_parts_never_come_to_more_and_never_strand_a_rest(
    due: int, minimum: int, parts: list[int]
) -> None:
    """Whatever is tried in whatever order, what is left can always be paid."""
    debt = owed(due, min(minimum, due))
    for part in parts:
        if not debt.remaining:
            break
        try:
            amount = chosen(debt, part)
        except (AmountNotAllowed, AmountChanged):
            continue
        debt = replace(debt, captured=debt.captured + amount)

        assert debt.captured <= debt.due
        if debt.remaining:
            rest = range_of(debt)
            assert rest.holds(rest.most)
            assert rest.most.minor >= min(debt.minimum.minor if debt.minimum else 0, 100)


def test_a_range_holds_its_ends() -> None:
    allowed = Range(Money(10, GBP), Money(20, GBP), Money(0, GBP))

    assert [False, True, True, False] == [allowed.holds(Money(n, GBP)) for n in (9, 10, 20, 21)]
