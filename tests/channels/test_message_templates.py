"""A merchant's own words: checked when they are saved, found in the customer's language, never read as a template."""

import pytest

from channels.message_templates import (
    MessageTemplate,
    TemplateUnknown,
    drop_template,
    find_template,
    save_template,
    templates_of,
)
from channels.templates import payment_link_content
from core.errors import InvalidField, NotFound
from tests.channels.conftest import Desk

TEXT = "{merchant} here. {amount} is due: {url}"


async def save(desk: Desk, **changes: str | None) -> MessageTemplate:
    asked: dict[str, str | None] = {
        "name": "payment_link",
        "channel": "sms",
        "locale": "en",
        "subject": None,
        "text": TEXT,
    }
    async with desk.database.transaction() as session:
        return await save_template(
            session,
            merchant=desk.merchant.id,
            actor="user:usr_1",
            now=desk.clock(),
            **(asked | changes),  # type: ignore[arg-type]
        )


async def find(
    desk: Desk, name: str | None, locale: str, *, merchant: str | None = None
) -> str | None:
    async with desk.database.snapshot() as session:
        found = await find_template(
            session,
            merchant=merchant or desk.merchant.id,
            name=name,
            channel="sms",
            locale=locale,
            fallback="en-GB",
            pointer="/template",
        )
    return None if found is None else found.text


async def test_a_template_is_saved_replaced_listed_and_dropped(desk: Desk) -> None:
    await save(desk)
    await save(desk, text=f"Now: {TEXT}")
    async with desk.database.snapshot() as session:
        found = await templates_of(session, merchant=desk.merchant.id)
    assert [(one.name, one.channel, one.locale, one.text) for one in found] == [
        ("payment_link", "sms", "en", f"Now: {TEXT}")
    ]
    key = {"merchant": desk.merchant.id, "name": "payment_link", "channel": "sms", "locale": "en"}
    async with desk.database.transaction() as session:
        await drop_template(session, actor="user:usr_1", now=desk.clock(), **key)
    with pytest.raises(NotFound):
        async with desk.database.transaction() as session:
            await drop_template(session, actor="user:usr_1", now=desk.clock(), **key)
    changes = [
        one.data["message_template"]["change"] for one in await desk.events("settings.changed")
    ]
    assert changes == ["saved", "saved", "dropped"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"text": "Pay please"}, "/text"),
        ({"text": "{url} {amuont}"}, "/text"),
        ({"text": "{url} {{7*7}}"}, "/text"),
        ({"text": "{url} {"}, "/text"),
        ({"text": "{url} {merchant.__class__}"}, "/text"),
        ({"text": "{url} call 4242 4242 4242 4242"}, "/text"),
        ({"text": " "}, "/text"),
        ({"text": "{url}" + "x" * 4000}, "/text"),
        ({"subject": "Hello"}, "/subject"),
        ({"channel": "email", "subject": None}, "/subject"),
        ({"channel": "email", "subject": "Two\nlines"}, "/subject"),
        ({"channel": "email", "subject": "Go to {url}"}, "/subject"),
        ({"channel": "pigeon"}, "/channel"),
        ({"locale": "English"}, "/locale"),
        ({"name": "Payment Link"}, "/name"),
    ],
)
async def test_what_could_not_be_sent_as_meant_is_not_saved(
    desk: Desk, changes: dict[str, str | None], pointer: str
) -> None:
    with pytest.raises(InvalidField) as caught:
        await save(desk, **changes)
    assert [field.pointer for field in caught.value.fields] == [pointer]


async def test_the_customers_language_decides_and_ours_comes_before_the_merchants_in_another(
    desk: Desk,
) -> None:
    await save(desk)
    await save(desk, locale="pt", text=f"pt {TEXT}")
    await save(desk, locale="pt-BR", text=f"br {TEXT}")
    assert await find(desk, None, "en-GB") == TEXT
    assert await find(desk, None, "pt-BR") == f"br {TEXT}"
    assert await find(desk, "payment_link", "pt-PT") == f"pt {TEXT}"
    assert await find(desk, None, "fr") is None


async def test_words_under_a_name_of_the_merchants_own_are_found_in_any_language(
    desk: Desk,
) -> None:
    await save(desk, name="reminder", locale="de", text=f"de {TEXT}")
    assert await find(desk, "reminder", "fr") == f"de {TEXT}"
    await save(desk, name="reminder", locale="en", text=f"en {TEXT}")
    assert await find(desk, "reminder", "fr") == f"en {TEXT}"
    assert await find(desk, "reminder", "de-CH") == f"de {TEXT}"


async def test_a_name_that_nobody_saved_is_refused_and_another_merchants_is_unknown(
    desk: Desk,
) -> None:
    await save(desk, name="reminder")
    with pytest.raises(TemplateUnknown):
        await find(desk, "final_call", "en")
    with pytest.raises(TemplateUnknown):
        await find(desk, "reminder", "en", merchant="mer_01k9aaaaaaaaaaaaaaaaaaaaab")


@pytest.mark.parametrize("channel", ["sms", "email", "whatsapp"])
async def test_the_merchants_words_are_sent_with_everything_filled_in_once(
    desk: Desk, channel: str
) -> None:
    own = await save(
        desk,
        channel=channel,
        subject="{amount} to {merchant}" if channel == "email" else None,
        text="Dear customer,\nfor {description}:\n{url}\nYours, {agent}",
    )
    content = payment_link_content(
        channel,
        merchant_name="Acme {url}",
        amount_text="£1.00",
        url="https://pay.acme.example/p/AbC",
        description="a {merchant} <b>",
        agent_name="Robin",
        locale="en",
        own=own,
    )
    assert content.text.startswith(
        "Dear customer,\nfor a {merchant} <b>:\nhttps://pay.acme.example/p/AbC\nYours, Robin"
    )
    if channel == "email":
        assert content.subject == "£1.00 to Acme {url}"
        assert content.html is not None
        assert "Dear customer,\nfor a {merchant} &lt;b&gt;:\nYours, Robin" in content.html
        assert content.html.count('href="https://pay.acme.example/p/AbC"') == 2
