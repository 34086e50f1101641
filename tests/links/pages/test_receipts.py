"""`/p/{token}/receipts`: the page asks where a receipt can go, and then for one."""

from typing import Any

import httpx2

from links.drafts import Send
from links.links import Link
from tests.links.conftest import EMAIL, Shop
from tests.links.doors import Browser

TYPED = "someone.else@example.com"


async def paid(client: httpx2.AsyncClient, shop: Shop, **draft: Any) -> tuple[Link, Browser]:
    link = await shop.make(**({"send": [Send("email", EMAIL)]} | draft))
    browser = await Browser.open(client, shop, link)
    await browser.pay()
    return link, browser


async def asked(client: httpx2.AsyncClient, shop: Shop, link: Link) -> dict[str, Any]:
    answer = await client.get(f"/p/{await shop.token(link)}/receipts")
    assert 200 == answer.status_code
    value: dict[str, Any] = answer.json()
    return value


async def post(
    client: httpx2.AsyncClient, shop: Shop, link: Link, ask: dict[str, Any], **body: Any
) -> httpx2.Response:
    return await client.post(
        f"/p/{await shop.token(link)}/receipts",
        json={"page": ask["page"], "channel": "email"} | body,
        headers={"X-Page-Nonce": ask["nonce"]},
    )


async def test_the_page_is_told_where_a_receipt_can_go_and_no_address(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link, _ = await paid(client, shop)
    ask = await asked(client, shop, link)

    assert (True, ["email", "sms"]) == (ask["ready"], ask["channels"])
    assert [{"channel": "email", "to": "c•••@example.com"}] == ask["offers"]
    assert "Send the receipt" == ask["words"]["mail.send"]
    assert EMAIL not in str(ask)


async def test_asking_where_it_can_go_changes_nothing(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link, _ = await paid(client, shop)
    before = await shop.rows()
    await asked(client, shop, link)
    assert before == await shop.rows()


async def test_before_the_payment_nobody_is_named(client: httpx2.AsyncClient, shop: Shop) -> None:
    link = await shop.make(send=[Send("email", EMAIL)])
    ask = await asked(client, shop, link)
    assert (False, []) == (ask["ready"], ask["offers"])
    refused = await post(client, shop, link, ask)
    assert (409, "nothing_paid") == (refused.status_code, refused.json()["code"])


async def test_one_press_sends_it_where_the_link_went(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link, _ = await paid(client, shop)
    sent = await post(client, shop, link, await asked(client, shop, link))

    assert (202, {"channel": "email", "to": "c•••@example.com"}) == (sent.status_code, sent.json())
    assert "receipt" == (await shop.events(link))[-1].data["purpose"]


async def test_an_address_can_be_typed_and_is_not_said_back_whole(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link, _ = await paid(client, shop)
    sent = await post(client, shop, link, await asked(client, shop, link), to=TYPED)
    assert (202, "s•••@example.com") == (sent.status_code, sent.json()["to"])


async def test_bad_input_is_refused_with_a_code_that_the_page_knows(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link, _ = await paid(client, shop)
    ask = await asked(client, shop, link)
    refused = await post(client, shop, link, ask, to="nonsense")
    assert (422, "invalid_field") == (refused.status_code, refused.json()["code"])
    for body in ({"to": ""}, {"to": 7}, {"channel": "fax"}, {"amount": 1}):
        assert 422 == (await post(client, shop, link, ask, **body)).status_code, body


async def test_it_needs_the_nonce_of_a_page_of_ours_for_this_link(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link, _ = await paid(client, shop)
    other, _ = await paid(client, shop)
    ask = await asked(client, shop, other)
    for stolen in (ask, {**ask, "nonce": ""}, {**ask, "nonce": "1.00"}):
        refused = await post(client, shop, link, stolen)
        assert (403, "page_expired") == (refused.status_code, refused.json()["code"])


async def test_a_few_and_then_no_more(client: httpx2.AsyncClient, shop: Shop) -> None:
    link, _ = await paid(client, shop)
    ask = await asked(client, shop, link)
    codes = [(await post(client, shop, link, ask)).status_code for _ in range(4)]
    assert [202, 202, 202, 409] == codes


async def test_a_link_that_names_nothing_is_unknown(client: httpx2.AsyncClient, shop: Shop) -> None:
    assert 404 == (await client.get(f"/p/{'x' * 24}/receipts")).status_code


async def test_on_a_link_for_many_each_payer_has_a_receipt_of_their_own(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make(usage="multi", send=[Send("email", EMAIL)])
    token = await shop.token(link)
    await shop.submit(link, payer="a" * 32)
    mine = await client.get(f"/p/{token}/receipts", headers={"X-Payer-Key": "a" * 32})
    nobodys = await client.get(f"/p/{token}/receipts")

    assert (True, []) == (mine.json()["ready"], mine.json()["offers"])
    assert not nobodys.json()["ready"]
    headers = {"X-Page-Nonce": mine.json()["nonce"], "X-Payer-Key": "a" * 32}
    body = {"page": mine.json()["page"], "channel": "email", "to": TYPED}
    sent = await client.post(f"/p/{token}/receipts", json=body, headers=headers)
    assert 202 == sent.status_code
