"""The pairs. Every bare side writes the same rows to SQLite with the same durability, or computes the same result."""

import json
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import aiosqlite
import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from compliance import masking
from compliance.journal import Event, Journal, record
from compliance.master_keys import MasterKey
from compliance.merchants import create_merchant
from compliance.vault import Vault
from core import strict_json, work
from core.clock import utc_now
from core.database import Database
from tests.bench.measure import Act, Case
from tests.support.tables import all_tables

BODY = json.dumps(
    {
        "amount": 4999,
        "currency": "GBP",
        "description": "Flight to Zürich",
        "customer": {"name": "Zoë Miller", "phone": "+447700900123", "email": "zoe@acme.example"},
        "metadata": {f"key {number}": "value " * 5 for number in range(10)},
    }
).encode()
MESSAGE = "Hello, my order 12345 of 22 November has not arrived, please call +44 7700 900123. " * 12


@asynccontextmanager
async def cases(folder: Path) -> AsyncIterator[list[Case]]:
    """Every pair, on two fresh databases in the folder."""
    engine = sa.create_engine(f"sqlite:///{folder / 'ours.db'}")
    all_tables().create_all(engine)
    engine.dispose()
    vault = Vault(MasterKey.from_text("ab" * 32))
    database = Database(f"sqlite:///{folder / 'ours.db'}")
    database.before_commit.append(Journal(vault).flush)
    async with aiosqlite.connect(folder / "bare.db", isolation_level=None) as bare:
        await bare.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE entries (position INTEGER PRIMARY KEY, type TEXT, at TEXT, data TEXT);"
            "CREATE TABLE due (subject TEXT PRIMARY KEY, at TEXT);"
        )
        yield [
            await _journal(database, bare),
            _work(database, bare),
            await _vault(database, vault),
            _json(),
            _masking(),
        ]
    await database.close()


async def _journal(database: Database, bare: aiosqlite.Connection) -> Case:
    async with database.transaction() as session:
        merchant = await create_merchant(
            session, name="Bench", currency="GBP", locale="en-GB", country="GB", now=utc_now()
        )

    async def ours() -> None:
        async with database.transaction() as session:
            fact = Event(
                type="link.created",
                merchant=merchant.id,
                occurred_at=utc_now(),
                actor="system",
                data={"amount": 4999},
            )
            record(session, fact)

    async def plain() -> None:
        await bare.execute("BEGIN IMMEDIATE")
        await bare.execute(
            "INSERT INTO entries (type, at, data) VALUES (?, ?, ?)",
            ("link.created", utc_now().isoformat(), '{"amount":4999}'),
        )
        await bare.execute("COMMIT")

    against = "one INSERT and COMMIT, without head, hash or masking"
    return Case("journal: append one entry", ours, plain, 100, against)


def _work(database: Database, bare: aiosqlite.Connection) -> Case:
    numbers = count()

    async def ours() -> None:
        async with database.transaction() as session:
            await work.schedule(session, "send", f"dlv_{next(numbers)}", due_at=utc_now())
        async with database.transaction() as session:
            [piece] = await work.claim(
                session, kinds=["send"], now=utc_now(), lease_seconds=30, limit=1
            )
            await work.finish(session, piece)

    async def plain() -> None:
        subject = f"dlv_{next(numbers)}"
        await bare.execute("BEGIN IMMEDIATE")
        await bare.execute("INSERT INTO due VALUES (?, ?)", (subject, utc_now().isoformat()))
        await bare.execute("COMMIT")
        await bare.execute("BEGIN IMMEDIATE")
        await bare.execute("DELETE FROM due WHERE subject = ?", (subject,))
        await bare.execute("COMMIT")

    against = "INSERT, DELETE and two COMMITs, without leases"
    return Case("work: schedule, claim, finish", ours, plain, 50, against)


async def _vault(database: Database, vault: Vault) -> Case:
    async with database.transaction() as session:
        await vault.key(session, "mer_1", "cus_1", now=utc_now())
    cipher = AESGCM(os.urandom(32))

    async def ours() -> None:
        async with database.snapshot() as session:
            for _ in range(100):
                sealed = await vault.seal(
                    session, "mer_1", "cus_1", "Zoë Miller", purpose="name", now=utc_now()
                )
                await vault.open(session, sealed, purpose="name")

    async def plain() -> None:
        for _ in range(100):
            nonce = os.urandom(12)
            cipher.decrypt(nonce, cipher.encrypt(nonce, "Zoë Miller".encode(), b"name"), b"name")

    return Case("vault: seal and open 100 names", ours, plain, 20, "AES-GCM alone, one key at hand")


def _json() -> Case:
    return Case(
        "strict JSON: read a request",
        _sync(lambda: strict_json.parse(BODY)),
        _sync(lambda: json.loads(BODY)),
        2000,
        "json.loads, which takes duplicates, NaN and worse",
    )


def _masking() -> Case:
    pattern = re.compile(r"\b(?:\d[ -]?){12,19}\b")
    return Case(
        "masking: look through 1 kB of text",
        _sync(lambda: masking.mask(MESSAGE)),
        _sync(lambda: pattern.sub("•", MESSAGE)),
        200,
        "one regular expression, without Luhn, schemes or other scripts",
    )


def _sync(act: Callable[[], object]) -> Act:
    async def run() -> None:
        act()

    return run
