"""No card-like number gets past the masking, and nothing else is touched."""

from __future__ import annotations

import pytest

from channels.simulator.masking import holds_card_number, mask, mask_html, passes_luhn


@pytest.mark.parametrize(
    "written",
    [
        "4242424242424242",
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "4242.4242.4242.4242",
        "4242\u00a04242\u00a04242\u00a04242",
        "4242\n4242\n4242\n4242",
        "4\u200b2\u200b4\u200b2424242424242",
        "4242 - 4242 - 4242 - 4242",
        "378282246310005",
        "3056 9309 0259 04",
        "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢",
        "6759649826438453",
        "+4242424242424242",
        "4000056655665556",
        "5555555555554444",
    ],
)
def test_card_number_is_masked_however_it_is_written(written: str) -> None:
    masked = mask(f"My card is {written}, thanks")
    assert not holds_card_number(masked)
    assert masked.startswith("My card is ")
    assert masked.endswith(", thanks")
    assert "•••• " in masked


@pytest.mark.parametrize(
    "written",
    [
        "12 4242424242424242",
        "4242424242424242 123 12/29",
        "00014242424242424242",
        "5555555555554444 4242424242424242",
        "9" * 300,
    ],
)
def test_card_number_beside_other_digits_is_masked(written: str) -> None:
    masked = mask(written)
    for number in ("4242424242424242", "5555555555554444", "9" * 100):
        assert number not in masked


@pytest.mark.parametrize(
    "text",
    [
        "Your code is 123456, valid until 12:45",
        "Call +447700900123 or +4915123456789",
        "Order 4242424242424241",
        "000000000000000000",
        "£49.99 for 2 tickets on 2026-11-22",
        "http://127.0.0.1:8000/p/Zq3vR81kP0",
        "",
    ],
)
def test_other_text_stays_as_it_was(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    "source",
    [
        "<p>4242 4242 4242 4242</p>",
        "<p>4242<b>4242</b>4242<i>4242</i></p>",
        "<p>&#52;242424242424242</p>",
        '<a href="https://x.example/?c=4242424242424242">x</a>',
    ],
)
def test_card_number_in_html_is_masked_even_when_cut_up(source: str) -> None:
    masked = mask_html(source)
    assert not holds_card_number(masked)
    assert "4242" in masked
    assert masked.count("4242") == 1


def test_luhn_check_accepts_right_and_refuses_wrong_check_digits() -> None:
    accepted = [digit for digit in "0123456789" if passes_luhn(f"424242424242424{digit}")]
    assert accepted == ["2"]


def test_a_run_of_many_digits_takes_no_noticeable_time() -> None:
    assert mask("1 " * 200_000) == "••••" + " "
