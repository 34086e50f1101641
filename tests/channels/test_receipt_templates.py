"""Receipts as they are sent: all facts, no link, nothing read as a template (`channels.receipt_layout`)."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from channels import sms_text
from channels.port import Content
from channels.receipt_templates import ReceiptFacts, receipt_content
from channels.template_words import CATALOGUE

FACTS = ReceiptFacts(
    merchant="Acme Travel",
    legal_name="Acme Travel plc",
    amount="£49.99",
    total=None,
    remaining=None,
    paid_at="23 November 2026, 14:05 UTC",
    card="Visa •••• 4242",
    reference="INV-1",
    payment="pay_01k9aaaaaaaaaaaaaaaaaaaaaa",
)


def content(channel: str, *, locale: str = "en-GB", **changes: str | None) -> Content:
    return receipt_content(channel, replace(FACTS, **changes), locale=locale)


class Tags(HTMLParser):
    """What a document is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_a_text_message_says_it_all_in_two_segments() -> None:
    text = content("sms").text
    assert text == (
        "Acme Travel: we received £49.99, thank you. Visa *4242, 23 November 2026, 14:05 UTC,"
        " INV-1, pay_01k9aaaaaaaaaaaaaaaaaaaaaa"
    )
    assert sms_text.is_gsm(text)
    assert 1 == sms_text.segments(text)


def test_an_email_has_the_facts_in_its_text_and_in_its_table() -> None:
    mail = content("email")
    words = " ".join(Tags(mail.html or "").words)
    for fact in (
        "£49.99",
        "Acme Travel plc",
        "INV-1",
        "Visa •••• 4242",
        FACTS.paid_at,
        FACTS.payment,
    ):
        assert fact in mail.text
        assert fact in words
    assert "Acme Travel: receipt for £49.99" == mail.subject


def test_after_a_part_it_says_what_is_still_due() -> None:
    mail = content("email", total="£30.00", remaining="£19.99")
    assert "Paid in all: £30.00\nStill to pay: £19.99" in mail.text
    assert "Still to pay: £19.99" in content("sms", remaining="£19.99").text


@pytest.mark.parametrize("locale", list(CATALOGUE))
def test_it_leads_nowhere_and_loads_nothing(locale: str) -> None:
    mail = content("email", locale=locale)
    assert not {"a", "img", "script", "link", "form", "button"} & Tags(mail.html or "").names
    assert "http" not in mail.text + (mail.html or "")
    assert f'lang="{locale}"' in (mail.html or "")


def test_what_somebody_typed_is_never_read_as_a_template_or_as_markup() -> None:
    typed = "{payment} <b>&\n{{7*7}}"
    mail = content("email", merchant=typed, legal_name=None, reference=typed)
    assert "b" not in Tags(mail.html or "").names
    assert "{payment} <b>& {{7*7}}" in mail.text
    assert mail.subject is not None
    assert "\n" not in mail.subject
    assert "{payment} <b>& {{7*7}}" in content("sms", merchant=typed).text


def test_arabic_is_laid_out_from_the_right() -> None:
    html = content("email", locale="ar").html or ""
    assert 'dir="rtl"' in html
    assert 'align="right"' in html


def test_what_is_not_known_is_left_out() -> None:
    mail = content("email", card=None, reference=None)
    assert "Card" not in mail.text
    assert "None" not in mail.text + content("sms", card=None, reference=None).text
