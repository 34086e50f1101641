"""What differs between two sides of one day, and on which day it is told. Pure, so tried with every shape of books."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.gateway import Movement
from payments.reconciliation_matching import Booked, Day, Statement, compare, object_of

DAY = Day(date(2026, 11, 20))
NOON = DAY.start + timedelta(hours=12)
MOMENT = timedelta(seconds=1)
LineKind = Literal["charge", "capture", "refund", "dispute", "other"]


def ours(
    reference: str = "pi_1",
    amount: int = 4999,
    kind: str = "charge",
    *,
    currency: str = "GBP",
    at: datetime = NOON,
) -> Booked:
    return Booked(kind, reference, amount, currency, at, f"pay of {object_of(reference)}")


def theirs(
    reference: str = "pi_1",
    amount: int = 4999,
    kind: LineKind = "charge",
    *,
    currency: str = "GBP",
    at: datetime = NOON,
    fee: int = 0,
) -> Movement:
    return Movement(kind, reference, amount, currency, at, fee)


def told(statement: Statement) -> list[tuple[str, str, int | None, int | None]]:
    return [
        (each.what, each.reference, each.amount_here, each.amount_at_psp)
        for each in statement.differences
    ]


def test_the_same_on_both_sides_is_no_difference() -> None:
    statement = compare(
        DAY,
        [ours(), ours("re_1", -500, "refund"), ours("dp_1", -4999, "dispute")],
        [theirs(), theirs("re_1", -500, "refund"), theirs("dp_1", -4999, "dispute")],
    )

    assert () == statement.differences
    assert {"here": 1, "psp": 1, "matched": 1, "under_way": 0} == statement.counts["charge"]
    assert {
        "GBP": {
            "charge": {"here": 4999, "psp": 4999},
            "refund": {"here": -500, "psp": -500},
            "dispute": {"here": -4999, "psp": -4999},
        }
    } == statement.sums


def test_money_that_we_do_not_know_is_missing_here() -> None:
    [found] = compare(DAY, [], [theirs("pi_x", 100)], payments={"pi_x": "pay_1"}).differences

    assert ("missing_here", None, None, 100, "GBP") == (
        found.what,
        found.amount_here,
        found.currency_here,
        found.amount_at_psp,
        found.currency_at_psp,
    )
    assert ("pi_x", "charge", "pay_1", NOON) == (
        found.reference,
        found.kind,
        found.payment,
        found.occurred_at,
    )


def test_what_the_psp_never_booked_is_missing_there() -> None:
    [found] = compare(DAY, [ours()], []).differences

    assert ("missing_at_psp", "pi_1", "charge", 4999, None, "pay of pi_1") == (
        found.what,
        found.reference,
        found.kind,
        found.amount_here,
        found.amount_at_psp,
        found.payment,
    )


def test_another_amount_and_another_currency_are_named_as_such() -> None:
    amount = compare(DAY, [ours()], [theirs(amount=4998)])
    currency = compare(DAY, [ours()], [theirs(currency="EUR")])

    assert [("amount_differs", "pi_1", 4999, 4998)] == told(amount)
    assert [("currency_differs", "pi_1", 4999, 4999)] == told(currency)
    assert ("GBP", "EUR") == (
        currency.differences[0].currency_here,
        currency.differences[0].currency_at_psp,
    )


def test_a_captured_hold_is_the_charge_that_the_psp_books() -> None:
    """Also a part of it, which may show as the whole and what was let go."""
    whole = [theirs(amount=5000), theirs(amount=-2000)]

    assert () == compare(DAY, [ours(kind="capture")], [theirs()]).differences
    assert () == compare(DAY, [ours(amount=3000, kind="capture")], whole).differences
    assert () == compare(DAY, [ours()], [theirs(kind="capture")]).differences


def test_one_charge_with_two_captures_is_summed() -> None:
    lines = [theirs(amount=3000), theirs(amount=1999, at=NOON + timedelta(hours=30))]
    second = Day(DAY.date + timedelta(days=1))

    assert {} == compare(DAY, [ours()], lines).sums
    assert 4999 == compare(second, [ours()], lines).sums["GBP"]["charge"]["psp"]


@pytest.mark.parametrize(
    ("kind", "gone", "back", "line"),
    [
        ("refund", "re_1", "re_1#returned", "refund"),
        ("dispute", "dp_1", "dp_1#won", "dispute"),
        # A PSP may book both under one name, or a dispute as a refund.
        ("dispute", "dp_1", "dp_1#won", "refund"),
    ],
)
@pytest.mark.parametrize("suffixed", [True, False])
def test_money_that_went_and_came_back_is_matched_by_its_direction(
    kind: str, gone: str, back: str, line: LineKind, *, suffixed: bool
) -> None:
    books = [theirs(gone, -500, line), theirs(back if suffixed else gone, 500, line)]
    both = [ours(gone, -500, kind), ours(back, 500, kind)]

    assert () == compare(DAY, both, books).differences
    assert [("missing_here", books[1].reference, None, 500)] == told(compare(DAY, both[:1], books))
    assert [("missing_at_psp", back, 500, None)] == told(compare(DAY, both, books[:1]))


@pytest.mark.parametrize("apart", [MOMENT, -MOMENT, timedelta(days=2), -timedelta(days=2)])
def test_a_movement_on_the_other_side_of_midnight_is_no_difference(apart: timedelta) -> None:
    """It counts on the PSP's day, and there alone."""
    at_psp = DAY.start + MOMENT if apart < timedelta(0) else DAY.end - MOMENT
    here, line = ours(at=at_psp + apart), theirs(at=at_psp)
    days = [Day(DAY.date + timedelta(days=by)) for by in range(-3, 4)]
    statements = [compare(day, [here], [line]) for day in days]

    assert [()] * 7 == [each.differences for each in statements]
    assert [DAY.date] == [
        day.date
        for day, each in zip(days, statements, strict=True)
        if each.counts["charge"]["matched"]
    ]


