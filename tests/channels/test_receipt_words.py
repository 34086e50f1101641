"""Receipts' words: as many languages as links go out in, each whole."""

import re
from dataclasses import fields

import pytest

from channels.receipt_words import RECEIPTS, ReceiptWords
from channels.template_words import CATALOGUE

PLACEHOLDERS = {
    "sms": {"merchant", "amount", "facts"},
    "subject": {"merchant", "amount"},
    "thanks": {"merchant"},
}


def test_receipts_are_written_in_every_language_that_links_are() -> None:
    assert [(each.language, each.direction) for each in CATALOGUE.values()] == [
        (each.language, each.direction) for each in RECEIPTS.values()
    ]


@pytest.mark.parametrize("words", RECEIPTS.values(), ids=list(RECEIPTS))
def test_each_text_has_exactly_the_placeholders_that_are_filled(words: ReceiptWords) -> None:
    for each in fields(ReceiptWords):
        text = getattr(words, each.name)
        assert text.strip()
        wanted = PLACEHOLDERS.get(each.name, set())
        assert sorted(re.findall(r"\{(.*?)\}", text)) == sorted(wanted), (words.language, each.name)
