"""`paythread retention`: applies the retention rules now, or says what they would delete."""

import asyncio
import json
from typing import Annotated, Any

import typer

from app.settings import load_settings
from app.wiring import open_house
from compliance.merchants import get_merchant, list_merchants
from compliance.retention import look_at
from core.clock import utc_now


def retention(
    merchant_id: Annotated[
        str | None, typer.Option("--merchant", help="One merchant; all when left out.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what is past its rule, and delete nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Deletes what is past its rule, as the worker does once a day, and reports it by kind."""
    report = asyncio.run(_report(merchant_id, dry_run=dry_run))
    if as_json:
        typer.echo(json.dumps({"dry_run": dry_run, "merchants": report}))
        return
    for merchant, rows in report.items():
        typer.echo(merchant)
        for row in rows:
            rule = "until erased" if row["days"] is None else f"{row['days']} days"
            told = f"{row['past']} past it, oldest {row['oldest'] or '-'}"
            if not dry_run:
                told = f"{row['deleted']} deleted, {told}"
            typer.echo(f"  {row['kind']}: {rule}; {told}")


async def _report(merchant_id: str | None, *, dry_run: bool) -> dict[str, list[dict[str, Any]]]:
    house = await open_house(load_settings())
    try:
        async with house.database.snapshot() as session:
            if merchant_id is not None:
                merchants = [(await get_merchant(session, merchant_id)).id]
            else:
                merchants = [each.id for each in await list_merchants(session)]
            if dry_run:
                kinds = house.retention.kinds
                return {
                    each: await look_at(session, kinds, each, now=utc_now()) for each in merchants
                }
        return {each: await house.retention.run(each) for each in merchants}
    finally:
        await house.close()
