"""`paythread journal verify` walks the hash chain, `anchor` tells where it stands, `restored` follows a backup."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.anchors.destinations import append_lines
from app.cli.opened import opened
from compliance.journal.anchors import (
    Anchor,
    Mismatch,
    check_anchors,
    compare,
    read_anchors,
    take_anchor,
)
from compliance.journal.export import check
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
    anchors: Annotated[
        Path | None,
        typer.Option(help="Anchors that were kept elsewhere.", exists=True, dir_okay=False),
    ] = None,
) -> None:
    """Exit code 1, and each bad position, if a journal was tampered with or an anchor does not hold."""
    kept = [] if anchors is None else read_anchors(_lines(anchors))
    verdicts, mismatches = asyncio.run(_verify(merchant_id, kept))
    for verdict in verdicts:
        if verdict.intact:
            typer.echo(f"{verdict.merchant}: {verdict.entries} entries, intact.")
        else:
            for each in verdict.breaks:
                upto = "" if each.last is None else f" to {each.last}"
                typer.echo(
                    f"{verdict.merchant}: bad at position {each.position}{upto}: {each.reason}."
                )
            if verdict.more_breaks:
                typer.echo(f"{verdict.merchant}: and {verdict.more_breaks} more.")
    for mismatch in mismatches:
        typer.echo(f"{mismatch.merchant}: bad at position {mismatch.position}: {mismatch.reason}.")
    if mismatches or not all(verdict.intact for verdict in verdicts):
        raise typer.Exit(1)


@journal.command("anchor")
def anchor_command(
    out: Annotated[
        Path | None, typer.Option(help="Append to this file; print when left out.", dir_okay=False)
    ] = None,
) -> None:
    """Tells, one line of JSON each, where every journal with new entries stands; keep it off this host."""
    asyncio.run(_anchor(out))


@journal.command("check")
def check_command(
    file: Annotated[
        Path, typer.Argument(help="An export of the journal.", exists=True, dir_okay=False)
    ],
    public_key: Annotated[
        str | None,
        typer.Option(help="The key to trust, as `GET /v1/journal/proof` and the console show it."),
    ] = None,
) -> None:
    """Checks a signed export: whole, unchanged, in order. Needs neither settings nor a database. Exit code 1 if not."""
    with file.open("rb") as lines:
        found = check(lines, public_key=public_key)
    typer.echo(f"{found.merchant}: {found.entries} entries, signed at {found.made_at}, unchanged.")
    if found.first is not None:
        typer.echo(f"Positions {found.first} to {found.last}.")
    if public_key is None:
        typer.echo(f"Compare the key with the one that the console shows: {found.public_key}")


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


async def _anchor(out: Path | None) -> None:
    async with opened() as (_, database, vault):
        async with database.snapshot() as session:
            merchants = await list_merchants(session)
        for found in merchants:
            async with database.transaction() as session:
                anchor = await take_anchor(session, vault, found.id, now=utc_now())
                if anchor is None:
                    continue
                # Told before it is kept: one that is told twice still holds, one that nobody was told is lost.
                if out is None:
                    typer.echo(anchor.as_line())
                else:
                    append_lines(out, [anchor.as_line()])


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


async def _verify(
    merchant_id: str | None, kept: list[Anchor]
) -> tuple[list[Verdict], list[Mismatch]]:
    async with opened() as (_, database, vault), database.snapshot() as session:
        if merchant_id is not None:
            ids = [(await get_merchant(session, merchant_id)).id]
            kept = [anchor for anchor in kept if anchor.merchant == merchant_id]
        else:
            ids = [found.id for found in await list_merchants(session)]
        verdicts = [await verify(session, vault, each, now=utc_now()) for each in ids]
        mismatches: list[Mismatch] = []
        for each in ids:
            mismatches += await check_anchors(session, vault, each, now=utc_now())
        # Also of a merchant that the database no longer has.
        for each in sorted({anchor.merchant for anchor in kept}):
            told = [anchor for anchor in kept if anchor.merchant == each]
            mismatches += await compare(session, each, told)
        return verdicts, list(dict.fromkeys(mismatches))
