"""Messages with a payment link: complete, within a segment where that can be, and inert."""

import re

import pytest

from channels import sms_text
from channels.port import Content
from channels.templates import payment_link_content

URL = "https://pay.acme.example/p/Zm9vYmFyYmF6cXV4MTIzNA"


def content(channel: str, **changes: str | None) -> Content:
    asked: dict[str, str | None] = {
        "merchant_name": "Acme Travel",
        "amount_text": "£49.99",
        "url": URL,
        "description": "Flight change fee",
        "agent_name": "Robin",
        "locale": "en-GB",
    }
    return payment_link_content(channel, **{**asked, **changes})  # type: ignore[arg-type]


def test_a_text_message_says_who_asks_for_what_and_where() -> None:
    assert (
        content("sms").text == f"Acme Travel: please pay £49.99 for Flight change fee here: {URL}"
    )
    assert content("sms", description=None).text == f"Acme Travel: please pay £49.99 here: {URL}"


@pytest.mark.parametrize(
    "changes",
    [
        {"description": "A very long description of what is to be paid, with many details " * 3},
        {"description": "Zimmer “Süd” – 3 Nächte"},
        {"amount_text": "1\u202f299,00\u00a0€"},
        {"merchant_name": "Acme Travel and Holiday Homes of the North, Limited"},
    ],
)
def test_a_text_message_keeps_to_one_segment_when_it_can(changes: dict[str, str]) -> None:
    text = content("sms", **changes).text
    assert sms_text.is_gsm(text)
    assert sms_text.segments(text) == 1
    assert text.endswith(URL)


def test_a_long_description_is_cut_before_it_costs_a_second_segment() -> None:
    text = content("sms", description="Hotel " * 60).text
    assert 150 <= sms_text.units(text) <= 160
    assert "... here: " in text


def test_a_description_in_another_alphabet_gives_way_to_the_cheaper_message() -> None:
    assert (
        content("sms", description="Билеты в театр").text == content("sms", description=None).text
    )


def test_a_merchant_in_another_alphabet_is_written_as_it_is() -> None:
    text = content("sms", merchant_name="Билеты", description=None).text
    assert text.startswith("Билеты: ")


def test_an_email_has_subject_text_and_html() -> None:
    mail = content("email")
    assert mail.subject == "Acme Travel: pay £49.99 for Flight change fee"
    assert URL in mail.text
    assert "Robin at Acme Travel asks you to pay £49.99." in mail.text
    assert mail.html is not None
    assert f'href="{URL}"' in mail.html
    assert "Pay £49.99" in mail.html


def test_an_email_loads_nothing_from_anywhere_and_can_be_dark() -> None:
    html = content("email").html or ""
    assert set(re.findall(r"https?://[^\s\"<]+", html)) == {URL}
    assert not re.search(r"<(img|script|link|iframe|object|form)\b|url\(|@import", html)
    assert "prefers-color-scheme: dark" in html
    assert 'lang="en"' in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{7*7}}",
        "{url}{merchant}",
        "${7*7}",
        "%(url)s",
        "=HYPERLINK(1)",
        "a{",
        "}{",
    ],
)
def test_what_somebody_typed_is_never_read_as_markup_or_template(hostile: str) -> None:
    mail = content("email", description=hostile, agent_name=hostile, merchant_name=hostile)
    assert hostile in mail.text
    assert "<script" not in (mail.html or "")
    assert "<img" not in (mail.html or "")
    assert "49}" not in mail.text
    assert hostile in content("sms", description=hostile).text


def test_line_breaks_cannot_reach_the_subject() -> None:
    mail = content("email", description="Fee\r\nBcc: alex@example.com")
    assert mail.subject == "Acme Travel: pay £49.99 for Fee Bcc: alex@example.com"


def test_a_long_subject_is_cut() -> None:
    assert len(content("email", description="x" * 500).subject or "") <= 120


@pytest.mark.parametrize("locale", ["en", "en_GB", "EN-us", "xx", ""])
def test_an_unknown_language_falls_back_to_english(locale: str) -> None:
    assert content("sms", locale=locale).text.startswith("Acme Travel: please pay")


def test_a_link_is_a_web_address() -> None:
    with pytest.raises(AssertionError):
        content("email", url="javascript:alert(1)")
