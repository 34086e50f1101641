"""Addresses are compared as people mean them."""

from __future__ import annotations

import pytest

from channels.simulator.addresses import (
    can_be_answered,
    email_key,
    is_e164,
    is_email,
    is_sms_sender,
    phone_key,
)


@pytest.mark.parametrize(
    "written",
    ["+447700900123", " 447700900123", "+44 7700 900123", "00447700900123", "+44 (7700) 900-123"],
)
def test_one_number_has_one_key_however_it_is_written(written: str) -> None:
    assert phone_key(written) == "+447700900123"


def test_email_key_ignores_case_and_space_around() -> None:
    assert email_key(" Ada@Example.COM ") == "ada@example.com"


def test_short_code_keeps_its_form() -> None:
    assert phone_key("60 777") == "60777"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+447700900123", True),
        ("+15005550006", True),
        ("447700900123", False),
        ("+0447700900", False),
        ("+12", False),
        ("+4477009001234567", False),
        ("+378282246310005", False),
        ("+٤٤٧٧٠٠٩٠٠١٢٣", False),
    ],
)
def test_e164_is_told_from_what_is_not(text: str, expected: bool) -> None:
    assert is_e164(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NORTHWIND", True),
        ("60777", True),
        ("+447400123456", True),
        ("TwelveLetter", False),
        ("", False),
    ],
)
def test_sms_sender_is_number_short_code_or_short_name(text: str, expected: bool) -> None:
    assert is_sms_sender(text) is expected


def test_only_numbers_and_short_codes_can_be_answered() -> None:
    assert [can_be_answered(sender) for sender in ("+447400123456", "60777", "NORTHWIND")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@b", True),
        ("ada@example.com", True),
        ("a@b,c@d", False),
        ("a\udcff@b", False),
        ("ada", False),
        ("a@" + "b" * 300, False),
    ],
)
def test_email_address_is_one_address(text: str, expected: bool) -> None:
    assert is_email(text) is expected
