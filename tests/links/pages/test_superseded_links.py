"""A link whose place a newer one has taken tells nothing of what came after, whoever still has it.

It may have gone to a wrong number: that is why newer links are made.
"""

from dataclasses import dataclass

import httpx2
import pytest

from links.links import Link
from tests.links.conftest import Shop
from tests.links.doors import Browser
from tests.payments.fakes import Challenges

EVE = {"channel": "email", "to": "eve@evil.example"}


@dataclass(frozen=True)
class Old:
    """A page that is open from before the newer link was made."""

    browser: Browser
    path: str
    newer: Link


@pytest.fixture
async def old(client: httpx2.AsyncClient, shop: Shop) -> Old:
    link = await shop.make()
    browser = await Browser.open(client, shop, link)
    newer = await shop.make(supersedes=link.id)
    return Old(browser, f"/p/{await shop.token(link)}", newer)


async def test_the_receipt_of_the_newer_link_is_not_shown(
    old: Old, shop: Shop, client: httpx2.AsyncClient
) -> None:
    await shop.submit(old.newer)
    state = await old.browser.state()
    page = await client.get(old.path)

    assert ("superseded", None, None, 0) == (
        state["state"],
        state["result"],
        state["receipt"],
        state["amount"],
    )
    for text in (str(state), page.text):
        assert "4242" not in text
        assert "49.99" not in text


async def test_nor_sent_nor_asked_about(old: Old, shop: Shop, client: httpx2.AsyncClient) -> None:
    await shop.submit(old.newer)
    asked = (await client.get(f"{old.path}/receipts")).json()
    sent = await client.post(
        f"{old.path}/receipts",
        json={"page": asked["page"], **EVE},
        headers={"X-Page-Nonce": asked["nonce"]},
    )
    survey = await client.get(f"{old.path}/survey")

    assert (False, 404, {"ready": False}) == (asked["ready"], sent.status_code, survey.json())


@pytest.mark.parametrize("act", ["resume", "abandon"])
async def test_nobody_ends_or_takes_up_what_the_newer_links_customer_began(
    old: Old, shop: Shop, act: str
) -> None:
    shop.gateway.script = [Challenges()]
    challenged = await shop.submit(old.newer)
    before = await shop.rows()
    answer = await old.browser.post(f"/attempts/{challenged.attempt}/{act}")

    assert (404, "challenge", before) == (answer.status_code, challenged.status, await shop.rows())
    assert (await old.browser.state())["attempt"] is None
