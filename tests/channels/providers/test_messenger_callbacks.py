"""What the webhooks of Messenger and Instagram tell."""

from datetime import UTC, datetime
from typing import Any

import pytest

from channels.port import Inbound, Receipt
from channels.providers.messenger_callbacks import reports_in
from channels.states import DeliveryState
from core.ids import new_id
from tests.channels.providers.meta_rigs import (
    INSTAGRAM_ID,
    PAGE_ID,
    PSID,
    InstagramRig,
    MessengerRig,
    signed,
)

NOW = datetime(2026, 11, 22, 13, 45, tzinfo=UTC)
STAMP = int(NOW.timestamp()) * 1000


def told(event: dict[str, Any], *, to: str = PAGE_ID) -> list[Receipt | Inbound]:
    whole = {"sender": {"id": PSID}, "recipient": {"id": to}, "timestamp": STAMP, **event}
    return reports_in([{"id": PAGE_ID, "time": STAMP, "messaging": [whole]}], account_id=PAGE_ID)


def said(event: dict[str, Any]) -> Inbound:
    [found] = told(event)
    assert isinstance(found, Inbound)
    return found


def test_a_message_comes_from_a_page_scoped_id_as_it_is() -> None:
    assert said({"message": {"mid": "m_1", "text": "Hello"}}) == Inbound(
        provider_id="m_1", sender=PSID, recipient=PAGE_ID, text="Hello"
    )


@pytest.mark.parametrize(
    ("attachment", "name"),
    [
        ({"type": "image", "payload": {"url": "https://cdn.example/x.jpg?oh=1"}}, "image"),
        (
            {"type": "file", "payload": {"url": "https://cdn.example/a/my%20bill.pdf?oh=1"}},
            "my bill.pdf",
        ),
        ({"type": "file", "payload": {"url": "http://[odd"}}, "file"),
        ({"type": "fallback", "title": "A page"}, "A page"),
        ({}, "attachment"),
        ({"type": 7, "payload": []}, "attachment"),
    ],
)
def test_files_are_known_by_name_or_kind(attachment: dict[str, Any], name: str) -> None:
    found = said({"message": {"mid": "m_1", "attachments": [attachment]}})
    assert (found.attachments, found.text) == ((name,), f"[{name}]")
    both = said({"message": {"mid": "m_1", "text": "Look", "attachments": [attachment]}})
    assert (both.attachments, both.text) == ((name,), "Look")


def test_a_pressed_button_is_what_stands_on_it() -> None:
    found = said({"postback": {"mid": "m_2", "title": "Get started", "payload": "START"}})
    assert (found.provider_id, found.text) == ("m_2", "Get started")
    old = said({"postback": {"payload": "START"}})
    assert (old.provider_id, old.text) == (f"postback:{PSID}:{STAMP}", "START")


def test_an_edit_names_what_it_corrects_and_each_edit_is_one() -> None:
    first, second = (
        said({"message_edit": {"mid": "m_1", "text": text, "num_edit": number}})
        for number, text in ((1, "tomorow"), (2, "tomorrow"))
    )
    assert (first.edits, second.edits, second.text) == ("m_1", "m_1", "tomorrow")
    assert first.provider_id != second.provider_id


def test_receipts_go_by_message_where_the_network_names_them() -> None:
    assert told({"delivery": {"mids": ["m_1", "m_2", 7], "watermark": STAMP}}) == [
        Receipt(fact=DeliveryState.DELIVERED, provider_id="m_1"),
        Receipt(fact=DeliveryState.DELIVERED, provider_id="m_2"),
    ]
    assert told({"read": {"mid": "m_3"}}) == [Receipt(fact=DeliveryState.READ, provider_id="m_3")]


@pytest.mark.parametrize("kind", ["read", "delivery"])
def test_else_they_say_up_to_when(kind: str) -> None:
    fact = DeliveryState.READ if kind == "read" else DeliveryState.DELIVERED
    assert told({kind: {"watermark": STAMP}}) == [Receipt(fact=fact, address=PSID, until=NOW)]


@pytest.mark.parametrize("watermark", [None, "1", True, -1, 10**30, 1.5, [], 0])
def test_a_moment_that_is_none_tells_nothing(watermark: object) -> None:
    assert told({"read": {"watermark": watermark}}) == []


def test_the_echo_of_ours_settles_a_lost_answer_and_other_echoes_are_left() -> None:
    delivery = new_id("dlv", NOW)

    def echo(**message: Any) -> list[Receipt | Inbound]:
        event = {"sender": {"id": PAGE_ID}, "recipient": {"id": PSID}, "message": message}
        return reports_in([{"messaging": [event]}], account_id=PAGE_ID)

    assert echo(is_echo=True, mid="m_1", metadata=delivery, text="Hi") == [
        Receipt(fact=DeliveryState.SENT, delivery=delivery, provider_id="m_1")
    ]
    assert echo(is_echo=True, mid="m_1", text="Hi") == []
    assert echo(is_echo=True, mid="m_1", metadata="somebody else's", text="Hi") == []
    assert echo(mid="m_1", metadata=delivery, text="Hi") == []


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"message": {"mid": "m_1", "text": "x", "is_echo": True}},
        {"message": {"mid": "m_1", "is_deleted": True}},
        {"message": {"mid": "", "text": "x"}},
        {"message": {"mid": "m_1", "text": ""}},
        {"message": {"mid": 1, "text": "x"}},
        {"message": ["x"]},
        {"reaction": {"mid": "m_1", "emoji": "❤"}},
        {"sender": {"id": ""}, "message": {"mid": "m_1", "text": "x"}},
        {"sender": {}, "message": {"mid": "m_1", "text": "x"}},
    ],
)
def test_what_says_nothing_is_left(event: dict[str, Any]) -> None:
    assert told(event) == []


def test_another_page_of_the_same_app_is_not_ours() -> None:
    assert told({"message": {"mid": "m_1", "text": "x"}}, to="999") == []


def test_instagram_listens_to_its_own_object_and_account() -> None:
    event = {
        "sender": {"id": PSID},
        "recipient": {"id": INSTAGRAM_ID},
        "message": {"mid": "m_1", "text": "Hi"},
    }
    body = {"object": "instagram", "entry": [{"id": INSTAGRAM_ID, "messaging": [event]}]}
    instagram = InstagramRig().made("https://graph.facebook.com")
    messenger = MessengerRig().made("https://graph.facebook.com")
    assert len(instagram.parse_callback(signed(body))) == 1
    assert messenger.parse_callback(signed(body)) == []
    assert instagram.parse_callback(signed({**body, "object": "page"})) == []


def test_a_message_that_cannot_be_shown_says_so() -> None:
    found = said({"message": {"mid": "m_1", "is_unsupported": True}})
    assert found.text == "[a kind of message that cannot be shown here]"
