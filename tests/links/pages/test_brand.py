"""Whose page it is: name, logo, colours, terms, and the code that agent and customer compare."""

import re

import httpx2

from compliance.merchant_settings import write
from links.brand import Brand
from links.logo_image import remade
from links.logos import save_logo
from tests.links.conftest import Shop
from tests.links.doors import Browser, key_of, made
from tests.links.test_logo_image import picture


async def dress(shop: Shop, **changes: object) -> None:
    async with shop.database.transaction() as session:
        await write(session, shop.merchant.id, Brand, changes, actor="system", now=shop.clock())


async def put_logo(shop: Shop) -> bytes:
    image = remade(picture())
    async with shop.database.transaction() as session:
        await save_logo(
            session,
            merchant=shop.merchant.id,
            picture=image,
            actor="system",
            origin="203.0.113.7",
            now=shop.clock(),
        )
    return image.image


async def page_of(client: httpx2.AsyncClient, shop: Shop) -> str:
    link = await shop.make()
    return (await client.get(f"/p/{await shop.token(link)}")).text


async def test_the_agent_and_the_customer_see_the_same_code(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    headers = await key_of(shop, shop.merchant.id)
    link = (await made(client, headers)).json()
    html = (await client.get(link["url"].removeprefix("https://pay.acme.test"))).text

    assert re.fullmatch("[0-9A-Z]{4}", link["check_code"])
    assert f"<bdi>{link['check_code']}</bdi>" in html
    assert "exactly pay.acme.test." in html


async def test_terms_and_privacy_stand_before_the_button_where_there_are_any(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    assert 'rel="noopener' not in await page_of(client, shop)
    await dress(
        shop, terms_url="https://acme.example/terms", privacy_url="https://acme.example/privacy"
    )
    html = await page_of(client, shop)

    places = [
        html.index('href="https://acme.example/terms"'),
        html.index('href="https://acme.example/privacy"'),
        html.index('id="pay"'),
    ]
    assert sorted(places) == places


async def test_whom_to_call_and_who_takes_the_money_is_said(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    await dress(
        shop,
        legal_name="Acme Travel <plc>",
        support_phone="+442079460123",
        support_email="help@acme.example",
    )
    html = await page_of(client, shop)

    assert "Acme Travel &lt;plc&gt;" in html
    assert 'href="tel:+442079460123"' in html
    assert 'href="mailto:help@acme.example"' in html


async def test_a_colour_comes_as_a_style_sheet_of_our_own(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    assert "accent-" not in await page_of(client, shop)
    await dress(shop, accent="#e8590c")
    html = await page_of(client, shop)
    found = re.search(r'href="(/p/assets/accent-[^"]+)"', html)
    assert found is not None
    answer = await client.get(found[1])

    assert (200, "public, max-age=86400") == (answer.status_code, answer.headers["cache-control"])
    assert answer.headers["content-type"].startswith("text/css")
    assert "--accent:#ba470a" in answer.text
    assert "style=" not in html
    assert "<style" not in html


async def test_a_style_sheet_is_made_of_nothing_but_a_colour(client: httpx2.AsyncClient) -> None:
    for code in ("red", "12345", "1234567", "12345g", "%0d%0a1234", "}body{"):
        answer = await client.get(f"/p/assets/accent-{code}.css")
        assert 404 == answer.status_code, code


async def test_the_logo_is_served_by_the_link_from_our_own_origin(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    image = await put_logo(shop)
    html = await page_of(client, shop)
    found = re.search(r'<img class="logo" src="([^"]+)" alt="Acme Travel"', html)
    assert found is not None
    answer = await client.get(found[1])

    assert (200, image, "image/webp") == (
        answer.status_code,
        answer.content,
        answer.headers["content-type"],
    )
    assert "private, max-age=86400" == answer.headers["cache-control"]
    again = await client.get(found[1], headers={"If-None-Match": answer.headers["etag"]})
    assert (304, b"") == (again.status_code, again.content)


async def test_without_a_link_there_is_no_logo(client: httpx2.AsyncClient, shop: Shop) -> None:
    link = await shop.make()
    assert 404 == (await client.get(f"/p/{await shop.token(link)}/logo")).status_code
    await put_logo(shop)
    assert 404 == (await client.get(f"/p/{'x' * 24}/logo")).status_code


async def test_pages_that_have_ended_are_dressed_as_well(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    await put_logo(shop)
    link = await shop.make()
    await shop.cancel(link)
    assert 'class="logo"' in (await client.get(f"/p/{await shop.token(link)}")).text


async def test_the_receipt_names_who_took_the_money(client: httpx2.AsyncClient, shop: Shop) -> None:
    await dress(shop, legal_name="Acme Travel plc")
    browser = await Browser.open(client, shop, await shop.make())
    paid = (await browser.pay()).json()

    assert "Acme Travel plc" == paid["receipt"]["merchant"]
