"""The page in the customer's language: by the link, the browser and the switch; and what the agent learns of it."""

import re
from dataclasses import replace
from datetime import datetime

import brotli
import httpx2
import pytest

from compliance.routes.gate import Gate
from core.throttle import DEFAULT_LIMITS, Limit, Throttle
from links.drafts import LIFE_DEFAULT
from links.pay.languages import NAMES
from tests.links.conftest import Shop
from tests.links.doors import Browser, config_of, doors
from tests.payments.fakes import Challenges

WEIGHT_MAX = 20_000


def spoken(html: str) -> tuple[str, str]:
    """What the page says of its language and direction."""
    found = re.search(r'<html lang="([^"]+)" dir="([^"]+)"', html)
    assert found is not None
    return found[1], found[2]


@pytest.mark.parametrize(
    ("locale", "accepts", "query", "shown"),
    [
        ("de", "fr", "", ("de", "ltr")),
        (None, "fa-IR, en;q=0.5", "", ("fa-IR", "rtl")),
        (None, "zh-TW", "", ("zh-Hant-TW", "ltr")),
        ("de", "fr", "?lang=km", ("km", "ltr")),
        ("de", "fr", "?lang=<script>", ("de", "ltr")),
        (None, "", "", ("en", "ltr")),
    ],
)
async def test_a_page_is_in_the_language_of_link_browser_or_choice(
    client: httpx2.AsyncClient,
    shop: Shop,
    locale: str | None,
    accepts: str,
    query: str,
    shown: tuple[str, str],
) -> None:
    link = await shop.make(locale=locale)
    before = await shop.rows()
    address = f"/p/{await shop.token(link)}{query}"
    answer = await client.get(address, headers={"Accept-Language": accepts})

    assert shown == spoken(answer.text)
    assert "Accept-Language" in answer.headers["vary"]
    assert before == await shop.rows()
    assert "set-cookie" not in answer.headers


async def test_every_page_offers_every_language(
    client: httpx2.AsyncClient, gate: Gate, shop: Shop
) -> None:
    paid, cancelled, past = [await shop.make() for _ in range(3)]
    await shop.submit(paid)
    await shop.cancel(cancelled)
    paths = [f"/p/{await shop.token(link)}" for link in (paid, cancelled, past)]
    shop.clock.advance(LIFE_DEFAULT)
    pages = [
        await client.get(f"{path}?lang=pl") for path in (*paths, "/p/AAAAAAAAAAAAAAAAAAAAAAAA")
    ]
    narrow = Throttle({**DEFAULT_LIMITS, "pay_page": Limit(1, 60)})
    async with doors(replace(gate, throttle=narrow), shop) as hurried:
        await hurried.get(paths[0])
        pages.append(await hurried.get(f"{paths[0]}?lang=pl"))

    assert [200, 410, 410, 404, 429] == [page.status_code for page in pages]
    assert int(pages[-1].headers["retry-after"]) > 0
    for page in pages:
        assert ("pl", "ltr") == spoken(page.text)
        assert 12 == page.text.count('href="?lang=')
        assert '<a href="?lang=fa" lang="fa" dir="rtl">فارسی</a>' in page.text


def out_of_order() -> datetime:
    raise RuntimeError("the clock stands still")


async def test_a_fault_of_ours_is_told_in_words(gate: Gate, shop: Shop) -> None:
    """Not in JSON: somebody stands before it who wants to pay."""
    address = f"/p/{await shop.token(await shop.make())}?lang=pl"
    async with doors(replace(gate, clock=out_of_order), shop) as client:
        page = await client.get(address)

    assert (500, ("pl", "ltr")) == (page.status_code, spoken(page.text))
    assert "Coś poszło nie tak" in page.text
    assert "clock" not in page.text


