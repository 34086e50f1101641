"""`paythread migrate`."""

import asyncio

import typer

from app import schema
from app.cli.opened import opened


def migrate() -> None:
    """Brings the database's schema up to date."""
    asyncio.run(_migrate())


async def _migrate() -> None:
    async with opened(migrated=False) as (_, database, _vault):
        before, after = await schema.migrate(database)
    if before == after:
        typer.echo(f"The schema is up to date ({after}).")
    else:
        typer.echo(f"The schema went from {before or 'nothing'} to {after}.")
