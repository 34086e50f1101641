"""The table that paces are kept in."""

from channels.pace import account_paces


def test_an_account_has_one_pace() -> None:
    assert [column.name for column in account_paces.primary_key] == ["account"]