async def test_amounts_are_said_as_the_page_says_them(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make(locale="en")
    address = f"/p/{await shop.token(link)}"
    config = config_of((await client.get(f"{address}?lang=fa")).text)
    headers = {"X-Page-Nonce": config["nonce"], "X-Page-Locale": config["locale"]}
    state = (await client.get(f"{address}/state", headers=headers)).json()
    browser = Browser(client, config)
    asked = {"method": "pm_card", "revision": 1}
    paid = (await browser.post("/attempts", headers=headers, **asked)).json()

    assert "۴۹٫۹۹" in config["amount_text"]
    assert config["amount_text"] == state["amount_text"] == paid["receipt"]["amount_text"]
    assert "arabext" == config["format"]["numbers"]


@pytest.mark.parametrize(("chosen", "ends"), [("fa", "?lang=fa"), ("en", "")])
async def test_the_chosen_language_is_there_again_after_the_psps_page(
    client: httpx2.AsyncClient, shop: Shop, chosen: str, ends: str
) -> None:
    link = await shop.make(locale="en")
    shop.gateway.script = [Challenges()]
    browser = await Browser.open(client, shop, link)
    headers = {"X-Page-Nonce": browser.config["nonce"], "X-Page-Locale": chosen}
    await browser.post("/attempts", headers=headers, method="pm_card", revision=1)
    [order] = shop.gateway.charged

    assert f"https://pay.acme.test/p/{await shop.token(link)}{ends}" == order.return_url
    assert chosen == order.locale


async def test_the_agent_is_told_what_the_customer_reads(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    """And told again when the customer chooses another language, which is a new view of the page."""
    link = await shop.make()
    for locale in ("en", "fa", "fa"):
        browser = await Browser.open(client, shop, link)
        headers = {"X-Page-Nonce": browser.config["nonce"], "X-Page-Locale": locale}
        for event in ("opened", "joined", "heartbeat"):
            await browser.post("/progress", headers=headers, event=event, device="mobile")
    told = await shop.events(link)
    joined = [event.data["locale"] for event in told if event.type == "checkout.joined"]

    assert ["en", "fa"] == joined
    assert "fa" == (await shop.link(link)).progress.as_json()["locale"]


async def sent(client: httpx2.AsyncClient, address: str, encoding: str) -> bytes:
    """What goes over the line."""
    async with client.stream("GET", address, headers={"Accept-Encoding": encoding}) as answer:
        assert {"identity": None}.get(encoding, encoding) == answer.headers.get("content-encoding")
        return b"".join([chunk async for chunk in answer.aiter_raw()])


async def test_a_page_goes_out_small(client: httpx2.AsyncClient, shop: Shop) -> None:
    address = f"/p/{await shop.token(await shop.make(locale='km'))}"
    raw = {way: await sent(client, address, way) for way in ("br", "gzip", "identity")}

    assert len(raw["br"]) < len(raw["gzip"]) < len(raw["identity"]) / 3
    assert "ការទូទាត់" in brotli.decompress(raw["br"]).decode()


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("form", ["fixed", "open"])
async def test_a_page_weighs_at_most_20_kilobytes_in_every_language(
    client: httpx2.AsyncClient, shop: Shop, language: str, form: str
) -> None:
    """Page, style and scripts of ours as a browser gets them; a PSP’s part has a bound of its own."""
    least = 100 if form == "open" else None
    link = await shop.make(
        locale=language, description="Winter boots and a wool hat", minimum_amount=least
    )
    page = await sent(client, f"/p/{await shop.token(link)}", "br")
    html = brotli.decompress(page).decode()
    named = set(re.findall(r'(?:modulepreload|stylesheet|script)"[^>]+(/p/assets/[^"]+)"', html))
    ours = {name for name in named if not name.startswith(("/p/assets/psp_", "/p/assets/leaving"))}
    files = [await sent(client, name, "br") for name in ours]

    assert (3 if form == "open" else 2) == len(ours)
    assert len(page) + sum(map(len, files)) <= WEIGHT_MAX
