"""Our own words: every language complete, and every tag led to one."""

import re
from dataclasses import fields

import pytest

from channels.template_words import CATALOGUE, Words, language_of

PLACEHOLDERS = {
    "sms": {"merchant", "amount", "url"},
    "sms_described": {"merchant", "amount", "description", "url"},
    "subject": {"merchant", "amount"},
    "subject_described": {"merchant", "amount", "description"},
    "intro": {"merchant", "amount"},
    "intro_from_agent": {"merchant", "agent", "amount"},
    "about": {"description"},
    "button": {"amount"},
    "fallback": set(),
    "safety": {"merchant"},
    "signature": {"merchant"},
}


def test_customers_are_written_to_in_twelve_languages() -> None:
    assert list(CATALOGUE) == [
        *("en", "es", "fr", "de", "pt", "pl"),
        *("ar", "fa", "zh", "zh-Hant", "km", "hi"),
    ]


@pytest.mark.parametrize("words", CATALOGUE.values(), ids=list(CATALOGUE))
def test_each_text_has_exactly_the_placeholders_that_are_filled(words: Words) -> None:
    named = {each.name for each in fields(Words)} - {"language", "direction"}
    assert named == PLACEHOLDERS.keys()
    for name, wanted in PLACEHOLDERS.items():
        text = getattr(words, name)
        assert text.strip()
        assert sorted(re.findall(r"\{(.*?)\}", text)) == sorted(wanted), (words.language, name)


def test_a_link_stands_by_itself_so_that_messengers_make_the_whole_of_it_a_link() -> None:
    for words in CATALOGUE.values():
        for text in (words.sms, words.sms_described):
            assert text.endswith(" {url}"), words.language


def test_arabic_and_persian_are_written_from_the_right() -> None:
    assert {one.language for one in CATALOGUE.values() if one.direction == "rtl"} == {"ar", "fa"}


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de-AT", "de"),
        ("pt_BR", "pt"),
        ("zh-CN", "zh"),
        ("zh-Hans-HK", "zh"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant", "zh-Hant"),
        ("EN-gb", "en"),
        ("tlh", "en"),
        ("", "en"),
    ],
)
def test_a_tag_leads_to_a_language_that_is_there(locale: str, language: str) -> None:
    assert language_of(locale) == language
