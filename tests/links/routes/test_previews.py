"""`POST /v1/message-previews`: the message as it would be sent, and nothing left behind."""

import httpx2
import pytest

from channels.message_templates import save_template
from tests.links.conftest import PHONE, Shop
from tests.links.doors import made

ASKED = {"channel": "sms", "amount": 4999, "currency": "GBP", "description": "Water bill"}


async def test_a_text_message_is_shown_with_what_it_costs(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    before = await shop.rows()
    answer = await client.post("/v1/message-previews", json=ASKED, headers=key)
    assert 200 == answer.status_code, answer.text
    shown = answer.json()

    assert (
        "Acme Travel: please pay £49.99 for Water bill here: https://pay.acme.test/p/…"
        == (shown["text"])
    )
    assert "en" == shown["locale"]
    sent = (await made(client, key, send=[{"channel": "sms", "to": PHONE}])).json()
    real = shown["text"].replace("https://pay.acme.test/p/…", sent["url"])
    assert {
        "segments": 1,
        "units": len(real),
        "units_per_segment": 160,
        "encoding": "GSM-7",
    } == shown["sms"]
    assert before["messages"] == []


async def test_the_language_is_the_one_asked_for(
    client: httpx2.AsyncClient, key: dict[str, str]
) -> None:
    asked = ASKED | {"channel": "email", "locale": "de-AT"}
    shown = (await client.post("/v1/message-previews", json=asked, headers=key)).json()

    assert "de" == shown["locale"]
    assert "bittet Sie" in shown["text"]
    assert 'lang="de"' in shown["html"]
    assert shown["sms"] is None
    polish = (
        await client.post("/v1/message-previews", json=ASKED | {"locale": "pl"}, headers=key)
    ).json()
    assert "UCS-2" == polish["sms"]["encoding"]


async def test_the_merchants_own_words_are_shown_and_sent(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    async with shop.database.transaction() as session:
        await save_template(
            session,
            merchant=shop.merchant.id,
            name="reminder",
            channel="sms",
            locale="en",
            subject=None,
            text="Still open: {amount}. {url}",
            actor="system",
            now=shop.clock(),
        )
    asked = ASKED | {"template": "reminder"}
    shown = (await client.post("/v1/message-previews", json=asked, headers=key)).json()
    assert "Still open: £49.99. https://pay.acme.test/p/…" == shown["text"]
    answer = await made(client, key, send=[{"channel": "sms", "to": PHONE, "template": "reminder"}])
    assert 201 == answer.status_code, answer.text


@pytest.mark.parametrize(
    "change",
    [
        {"template": "nothing"},
        {"channel": "pigeon"},
        {"amount": 0},
        {"description": "4242 4242 4242 4242"},
    ],
)
async def test_what_could_not_be_sent_is_refused_alike(
    client: httpx2.AsyncClient, key: dict[str, str], change: dict[str, object]
) -> None:
    answer = await client.post("/v1/message-previews", json=ASKED | change, headers=key)
    assert 422 == answer.status_code


async def test_a_link_is_not_made_whose_message_would_have_no_words(
    client: httpx2.AsyncClient, key: dict[str, str]
) -> None:
    answer = await made(client, key, send=[{"channel": "sms", "to": PHONE, "template": "nothing"}])
    assert 422 == answer.status_code
    assert "template_unknown" == answer.json()["code"]