def test_a_difference_across_midnight_is_named_once() -> None:
    here, line = ours(at=DAY.end + MOMENT), theirs(at=DAY.end - MOMENT, amount=1)
    days = [Day(DAY.date + timedelta(days=by)) for by in range(-3, 4)]

    assert [DAY.date] == [day.date for day in days if compare(day, [here], [line]).differences]


def test_fees_and_payouts_are_summed_and_no_differences() -> None:
    statement = compare(
        DAY,
        [ours()],
        [
            theirs(fee=175),
            theirs("po_1", -4000, "other"),
            theirs("po_0", -7000, "other", at=DAY.start - MOMENT),
            theirs("fee_1", -20, "other", currency="EUR", fee=3),
        ],
    )

    assert () == statement.differences
    assert 2 == statement.counts["other"]["psp"]
    assert (175, {"psp": -4000}) == (
        statement.sums["GBP"]["fees"],
        statement.sums["GBP"]["other"],
    )
    assert {"fees": 3, "other": {"psp": -20}} == statement.sums["EUR"]


def test_a_refund_under_way_is_known_and_counted_by_itself() -> None:
    ordered = replace(ours("re_1", -500, "refund"), under_way=True)
    books = [theirs("re_1", -500, "refund")]
    statement = compare(DAY, [ordered], books, payments={"re_1": "pay_1"})

    assert () == statement.differences
    assert {"here": 0, "psp": 1, "matched": 0, "under_way": 1} == statement.counts["refund"]
    assert {"here": 0, "psp": -500} == statement.sums["GBP"]["refund"]
    assert [("amount_differs", "re_1", -500, -501)] == told(
        compare(DAY, [ordered], [replace(books[0], amount=-501)], payments={"re_1": "pay_1"})
    )


def test_what_is_under_way_is_not_missed_at_the_psp() -> None:
    ordered = replace(ours("re_1", -500, "refund"), under_way=True)

    assert () == compare(DAY, [ordered], [], payments={"re_1": "pay_1"}).differences


def test_a_booked_refund_is_not_counted_a_second_time_as_under_way() -> None:
    booked = ours("re_1", -500, "refund")
    statement = compare(
        DAY, [booked, replace(booked, under_way=True)], [theirs("re_1", -500, "refund")]
    )

    assert () == statement.differences
    assert -500 == statement.sums["GBP"]["refund"]["here"]


