"""Every text that is used exists, every text that exists is used, every language is whole, and reads like its own.

The languages: links.pay.words.en, links.pay.words.es, links.pay.words.fr, links.pay.words.de, links.pay.words.pt,
links.pay.words.pl, links.pay.words.ar, links.pay.words.fa, links.pay.words.zh_hans, links.pay.words.zh_hant,
links.pay.words.km, links.pay.words.hi.
"""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale

from links.pay.languages import NAMES, text_direction
from links.pay.texts import CATALOGUE, ENGLISH, later_texts, page_texts, texts_for, translate

PAY = Path(__file__).parents[2] / "links/pay"
TEMPLATES = "\n".join(path.read_text() for path in (PAY / "templates").iterdir())
SCRIPTS = "\n".join(path.read_text() for path in (PAY / "assets").glob("*.js"))


COUNTED = sorted(key.removesuffix(".other") for key in ENGLISH if key.endswith(".other"))
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
OTHERS = sorted(set(CATALOGUE) - {"en"})
# Letters that a language is written with besides Latin ones.
SCRIPTS_OF = {
    "ar": "\u0600-\u06ff",
    "fa": "\u0600-\u06ff",
    "zh-Hans": "\u4e00-\u9fff",
    "zh-Hant": "\u4e00-\u9fff",
    "km": "\u1780-\u17ff",
    "hi": "\u0900-\u097f",
}
# Words that are the same, or may be, in a language that is written with Latin letters.
ALIKE = {"pay.for", "receipt.paid_at"}
# Characters that only one of the two ways to write Chinese has.
SIMPLIFIED_ONLY = (
    "这个们请银钱页载时间码开关实额为从对后还给进无单没收发点换样种况态应该变总会办话语读写错误"
)
TRADITIONAL_ONLY = (
    "這個們請銀錢頁載時間碼開關實額為從對後還給進無單沒收發點換樣種況態應該變總會辦話語讀寫錯誤"
)


def forms(language: str, numbers: range = range(1000)) -> dict[str, list[int]]:
    """The plural categories of a language by CLDR, each with the whole numbers that it is for; `other` always."""
    rule = Locale.parse(language, sep="-").plural_form
    found: dict[str, list[int]] = {"other": []}
    for number in numbers:
        found.setdefault(rule(number), []).append(number)
    return found


def counted_as(key: str) -> str | None:
    """The text that counts, if `key` is one of its forms."""
    head, _, form = key.rpartition(".")
    return head if head in COUNTED and form in CATEGORIES else None


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_text_is_used_somewhere() -> None:
    """No text is translated for nothing. Keys that a program puts together are looked up by their end."""
    built = re.compile(
        r"(field|live\.(number|expiry|cvc|checking|unreachable|waiting|elsewhere|processing|challenge|bank|leaving|unfinished|kept|review|paused|paid|authorised|part)|decline)\."
    )
    unused = [
        key
        for key in ENGLISH
        if not built.match(key)
        and counted_as(key) is None
        and f'"{key}"' not in TEMPLATES
        and f'"{key.removeprefix("live.").removeprefix("later.")}"' not in SCRIPTS
    ]
    assert unused == []


def test_every_text_that_counts_is_used() -> None:
    """By its name without the form."""
    assert [
        key
        for key in COUNTED
        if f'counted("{key.removeprefix("live.").removeprefix("later.")}"' not in SCRIPTS
    ] == []


def test_every_text_that_templates_name_exists() -> None:
    """A template never asks for words that are not there."""
    named = set(re.findall(r"""\bt(?:_when)?\(["']([\w.]+)["'][,)]""", TEMPLATES))
    assert named - set(ENGLISH) == set()


def test_every_text_that_scripts_name_exists() -> None:
    """The browser has all its words, and each waiting view has a title and a body."""
    named = set(re.findall(r"""\btext\("([\w.]+)\"""", SCRIPTS))
    waits = set(re.findall(r"""showWait\("(\w+)\"""", SCRIPTS))
    named |= {f"{wait}.{part}" for wait in waits for part in ("title", "body")}
    later = set(later_texts("en", "chat")) | set(later_texts("en", "time"))
    assert named - set(page_texts("en")) - later == set()


def test_words_of_a_part_that_is_loaded_later_come_with_it() -> None:
    """They weigh nothing on the page, and a part that there is not has none."""
    chat = later_texts("en-GB", "chat")
    assert "Send" == chat["chat.send"]
    assert not set(chat) & set(page_texts("en"))
    assert {} == later_texts("en", "nothing")


