"""What the page asks and says beside the payment: news as they come, the chat, more time, a new link."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from links.customer_asks import TimePolicy
from links.lifecycle import EXPIRE
from links.links import Link
from tests.links.conftest import Shop
from tests.links.doors import Browser, config_of
from tests.payments.fakes import Challenges

KEY = {"X-Chat-Key": "0123456789abcdef0123456789abcdef"}
ID = "m-00000001"


@pytest.fixture
async def link(shop: Shop) -> Link:
    return await shop.make(expires_in=timedelta(minutes=30))


@pytest.fixture
async def browser(client: httpx2.AsyncClient, shop: Shop, link: Link) -> Browser:
    return await Browser.open(client, shop, link)


async def ask(browser: Browser, *, key: bool = True, **query: Any) -> dict[str, Any]:
    answer = await browser.client.get(
        f"{browser.config['base']}/state", params=query, headers=KEY if key else {}
    )
    assert 200 == answer.status_code, answer.text
    value: dict[str, Any] = answer.json()
    return value


async def say(browser: Browser, text: str, **changes: Any) -> httpx2.Response:
    headers = {"X-Page-Nonce": browser.config["nonce"], **KEY, **changes.pop("headers", {})}
    return await browser.post("/chat", headers=headers, **({"id": ID, "text": text} | changes))


async def test_what_has_been_seen_is_told_again_only_when_it_changes(
    browser: Browser, shop: Shop, link: Link
) -> None:
    first = await ask(browser)
    again = await ask(browser, seen=first["seen"])
    await shop.amend(link, amount=3000)
    changed = await ask(browser, seen=first["seen"], wait=20)

    assert first["seen"] == again["seen"] != changed["seen"]
    assert (3000, "£30.00", 2) == (changed["amount"], changed["amount_text"], changed["revision"])


async def test_who_waits_is_told_as_soon_as_the_agent_changes_something(
    browser: Browser, shop: Shop, link: Link
) -> None:
    seen = (await ask(browser))["seen"]
    waiting = asyncio.create_task(ask(browser, seen=seen, wait=20))
    await asyncio.sleep(0.2)
    await shop.amend(link, description="Water bill, corrected")
    async with asyncio.timeout(5):
        told = await waiting
    assert "Water bill, corrected" == told["description"]


async def test_a_link_that_ends_is_told_to_the_open_page(
    browser: Browser, shop: Shop, link: Link
) -> None:
    seen = (await ask(browser))["seen"]
    await shop.cancel(link)
    assert "cancelled" == (await ask(browser, seen=seen, wait=20))["state"]


async def test_the_customer_writes_and_reads_in_one_tab(browser: Browser) -> None:
    answer = await say(browser, "Where is the code?")
    assert (200, ID) == (answer.status_code, answer.json()["client_id"])
    assert answer.json() == (await say(browser, "Where is the code?")).json()
    mine, others = await ask(browser), await ask(browser, key=False)
    assert [("in", "Where is the code?")] == [
        (m["direction"], m["text"]) for m in mine["chat"]["messages"]
    ]
    assert [] == others["chat"]["messages"]
    assert [] == (await ask(browser, chat=mine["chat"]["cursor"]))["chat"]["messages"]


async def test_the_chat_goes_on_while_a_payment_is_under_way(browser: Browser, shop: Shop) -> None:
    shop.gateway.script = [Challenges()]
    await browser.pay()
    assert 200 == (await say(browser, "My bank asks me something")).status_code
    told = await ask(browser)
    assert ("in_progress", 1) == (told["state"], len(told["chat"]["messages"]))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"headers": {"X-Page-Nonce": "1.ab"}}, 403),
        ({"headers": {"X-Chat-Key": ""}}, 401),
        ({"id": "short"}, 422),
        ({"id": "4242424242424242"}, 422),
        ({"text": ""}, 422),
        ({"text": "x" * 20_001}, 422),
        ({"more": 1}, 422),
    ],
)
async def test_what_is_wrong_is_refused_and_kept_nowhere(
    browser: Browser, shop: Shop, changes: dict[str, Any], status: int
) -> None:
    before = await shop.rows()
    text = changes.get("text", "Help!")
    answer = await say(browser, text, **{k: v for k, v in changes.items() if k != "text"})
    assert status == answer.status_code, answer.text
    assert before == await shop.rows()


async def test_time_is_given_by_a_post_with_the_pages_nonce(
    browser: Browser, shop: Shop, link: Link
) -> None:
    assert 409 == (await browser.post("/more-time")).status_code
    shop.clock.advance(timedelta(minutes=26))
    assert TimePolicy().extension_minutes == (await ask(browser))["ending"]["minutes"]
    assert 403 == (await browser.post("/more-time", headers={})).status_code
    answer = await browser.post("/more-time")
    assert (200, None) == (answer.status_code, answer.json()["ending"])
    assert (await shop.link(link)).expires_at == link.expires_at + timedelta(minutes=10)
    assert (await ask(browser))["ending"] is None


async def test_the_page_of_a_link_that_ran_out_asks_for_a_new_one(
    client: httpx2.AsyncClient, shop: Shop, link: Link
) -> None:
    shop.clock.advance(timedelta(minutes=30))
    await shop.run(EXPIRE)
    answer = await client.get(f"/p/{await shop.token(link)}")
    assert (410, True) == (answer.status_code, "Ask for a new link" in answer.text)
    page = Browser(client, config_of(answer.text))
    assert 403 == (await page.post("/renewal", headers={})).status_code
    assert [204, 204] == [(await page.post("/renewal")).status_code for _ in range(2)]
    assert 1 == (await shop.story(link)).count("link.renewal_requested")


async def test_a_cancelled_link_has_nothing_to_ask_for(
    client: httpx2.AsyncClient, shop: Shop, link: Link
) -> None:
    await shop.cancel(link)
    answer = await client.get(f"/p/{await shop.token(link)}")
    assert "Ask for a new link" not in answer.text


async def test_words_that_come_later_come_by_part_and_language(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/p/assets/words/chat", params={"lang": "en-GB"})
    assert "Send" == answer.json()["chat.send"]
    assert "public" in answer.headers["cache-control"]
    assert {} == (await client.get("/p/assets/words/nothing")).json()
