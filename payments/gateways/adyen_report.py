"""Adyen's books: the lines of its settlement details report as movements of money.

Adyen has no API that lists movements; it writes report files, which an operator has made daily and lets us download:
https://docs.adyen.com/reporting/settlement-reconciliation/transaction-level/settlement-details-report
Amounts stand in major units with a decimal point, times in the time zone that stands beside them.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import httpx2

from core.money import CURRENCIES, Currency
from payments.gateway import Movement
from payments.gateways.adyen_account import AdyenAccount

LINES_MAX: Final = 200_000
_BYTES_MAX: Final = 32 * 1024 * 1024
_DAYS_MAX: Final = 31
_SECONDS_MAX: Final = 60

_KINDS: Final[Mapping[str, tuple[Any, str]]] = {
    "Settled": ("charge", "Psp Reference"),
    "SettledBulk": ("charge", "Psp Reference"),
    "Refunded": ("refund", "Modification Reference"),
    "RefundedBulk": ("refund", "Modification Reference"),
    "RefundedReversed": ("refund", "Modification Reference"),
    "Chargeback": ("dispute", "Modification Reference"),
    "SecondChargeback": ("dispute", "Modification Reference"),
    "ChargebackReversed": ("dispute", "Modification Reference"),
}
_NEEDED: Final = (
    "Psp Reference",
    "Modification Reference",
    "Creation Date",
    "TimeZone",
    "Type",
    "Gross Currency",
    "Gross Debit (GC)",
    "Gross Credit (GC)",
)
_FEES: Final = ("Commission (NC)", "Markup (NC)", "Scheme Fees (NC)", "Interchange (NC)")
# Adyen writes a short name; an account's report has one of these, and of no other do we guess the hours.
_ZONE_HOURS: Final[Mapping[str, int]] = {
    "UTC": 0,
    "GMT": 0,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "PST": -8,
    "PDT": -7,
    "SGT": 8,
    "AEST": 10,
    "AEDT": 11,
}


class ReportUnreadable(ValueError):
    """The file is no settlement details report, or not one that can be read without guessing."""


async def fetch_movements(
    account: AdyenAccount, since: datetime, until: datetime
) -> Sequence[Movement]:
    """Downloads the file, or the file of each day, and reads it. Raises `ReportUnreadable`.

    The download wants the report user's basic authentication.
    """
    assert account.report_url is not None, "there is a place to download from"
    # A span that ends at midnight does not want the file of the day that begins there.
    last = (until - timedelta(microseconds=1)).date()
    days = min((last - since.date()).days + 1, _DAYS_MAX)
    dates = [since.date() + timedelta(days=day) for day in range(days)]
    urls = dict.fromkeys(account.report_url.replace("{date}", f"{d:%Y_%m_%d}") for d in dates)
    auth = None
    if account.report_user is not None:
        auth = (account.report_user, account.report_password or "")
    found: list[Movement] = []
    try:
        async with httpx2.AsyncClient(timeout=_SECONDS_MAX, auth=auth) as client:
            for url in urls:
                found += movements_of(await _download(client, url), since, until)
    except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeDecodeError) as error:
        raise ReportUnreadable(type(error).__name__) from None
    return sorted(found, key=lambda movement: movement.occurred_at)


async def _download(client: httpx2.AsyncClient, url: str) -> str:
    parts: list[bytes] = []
    size = 0
    async with client.stream("GET", url) as answer:
        answer.raise_for_status()
        async for part in answer.aiter_bytes():
            size += len(part)
            if size > _BYTES_MAX:
                raise ReportUnreadable("the report is too large")
            parts.append(part)
    return b"".join(parts).decode("utf-8-sig")


def movements_of(text: str, since: datetime, until: datetime) -> Sequence[Movement]:
    """The movements of a report in a span of time, oldest first. Raises `ReportUnreadable`."""
    rows = csv.DictReader(io.StringIO(text))
    missing = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
    if missing:
        raise ReportUnreadable(f"columns are missing: {', '.join(missing)}")
    found = []
    try:
        for number, row in enumerate(rows):
            if number >= LINES_MAX:
                raise ReportUnreadable("the report has too many lines")
            movement = _movement(row)
            if movement is not None and since <= movement.occurred_at < until:
                found.append(movement)
    except csv.Error:
        raise ReportUnreadable("the report is no CSV") from None
    return sorted(found, key=lambda movement: movement.occurred_at)


def _movement(row: Mapping[str, Any]) -> Movement | None:
    """A line; None for what moves no customer's money (fees of their own, payouts, balance carried over)."""
    kind, column = _KINDS.get(row["Type"] or "", (None, ""))
    if kind is None:
        return None
    currency = CURRENCIES.get(row["Gross Currency"] or "")
    if currency is None:
        raise ReportUnreadable("a line has no currency that we know")
    amount = _minor(row["Gross Credit (GC)"], currency) - _minor(row["Gross Debit (GC)"], currency)
    reference = row[column] or row["Psp Reference"]
    if not reference:
        raise ReportUnreadable("a line has no reference")
    fee = 0
    if row.get("Net Currency") == currency.code:
        fee = sum(_minor(row.get(name), currency) for name in _FEES)
    return Movement(
        kind=kind,
        reference=reference,
        amount=amount,
        currency=currency.code,
        occurred_at=_moment(row["Creation Date"], row["TimeZone"]),
        fee=fee,
    )


def _minor(text: Any, currency: Currency) -> int:
    """Major units with a point, exactly; an empty cell is nothing."""
    if text is None or text == "":
        return 0
    try:
        minor = Decimal(text).scaleb(currency.exponent)
        whole = int(minor)
    except (InvalidOperation, ValueError, OverflowError):
        raise ReportUnreadable("a line has an amount that is none") from None
    if whole != minor:
        raise ReportUnreadable("a line has an amount that is none")
    return whole


def _moment(text: Any, zone: Any) -> datetime:
    hours = _ZONE_HOURS.get(zone or "")
    if hours is None:
        raise ReportUnreadable("the report's time zone is not one that we know")
    try:
        moment = datetime.strptime(f"{text}+0000", "%Y-%m-%d %H:%M:%S%z")
    except ValueError:
        raise ReportUnreadable("a line has a time that is none") from None
    return moment - timedelta(hours=hours)
