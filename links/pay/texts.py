"""Every word that the customer reads on the pay page, in one catalogue.

`CATALOGUE` maps a locale to a frozen mapping of key to text. A text may hold named placeholders
(`{amount}`), filled by `translate` on the server and by `text` in `assets/config.js` in the browser.
Keys that start with `live.` are those the browser needs; `page_texts` hands them over. A locale that the
catalogue lacks falls back first to its language, then to English: a page is never without words.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from links.pay.words import en

LOCALE_DEFAULT: Final = "en"
LIVE_PREFIX: Final = "live."
# Then the name of a part that is loaded when it is asked for, and its words with it.
LATER_PREFIX: Final = "later."
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})

Texts = Mapping[str, str]

ENGLISH: Final[Texts] = MappingProxyType(en.WORDS)

CATALOGUE: Final[Mapping[str, Texts]] = MappingProxyType({"en": ENGLISH})


def text_direction(locale: str) -> Literal["ltr", "rtl"]:
    """Answers which way `locale` (a BCP 47 tag) is written, for the page's `dir`."""
    return "rtl" if _language(locale) in _RIGHT_TO_LEFT else "ltr"


def texts_for(locale: str) -> Texts:
    """Answers the catalogue for `locale`, else for its language, else English."""
    return CATALOGUE.get(locale) or CATALOGUE.get(_language(locale)) or CATALOGUE[LOCALE_DEFAULT]


def translate(locale: str, key: str, **values: str) -> str:
    """Answers the text of `key` with its placeholders filled; an unknown key or a missing value is a KeyError."""
    return texts_for(locale)[key].format_map(values)


def page_texts(locale: str, *, without: tuple[str, ...] = ()) -> dict[str, str]:
    """Answers the texts that the browser needs, without the prefix, placeholders unfilled.

    Keys that begin with one of `without` are left out.
    """
    live = {
        key.removeprefix(LIVE_PREFIX): text
        for key, text in texts_for(locale).items()
        if key.startswith(LIVE_PREFIX)
    }
    return {key: text for key, text in live.items() if not key.startswith(without)}


def later_texts(locale: str, part: str) -> dict[str, str]:
    """Answers the texts of a part of the page that is loaded later, without the prefix; none of an unknown part."""
    return {
        key.removeprefix(LATER_PREFIX): text
        for key, text in texts_for(locale).items()
        if key.startswith(f"{LATER_PREFIX}{part}.")
    }


def _language(locale: str) -> str:
    return locale.partition("-")[0].partition("_")[0].lower()
