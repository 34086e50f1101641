"""STOP and START: the whole message is the word, in any dress; a sentence with it is not."""

import pytest

from channels.stop_words import choice_in


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop",
        " Stop. ",
        "stop!!!",
        "“Stop”",
        "ＳＴＯＰ",
        "s\u200btop",
        "STOP ALL",
        "stopall",
        "quit",
        "End",
        "revoke",
        "opt out",
        "Opt-Out",
        "optout",
        "cancel",
        "Unsubscribe\n",
    ],
)
def test_a_request_to_stop(text: str) -> None:
    assert choice_in(text) == "stop"


@pytest.mark.parametrize("text", ["START", "start.", "unstop", "Opt in"])
def test_a_request_to_start(text: str) -> None:
    assert choice_in(text) == "start"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "don't stop by",
        "please stop",
        "stop it some more",
        "the end",
        "yes",
        "nonstop",
        "cancel my order",
        "🛑",
    ],
)
def test_a_message_like_any_other(text: str) -> None:
    assert choice_in(text) is None
