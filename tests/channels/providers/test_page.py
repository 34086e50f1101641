"""The chat on the pages of links as a provider: the part of the contract that a channel without a wire can have.

That part is `channels.providers.own_chat`.
"""

from typing import Any

import pytest

from channels.port import AccountConfigInvalid, Outcome, Outgoing
from channels.providers.page import PageProvider
from core.clock import utc_now
from core.ids import new_id
from tests.channels.providers.rigs import Mood, Rig

# Collected here a second time, with the rig of this module.
from tests.channels.providers.test_contract import (
    test_a_callback_without_proof_is_forged,
    test_a_message_that_is_taken_has_the_networks_id,
    test_a_refusal_is_final_and_takes_nothing,
    test_what_was_never_given_is_not_found,
)

__all__ = [
    "test_a_callback_without_proof_is_forged",
    "test_a_message_that_is_taken_has_the_networks_id",
    "test_a_refusal_is_final_and_takes_nothing",
    "test_what_was_never_given_is_not_found",
]


class _Told(PageProvider):
    """Remembers what it took: the thread, that is the message's own row, is out of a provider's sight."""

    taken: list[Outgoing]

    async def send(self, outgoing: Outgoing) -> Outcome:
        outcome = await super().send(outgoing)
        if type(outcome).__name__ == "Accepted":
            self.taken.append(outgoing)
        return outcome


class PageRig(Rig):
    """No far end: what it refuses is an address that is no visitor's."""

    def __init__(self) -> None:
        super().__init__()
        self.address = new_id("vis", utc_now())
        self.chat = _Told(PageProvider.from_config({"from": "Acme"}).config)
        self.chat.taken = []
        self.provider = self.chat

    def be(self, mood: Mood) -> None:
        assert mood is Mood.REFUSES
        self.address = "+447700900123"

    def texts(self) -> list[tuple[str, str]]:
        return [(one.to, one.content.text) for one in self.chat.taken]


@pytest.fixture
def rig() -> Rig:
    return PageRig()


async def test_nothing_can_be_wrong_with_it() -> None:
    assert await PageProvider.from_config({"from": "Acme"}).check() is None


@pytest.mark.parametrize("config", [{}, {"from": ""}, {"from": "Acme", "more": 1}])
def test_its_settings_are_the_name_alone(config: dict[str, Any]) -> None:
    with pytest.raises(AccountConfigInvalid):
        PageProvider.from_config(config)
