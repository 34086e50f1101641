"""The table of how far mailboxes have been read."""

from channels.mailboxes import mailboxes


def test_an_account_has_one_place_to_read_on_from() -> None:
    assert [column.name for column in mailboxes.primary_key] == ["account"]
