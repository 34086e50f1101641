"""Threads as the API shows them."""

import sqlalchemy as sa

from channels.conversation_view import conversations_json
from channels.conversations import conversation_of, conversations
from core.database import Database
from tests.channels.conftest import PHONE, Desk
from tests.channels.talk import hear


async def shown(desk: Desk) -> list[dict[str, object]]:
    async with desk.database.snapshot() as session:
        rows = await session.all(sa.select(conversations).order_by(conversations.c.id))
        threads = [conversation_of(row) for row in rows]
        return await conversations_json(session, desk.vault, threads, now=desk.clock())


async def test_nothing_is_shown_of_nothing(desk: Desk) -> None:
    assert await shown(desk) == []


async def test_a_long_text_is_cut_and_an_erased_one_is_empty(desk: Desk) -> None:
    message = await hear(desk, "word " * 100)
    [thread] = await shown(desk)
    last = thread["last_message"]
    assert isinstance(last, dict)
    assert (len(str(last["text"])) <= 160, str(last["text"])[-1]) == (True, "…")
    customer = str((await desk.message(message)).customer)
    async with desk.database.transaction() as session:
        await desk.vault.destroy(session, desk.merchant.id, customer, now=desk.clock())
    [thread] = await shown(desk)
    last = thread["last_message"]
    assert isinstance(last, dict)
    assert (thread["address"], thread["customer_name"], last["text"]) == (None, None, "")


async def test_many_threads_take_as_many_statements_as_one(desk: Desk, database: Database) -> None:
    statements: list[str] = []
    sa.event.listen(
        database.engine.sync_engine,
        "before_cursor_execute",
        lambda _c, _k, statement, *_: statements.append(statement),
    )
    await hear(desk, sender=PHONE)
    await shown(desk)
    statements.clear()
    await shown(desk)
    one = len(statements)
    for at in range(5):
        await hear(desk, sender=f"+4477009001{at:02}")
    await shown(desk)
    statements.clear()
    assert len(await shown(desk)) == 6
    assert len(statements) == one
