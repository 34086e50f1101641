"""The journal's tables are only added to, by the database's own word, on both (revision 0018)."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

import app
from app.schema import migrate
from compliance.journal import Journal
from compliance.journal.anchors import journal_anchors, take_anchor
from compliance.journal.entry import journal_entries
from compliance.journal.restored import begin_epoch
from compliance.journal.verify import verify
from compliance.master_keys import MasterKey
from compliance.merchants import create_merchant
from compliance.vault import Vault
from core.clock import utc_now
from core.database import Database

DOCS = Path(app.__file__).parents[1] / "docs/operations.md"
MEDDLING = [
    sa.update(journal_entries).values(actor="nobody"),
    sa.delete(journal_entries),
    sa.update(journal_anchors).values(hash="0" * 64),
    sa.delete(journal_anchors),
]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'journal.db'}"
    found: str = request.getfixturevalue("empty_postgres_url")
    return found


@pytest.fixture
def vault() -> Vault:
    return Vault(MasterKey.from_text("ab" * 32))


@pytest.fixture
async def database(url: str, vault: Vault) -> AsyncIterator[Database]:
    """Migrated as a customer's is, with an entry and an anchor in it."""
    made = Database(url)
    await migrate(made)
    await _told(made, vault)
    yield made
    await made.close()


async def _told(database: Database, vault: Vault) -> str:
    """The merchant about whom an entry and an anchor were written."""
    now = utc_now()
    database.before_commit.append(Journal(vault).flush)
    async with database.transaction() as session:
        merchant = await create_merchant(
            session, name="Acme", currency="GBP", locale="en-GB", country="GB", now=now
        )
        await begin_epoch(session, merchant.id, actor="system", now=now)
    async with database.transaction() as session:
        assert await take_anchor(session, vault, merchant.id, now=now) is not None
    return merchant.id


@pytest.mark.parametrize("meddling", MEDDLING, ids=[str(each)[:22] for each in MEDDLING])
async def test_nobody_changes_or_deletes_what_was_written(
    database: Database, meddling: sa.Executable
) -> None:
    with pytest.raises(DBAPIError, match="the journal is only added to"):
        async with database.transaction() as session:
            await session.execute(meddling)


@pytest.mark.postgres
async def test_the_role_of_the_docs_does_all_the_work_and_cannot_take_the_triggers_away(
    empty_postgres_url: str, vault: Vault
) -> None:
    owner = Database(empty_postgres_url)
    await migrate(owner)
    [block] = re.findall(r"```sql\n(CREATE ROLE paythread_service.*?)```", DOCS.read_text(), re.S)
    async with owner.engine.begin() as connection:
        # The server is every test's, and roles are the server's.
        await connection.execute(sa.text("DROP ROLE IF EXISTS paythread_service"))
        for statement in filter(None, map(str.strip, block.split(";"))):
            await connection.execute(sa.text(statement))
    address = sa.make_url(empty_postgres_url).set(username="paythread_service")
    service = Database(address.render_as_string(hide_password=False))
    try:
        await migrate(service)
        merchant = await _told(service, vault)
        async with service.snapshot() as session:
            assert (await verify(session, vault, merchant, now=utc_now())).intact
        for forbidden in (
            *map(str, MEDDLING[1::2]),
            "TRUNCATE journal_entries",
            "ALTER TABLE journal_entries DISABLE TRIGGER ALL",
            "DROP TRIGGER journal_entries_no_change ON journal_entries",
            "UPDATE alembic_version SET version_num = '0001'",
        ):
            with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
                async with service.engine.begin() as connection:
                    await connection.execute(sa.text(forbidden))
    finally:
        await service.close()
        async with owner.engine.begin() as connection:
            await connection.execute(sa.text("DROP OWNED BY paythread_service"))
            await connection.execute(sa.text("DROP ROLE paythread_service"))
        await owner.close()
