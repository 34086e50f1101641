"""`paythread journal verify` walks the hash chain; `journal restored` follows the restoring of a backup."""

import asyncio
from typing import Annotated

import typer

from app.cli.opened import opened
from compliance.journal.restored import begin_epoch
from compliance.journal.verify import Verdict, verify
from compliance.merchants import get_merchant, list_merchants
from core.clock import utc_now

journal = typer.Typer(help="The append-only record of what happened.", no_args_is_help=True)


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


@journal.command("restored")
def restored_command() -> None:
    """Run once after a backup was restored, before anything starts: every feed then takes a fresh snapshot."""
    asyncio.run(_restored())


async def _restored() -> None:
    async with opened() as (_, database, _vault):
        async with database.transaction() as session:
            told = [
                (found.id, await begin_epoch(session, found.id, actor="system", now=utc_now()))
                for found in await list_merchants(session)
            ]
        for merchant, position in told:
            typer.echo(f"{merchant}: a new epoch after position {position}.")


async def _verify(merchant_id: str | None) -> list[Verdict]:
    async with opened() as (_, database, vault), database.snapshot() as session:
        if merchant_id is not None:
            merchants = [await get_merchant(session, merchant_id)]
        else:
            merchants = list(await list_merchants(session))
        return [await verify(session, vault, m.id, now=utc_now()) for m in merchants]
