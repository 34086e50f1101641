"""WhatsApp: what Meta is asked for within the window and outside of it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from channels import problems
from channels.port import (
    Accepted,
    AccountConfigInvalid,
    Button,
    Content,
    Outgoing,
    Refused,
    Template,
    Unsupported,
)
from channels.providers.whatsapp import WhatsAppProvider
from tests.channels.providers.meta_rigs import PHONE_NUMBER_ID, TOKEN, URL, GraphRig, whatsapp_rig

LINK = "https://pay.acme.example/p/AbC-123"
CONTENT = Content(
    f"Acme: please pay £49.99 here: {LINK}",
    button=Button("Pay £49.99 now, safely", LINK),
    template=Template(
        "payment_link",
        "en",
        (("merchant", "Acme\n  Travel"), ("amount", "£49.99"), ("url", LINK), ("agent", "")),
    ),
)
TEMPLATES: dict[str, Any] = {
    "payment_link": {
        "name": "pay_now",
        "languages": {"en": "en_GB", "de": "de"},
        "body": ["merchant", "amount"],
        "button": "url",
    }
}


@pytest.fixture
async def rig() -> AsyncIterator[GraphRig]:
    async with whatsapp_rig() as made:
        assert isinstance(made, GraphRig)
        yield made


def outgoing(content: Content = CONTENT, **changes: Any) -> Outgoing:
    return Outgoing(
        **{
            "delivery": "dlv_1",
            "to": "+447700900123",
            "sender_name": "Acme",
            "content": content,
            "at": datetime.now(UTC),
            "callback_url": URL,
            **changes,
        }
    )


async def sent_outside(rig: GraphRig, content: Content, templates: dict[str, Any]) -> Any:
    provider = rig.made(rig.url, templates=templates)
    try:
        return await provider.send(outgoing(content, window_open=False))
    finally:
        await provider.close()


async def test_words_alone_are_a_text_message_that_carries_our_delivery(rig: GraphRig) -> None:
    outcome = await rig.provider.send(outgoing(Content("Hello")))
    assert isinstance(outcome, Accepted)
    assert outcome.provider_id.startswith("wamid.")
    assert rig.bodies == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "+447700900123",
            "biz_opaque_callback_data": "dlv_1",
            "type": "text",
            "text": {"preview_url": False, "body": "Hello"},
        }
    ]
    assert rig.tokens == [f"Bearer {TOKEN}"]


async def test_a_button_is_a_call_to_action_with_a_label_that_fits(rig: GraphRig) -> None:
    await rig.provider.send(outgoing())
    [body] = rig.bodies
    assert body["type"] == "interactive"
    assert body["interactive"] == {
        "type": "cta_url",
        "body": {"text": CONTENT.text},
        "action": {
            "name": "cta_url",
            "parameters": {"display_text": "Pay £49.99 now, safe", "url": LINK},
        },
    }


async def test_words_too_long_for_a_button_go_without_one_and_far_too_long_ones_not_at_all(
    rig: GraphRig,
) -> None:
    await rig.provider.send(outgoing(replace(CONTENT, text="x" * 1025)))
    assert rig.bodies[0]["type"] == "text"
    refused = await rig.provider.send(outgoing(Content("x" * 4097)))
    assert isinstance(refused, Refused)
    assert refused.code == problems.INVALID_CONTENT


async def test_an_answer_names_the_message_that_it_answers(rig: GraphRig) -> None:
    await rig.provider.send(outgoing(reply_to="wamid.HBgM"))
    await rig.provider.send(outgoing(reply_to="SM1"))
    assert rig.bodies[0]["context"] == {"message_id": "wamid.HBgM"}
    assert "context" not in rig.bodies[1]


async def test_outside_the_window_the_approved_template_is_filled_in(rig: GraphRig) -> None:
    assert isinstance(await sent_outside(rig, CONTENT, TEMPLATES), Accepted)
    [body] = rig.bodies
    assert body["type"] == "template"
    assert body["template"] == {
        "name": "pay_now",
        "language": {"code": "en_GB"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "text": "Acme Travel"},
                    {"type": "text", "text": "£49.99"},
                ],
            },
            {
                "type": "button",
                "sub_type": "url",
                "index": "0",
                "parameters": [{"type": "text", "text": "AbC-123"}],
            },
        ],
    }


@pytest.mark.parametrize(
    ("locale", "language"), [("de", "de"), ("de-AT", "de"), ("en-GB", "en_GB"), ("fr", "en_GB")]
)
async def test_a_template_speaks_the_customers_language_where_it_can(
    rig: GraphRig, locale: str, language: str
) -> None:
    assert CONTENT.template is not None
    content = replace(CONTENT, template=replace(CONTENT.template, locale=locale))
    await sent_outside(rig, content, TEMPLATES)
    assert rig.bodies[0]["template"]["language"] == {"code": language}


@pytest.mark.parametrize(
    ("content", "templates"),
    [
        (CONTENT, {}),
        (Content("Hello"), TEMPLATES),
        (CONTENT, {"reminder": TEMPLATES["payment_link"]}),
        (CONTENT, {"payment_link": {**TEMPLATES["payment_link"], "languages": {}}}),
        (CONTENT, {"payment_link": {**TEMPLATES["payment_link"], "body": ["agent"]}}),
    ],
)
async def test_outside_the_window_without_a_template_nothing_is_sent(
    rig: GraphRig, content: Content, templates: dict[str, Any]
) -> None:
    outcome = await sent_outside(rig, content, templates)
    assert isinstance(outcome, Refused)
    assert outcome.code == problems.WINDOW_CLOSED
    assert rig.bodies == []


async def test_a_button_whose_approved_address_is_another_is_a_wrong_setting(rig: GraphRig) -> None:
    template = {**TEMPLATES["payment_link"], "button_prefix": "https://other.example/"}
    outcome = await sent_outside(rig, CONTENT, {"payment_link": template})
    assert isinstance(outcome, Refused)
    assert outcome.code == problems.CHANNEL_MISCONFIGURED
    template["button_prefix"] = "https://pay.acme.example/"
    await sent_outside(rig, CONTENT, {"payment_link": template})
    [button] = [
        each for each in rig.bodies[0]["template"]["components"] if each["type"] == "button"
    ]
    assert button["parameters"][0]["text"] == "p/AbC-123"


async def test_what_was_left_open_is_never_sent_again(rig: GraphRig) -> None:
    message = outgoing()
    found = await rig.provider.find(message, since=message.at, known=frozenset())
    assert found == Unsupported(resend_is_safe=False)


async def test_a_check_reads_the_number(rig: GraphRig) -> None:
    assert await rig.provider.check() is None
    assert rig.asked == [PHONE_NUMBER_ID]


@pytest.mark.parametrize("name", ["phone_number_id", "access_token", "app_secret", "verify_token"])
def test_settings_that_are_missing_are_named(name: str) -> None:
    config = GraphRig().config("https://graph.facebook.com")
    del config[name]
    with pytest.raises(AccountConfigInvalid, match=name):
        WhatsAppProvider.from_config(config)
