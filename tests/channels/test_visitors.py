"""The table of web chat visitors."""

from channels.visitors import visitors


def test_a_visitors_secret_is_kept_as_a_hash_alone() -> None:
    assert visitors.c.token_hash.unique
    assert "token" not in visitors.c
