"""A database and a vault for commands that work on them directly."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import typer
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.opening import open_database, open_vault
from app.schema import revision_of, standing
from app.settings import Settings, SettingsUnusable, load_settings
from compliance.merchants import Merchant, get_merchant, list_merchants
from compliance.vault import Vault
from core.database import Database, Session
from core.errors import PaythreadError


class WhichMerchant(PaythreadError):
    """There are several merchants, or none, and the command was not told which."""

    code = "which_merchant"


@asynccontextmanager
async def opened(*, migrated: bool = True) -> AsyncIterator[tuple[Settings, Database, Vault]]:
    """The configured database. Raises `SettingsUnusable` when it cannot be used as it is."""
    settings = load_settings()
    vault = open_vault(settings)
    database, _ = open_database(settings, vault)
    try:
        if migrated and standing(await _revision(database)) == "older":
            raise SettingsUnusable(
                "The database's schema is not up to date: run `paythread migrate`."
            )
        yield settings, database, vault
    finally:
        await database.close()


async def _revision(database: Database) -> str | None:
    try:
        return await revision_of(database)
    except (OperationalError, ProgrammingError) as error:
        raise SettingsUnusable(
            f"The database does not answer: {type(error.orig).__name__}."
        ) from None


async def merchant_of(session: Session, merchant_id: str | None) -> Merchant:
    """The merchant named, or the only one there is. Raises `WhichMerchant`, `NotFound`."""
    if merchant_id is not None:
        return await get_merchant(session, merchant_id)
    found = await list_merchants(session)
    if len(found) != 1:
        raise WhichMerchant(
            "Create a merchant first: `paythread merchant create`."
            if not found
            else "There are several merchants; say which with --merchant."
        )
    return found[0]


def show(value: dict[str, Any], *, as_json: bool) -> None:
    """One result, for scripts or for people."""
    if as_json:
        typer.echo(json.dumps(value))
        return
    for name, item in value.items():
        typer.echo(f"{name}: {item}")
