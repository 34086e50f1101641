"""`paythread evidence`: the PCI DSS evidence pack, as a folder."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.application import ROUTERS
from app.cli.page import scripts_of
from app.evidence.doors import doors
from app.evidence.flows import diagram, tables_by_room
from app.evidence.inventories import access_list, keys
from app.evidence.kept import by_rule, kept
from app.evidence.materials import bill_of_materials
from app.evidence.pack import Findings, write_pack
from app.evidence.results import read_results
from app.master_key_source import master_keys
from app.settings import SettingsUnusable, load_settings
from app.tables import MODULES, metadata
from app.wiring import open_house
from compliance.journal.verify import verify
from compliance.merchants import list_merchants
from core.clock import utc_now


def evidence(
    out: Annotated[Path, typer.Option(help="The folder to write.")] = Path("evidence"),
    results: Annotated[
        Path | None, typer.Option(help="A JUnit report of the suite, such as build/tests.xml.")
    ] = None,
) -> None:
    """Writes the evidence pack. Exit code 1 where a journal does not verify or a test that proves something failed."""
    found = asyncio.run(_found(results))
    try:
        files = write_pack(out, found)
    except OSError as error:
        raise SettingsUnusable(f"The pack cannot be written ({type(error).__name__}).") from None
    typer.echo(f"{len(files)} files in {out}: begin with {out / 'README.md'}")
    broken = [verdict.merchant for verdict in found.verdicts if not verdict.intact]
    for merchant in broken:
        typer.echo(f"MEND  the journal of {merchant} does not verify: see journal.csv")
    failed = sum(found.results.failed.values()) if found.results is not None else 0
    if failed:
        typer.echo(f"MEND  {failed} tests failed: see requirements.md")
    if broken or failed:
        raise typer.Exit(1)


async def _found(report: Path | None) -> Findings:
    settings = load_settings()
    house = await open_house(settings)
    try:
        async with house.database.snapshot() as session:
            merchants = [each.id for each in await list_merchants(session)]
        scripts = [page for each in merchants for page in await scripts_of(house, each)]
        listed = doors(ROUTERS)
        async with house.database.snapshot() as session:
            return Findings(
                made_at=utc_now(),
                doors=listed,
                diagram=diagram(listed, tables_by_room(MODULES)),
                scripts=scripts,
                materials=bill_of_materials(),
                keys=await keys(session, master_keys(settings)),
                access=await access_list(session),
                kept=await kept(session, metadata),
                retention=[
                    row
                    for each in merchants
                    for row in await by_rule(session, house.retention.kinds, each, now=utc_now())
                ],
                verdicts=[
                    await verify(session, house.gate.vault, each, now=utc_now())
                    for each in merchants
                ],
                results=None if report is None else read_results(report),
            )
    finally:
        await house.close()