@pytest.mark.parametrize("locale", sorted(CATALOGUE))
def test_every_language_is_whole(locale: str) -> None:
    """Each language has every key with the same placeholders, and each text that counts in the forms CLDR gives it."""
    texts = CATALOGUE[locale]
    plain = {key for key in ENGLISH if counted_as(key) is None}
    numbers = forms(locale)
    assert {key for key in texts if counted_as(key) is None} == plain
    assert {key: placeholders(texts[key]) for key in plain} == {
        key: placeholders(ENGLISH[key]) for key in plain
    }
    for key in COUNTED:
        assert {form for form in CATEGORIES if f"{key}.{form}" in texts} == set(numbers)
        whole = placeholders(ENGLISH[f"{key}.other"])
        for form, meant in numbers.items():
            # A form that is for one number alone may say it in words.
            may_lack = {"count"} if len(meant) == 1 else set()
            assert whole - placeholders(texts[f"{key}.{form}"]) <= may_lack, (key, form)


@pytest.mark.parametrize("locale", sorted(CATALOGUE))
def test_quotation_marks_and_dots_are_the_printers(locale: str) -> None:
    """No typewriter's quotes, no three dots for one sign, no doubled or stray spaces, nothing invisible."""
    wrong = re.compile(r"""["'`]|\.\.\.|  |^\s|\s$|\s[,.。、]|[\u2066-\u2069\ufffd\t\n]""")
    assert {key: text for key, text in CATALOGUE[locale].items() if wrong.search(text)} == {}


@pytest.mark.parametrize("locale", OTHERS)
def test_no_english_is_left(locale: str) -> None:
    """No text is as it is in English, and no sentence speaks English words."""
    texts = CATALOGUE[locale]
    same = {key for key in ENGLISH if texts.get(key) == ENGLISH[key]} - ALIKE
    english = re.compile(r"\b(the|your|you|please|payment|card|again|with|this|is|has)\b", re.I)
    spoken = {key: text for key, text in texts.items() if english.search(text)}
    assert (same, spoken) == (set(), {})


@pytest.mark.parametrize("locale", sorted(SCRIPTS_OF))
def test_a_language_is_written_in_its_own_letters(locale: str) -> None:
    """Every text has some, and Latin ones only in names and abbreviations."""
    own = re.compile(f"[{SCRIPTS_OF[locale]}]")
    latin = re.compile(r"[A-Za-z]{2,}")
    for key, text in CATALOGUE[locale].items():
        bare = re.sub(r"\{\w+\}", "", text)
        assert own.search(bare), key
        assert set(latin.findall(bare)) <= {"JavaScript", "QR", "Safari"}, key


def test_the_two_ways_to_write_chinese_are_not_mixed() -> None:
    """No character of the one stands in the other."""
    simplified, traditional = ("".join(CATALOGUE[tag].values()) for tag in ("zh-Hans", "zh-Hant"))
    pairs = [(one, other) for one, other in zip(SIMPLIFIED_ONLY, TRADITIONAL_ONLY, strict=True)]
    assert [other for one, other in pairs if one != other and other in simplified] == []
    assert [one for one, other in pairs if one != other and one in traditional] == []


def test_persian_is_written_with_its_own_letters() -> None:
    """Keh and yeh have Arabic twins that look alike and are not found by search."""
    assert [key for key, text in CATALOGUE["fa"].items() if re.search("[يكى٠-٩]", text)] == []


def test_a_key_that_a_language_lacks_is_english() -> None:
    """While somebody writes a new text, no page falls over; and no language shows forms that are not its own."""
    assert page_texts("zh-Hant").keys() - page_texts("en").keys() == set()
    assert "countdown.one" not in page_texts("zh-Hant")
    assert "countdown.few" in page_texts("pl")
    assert list(CATALOGUE) == list(NAMES)


def test_what_is_written_the_other_way_is_kept_apart() -> None:
    """A name in Latin letters in an Arabic sentence, and an Arabic name in an English one; else nothing is added."""
    assert translate("ar", "pay.heading", merchant="Acme (UK)") == "الدفع إلى \u2068Acme (UK)\u2069"
    assert translate("en", "pay.heading", merchant="سوق") == "Pay \u2068سوق\u2069"
    assert translate("de", "pay.heading", merchant="Acme") == "An Acme zahlen"


def test_an_unknown_language_falls_back() -> None:
    """A regional form uses its language, an unknown one English."""
    assert texts_for("en-GB") == ENGLISH
    assert texts_for("tlh") == ENGLISH
    assert texts_for("zh-TW") == CATALOGUE["zh-Hant"]


def test_direction_follows_the_script() -> None:
    """Arabic and Persian run from the right."""
    assert [text_direction(tag) for tag in ("ar", "fa-IR", "en", "zh-Hant")] == [
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]


def test_a_missing_value_is_an_error() -> None:
    """A sentence with a hole is never shown."""
    with pytest.raises(KeyError):
        translate("en", "pay.button")
    assert translate("en", "pay.button", amount="£49.99") == "Pay £49.99"
