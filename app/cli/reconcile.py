"""`paythread reconcile`: compares our transactions with the PSPs' own books, and names every difference."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from app import logs
from app.cli.access import Json
from app.cli.opened import opened
from app.gateways import GATEWAYS
from app.settings import load_settings
from compliance.merchants import get_merchant, list_merchants
from core.clock import utc_now
from core.database import Database, Session
from core.errors import NotFound
from core.money import CURRENCIES, Money
from payments.accounts import Gateways, list_accounts
from payments.errors import GatewayUnavailable, NoGateway
from payments.reconciliation_matching import COMPARED
from payments.reconciliation_runs import Reconciler
from payments.reconciliations import Reconciliation

DIFFERS: Final = 1
UNAVAILABLE: Final = 3
_DAYS_MAX: Final = 31
# Of what is not written to a terminal: wide enough that no reference is broken in two.
_WIDTH_PIPED: Final = 240


@dataclass(frozen=True, slots=True)
class _Unread:
    """A day whose books could not be read."""

    account: str
    day: date
    why: str

    def whole_json(self) -> dict[str, Any]:
        return {
            "account": self.account,
            "day": self.day.isoformat(),
            "status": "unavailable",
            "detail": self.why,
        }


def reconcile(
    merchant_id: Annotated[
        str | None, typer.Option("--merchant", help="One merchant; all when left out.")
    ] = None,
    account_id: Annotated[
        str | None, typer.Option("--account", help="One PSP account; all when left out.")
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="A day by UTC; yesterday when left out."),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(min=1, max=_DAYS_MAX, help="So many days up to yesterday, instead of one."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Exit code 1 when something differs, 3 when a PSP's books could not be read."""
    if day is not None and days is not None:
        raise typer.BadParameter("Give --day or --days, not both.")
    yesterday = utc_now().date() - timedelta(days=1)
    wanted = [yesterday - timedelta(days=back) for back in reversed(range(days or 1))]
    if day is not None:
        wanted = [day.replace(tzinfo=UTC).date()]
        if wanted[0] > yesterday:
            raise typer.BadParameter("A day can be reconciled once it is over, in UTC.")
    logs.configure(load_settings().log_format)
    found = asyncio.run(_run(merchant_id, account_id, wanted))
    if as_json:
        typer.echo(json.dumps([each.whole_json() for each in found]))
    else:
        _print(found)
    if any(isinstance(each, Reconciliation) and each.differences_count for each in found):
        raise typer.Exit(DIFFERS)
    if any(isinstance(each, _Unread) for each in found):
        raise typer.Exit(UNAVAILABLE)


async def _run(
    merchant_id: str | None, account_id: str | None, days: Sequence[date]
) -> list[Reconciliation | _Unread]:
    found: list[Reconciliation | _Unread] = []
    async with _desk() as (database, reconciler):
        async with database.snapshot() as session:
            accounts = await _accounts(session, merchant_id, account_id)
        for day in days:
            for account in accounts:
                try:
                    found.append(await reconciler.run(account, day))
                except GatewayUnavailable as error:
                    found.append(_Unread(account, day, error.detail))
    return found


@asynccontextmanager
async def _desk() -> AsyncIterator[tuple[Database, Reconciler]]:
    async with opened() as (_, database, vault):
        gateways = Gateways(database, vault, GATEWAYS)
        try:
            yield database, Reconciler(database, gateways, utc_now)
        finally:
            await gateways.close()


async def _accounts(session: Session, merchant_id: str | None, account_id: str | None) -> list[str]:
    """The account named, or all that take payments. Raises `NotFound`, `NoGateway`."""
    if merchant_id is not None:
        merchants = [await get_merchant(session, merchant_id)]
    else:
        merchants = list(await list_merchants(session))
    standing = [each for found in merchants for each in await list_accounts(session, found.id)]
    if account_id is not None:
        if account_id not in {each.id for each in standing}:
            raise NotFound("payment provider account")
        return [account_id]
    active = [each.id for each in standing if each.active]
    if not active:
        raise NoGateway("No payment provider is set up.")
    return active


def _print(found: Sequence[Reconciliation | _Unread]) -> None:
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, width=_WIDTH_PIPED)
    for each in found:
        if isinstance(each, _Unread):
            console.print(
                f"{each.day} {each.account}: the PSP's books could not be read. {each.why}"
            )
        elif each.state == "matched":
            console.print(f"{each.day} {each.account}: everything matches: {summary(each)}.")
        else:
            number = each.differences_count
            console.print(
                f"{each.day} {each.account}: {number} difference{'s' if number > 1 else ''}"
            )
            console.print(_table(each.differences))
            if number > len(each.differences):
                console.print(f"and {number - len(each.differences)} more.")


def _table(differences: Sequence[Mapping[str, Any]]) -> Table:
    table = Table("Difference", "Kind", "Reference", "When", "Here", "At the PSP", "Payment")
    for column in table.columns:
        column.overflow = "fold"
    for each in differences:
        table.add_row(
            each["difference"].replace("_", " "),
            each["kind"],
            each["reference"],
            each["occurred_at"],
            amount_text(each["amount_here"], each["currency_here"]),
            amount_text(each["amount_at_psp"], each["currency_at_psp"]),
            each["payment"] or "",
        )
    return table


def summary(found: Reconciliation) -> str:
    """`12 charges 599.88 GBP, 3 refunds -20.00 GBP; fees 18.20 GBP`, by the PSP's books."""
    words = []
    for kind in COMPARED:
        counts = found.counts[kind]
        number = counts["matched"] + counts["under_way"]
        if number:
            sums = [
                amount_text(of_currency[kind]["psp"], currency)
                for currency, of_currency in sorted(found.sums.items())
                if kind in of_currency
            ]
            words.append(f"{number} {kind}{'s' if number > 1 else ''} {' + '.join(sums)}")
    fees = [
        amount_text(of_currency["fees"], currency)
        for currency, of_currency in sorted(found.sums.items())
        if "fees" in of_currency
    ]
    text = ", ".join(words) or "no money moved"
    return f"{text}; fees {' + '.join(fees)}" if fees else text


def amount_text(minor: int | None, code: str | None) -> str:
    """A signed amount for people; a currency that we do not know stays in its smallest unit."""
    if minor is None or code is None:
        return "-"
    currency = CURRENCIES.get(code)
    number = str(abs(minor)) if currency is None else Money(abs(minor), currency).decimal_text()
    return f"{'-' if minor < 0 else ''}{number} {code}"
