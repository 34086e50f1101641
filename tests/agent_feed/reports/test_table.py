"""What is shown and what is exported are the same cells (agent_feed.reports.table, agent_feed.reports.money)."""

from agent_feed.reports.money import Sums, currencies
from agent_feed.reports.table import Table, late, middle, share
from compliance.journal.facts import Fact
from tests.support.clock import START


def paid(amount: object, currency: object) -> Fact:
    data = {"amount": amount, "currency": currency}
    return Fact(1, "payment.paid", START, None, None, None, None, "system", data)


def test_the_lines_are_the_header_the_rows_and_the_totals() -> None:
    table = Table(["a", "b"], [{"b": 2, "a": "x"}, {"a": "y"}], {"a": "all", "b": 2})
    assert table.lines() == [["a", "b"], ["x", 2], ["y", None], ["all", 2]]
    assert table.as_json()["data"] == [{"a": "x", "b": 2}, {"a": "y", "b": None}]


def test_of_nothing_there_is_no_share_and_no_median() -> None:
    assert (share(0, 0), middle([])) == (None, None)
    assert (share(1, 3), middle([1.0, 2.0, 9.0])) == (0.3333, 2)


def test_two_currencies_are_never_one_sum() -> None:
    facts = [paid(100, "GBP"), paid(5, "JPY"), paid(23, "GBP"), paid(None, "GBP"), paid(7, None)]
    assert currencies(facts) == ["GBP", "JPY"]
    assert Sums(facts).cells("amount_paid", ["GBP", "JPY"]) == {
        "amount_paid_GBP": 123,
        "amount_paid_JPY": 5,
    }


def test_nine_of_ten_took_no_longer() -> None:
    assert late([]) is None
    assert late([7.4]) == 7
    assert late(list(range(1, 11))) == 9
    assert late([*range(1, 10), 1000, 2000]) == 1000
