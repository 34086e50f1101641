"""Telegram's updates: each becomes at most one message, with a name that its repetition has too."""

from typing import Any

import pytest

from channels.port import Inbound
from channels.providers.telegram_updates import inbound_of, number_in
from tests.support.vectors import vectors

PERSON = {"id": 42, "is_bot": False, "first_name": "Sam", "last_name": "Lee"}
CHAT = {"id": 42, "type": "private"}


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 7, "date": 1441645532, "chat": CHAT, "from": PERSON, **content}


def told(**update: Any) -> Inbound | None:
    return inbound_of({"update_id": 10000, **update}, recipient="@bot")


def said(**content: Any) -> tuple[str, tuple[str, ...]]:
    found = told(message=message(**content))
    assert found is not None
    return found.text, found.attachments


def test_the_published_updates_read_as_a_person_would() -> None:
    read = {
        each["name"]: inbound_of(each["body"], recipient="@bot")
        for each in vectors("telegram_updates.json")["updates"]
    }
    texts = {name: found and (found.text, found.attachments) for name, found in read.items()}
    assert texts == {
        "message_text": ("/start", ()),
        "forwarded_message": ("/start", ()),
        "forwarded_channel_message": ("/start", ()),
        "reply": ("/start", ()),
        "edited_message": ("Edited text", ()),
        "entities": ("Bold and italics", ()),
        "document": ("[file]", ("Testfile.pdf",)),
        "voice": ("[voice message]", ()),
        "inline_query": None,
        "chosen_inline_result": None,
        "callback_query": None,
    }
    edit = read["edited_message"]
    assert edit is not None
    assert (edit.provider_id, edit.edits) == ("1111111:1365:1441646600", "1111111:1365")
    first = read["message_text"]
    assert first is not None
    assert (first.provider_id, first.choice) == ("1111111:1365", "start")
    assert first.sender_name == "Test Firstname Test Lastname"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ({"text": "Hello"}, ("Hello", ())),
        ({"sticker": {"emoji": "👍"}}, ("[sticker 👍]", ())),
        ({"sticker": {"file_id": "x"}}, ("[sticker]", ())),
        ({"photo": [{"file_id": "x"}], "caption": "My bill"}, ("[photo]\nMy bill", ())),
        (
            {"document": {"file_name": "bill.pdf"}, "caption": "Here"},
            ("[file]\nHere", ("bill.pdf",)),
        ),
        (
            {"animation": {"file_name": "a.mp4"}, "document": {"file_name": "a.mp4"}},
            ("[file]", ("a.mp4",)),
        ),
        ({"location": {"latitude": 1}}, ("[location]", ())),
        ({"document": {"file_name": 5}}, ("[file]", ())),
    ],
)
def test_what_is_not_words_is_named_in_brackets(content: dict[str, Any], shown: object) -> None:
    assert said(**content) == shown


def test_a_contact_is_shown_with_its_number() -> None:
    assert said(contact={"first_name": "Jo", "phone_number": "+447700900123"}) == (
        "[contact] Jo +447700900123",
        (),
    )


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("/start", "start"),
        ("/start cus_1", "start"),
        ("/START@acme_bot", "start"),
        ("/stop", "stop"),
        ("/stop@acme_bot", "stop"),
        ("/stopping", None),
        ("please /stop", None),
    ],
)
def test_a_bots_commands_are_choices(text: str, choice: str | None) -> None:
    found = told(message=message(text=text))
    assert found is not None
    assert found.choice == choice


@pytest.mark.parametrize(
    ("status", "choice"),
    [("kicked", "stop"), ("left", "stop"), ("member", "start"), ("restricted", None), (5, None)],
)
def test_blocking_the_bot_stops_it_and_unblocking_starts_it(
    status: object, choice: str | None
) -> None:
    found = told(
        my_chat_member={"chat": CHAT, "from": PERSON, "new_chat_member": {"status": status}}
    )
    assert (found and found.choice) == choice
    if found is not None:
        assert found.provider_id == "42:member:10000"


@pytest.mark.parametrize(
    "update",
    [
        {"message": message(text="Hi", chat={"id": -100, "type": "group"})},
        {"message": message(text="Hi", chat={"id": -100, "type": "supergroup"})},
        {"message": message(text="Hi", chat={"id": 42})},
        {"message": message(text="Hi", chat={"id": "42", "type": "private"})},
        {"message": message(text="Hi", chat={"id": True, "type": "private"})},
        {"message": message(text="Hi", chat={"id": 2**70, "type": "private"})},
        {"message": message(text="Hi", message_id=None)},
        {"message": message(text="Hi", **{"from": {"id": 1, "is_bot": True}})},
        {"message": message(pinned_message={})},
        {"message": message(text=5)},
        {"message": "Hi"},
        {"channel_post": message(text="Hi")},
        {"edited_channel_post": message(text="Hi")},
        {"my_chat_member": {"chat": CHAT}},
        {"poll": {}},
    ],
)
def test_what_no_person_wrote_to_the_bot_alone_is_left(update: dict[str, Any]) -> None:
    assert told(**update) is None


@pytest.mark.parametrize("update", [None, [], "x", 5])
def test_what_is_no_update_is_left(update: object) -> None:
    assert inbound_of(update, recipient="@bot") is None


def test_a_message_is_answered_by_its_number_in_its_own_chat() -> None:
    assert number_in("42:7", chat="42") == 7
    for other in (None, "", "43:7", "42:", "42:x", "42:member:7", "42:" + "9" * 40):
        assert number_in(other, chat="42") is None
