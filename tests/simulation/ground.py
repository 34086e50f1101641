"""The ground that every seed starts from: a SQLite file with two merchants, copied anew for each seed.

Where there is memory to keep files in (`/dev/shm`), the file is there: what a crash leaves is decided by what was
committed, not by the disk.
"""

import asyncio
import os
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from compliance.journal import Journal
from compliance.master_keys import MasterKey
from compliance.merchants import create_merchant
from compliance.principal import Principal
from compliance.roles import Role
from compliance.vault import Vault
from core.database import Database
from links.tokens import Tokens
from payments.accounts import save_account
from tests.simulation import inline_sqlite
from tests.simulation.boundaries import SteppedDatabase
from tests.simulation.steps import START
from tests.support.people import person
from tests.support.tables import all_tables

MASTER: Final = MasterKey.from_text("5e" * 32)
PROCESSES: Final = ("service", "worker")
_CURRENCIES: Final = {"north": "GBP", "south": "JPY"}
_MEMORY: Final = Path("/dev/shm")


@dataclass(frozen=True)
class Account:
    """An account at a PSP of its own.

    `thin`: its webhooks carry only an id. `redirect`: the customer pays at the PSP's page. `deaf`: it cannot be asked.
    """

    psp: str
    thin: bool = False
    redirect: bool = False
    deaf: bool = False
    id: str = ""


# Whose accounts there are, best first.
_ACCOUNTS: Final = {
    "north": (
        Account("north"),
        Account("harbour", thin=True, redirect=True),
        Account("lagoon", deaf=True),
        Account("marsh", redirect=True),
    ),
    "south": (Account("south", thin=True),),
}


@dataclass(frozen=True)
class Merchant:
    """One merchant and its people."""

    name: str
    id: str
    accounts: tuple[Account, ...]
    currency: str
    agent: Principal
    supervisor: Principal


class Ground:
    """Made once a process; `fresh` gives the next seed its own file. Close it when done."""

    def __init__(self, folder: Path, merchants: list[Merchant], database: type[SteppedDatabase]):
        self._folder = folder
        self._template = folder / "template.db"
        self.path = folder / "house.db"
        self.merchants = merchants
        self.databases = {
            name: database(f"{inline_sqlite.SCHEME}:///{self.path}") for name in PROCESSES
        }
        for each in self.databases.values():
            sa.event.listen(each.engine.sync_engine, "connect", _unhurried)

    @classmethod
    async def laid(cls, database: type[SteppedDatabase] = SteppedDatabase) -> "Ground":
        """The template with its merchants, made by the product's own code."""
        inline_sqlite.install()
        home = _MEMORY if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) else None
        folder = Path(tempfile.mkdtemp(prefix="paythread-simulation-", dir=home))
        template = folder / "template.db"
        engine = sa.create_engine(f"sqlite:///{template}")
        all_tables().create_all(engine)
        engine.dispose()
        return cls(folder, await _settled(template), database)

    async def fresh(self) -> sqlite3.Connection:
        """A new file for the next seed; answers a connection that looks at it from outside."""
        for each in self.databases.values():
            await each.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{self.path}{end}").unlink(missing_ok=True)
        shutil.copyfile(self._template, self.path)
        outside = sqlite3.connect(self.path, isolation_level=None)
        outside.row_factory = sqlite3.Row
        return outside

    async def close(self) -> None:
        for each in self.databases.values():
            await each.close()
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)


async def _settled(template: Path) -> list[Merchant]:
    vault = Vault(MASTER)
    database = Database(f"{inline_sqlite.SCHEME}:///{template}")
    database.before_commit.append(Journal(vault).flush)
    merchants = []
    for name, currency in _CURRENCIES.items():
        async with database.transaction() as session:
            merchant = await create_merchant(
                session, name=name, currency=currency, locale="en-GB", country="GB", now=START
            )
            accounts = [
                replace(
                    account,
                    id=await save_account(
                        session,
                        vault,
                        merchant=merchant.id,
                        provider="far",
                        config={
                            "psp": account.psp,
                            "redirect": account.redirect,
                            "deaf": account.deaf,
                        },
                        priority=number,
                        now=START,
                    ),
                )
                for number, account in enumerate(_ACCOUNTS[name])
            ]
        merchants.append(
            Merchant(
                name=name,
                id=merchant.id,
                accounts=tuple(accounts),
                currency=currency,
                agent=person(merchant.id, Role.AGENT, now=START),
                supervisor=person(merchant.id, Role.SUPERVISOR, now=START),
            )
        )
    await Tokens.load(database, vault, now=START)
    await database.close()
    return merchants


def _unhurried(connection: sqlite3.Connection, _: object) -> None:
    """No power is cut here, so nothing has to reach a disk."""
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA wal_autocheckpoint=0")
