"""Messenger and Instagram: what the Send API is asked for."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from channels import problems
from channels.port import Accepted, Button, Content, NotSent, Outcome, Outgoing, Refused
from tests.channels.providers.meta_rigs import (
    INSTAGRAM_ID,
    PAGE_ID,
    PSID,
    TOKEN,
    URL,
    InstagramRig,
    MessengerRig,
    graph_error,
    instagram_rig,
    messenger_rig,
)

LINK = "https://pay.acme.example/p/AbC-123"


@pytest.fixture
async def messenger() -> AsyncIterator[MessengerRig]:
    async with messenger_rig() as made:
        assert isinstance(made, MessengerRig)
        yield made


@pytest.fixture
async def instagram() -> AsyncIterator[InstagramRig]:
    async with instagram_rig() as made:
        assert isinstance(made, InstagramRig)
        yield made


def outgoing(content: Content, **changes: Any) -> Outgoing:
    return Outgoing(
        **{
            "delivery": "dlv_1",
            "to": PSID,
            "sender_name": "Acme",
            "content": content,
            "at": datetime.now(UTC),
            "callback_url": URL,
            **changes,
        }
    )


async def test_words_are_an_answer_to_the_page_scoped_id(messenger: MessengerRig) -> None:
    outcome = await messenger.provider.send(outgoing(Content("Hello")))
    assert isinstance(outcome, Accepted)
    assert messenger.bodies == [
        {
            "recipient": {"id": PSID},
            "messaging_type": "RESPONSE",
            "message": {"text": "Hello", "metadata": "dlv_1"},
        }
    ]
    assert messenger.tokens == [f"Bearer {TOKEN}"]


async def test_a_button_is_a_button_template_with_a_web_address(instagram: InstagramRig) -> None:
    await instagram.provider.send(outgoing(Content("Pay here", button=Button("Pay £49.99", LINK))))
    assert instagram.bodies[0]["message"] == {
        "attachment": {
            "type": "template",
            "payload": {
                "template_type": "button",
                "text": "Pay here",
                "buttons": [{"type": "web_url", "url": LINK, "title": "Pay £49.99"}],
            },
        }
    }


async def test_words_too_long_for_a_button_go_without_one(messenger: MessengerRig) -> None:
    text = "x" * 641
    await messenger.provider.send(outgoing(Content(text, button=Button("Pay", LINK))))
    assert messenger.bodies[0]["message"]["text"] == text


async def test_messenger_counts_characters_and_instagram_bytes(
    messenger: MessengerRig, instagram: InstagramRig
) -> None:
    async def fate(rig: MessengerRig, text: str) -> Outcome:
        return await rig.provider.send(outgoing(Content(text)))

    assert isinstance(await fate(messenger, "é" * 2000), Accepted)
    assert isinstance(await fate(instagram, "é" * 500), Accepted)
    for rig, text in ((messenger, "é" * 2001), (instagram, "é" * 501)):
        refused = await fate(rig, text)
        assert isinstance(refused, Refused)
        assert refused.code == problems.INVALID_CONTENT


async def test_outside_the_window_nothing_is_asked(messenger: MessengerRig) -> None:
    outcome = await messenger.provider.send(outgoing(Content("Hello"), window_open=False))
    assert isinstance(outcome, Refused)
    assert outcome.code == problems.WINDOW_CLOSED
    assert messenger.bodies == []


@pytest.mark.parametrize(
    ("code", "subcode", "outcome"),
    [
        (10, 2018278, problems.WINDOW_CLOSED),
        (551, 1545041, problems.UNREACHABLE),
        (190, None, problems.CHANNEL_MISCONFIGURED),
        (10, 2018108, problems.BLOCKED),
        (100, 2018001, problems.INVALID_ADDRESS),
    ],
)
async def test_refusals_are_in_our_words(
    messenger: MessengerRig, code: int, subcode: int | None, outcome: str
) -> None:
    messenger.answer = graph_error(code, subcode=subcode)
    refused = await messenger.provider.send(outgoing(Content("Hello")))
    assert isinstance(refused, Refused)
    assert refused.code == outcome


@pytest.mark.parametrize("code", [4, 613, 80006])
async def test_rate_limits_are_not_sent(messenger: MessengerRig, code: int) -> None:
    messenger.answer = graph_error(code)
    sent = await messenger.provider.send(outgoing(Content("Hello")))
    assert sent == NotSent(problems.RATE_LIMITED)


async def test_a_long_id_of_instagrams_is_kept_in_a_form_that_fits(instagram: InstagramRig) -> None:
    outcome = await instagram.provider.send(outgoing(Content("Hello")))
    assert isinstance(outcome, Accepted)
    assert outcome.provider_id.startswith("sha256:")


async def test_a_check_asks_for_page_and_account(
    messenger: MessengerRig, instagram: InstagramRig
) -> None:
    assert await messenger.provider.check() is None
    assert await instagram.provider.check() is None
    assert (messenger.asked, instagram.asked) == ([PAGE_ID], [PAGE_ID, INSTAGRAM_ID])
