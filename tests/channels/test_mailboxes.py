"""The table of how far mailboxes have been read."""

from datetime import UTC, datetime

from channels.mailboxes import find_place, keep_place, mailboxes
from channels.port import MailboxPlace
from core.database import Database

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_an_account_has_one_place_to_read_on_from() -> None:
    assert [column.name for column in mailboxes.primary_key] == ["account"]


async def test_a_place_goes_on_and_back_only_under_other_numbers(database: Database) -> None:
    async with database.snapshot() as session:
        assert await find_place(session, "cha_1") is None
    places = [MailboxPlace(1, 5), MailboxPlace(1, 4), MailboxPlace(1, 7), MailboxPlace(2, 1)]
    kept = []
    for place in places:
        async with database.transaction() as session:
            await keep_place(session, "cha_1", place, now=NOW)
        async with database.snapshot() as session:
            kept.append(await find_place(session, "cha_1"))
    expected = [MailboxPlace(1, 5), MailboxPlace(1, 5), MailboxPlace(1, 7), MailboxPlace(2, 1)]
    assert [(place, NOW) for place in expected] == kept
