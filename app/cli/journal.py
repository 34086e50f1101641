"""`paythread journal verify`: walks the hash chain."""

import asyncio
from typing import Annotated

import typer

from app.cli.opened import opened
from compliance.journal.verify import Verdict, verify
from compliance.merchants import get_merchant, list_merchants
from core.clock import utc_now

journal = typer.Typer(help="The append-only record of what happened.", no_args_is_help=True)


@journal.callback()
def _group() -> None:
    """Keeps `verify` a command of its own, as long as it is the only one."""


@journal.command("verify")
def verify_command(
    merchant_id: Annotated[
        str | None, typer.Option("--merchant", help="One merchant; all when left out.")
    ] = None,
) -> None:
    """Exit code 1, and the first bad position, if a journal was tampered with."""
    verdicts = asyncio.run(_verify(merchant_id))
    for verdict in verdicts:
        if verdict.intact:
            typer.echo(f"{verdict.merchant}: {verdict.entries} entries, intact.")
        else:
            typer.echo(
                f"{verdict.merchant}: bad at position {verdict.bad_position}: {verdict.reason}."
            )
    if not all(verdict.intact for verdict in verdicts):
        raise typer.Exit(1)


async def _verify(merchant_id: str | None) -> list[Verdict]:
    async with opened() as (_, database, vault), database.snapshot() as session:
        if merchant_id is not None:
            merchants = [await get_merchant(session, merchant_id)]
        else:
            merchants = list(await list_merchants(session))
        return [await verify(session, vault, m.id, now=utc_now()) for m in merchants]