def test_a_refund_that_failed_before_we_booked_it_leaves_no_difference_if_we_know_it() -> None:
    """Weeks may lie between; of an object that is not ours, each movement is one that we do not know."""
    books = [
        theirs("re_1", -500, "refund", at=NOON - timedelta(days=9)),
        theirs("re_1", 500, "refund"),
    ]

    assert () == compare(DAY, [], books, payments={"re_1": "pay_1"}).differences
    assert [("missing_here", "re_1", None, 500)] == told(compare(DAY, [], books))


def test_a_charge_taken_back_whole_differs_from_one_that_we_hold() -> None:
    books = [theirs(at=NOON - timedelta(days=9)), theirs(amount=-4999)]

    assert [("amount_differs", "pi_1", 4999, 0)] == told(
        compare(DAY, [ours(at=NOON - timedelta(days=9))], books, payments={"pi_1": "pay_1"})
    )


AROUND = st.integers(-36 * 3600, 36 * 3600).map(lambda seconds: NOON + timedelta(seconds=seconds))
LINES = st.lists(
    st.tuples(
        st.sampled_from([("pi", "charge", 1), ("re", "refund", -1), ("dp", "dispute", -1)]),
        st.integers(1, 10**9),
        st.sampled_from(["GBP", "JPY", "KWD"]),
        AROUND,
        st.integers(-3600, 3600).map(lambda seconds: timedelta(seconds=seconds)),
    ),
    max_size=8,
)
ALL_DAYS = [Day(DAY.date + timedelta(days=by)) for by in range(-4, 5)]


@given(LINES)
def test_books_that_agree_agree_on_every_day_and_each_movement_counts_once(
    lines: list[tuple[tuple[str, LineKind, int], int, str, datetime, timedelta]],
) -> None:
    here, psp = [], []
    for number, ((prefix, kind, sign), amount, currency, at, apart) in enumerate(lines):
        reference = f"{prefix}_{number}"
        here.append(ours(reference, sign * amount, kind, currency=currency, at=at + apart))
        psp.append(theirs(reference, sign * amount, kind, currency=currency, at=at))
    statements = [compare(day, here, psp) for day in ALL_DAYS]

    assert [()] * len(ALL_DAYS) == [each.differences for each in statements]
    assert len(lines) == sum(
        each.counts[kind]["matched"]
        for each in statements
        for kind in ("charge", "refund", "dispute")
    )


@given(LINES, st.data())
def test_a_line_that_one_side_lacks_is_named_on_one_day(
    lines: list[tuple[tuple[str, LineKind, int], int, str, datetime, timedelta]],
    data: st.DataObject,
) -> None:
    here, psp, expected = [], [], set()
    for number, ((prefix, kind, sign), amount, currency, at, apart) in enumerate(lines):
        reference = f"{prefix}_{number}"
        lacks = data.draw(st.sampled_from(["nobody", "we", "they"]))
        if lacks != "we":
            here.append(ours(reference, sign * amount, kind, currency=currency, at=at + apart))
        if lacks != "they":
            psp.append(theirs(reference, sign * amount, kind, currency=currency, at=at))
        if lacks != "nobody":
            expected.add((reference, "missing_here" if lacks == "we" else "missing_at_psp"))
    found = [each for day in ALL_DAYS for each in compare(day, here, psp).differences]

    assert expected == {(each.reference, each.what) for each in found}
    assert len(expected) == len(found)


def test_a_day_is_from_midnight_to_midnight_in_utc() -> None:
    day = Day(date(2026, 11, 20))

    assert [True, True, False, False] == [
        day.holds(moment)
        for moment in (
            datetime(2026, 11, 20, tzinfo=UTC),
            datetime(2026, 11, 20, 23, 59, 59, 999999, UTC),
            datetime(2026, 11, 21, tzinfo=UTC),
            datetime(2026, 11, 19, 23, 59, 59, 999999, UTC),
        )
    ]
