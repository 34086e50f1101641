"""Merchants are told apart, and no merchant's name can pass for another's."""

import pytest

from compliance.merchants import (
    NAME_LENGTH_MAX,
    UnsafeName,
    check_display_name,
    get_merchant,
    list_merchants,
)
from core.database import Database
from core.errors import NotFound
from core.money import UnknownCurrency
from tests.conftest import NewMerchant


async def test_a_merchant_is_found_again_as_it_was_made(
    database: Database, new_merchant: NewMerchant
) -> None:
    made = await new_merchant("Café Zoë", currency="JPY", locale="fr-FR", country="FR")
    async with database.snapshot() as session:
        assert made == await get_merchant(session, made.id)


async def test_a_merchant_that_is_not_there_is_not_found(database: Database) -> None:
    async with database.snapshot() as session:
        with pytest.raises(NotFound):
            await get_merchant(session, "mer_nobody")


async def test_all_merchants_are_listed_oldest_first(
    database: Database, new_merchant: NewMerchant, clock: object
) -> None:
    made = []
    for name in ("One", "Two", "Three"):
        made.append(await new_merchant(name))
        clock.advance(seconds=1)  # type: ignore[attr-defined]
    async with database.snapshot() as session:
        assert made == list(await list_merchants(session))


async def test_a_merchant_needs_a_currency_that_exists(new_merchant: NewMerchant) -> None:
    with pytest.raises(UnknownCurrency):
        await new_merchant(currency="gbp")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="nothing"),
        pytest.param("   ", id="blanks"),
        pytest.param("x" * (NAME_LENGTH_MAX + 1), id="too long"),
        pytest.param("\u0410pple", id="a Cyrillic A before Latin letters"),
        pytest.param("Αcme", id="a Greek Alpha before Latin letters"),
        pytest.param("Ac\u202eme", id="turned direction"),
        pytest.param("Ac\u2066me", id="isolated direction"),
        pytest.param("Ac\u200bme", id="zero-width space"),
        pytest.param("Ac\u200dme", id="zero-width joiner"),
        pytest.param("Ac\u00adme", id="soft hyphen"),
        pytest.param("Ac\nme", id="line break"),
        pytest.param("Ac\x00me", id="NUL"),
        pytest.param("Ac\u2028me", id="line separator"),
        pytest.param("Ac\ud800me", id="lone surrogate"),
        pytest.param("Ac\ue000me", id="private use"),
    ],
)
def test_a_name_that_could_deceive_is_refused(name: str) -> None:
    with pytest.raises(UnsafeName):
        check_display_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Acme Travel",
        "Café Zoë",
        "Яндекс",
        "株式会社 東京",
        "Ελλάδα",
        "שלום",
        "3M",
        "Marks & Spencer",
    ],
)
def test_names_of_the_worlds_businesses_are_taken(name: str) -> None:
    assert name == check_display_name(name)


def test_a_name_is_trimmed_and_composed_so_that_equal_names_are_equal() -> None:
    assert "Café" == check_display_name("  Cafe\u0301 ")
