"""The web chat as a provider: the part of the contract that a channel without a wire can have, and its settings."""

from typing import Any

import pytest

from channels.port import AccountConfigInvalid, Outcome, Outgoing
from channels.providers.webchat import WebChatProvider
from core.clock import utc_now
from core.ids import new_id
from tests.channels.providers.rigs import Mood, Rig

# Collected here a second time, with the rig of this module.
from tests.channels.providers.test_contract import (
    test_a_callback_without_proof_is_forged,
    test_a_check_says_in_a_sentence_what_is_wrong,
    test_a_message_that_is_taken_has_the_networks_id,
    test_a_refusal_is_final_and_takes_nothing,
    test_what_was_never_given_is_not_found,
)

__all__ = [
    "test_a_callback_without_proof_is_forged",
    "test_a_check_says_in_a_sentence_what_is_wrong",
    "test_a_message_that_is_taken_has_the_networks_id",
    "test_a_refusal_is_final_and_takes_nothing",
    "test_what_was_never_given_is_not_found",
]

SHOP = "https://shop.example"


def config(**changes: Any) -> dict[str, Any]:
    return {"from": "Acme chat", "allowed_origins": [SHOP], **changes}


class _Told(WebChatProvider):
    """Remembers what it took: the thread, that is the message's own row, is out of a provider's sight."""

    taken: list[Outgoing]

    async def send(self, outgoing: Outgoing) -> Outcome:
        outcome = await super().send(outgoing)
        if type(outcome).__name__ == "Accepted":
            self.taken.append(outgoing)
        return outcome


class WebChatRig(Rig):
    """No far end: what it refuses is an address that is no visitor's."""

    def __init__(self) -> None:
        super().__init__()
        self.address = new_id("vis", utc_now())
        self.chat = _Told(WebChatProvider.from_config(config()).config)
        self.chat.taken = []
        self.provider = self.chat
        self.away = WebChatProvider.from_config(config(allowed_origins=[]))

    def be(self, mood: Mood) -> None:
        assert mood is Mood.REFUSES
        self.address = "+447700900123"

    def texts(self) -> list[tuple[str, str]]:
        return [(one.to, one.content.text) for one in self.chat.taken]


@pytest.fixture
def rig() -> Rig:
    return WebChatRig()


@pytest.mark.parametrize(
    "origin",
    [
        "https://shop.example",
        "https://shop.example:8443",
        "http://localhost:8002",
        "http://127.0.0.1:80",
    ],
)
def test_an_origin_is_taken_as_browsers_write_it(origin: str) -> None:
    assert WebChatProvider.from_config(config(allowed_origins=[origin])).config.allowed_origins == [
        origin
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"allowed_origins": ["*"]},
        {"allowed_origins": ["null"]},
        {"allowed_origins": ["https://shop.example/"]},
        {"allowed_origins": ["https://Shop.example"]},
        {"allowed_origins": ["https://user@shop.example"]},
        {"allowed_origins": ["http://shop.example"]},
        {"allowed_origins": [SHOP] * 51},
        {"from": ""},
        {"greeting": {"en": ""}},
        {"greeting": {"not a language": "Hello"}},
        {"token": "x"},
    ],
)
def test_settings_that_would_open_the_chat_to_others_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(AccountConfigInvalid):
        WebChatProvider.from_config(config(**changes))
