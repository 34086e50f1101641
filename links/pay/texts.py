"""Every word that the customer reads on the pay page, in one catalogue.

`CATALOGUE` maps a language to a frozen mapping of key to text. A text may hold named placeholders
(`{amount}`), filled by `translate` on the server and by `text` in `assets/config.js` in the browser.
Keys that start with `live.` are those the browser needs; `page_texts` hands them over. A text that counts something
is one key a plural category of CLDR (`live.countdown.one`, `.few`, `.other`), with the number in `{count}`. A locale
that the catalogue lacks falls back first to its language, then to English, and so does a single key while it is not
yet translated: a page is never without words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from links.pay.languages import LOCALE_DEFAULT, NAMES, language_of, text_direction
from links.pay.words import ar, de, en, es, fa, fr, hi, km, pl, pt, zh_hans, zh_hant

LIVE_PREFIX: Final = "live."
# Then the name of a part that is loaded when it is asked for, and its words with it.
LATER_PREFIX: Final = "later."
_RIGHT_TO_LEFT_LETTER: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"

Texts = Mapping[str, str]

ENGLISH: Final[Texts] = MappingProxyType(dict(en.WORDS))
_MODULES: Final = (en, es, fr, de, pt, pl, ar, fa, zh_hans, zh_hant, km, hi)

CATALOGUE: Final[Mapping[str, Texts]] = MappingProxyType(
    {
        language: MappingProxyType(dict(module.WORDS))
        for language, module in zip(NAMES, _MODULES, strict=True)
    }
)


def _whole(own: Texts) -> Texts:
    """`own` with English for what it lacks, but for plural forms: English counts `.one` apart, others need not."""
    lacking = {
        key: text for key, text in ENGLISH.items() if f"{key.removesuffix('.one')}.other" not in own
    }
    return MappingProxyType({**lacking, **own})


_WHOLE: Final[Mapping[str, Texts]] = {
    language: _whole(texts) for language, texts in CATALOGUE.items()
}


def texts_for(locale: str) -> Texts:
    """Answers the catalogue for the language of `locale`, else English."""
    return _WHOLE[language_of(locale) or LOCALE_DEFAULT]


def translate(locale: str, key: str, **values: str) -> str:
    """Answers the text of `key` with its placeholders filled; an unknown key or a missing value is a KeyError.

    A value that is written the other way than the text is kept apart from it, by characters that nobody sees.
    """
    apart = partial(_isolated, right_to_left=text_direction(locale) == "rtl")
    return texts_for(locale)[key].format_map({name: apart(values[name]) for name in values})


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


def _isolated(value: str, *, right_to_left: bool) -> str:
    if not right_to_left and _RIGHT_TO_LEFT_LETTER.search(value) is None:
        return value
    return f"{_FIRST_STRONG_ISOLATE}{value}{_POP_ISOLATE}"
