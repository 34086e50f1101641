"""A merchant's brand: what is taken, and what a page makes of it (`links.logos`)."""

import pytest

from compliance.merchant_settings import SettingsInvalid, as_json, read, write
from core.database import Database
from links.brand import PLAIN, Brand, BrandView, brand_view, shades_json
from links.logo_image import remade
from links.logos import drop_logo, get_logo, save_logo
from tests.links.conftest import Shop
from tests.links.test_logo_image import picture


async def change(shop: Shop, **changes: object) -> Brand:
    async with shop.database.transaction() as session:
        return await write(
            session, shop.merchant.id, Brand, changes, actor="user:usr_1", now=shop.clock()
        )


async def seen(shop: Shop) -> BrandView:
    async with shop.database.snapshot() as session:
        return await brand_view(session, shop.merchant.id)


async def test_a_merchant_without_a_brand_has_a_plain_page(shop: Shop) -> None:
    assert PLAIN == await seen(shop)
    assert (None, None) == (PLAIN.style, PLAIN.bands)


async def test_what_is_chosen_is_kept_in_its_one_form(shop: Shop) -> None:
    brand = await change(
        shop,
        accent="#E8590C",
        legal_name="  Acme Travel plc ",
        support_phone="+44 20 7946 0123",
        support_email="Help@Acme.Example",
        terms_url="https://www.acme.example/terms",
    )
    assert {
        "accent": "#e8590c",
        "legal_name": "Acme Travel plc",
        "support_phone": "+442079460123",
        "support_email": "Help@acme.example",
        "support_url": None,
        "terms_url": "https://www.acme.example/terms",
        "privacy_url": None,
    } == as_json(brand)
    assert "accent-e8590c.css" == (await seen(shop)).style


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("legal_name", "Acme\u202e plc"),
        ("legal_name", "Аcme plc"),
        ("support_phone", "020 7946 0123"),
        ("support_phone", "call us"),
        ("support_email", "help@"),
        ("support_email", 7),
        ("terms_url", "http://acme.example"),
        ("privacy_url", "javascript:alert(1)"),
        ("accent", "red"),
    ],
)
async def test_what_could_deceive_a_customer_is_refused_where_it_stands(
    shop: Shop, field: str, value: object
) -> None:
    with pytest.raises(SettingsInvalid) as refused:
        await change(shop, **{field: value})
    assert [f"/brand/{field}"] == [each.pointer for each in refused.value.fields]


async def test_a_change_is_on_the_record(shop: Shop) -> None:
    await change(shop, accent="#e8590c")
    told = (await shop.events())[-1]
    assert ("settings.changed", {"accent": {"from": None, "to": "#e8590c"}}) == (
        told.type,
        told.data["changes"],
    )


async def test_whoever_chooses_a_colour_sees_what_becomes_of_it(shop: Shop) -> None:
    pale = shades_json(await change(shop, accent="#ffff00"))
    assert pale is not None
    assert (True, False) == (pale["light"]["adjusted"], pale["dark"]["adjusted"])
    assert shades_json(Brand()) is None


async def test_a_logo_is_kept_shown_and_dropped_on_the_record(
    shop: Shop, database: Database
) -> None:
    made = remade(picture())
    async with database.transaction() as session:
        facts = await save_logo(
            session,
            merchant=shop.merchant.id,
            picture=made,
            actor="user:usr_1",
            origin="203.0.113.7",
            now=shop.clock(),
        )
    async with database.snapshot() as session:
        logo = await get_logo(session, merchant=shop.merchant.id)
        assert await get_logo(session, merchant="mer_other") is None
    assert logo is not None
    assert (made.image, facts.digest) == (logo.image, logo.digest)
    assert facts == (await seen(shop)).logo

    for gone in (True, False):
        async with database.transaction() as session:
            assert gone == await drop_logo(
                session,
                merchant=shop.merchant.id,
                actor="user:usr_1",
                origin="203.0.113.7",
                now=shop.clock(),
            )
    told = [each.data["logo"] for each in await shop.events() if each.type == "settings.changed"]
    assert [{"change": "saved", "digest": facts.digest}, {"change": "dropped"}] == told


async def test_a_setting_that_a_newer_rule_refuses_is_left_out(shop: Shop) -> None:
    async with shop.database.snapshot() as session:
        assert Brand() == await read(session, shop.merchant.id, Brand)
