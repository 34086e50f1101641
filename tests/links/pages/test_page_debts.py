"""The pay page for debts as they are (`links.pages.standing`): what each customer is shown, and may pay."""

from dataclasses import replace
from typing import Any

import httpx2
import pytest

from compliance.merchant_settings import write
from core.money import Currency
from links.links import Link
from links.pages.standing import Standing, page_state
from payments.approvals import ApprovalPolicy
from payments.tables import gateway_accounts
from tests.links.conftest import Shop
from tests.links.doors import Browser, config_of
from tests.payments.fakes import Challenges, Declines

ANN, BOB = {"X-Payer-Key": "a" * 32}, {"X-Payer-Key": "b" * 32}


async def address(shop: Shop, link: Link) -> str:
    return f"/p/{await shop.token(link)}"


async def post(browser: Browser, path: str, who: dict[str, str], **body: Any) -> httpx2.Response:
    headers = {"X-Page-Nonce": browser.config["nonce"]} | who
    return await browser.post(path, headers=headers, **body)


async def pay(browser: Browser, who: dict[str, str], method: str, **known: Any) -> Any:
    asked = {"revision": browser.config["revision"]} | known
    return (await post(browser, "/attempts", who, method=method, **asked)).json()


async def state(browser: Browser, who: dict[str, str]) -> dict[str, Any]:
    answer = await browser.client.get(f"{browser.config['base']}/state", headers=who)
    value: dict[str, Any] = answer.json()
    return value


# In parts


