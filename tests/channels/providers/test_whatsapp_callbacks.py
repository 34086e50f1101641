"""What WhatsApp's webhook tells: statuses, and every kind of message that a customer can write."""

from typing import Any

import pytest

from channels import problems
from channels.port import Inbound, Receipt
from channels.providers.whatsapp_callbacks import reports_in
from channels.states import DeliveryState
from tests.channels.providers.meta_rigs import PHONE_NUMBER_ID, GraphRig, signed


def told(value: dict[str, Any], *, number: str = PHONE_NUMBER_ID) -> list[Receipt | Inbound]:
    metadata = {"display_phone_number": "447700900999", "phone_number_id": number}
    entry = {
        "id": "102290129340398",
        "changes": [
            {
                "field": "messages",
                "value": {"messaging_product": "whatsapp", "metadata": metadata, **value},
            }
        ],
    }
    return reports_in([entry], phone_number_id=PHONE_NUMBER_ID)


def written(kind: str, said: Any, **more: Any) -> list[Receipt | Inbound]:
    message = {
        "from": "447700900123",
        "id": "wamid.1",
        "timestamp": "1750857384",
        "type": kind,
        kind: said,
    }
    contacts = [{"profile": {"name": "Sam Customer"}, "wa_id": "447700900123"}]
    return told({"contacts": contacts, "messages": [{**message, **more}]})


@pytest.mark.parametrize(
    ("status", "fact"),
    [
        ("sent", DeliveryState.SENT),
        ("delivered", DeliveryState.DELIVERED),
        ("read", DeliveryState.READ),
        ("played", DeliveryState.READ),
    ],
)
def test_a_status_names_our_delivery_before_we_know_metas_id(
    status: str, fact: DeliveryState
) -> None:
    found = told(
        {"statuses": [{"id": "wamid.9", "status": status, "biz_opaque_callback_data": "dlv_1"}]}
    )
    assert found == [Receipt(fact=fact, delivery="dlv_1", provider_id="wamid.9")]


def test_a_failure_says_why_in_our_words() -> None:
    errors = [{"code": 131047, "title": "Re-engagement message"}]
    found = told({"statuses": [{"id": "wamid.9", "status": "failed", "errors": errors}]})
    assert found == [
        Receipt(fact=DeliveryState.FAILED, provider_id="wamid.9", code=problems.WINDOW_CLOSED)
    ]


@pytest.mark.parametrize("errors", [None, [], [None], [{}], [{"code": "x"}], "no"])
def test_a_failure_without_a_reason_is_a_refusal(errors: Any) -> None:
    [found] = told({"statuses": [{"id": "wamid.9", "status": "failed", "errors": errors}]})
    assert isinstance(found, Receipt)
    assert found.code == problems.REFUSED


@pytest.mark.parametrize(
    "status", [{"status": "sent"}, {"id": "w", "status": "warning"}, {"id": "w"}]
)
def test_a_status_that_names_nothing_or_says_nothing_is_left(status: dict[str, str]) -> None:
    assert told({"statuses": [status]}) == []


def test_what_a_customer_writes_comes_with_number_and_name() -> None:
    assert written("text", {"body": "Where is my link?"}) == [
        Inbound(
            provider_id="wamid.1",
            sender="+447700900123",
            recipient="+447700900999",
            text="Where is my link?",
            sender_name="Sam Customer",
        )
    ]


@pytest.mark.parametrize(
    ("kind", "said", "text", "attachments"),
    [
        ("button", {"text": "Stop", "payload": "x"}, "Stop", ()),
        ("interactive", {"type": "button_reply", "button_reply": {"title": "Yes"}}, "Yes", ()),
        ("interactive", {"type": "list_reply", "list_reply": {"title": "One"}}, "One", ()),
        ("interactive", {"type": "odd"}, "[an answer that cannot be shown here]", ()),
        ("image", {"caption": "My bill", "id": "1"}, "My bill", ("image",)),
        ("image", {"id": "1"}, "[image]", ("image",)),
        ("document", {"filename": "bill.pdf"}, "[document]", ("bill.pdf",)),
        ("audio", {"voice": True}, "[audio]", ("audio",)),
        ("reaction", {"message_id": "wamid.0", "emoji": "👍"}, "👍", ()),
        ("location", {"name": "Home", "address": "1 High St"}, "[location] Home 1 High St", ()),
        ("contacts", [{"name": {"formatted_name": "Jo"}}], "[contact] Jo", ()),
        ("unsupported", {}, "[a kind of message that cannot be shown here]", ()),
        ("order", {"catalog_id": "1"}, "[a kind of message that cannot be shown here]", ()),
    ],
)
def test_every_kind_of_message_has_words(
    kind: str, said: Any, text: str, attachments: tuple[str, ...]
) -> None:
    [found] = written(kind, said)
    assert isinstance(found, Inbound)
    assert (found.text, found.attachments) == (text, attachments)


def test_an_edit_names_what_it_corrects() -> None:
    said = {
        "original_message_id": "wamid.0",
        "message": {"type": "text", "text": {"body": "I meant tomorrow"}},
    }
    [found] = written("edit", said)
    assert isinstance(found, Inbound)
    assert (found.provider_id, found.edits, found.text) == (
        "wamid.1",
        "wamid.0",
        "I meant tomorrow",
    )


@pytest.mark.parametrize(
    "odd",
    [
        {"type": "system"},
        {"type": "reaction", "reaction": {"message_id": "wamid.0"}},
        {"from": "not a number"},
        {"from": ""},
        {"from": None},
        {"from": "1" * 16},
        {"id": ""},
        {"id": 7},
        {"type": "text", "text": {"body": ""}},
        {"type": "text", "text": []},
    ],
)
def test_what_has_no_sender_no_id_or_no_words_is_left(odd: dict[str, Any]) -> None:
    assert written("text", {"body": "Hello"}, **odd) == []


def test_another_number_of_the_same_app_is_not_ours() -> None:
    status = {"id": "wamid.9", "status": "sent"}
    assert told({"statuses": [status]}, number="999") == []


def test_several_events_come_in_their_order() -> None:
    provider = GraphRig().made("https://graph.facebook.com")
    metadata = {"phone_number_id": PHONE_NUMBER_ID, "display_phone_number": "+44 7700 900999"}

    def change(text: str) -> dict[str, Any]:
        message = {"from": "447700900123", "id": text, "type": "text", "text": {"body": text}}
        return {"value": {"metadata": metadata, "messages": [message]}}

    body = {
        "object": "whatsapp_business_account",
        "entry": [{"changes": [change("a"), change("b")]}, {"changes": [change("c")]}],
    }
    found = provider.parse_callback(signed(body))
    assert [each.text for each in found if isinstance(each, Inbound)] == ["a", "b", "c"]
    assert {each.recipient for each in found if isinstance(each, Inbound)} == {"+447700900999"}
