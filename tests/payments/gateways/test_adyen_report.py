"""Adyen's settlement details report, read without guessing."""

from datetime import UTC, datetime

import pytest

from payments.gateway import Movement
from payments.gateways.adyen_report import ReportUnreadable, movements_of

HEAD = (
    "Company Account,Merchant Account,Psp Reference,Merchant Reference,Payment Method,Creation Date,TimeZone,Type,"
    "Modification Reference,Gross Currency,Gross Debit (GC),Gross Credit (GC),Net Currency,Commission (NC)\n"
)
SINCE, UNTIL = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


def line(kind: str, currency: str = "EUR", debit: str = "", credit: str = "", **more: str) -> str:
    at, zone = more.get("at", "2026-11-22 10:00:00"), more.get("zone", "CET")
    net, fee = more.get("net", currency), more.get("fee", "")
    return (
        f"Co,Shop,PSP1,att_1,visa,{at},{zone},{kind},MOD1,{currency},{debit},{credit},{net},{fee}\n"
    )


def test_each_line_that_moves_money_is_a_movement() -> None:
    text = (
        HEAD
        + line("Refunded", debit="9.99", at="2026-11-22 11:00:00")
        + line("Settled", credit="49.99", fee="0.50")
        + line("Fee", debit="0.10")
        + line("MerchantPayout", debit="40.00")
        + line("Chargeback", debit="49.99", at="2026-11-22 12:00:00")
    )
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)

    assert [
        Movement("charge", "PSP1", 4999, "EUR", at, 50),
        Movement("refund", "MOD1", -999, "EUR", at.replace(hour=10)),
        Movement("dispute", "MOD1", -4999, "EUR", at.replace(hour=11)),
    ] == movements_of(text, SINCE, UNTIL)


@pytest.mark.parametrize(
    ("currency", "text", "minor"),
    [("JPY", "1200", 1200), ("KWD", "1.250", 1250), ("EUR", "7", 700)],
)
def test_major_units_become_minor_ones_exactly(currency: str, text: str, minor: int) -> None:
    (found,) = movements_of(HEAD + line("Settled", currency, credit=text), SINCE, UNTIL)

    assert minor == found.amount


def test_a_fee_in_another_currency_is_not_this_lines() -> None:
    text = HEAD + line("Settled", credit="10.00", net="USD", fee="0.50")

    assert [0] == [found.fee for found in movements_of(text, SINCE, UNTIL)]


def test_what_lies_outside_the_time_is_left_out() -> None:
    text = HEAD + line("Settled", credit="10.00", at="2026-12-01 00:59:59")
    later = HEAD + line("Settled", credit="10.00", at="2026-12-01 01:00:00")

    assert (1, 0) == tuple(len(movements_of(each, SINCE, UNTIL)) for each in (text, later))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        HEAD + line("Settled", "XYZ", credit="10.00"),
        HEAD + line("Settled", credit="10.005"),
        HEAD + line("Settled", credit="ten"),
        HEAD + line("Settled", credit="NaN"),
        HEAD + line("Settled", credit="10.00", zone="XST"),
        HEAD + line("Settled", credit="10.00", at="yesterday"),
    ],
)
def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    with pytest.raises(ReportUnreadable):
        movements_of(text, SINCE, UNTIL)