async def test_the_page_of_a_debt_in_parts_offers_the_choice(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make(10_000, minimum_amount=2_000)
    text = (await client.get(await address(shop, link))).text
    config = (await Browser.open(client, shop, link)).config

    assert (10_000, 2_000, 100) == (config["amount"], config["minimum"], config["leftover"])
    for words in ('value="100.00"', 'inputmode="decimal"', "Any amount from £20.00 to £100.00."):
        assert words in text


async def test_after_a_part_the_page_shows_it_and_the_rest(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make(10_000, minimum_amount=2_000)
    browser = await Browser.open(client, shop, link)
    answer = (await browser.pay(amount=3_000)).json()
    text = (await client.get(await address(shop, link))).text
    now = await browser.state()

    assert ("paid", "£30.00", "£70.00", None) == (
        answer["status"],
        answer["receipt"]["amount_text"],
        answer["receipt"]["remaining_text"],
        answer["receipt"]["total_text"],
    )
    assert ("payable", 7_000, 2_000, 2) == (
        now["state"],
        now["amount"],
        now["minimum"],
        now["revision"],
    )
    assert answer == now["result"]
    assert "Paid so far: £30.00" in text
    assert "£70.00" in text


async def test_an_amount_that_the_link_does_not_allow_is_a_problem_that_the_page_can_show(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    browser = await Browser.open(client, shop, await shop.make(10_000, minimum_amount=2_000))
    answer = await browser.pay(amount=1_000)

    assert (422, "amount_not_allowed") == (answer.status_code, answer.json()["code"])
    assert [] == shop.gateway.charged


async def test_the_last_part_shows_the_sum_of_all(client: httpx2.AsyncClient, shop: Shop) -> None:
    link = await shop.make(10_000, minimum_amount=2_000)
    await shop.submit(link, amount=3_000)
    browser = await Browser.open(client, shop, link)
    receipt = (await browser.pay(amount=7_000)).json()["receipt"]

    assert ("£70.00", "£100.00", None) == (
        receipt["amount_text"],
        receipt["total_text"],
        receipt["remaining_text"],
    )
    assert "£100.00" in (await client.get(await address(shop, link))).text


async def test_an_ended_link_says_what_was_paid_of_it(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make(10_000, minimum_amount=2_000)
    await shop.submit(link, amount=3_000)
    await shop.cancel(link)
    answer = await client.get(await address(shop, link))

    assert 410 == answer.status_code
    assert "£30.00" in answer.text


# By many


async def test_each_payer_of_a_link_for_many_sees_their_own_payment(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    browser = await Browser.open(client, shop, await shop.make(usage="multi"))
    shop.gateway.script = [Challenges(), Declines()]
    ann = await pay(browser, ANN, "pm_a")
    bob = await pay(browser, BOB, "pm_b")

    assert ("challenge", "declined") == (ann["status"], bob["status"])
    assert ("in_progress", ann["attempt"]) == (
        (await state(browser, ANN))["state"],
        (await state(browser, ANN))["attempt"],
    )
    assert ("payable", None) == (
        (await state(browser, BOB))["state"],
        (await state(browser, BOB))["attempt"],
    )
    assert ("payable", None, None) == (
        (await state(browser, {}))["state"],
        (await state(browser, {}))["result"],
        (await state(browser, {}))["receipt"],
    )
    for who, status in ((BOB, 404), ({}, 404), (ANN, 200)):
        path = f"/attempts/{ann['attempt']}/resume"
        assert status == (await post(browser, path, who)).status_code


async def test_a_payers_receipt_is_shown_to_nobody_else(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make(usage="multi")
    browser = await Browser.open(client, shop, link)
    paid = await pay(browser, ANN, "pm_a")
    mine, others = await state(browser, ANN), await state(browser, BOB)
    page = (await client.get(await address(shop, link))).text

    assert ("paid", paid["receipt"]) == (mine["state"], mine["receipt"])
    assert ("payable", None) == (others["state"], others["receipt"])
    assert "4242" not in page
    assert 'name="amount"' not in page


async def test_a_page_that_does_not_say_who_pays_is_refused(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    browser = await Browser.open(client, shop, await shop.make(usage="multi"))
    for who in ({}, {"X-Payer-Key": "short"}):
        answer = await post(browser, "/attempts", who, method="pm_1", revision=1)

        assert (422, "payer_key_missing") == (answer.status_code, answer.json()["code"])


async def test_an_open_amount_is_left_for_the_customer_to_fill_in(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make(10_000, usage="multi", minimum_amount=500)
    text = (await client.get(await address(shop, link))).text

    assert "You choose the amount" in text
    assert 'value=""' in text
    config = (await Browser.open(client, shop, link)).config
    assert (500, 0, True) == (config["minimum"], config["leftover"], config["multi"])


async def test_whoever_was_paying_as_the_link_ended_finds_their_own_payment(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make(usage="multi")
    browser = await Browser.open(client, shop, link)
    shop.gateway.script = [Challenges()]
    await pay(browser, ANN, "pm_a")
    await shop.cancel(link)
    ended = await client.get(await address(shop, link))
    own = await client.get(f"{await address(shop, link)}?own")
    base = browser.config["base"]

    assert (410, {"base": base, "multi": True, "ended": True}) == (
        ended.status_code,
        {key: value for key, value in config_of(ended.text).items() if key != "texts"},
    )
    assert (200, "in_progress", None) == (
        own.status_code,
        config_of(own.text)["state"],
        config_of(own.text)["attempt"],
    )
    assert ["in_progress", "cancelled"] == [
        (await state(browser, who))["state"] for who in (ANN, BOB)
    ]


@pytest.mark.parametrize("usage", ["single", "multi"])
async def test_asking_for_ones_own_payment_opens_no_link_for_one(
    client: httpx2.AsyncClient, shop: Shop, usage: str
) -> None:
    link = await shop.make(usage=usage)
    await shop.cancel(link)
    answer = await client.get(f"{await address(shop, link)}?own")

    assert {"single": 410, "multi": 200}[usage] == answer.status_code


# Pages of links that are not (any more) to be paid


async def test_the_older_link_says_that_there_is_a_newer_one(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    """And does not say where: it may have gone to the wrong person."""
    old = await shop.make()
    browser = await Browser.open(client, shop, old)
    new = await shop.make(supersedes=old.id)
    answer = await client.get(await address(shop, old))

    assert 410 == answer.status_code
    assert "There is a newer link for this payment" in answer.text
    assert await shop.token(new) not in answer.text
    assert "£49.99" not in answer.text
    assert "superseded" == (await browser.state())["state"]


async def test_a_link_that_waits_for_a_second_person_is_not_ready(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    async with shop.database.transaction() as session:
        await write(
            session,
            shop.merchant.id,
            ApprovalPolicy,
            {"link_amount_units": 1},
            actor="system",
            now=shop.clock(),
        )
    link = await shop.make()
    answer = await client.get(await address(shop, link))

    assert 200 == answer.status_code
    assert "This payment is not ready yet" in answer.text
    assert "£49.99" not in answer.text
    assert "paythread-config" not in answer.text


async def test_a_merchant_without_a_payment_provider_has_a_page_that_says_so(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make()
    async with shop.database.transaction() as session:
        await session.execute(gateway_accounts.update().values(active=False))
    answer = await client.get(await address(shop, link))

    assert (503, "text/html; charset=utf-8") == (
        answer.status_code,
        answer.headers["content-type"],
    )
    assert "This payment cannot be made just now" in answer.text
    assert "Acme Travel" in answer.text
    assert "frame-src 'none'" in answer.headers["content-security-policy"]


# What may be paid, as the page shows it


async def test_an_amount_is_written_as_the_locale_writes_it(shop: Shop) -> None:
    link = await shop.make(1_234_500, "EUR", minimum_amount=1_000)
    standing = Standing.of(link, await shop.payment(link), "de")
    choice = standing.choice()

    assert choice is not None
    assert ("12345,00", "10,00\u00a0€", "12.345,00\u00a0€", 2) == (
        choice.value,
        choice.least_text,
        choice.most_text,
        choice.exponent,
    )
    assert Currency.of("EUR") == standing.currency


async def test_a_currency_without_decimals_is_written_without(shop: Shop) -> None:
    link = await shop.make(5_000, "JPY", minimum_amount=500)
    choice = Standing.of(link, await shop.payment(link), "en").choice()

    assert choice is not None
    assert ("5000", 0) == (choice.value, choice.exponent)


@pytest.mark.parametrize(("usage", "state"), [("single", "payable"), ("multi", "payable")])
async def test_a_link_that_is_open_is_payable(shop: Shop, usage: str, state: str) -> None:
    link = await shop.make(usage=usage)

    assert state == page_state(link, None, shop.clock())
    assert "expired" == page_state(replace(link, expires_at=shop.clock()), None, shop.clock())
