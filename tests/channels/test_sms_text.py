"""Lengths and segments of text messages, as the networks count them."""

import pytest

from channels import sms_text


@pytest.mark.parametrize(
    ("text", "units", "segments"),
    [
        ("", 0, 1),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        ("ж" * 70, 70, 1),
        ("ж" * 71, 71, 2),
        ("🙂" * 35, 70, 1),
        ("🙂" * 36, 72, 2),
        ("£@èÅß", 5, 1),
    ],
)
def test_a_text_is_counted_as_the_network_counts_it(text: str, units: int, segments: int) -> None:
    assert (sms_text.units(text), sms_text.segments(text)) == (units, segments)


def test_one_character_outside_the_alphabet_changes_the_alphabet() -> None:
    assert sms_text.is_gsm("Pay £49.99 [now] {please} ~€")
    assert not sms_text.is_gsm("Pay ₹49")


def test_typography_is_made_plain_and_letters_are_kept() -> None:
    assert sms_text.plain("“It’s” 1\u00a0299,00\u202f€ – ok…") == '"It\'s" 1 299,00 € - ok...'
    assert sms_text.plain("Zoë Žižek Ünal") == "Zoë Žižek Ünal"
