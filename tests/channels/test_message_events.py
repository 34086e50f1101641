"""What the journal may hold of a message's words."""

import pytest

from channels.message_events import private_words, without_tokens
from channels.port import Content


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a.example/p/AbC_-123", "https://a.example/p/…"),
        ("See http://127.0.0.1:8000/p/AbC. Thanks", "See http://127.0.0.1:8000/p/…. Thanks"),
        ("https://a.example/p/AbC?x=1", "https://a.example/p/…?x=1"),
        ("https://a.example/p/AbC/receipt", "https://a.example/p/…/receipt"),
        ("two /p/One and /p/Two", "two /p/… and /p/…"),
        ("no link at all", "no link at all"),
    ],
)
def test_a_links_token_is_left_out(text: str, shown: str) -> None:
    assert without_tokens(text) == shown


def test_private_words_hold_no_card_number_and_a_subject_only_where_there_is_one() -> None:
    assert private_words(Content("4242 4242 4242 4242")) == {"text": "•••• 4242"}
    assert private_words(Content("a", "Pay https://a.example/p/AbC", "<p>a</p>")) == {
        "text": "a",
        "subject": "Pay https://a.example/p/…",
    }
