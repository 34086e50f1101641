"""Where the journal cannot be written nothing happens, and that is said (PCI DSS 10.7.2)."""

import httpx2
import sqlalchemy as sa

from tests.app.conftest import Running
from tests.app.test_bad_input import GOOD

REFUSE = (
    "CREATE TRIGGER full BEFORE INSERT ON journal_entries BEGIN SELECT RAISE(ABORT, 'full'); END"
)


async def test_nothing_is_done_and_nothing_sensitive_read_that_the_journal_cannot_tell_of(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    database = running_service.house.database
    async with database.engine.begin() as connection:
        await connection.execute(sa.text(REFUSE))
    headers = running_service.post_headers()
    refused = await client.post("/v1/links", json=GOOD, headers=headers)
    assert (503, "journal_unwritable") == (refused.status_code, refused.json()["code"])
    assert "retry-after" in refused.headers
    read = await client.get("/v1/journal", headers=running_service.headers)
    assert (503, "journal_unwritable") == (read.status_code, read.json()["code"])
    figures = (await client.get("/metrics")).text
    assert "paythread_journal_unwritable_total 2.0" in figures
    async with database.engine.begin() as connection:
        await connection.execute(sa.text("DROP TRIGGER full"))
    listed = await client.get("/v1/links", headers=running_service.headers)
    assert [] == listed.json()["data"]
    done = await client.post("/v1/links", json=GOOD, headers=headers)
    assert 201 == done.status_code
