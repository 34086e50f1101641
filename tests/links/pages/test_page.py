"""`GET /p/{token}`: the page of a link. Looking changes nothing, whoever looks."""

import re
from dataclasses import replace

import httpx2
import pytest

from compliance.routes.gate import Gate
from core.throttle import DEFAULT_LIMITS, Limit, Throttle
from links import qr
from links.drafts import LIFE_DEFAULT
from tests.links.conftest import Shop
from tests.links.doors import Browser, config_of, doors
from tests.links.test_page_reports import PREVIEWS
from tests.payments.fakes import Challenges
from tests.support.user_agents import FETCHERS, IN_APP


async def test_an_open_link_shows_what_is_due_and_to_whom(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make()
    answer = await client.get(f"/p/{await shop.token(link)}")

    assert (200, "text/html; charset=utf-8") == (
        answer.status_code,
        answer.headers["content-type"],
    )
    for text in ("£49.99", "Acme Travel", "Water bill", "INV-1"):
        assert text in answer.text


async def test_the_script_is_told_what_the_contract_says(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make(1250, "KWD")
    config = (await Browser.open(client, shop, link)).config
    told = {key: value for key, value in config.items() if key not in {"nonce", "page", "texts"}}

    assert {
        "base": f"/p/{await shop.token(link)}",
        "revision": 1,
        "locale": "en",
        "psp_locale": "en",
        "amount": 1250,
        "currency": "KWD",
        "amount_text": "KWD\u00a01.250",
        "minimum": None,
        "leftover": 0,
        "format": {
            "prefix": "KWD\u00a0",
            "suffix": "",
            "decimal": ".",
            "group": ",",
            "grouping": [3, 3],
            "exponent": 3,
            "numbers": "latn",
        },
        "multi": False,
        "merchant": "Acme Travel",
        "state": "payable",
        "live": 20,
        "psp": {
            "account": shop.account,
            "provider": "fake",
            "mode": "fields",
            "publishable_key": "pk_fake",
            "script_url": "https://psp.test/v3/",
            "config": {},
        },
        "attempt": None,
    } == told


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("agent", ["Mozilla/5.0", *PREVIEWS[:1], *FETCHERS.values()])
async def test_looking_changes_nothing(
    client: httpx2.AsyncClient, shop: Shop, method: str, agent: str
) -> None:
    """A preview, a scanner and the customer's own browser alike."""
    link = await shop.make()
    address = f"/p/{await shop.token(link)}"
    before = await shop.rows()
    for path in (address, f"{address}/state", "/p/AAAAAAAAAAAAAAAAAAAAAAAA"):
        answer = await client.request(method, path, headers={"User-Agent": agent})
        assert "set-cookie" not in answer.headers

    assert before == await shop.rows()


async def test_inside_an_app_the_page_offers_the_way_out_and_still_the_card_form(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make()
    address = f"/p/{await shop.token(link)}"
    inside = await client.get(address, headers={"User-Agent": IN_APP["Instagram, Android"]})
    outside = await client.get(address, headers={"User-Agent": "Mozilla/5.0 (X11) Firefox/125.0"})

    assert ("Open in your browser" in inside.text, "Open in your browser" in outside.text) == (
        True,
        False,
    )
    assert 'href="intent://' in inside.text
    for page in (inside, outside):
        assert 'id="panel-form"' in page.text


async def test_looking_asks_the_psp_nothing(client: httpx2.AsyncClient, shop: Shop) -> None:
    link = await shop.make()
    shop.gateway.script = [Challenges()]
    await shop.submit(link)
    browser = await Browser.open(client, shop, link)
    await browser.state()

    assert [] == shop.gateway.asked


async def test_a_head_says_the_same_without_the_page(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    address = f"/p/{await shop.token(await shop.make())}"
    answer = await client.head(address)

    assert (200, (await client.get(address)).headers["content-type"]) == (
        answer.status_code,
        answer.headers["content-type"],
    )


async def test_each_end_of_a_link_has_its_page(client: httpx2.AsyncClient, shop: Shop) -> None:
    paid, cancelled, past = [await shop.make() for _ in range(3)]
    await shop.submit(paid)
    await shop.cancel(cancelled)
    statuses = {}
    for name, link in (("paid", paid), ("cancelled", cancelled)):
        answer = await client.get(f"/p/{await shop.token(link)}")
        statuses[name] = answer.status_code
        assert "paythread-config" not in answer.text
    shop.clock.advance(LIFE_DEFAULT)
    statuses["past"] = (await client.get(f"/p/{await shop.token(past)}")).status_code

    assert {"paid": 200, "cancelled": 410, "past": 410} == statuses


async def test_a_paid_link_shows_its_receipt(client: httpx2.AsyncClient, shop: Shop) -> None:
    link = await shop.make()
    await shop.submit(link)
    text = (await client.get(f"/p/{await shop.token(link)}")).text

    for part in ("£49.99", "Acme Travel", "Visa •••• 4242", link.payment):
        assert part in text


@pytest.mark.parametrize("token", ["A" * 24, "short", "A" * 24 + "%0a", "%2e%2e%2fetc", "é" * 24])
async def test_a_token_that_names_nothing_shows_nothing_of_anybody(
    client: httpx2.AsyncClient, shop: Shop, token: str
) -> None:
    await shop.make()
    answer = await client.get(f"/p/{token}")

    assert 404 == answer.status_code
    assert "Acme" not in answer.text


async def test_whoever_guesses_tokens_is_slowed_down(gate: Gate, shop: Shop) -> None:
    narrow = Throttle({**DEFAULT_LIMITS, "pay_page_unknown": Limit(2, 60)})
    link = await shop.make()
    async with doors(replace(gate, throttle=narrow), shop) as client:
        guesses = [(await client.get(f"/p/{'A' * 23}{n}")).status_code for n in range(3)]
        genuine = await client.get(f"/p/{await shop.token(link)}")

    assert ([404, 404, 429], 200) == (guesses, genuine.status_code)


async def test_the_policy_lets_in_our_own_files_and_the_psps_alone(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    answer = await client.get(f"/p/{await shop.token(await shop.make())}")
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in answer.headers["content-security-policy"].split(";")
    )
    nonce = re.search(r"'nonce-([^']+)'", policy["script-src"])

    assert nonce is not None
    assert f"'nonce-{nonce[1]}' https://psp.test" == policy["script-src"]
    assert ("'none'", "'none'", "https://psp.test", "'none'") == (
        policy["default-src"],
        policy["frame-ancestors"],
        policy["frame-src"],
        policy["base-uri"],
    )
    for script in re.findall(r"<script[^>]*>", answer.text):
        assert f'nonce="{nonce[1]}"' in script


async def test_the_page_is_kept_by_nobody(client: httpx2.AsyncClient, shop: Shop) -> None:
    answer = await client.get(f"/p/{await shop.token(await shop.make())}")

    assert ("no-store", "DENY", "noindex, nofollow") == (
        answer.headers["cache-control"],
        answer.headers["x-frame-options"],
        answer.headers["x-robots-tag"],
    )


async def test_every_view_has_a_nonce_and_an_id_of_its_own(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    address = f"/p/{await shop.token(await shop.make())}"
    views = [config_of((await client.get(address)).text) for _ in range(3)]

    assert 3 == len({view["page"] for view in views}) == len({view["nonce"] for view in views})


async def test_what_a_merchant_typed_is_text_and_never_markup(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    evil = '"></script><script>alert(1)</script><img src=x onerror=alert(2)>'
    link = await shop.make(description=evil, reference=evil)
    text = (await client.get(f"/p/{await shop.token(link)}")).text

    assert "<script>alert" not in text
    assert "<img src=x" not in text


async def test_an_asset_is_kept_by_browsers_and_an_unknown_one_is_not_there(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    text = (await client.get(f"/p/{await shop.token(await shop.make())}")).text
    found = re.search(r'"(/p/assets/[^"]+)"', text)
    assert found is not None
    first = await client.get(found[1])
    plain = await client.get(found[1], headers={"Accept-Encoding": "identity"})
    again = await client.get(found[1], headers={"If-None-Match": first.headers["etag"]})
    unknown = await client.get("/p/assets/../../pyproject.toml")

    assert (200, 200, 304, 404) == (
        first.status_code,
        plain.status_code,
        again.status_code,
        unknown.status_code,
    )
    assert first.content == plain.content
    assert "content-encoding" not in plain.headers


async def test_a_phone_can_take_over_by_the_pages_own_code(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make()
    url = f"/p/{await shop.token(link)}"
    assert f'src="{url}/qr.svg"' in (await client.get(url)).text
    before = await shop.rows()
    answer = await client.get(f"{url}/qr.svg")

    assert (200, "image/svg+xml") == (answer.status_code, answer.headers["content-type"])
    assert qr.svg(f"https://pay.acme.test{url}") == answer.content
    assert "no-store" == answer.headers["cache-control"]
    assert await shop.rows() == before
    assert 404 == (await client.get(f"/p/{'x' * 24}/qr.svg")).status_code
    assert 404 == (await client.get("/p/short/qr.svg")).status_code
