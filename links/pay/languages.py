"""The languages of the pay page: their own names, and which of them a customer is shown.

The link's language counts first (it is the customer's, where theirs is known), then what the browser asks for; a switch
on the page (`?lang=`) goes above both. A locale keeps its region, for amounts and dates; words go by language alone.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal

from babel import Locale, UnknownLocaleError

LOCALE_DEFAULT: Final = "en"

# In the order of the switch, each by its own name: whoever looks for theirs cannot read the others.
NAMES: Final[Mapping[str, str]] = {
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "de": "Deutsch",
    "pt": "Português",
    "pl": "Polski",
    "ar": "العربية",
    "fa": "فارسی",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "km": "ខ្មែរ",
    "hi": "हिन्दी",
}
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})
_TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})
_WEIGHT: Final = re.compile(r"q=(?P<digits>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.I)
_TAGS_MAX: Final = 10
_TAG_LENGTH_MAX: Final = 35
# Regional forms that PSPs' card fields speak besides languages. https://docs.stripe.com/js/appendix/supported_locales
_PSP_REGIONS: Final = frozenset({"en-GB", "es-419", "fr-CA", "pt-BR"})
_PSP_CHINESE: Final[Mapping[str, str]] = {"zh-Hans": "zh", "zh-Hant": "zh-TW"}


def language_of(tag: str) -> str | None:
    """The catalogue's language for a BCP 47 tag: `de-AT` is `de`, `zh-TW` is `zh-Hant`; None for one it lacks."""
    language, *rest = tag.replace("_", "-").lower().split("-")
    if language == "zh":
        traditional = "hans" not in rest and _TRADITIONAL & set(rest)
        return "zh-Hant" if traditional else "zh-Hans"
    return language if language in NAMES else None


def page_locale(*wanted: str | None, accept_language: str = "", lang: str | None = None) -> str:
    """The locale of a page: the first of `wanted`, then of the browser's, whose language the catalogue has.

    `lang` is what the customer chose on the page; what is unknown is ignored. A region is kept from whoever names one.
    """
    tags = [tag for tag in (*wanted, *_accepted(accept_language)) if tag]
    known = [tag for tag in map(_known, tags) if tag is not None]
    chosen = _known(lang) if lang else None
    if chosen is None:
        return known[0] if known else LOCALE_DEFAULT
    return next((tag for tag in known if language_of(tag) == language_of(chosen)), chosen)


def psp_locale(locale: str) -> str:
    """The tag by which PSPs' card fields know the language."""
    if locale in _PSP_REGIONS:
        return locale
    language = language_of(locale) or LOCALE_DEFAULT
    return _PSP_CHINESE.get(language, language)


def text_direction(locale: str) -> Literal["ltr", "rtl"]:
    """Answers which way `locale` (a BCP 47 tag) is written, for the page's `dir`."""
    language = locale.partition("-")[0].partition("_")[0].lower()
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def _accepted(header: str) -> list[str]:
    """The tags of an Accept-Language header, the dearest first (RFC 9110, 12.5.4)."""
    weighed: list[tuple[int, str]] = []
    for part in header.split(",")[:_TAGS_MAX]:
        tag, _, parameter = part.partition(";")
        found = _WEIGHT.fullmatch(parameter.strip() or "q=1")
        # In thousandths; what is no weight is as good as none.
        weight = int(found["digits"].replace(".", "").ljust(4, "0")) if found is not None else 0
        if tag.strip() and weight:
            weighed.append((weight, tag.strip()))
    return [tag for _, tag in sorted(weighed, key=lambda one: -one[0])]


@lru_cache(maxsize=1024)
def _known(tag: str) -> str | None:
    """The tag as CLDR writes it (`zh-TW` is `zh-Hant-TW`), without what CLDR lacks; None for no language of ours."""
    if len(tag) > _TAG_LENGTH_MAX or language_of(tag) is None:
        return None
    parts = tag.replace("_", "-").split("-")
    while parts:
        try:
            return str(Locale.parse("-".join(parts), sep="-")).replace("_", "-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return None
