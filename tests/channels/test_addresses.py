"""Addresses: one form for each, and a refusal at the right pointer for everything else."""

import pytest

from channels.addresses import (
    address_hash,
    normalise,
    normalise_seen,
    raw_form,
    wire_email,
)
from channels.catalogue import AddressKind
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Database
from core.errors import InvalidField
from tests.support.clock import SettableClock

PHONE, EMAIL = AddressKind.PHONE, AddressKind.EMAIL


@pytest.mark.parametrize(
    ("typed", "country", "form"),
    [
        ("+447700900123", "GB", "+447700900123"),
        ("07700 900123", "GB", "+447700900123"),
        ("(07700) 900-123", "GB", "+447700900123"),
        ("00447700900123", "GB", "+447700900123"),
        ("٠٧٧٠٠٩٠٠١٢٣", "GB", "+447700900123"),
        ("۰۷۷۰۰۹۰۰۱۲۳", "GB", "+447700900123"),
        ("＋４４ ７７００ ９００１２３", "GB", "+447700900123"),
        ("\u202a+44 7700 900123\u202c", "GB", "+447700900123"),
        ("+44\u00a07700\u2011900123", "GB", "+447700900123"),
        ("(202) 555-0123", "US", "+12025550123"),
        ("+49 1512 3456789", "GB", "+4915123456789"),
    ],
)
def test_a_phone_becomes_e164(typed: str, country: str, form: str) -> None:
    assert normalise(PHONE, typed, country=country, pointer="/phone") == form


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "+",
        "+1",
        "999",
        "hello",
        "1-800-FLOWERS",
        "07700 900123 ext. 5",
        "07700900123;ext=5",
        "07700900123x5",
        "12345678901234567890",
        "+4477009001234567890123",
        "+447700900123\r\nTo: +447700900124",
        "+447700900123,+447700900124",
        "tel:+447700900123",
        "0906 123 4567",
        "+44 909 879 0000",
        "+979 123 456 789",
        "+1 900 555 0123",
        "+33 899 12 34 56",
        "7" * 5000,
    ],
)
def test_what_is_no_phone_to_write_to_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(InvalidField) as caught:
        normalise(PHONE, typed, country="GB", pointer="/customer/phone")
    [field] = caught.value.fields
    assert field.pointer == "/customer/phone"
    assert len(typed) < 4 or typed not in field.detail


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("sam@example.com", "sam@example.com"),
        ("Sam.Jones+pay@EXAMPLE.com", "Sam.Jones+pay@example.com"),
        ("sam@exämple.com", "sam@exämple.com"),
        ("sam@xn--exmple-cua.com", "sam@exämple.com"),
        ("sam@mail.acme.test", "sam@mail.acme.test"),
    ],
)
def test_an_email_becomes_its_normal_form(typed: str, form: str) -> None:
    assert normalise(EMAIL, typed, country="GB", pointer="/email") == form


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "sam",
        "sam@@example.com",
        "sam@a@example.com",
        "a@b,c@d",
        "sam@example.com, alex@example.com",
        "Sam <sam@example.com>",
        '"sam jones"@example.com',
        "sam@[127.0.0.1]",
        "sam@localhost",
        " sam@example.com",
        "sam@example.com\r\nBcc: alex@example.com",
        "sam@example.com\n",
        "sam@exa\u202emple.com",
        "sám@example.com",
        "a" * 244 + "@example.com",
        "s@" + "a" * 300 + ".com",
    ],
)
def test_what_is_not_one_email_is_refused(typed: str) -> None:
    with pytest.raises(InvalidField) as caught:
        normalise(EMAIL, typed, country="GB", pointer="/email")
    assert [field.pointer for field in caught.value.fields] == ["/email"]


def test_an_international_domain_travels_in_ascii() -> None:
    assert wire_email("sam@exämple.com") == "sam@xn--exmple-cua.com"


def test_short_codes_and_sender_names_are_seen_but_are_no_address() -> None:
    assert normalise_seen(PHONE, "+447700900123", country="GB") == "+447700900123"
    assert normalise_seen(PHONE, "88440", country="GB") is None
    assert normalise_seen(PHONE, "ACME", country="GB") is None
    assert raw_form("  AC  ME ") == "ac me"


async def test_a_hash_is_the_merchants_own_and_blind_to_case(
    database: Database, vault: Vault, merchant: Merchant, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        hashes = [
            await address_hash(
                session, vault, merchant=owner, kind=kind, address=address, now=clock()
            )
            for owner, kind, address in (
                (merchant.id, EMAIL, "Sam@example.com"),
                (merchant.id, EMAIL, "sam@example.com"),
                ("mer_other", EMAIL, "sam@example.com"),
                (merchant.id, PHONE, "sam@example.com"),
            )
        ]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3
    assert all(len(one) == 64 for one in hashes)
