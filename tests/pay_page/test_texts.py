"""Every text that is used exists, every text that exists is used, every language (`links.pay.words.en`) is whole."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from links.pay.texts import (
    CATALOGUE,
    ENGLISH,
    later_texts,
    page_texts,
    text_direction,
    texts_for,
    translate,
)

PAY = Path(__file__).parents[2] / "links/pay"
TEMPLATES = "\n".join(path.read_text() for path in (PAY / "templates").iterdir())
SCRIPTS = "\n".join(path.read_text() for path in (PAY / "assets").glob("*.js"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_text_is_used_somewhere() -> None:
    """No text is translated for nothing. Keys that a program puts together are looked up by their end."""
    built = re.compile(
        r"(field|live\.(number|expiry|cvc|checking|unreachable|waiting|elsewhere|processing|challenge|bank|leaving|unfinished|kept|review|paused|paid|authorised|part))\."
    )
    unused = [
        key
        for key in ENGLISH
        if not built.match(key)
        and f'"{key}"' not in TEMPLATES
        and f'"{key.removeprefix("live.").removeprefix("later.")}"' not in SCRIPTS
    ]
    assert unused == []


def test_every_text_that_templates_name_exists() -> None:
    """A template never asks for words that are not there."""
    named = set(re.findall(r"""\bt\(["']([\w.]+)["'][,)]""", TEMPLATES))
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
    """Each language has every key with the same placeholders."""
    texts = CATALOGUE[locale]
    assert set(texts) == set(ENGLISH)
    assert {k: placeholders(texts[k]) for k in texts} == {
        k: placeholders(ENGLISH[k]) for k in ENGLISH
    }


def test_an_unknown_language_falls_back() -> None:
    """A regional form uses its language, an unknown one English."""
    assert texts_for("en-GB") is ENGLISH
    assert texts_for("tlh") is ENGLISH


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
