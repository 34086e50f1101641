"""`paythread keys`: the master key that protects every other key."""

import asyncio
from typing import Annotated

import typer

from app.cli.opened import opened, show
from app.kms.opening import Opener
from app.master_key_source import master_keys, put_first
from app.settings import SettingsUnusable, load_settings
from compliance.key_rotation import Census, census, rotate
from compliance.master_keys import MasterKey, MasterKeys
from core.clock import utc_now

keys = typer.Typer(
    help="The master key, under which the keys of all personal data are wrapped.",
    no_args_is_help=True,
)


@keys.command("new")
def new_command() -> None:
    """Prints a fresh master key, wrapped where PAYTHREAD_KMS_URL is set; nothing is changed."""
    typer.echo(Opener(load_settings().key_service).wrapped(MasterKey.generate_text()))


@keys.command("status")
def status_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")] = False,
) -> None:
    """How many data keys each master key wraps. Exit code 1 where some are under one that is not here."""
    masters, found = asyncio.run(_status())
    show(
        {
            "current": masters.current.id,
            "known": ", ".join(key.id for key in masters.known),
            "under_current": found.current,
            "under_earlier": found.earlier,
            "under_unknown": found.unknown,
        },
        as_json=as_json,
    )
    if found.unknown:
        raise typer.Exit(1)


@keys.command("rotate")
def rotate_command(
    generate: Annotated[
        bool,
        typer.Option("--generate", help="First write a fresh key into PAYTHREAD_MASTER_KEY_FILE."),
    ] = False,
) -> None:
    """Wraps everything anew under the first master key. May run beside the service, and again where it broke off."""
    settings = load_settings()
    if generate:
        if settings.master_key or settings.master_key_file is None:
            raise SettingsUnusable(
                "--generate writes into PAYTHREAD_MASTER_KEY_FILE, which is not what is used here. Put the key of "
                "`paythread keys new` before the present one in PAYTHREAD_MASTER_KEY, separated by a comma."
            )
        master_keys(settings)  # the file must be sound before it is written to
        opener = Opener(settings.key_service)
        put_first(settings.master_key_file, MasterKey.generate_text(), opener)
    masters, found = asyncio.run(_rotate())
    typer.echo(
        f"Everything is under master key {masters.current.id}: {found.current} keys."
        if not found.earlier + found.unknown
        else f"{found.earlier + found.unknown} keys came to be under another master key meanwhile: run it again."
    )
    if len(masters.known) > 1:
        others = ", ".join(key.id for key in masters.known[1:])
        typer.echo(
            f"Not needed any more but for older backups: {others}. Take it out of the setting when every process "
            "has started with the new one and `paythread keys status` counts nothing under it."
        )
    else:
        typer.echo(
            "Only one master key is set. To rotate: put a fresh one (`paythread keys new`) before it, "
            "separated by a comma, start every process anew, and run this again."
        )
    if found.earlier + found.unknown:
        raise typer.Exit(1)


async def _status() -> tuple[MasterKeys, Census]:
    async with opened() as (settings, database, _), database.snapshot() as session:
        masters = master_keys(settings)
        return masters, await census(session, masters)


async def _rotate() -> tuple[MasterKeys, Census]:
    async with opened() as (settings, database, _):
        masters = master_keys(settings)
        async for progress in rotate(database, masters, actor="system", now=utc_now()):
            if progress.of:
                typer.echo(f"{progress.done} of {progress.of} keys")
        async with database.snapshot() as session:
            return masters, await census(session, masters)
