"""The page behind "unsubscribe": in every language that messages are written in, and inert."""

import pytest

from channels.template_words import CATALOGUE
from channels.unsubscribe_page import done_page, question_page


@pytest.mark.parametrize("locale", list(CATALOGUE))
def test_it_asks_and_answers_in_the_readers_language(locale: str) -> None:
    asked = question_page("Acme Travel", locale, nonce="n")
    done = done_page("Acme Travel", locale, nonce="n")
    for page in (asked, done):
        assert f'<html lang="{locale}" dir="{CATALOGUE[locale].direction}">' in page
        assert "Acme Travel" in page
        assert "<script" not in page
    assert asked.count("<button>") == 1
    assert "<form" not in done


def test_a_merchants_name_is_text() -> None:
    page = question_page("<b>{button}</b>", "en", nonce="n")
    assert "&lt;b&gt;{button}&lt;/b&gt;" in page
