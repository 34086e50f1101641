"""Which language a customer reads: the link's, else the browser's, unless they choose on the page."""

from __future__ import annotations

import pytest

from links.pay.languages import NAMES, language_of, page_locale, psp_locale


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-Hant", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("pt-BR", "pt"),
        ("fa-IR", "fa"),
        ("ar-EG", "ar"),
        ("EN-gb", "en"),
        ("tlh", None),
        ("", None),
    ],
)
def test_a_tag_is_one_of_the_catalogues_languages(tag: str, language: str | None) -> None:
    """By its language, and Chinese by how it is written where it is spoken."""
    assert language_of(tag) == language


@pytest.mark.parametrize(
    ("link", "accept", "lang", "locale"),
    [
        ("de", "fr, en;q=0.8", None, "de"),
        (None, "fr-CH, fr;q=0.9, en;q=0.8", None, "fr-CH"),
        (None, "en;q=0.2, pl;q=0.9", None, "pl"),
        (None, "tlh, zh-TW;q=0.5", None, "zh-Hant-TW"),
        (None, "de;q=0, es;q=0.1", None, "es"),
        ("tlh", "ar-EG", None, "ar-EG"),
        ("de", "fr", "km", "km"),
        (None, "ar-EG", "ar", "ar-EG"),
        ("de-AT", "de-DE", "de", "de-AT"),
        ("de", "fr", "tlh", "de"),
        ("de", "fr", "../../etc", "de"),
        (None, "fa-XX", None, "fa"),
        (None, "*", None, "en"),
        (None, "", "", "en"),
        (None, ";;;q=x,,fr;q=nonsense", None, "en"),
        (None, "de;q=inf", None, "en"),
        (None, "en-" + "x" * 500, None, "en"),
    ],
)
def test_the_first_language_that_the_page_speaks_is_taken(
    link: str | None, accept: str, lang: str | None, locale: str
) -> None:
    """The choice on the page, the link's, the browser's by weight; with the region that somebody named for it."""
    assert page_locale(link, accept_language=accept, lang=lang) == locale


def test_a_psps_fields_are_told_a_tag_that_they_know() -> None:
    """Chinese by region, languages without one but for the few that PSPs tell apart."""
    tags = ("zh-Hant-HK", "zh-Hans", "pt-BR", "de-AT", "ar-EG")
    assert [psp_locale(tag) for tag in tags] == ["zh-TW", "zh", "pt-BR", "de", "ar"]


def test_every_language_has_a_name_of_its_own() -> None:
    """Whoever looks for a language reads its name in it."""
    assert len(set(NAMES.values())) == len(NAMES) == 12
