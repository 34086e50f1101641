"""Settings that customers are shown: nothing that could pass for something else."""

import re
from dataclasses import dataclass
from typing import ClassVar

import pytest

from compliance.merchant_settings import Setting, SettingsBook, as_json, faults_of
from compliance.setting_rules import colour, one_of, shown_text, web_address


@dataclass(frozen=True, slots=True)
class Sign(Setting):
    """Settings that no room has."""

    name: ClassVar[str] = "sign"
    title: str | None = shown_text(length_max=20)
    page: str | None = web_address()
    paint: str | None = colour()
    light: str = one_of("full", among=("full", "dim"))


def refusal(**change: object) -> str | None:
    faults = faults_of(Sign, change)
    return faults[0].detail if faults else None


def test_nothing_is_set_at_first() -> None:
    assert {"title": None, "page": None, "paint": None, "light": "full"} == as_json(Sign())


@pytest.mark.parametrize("title", ["Acme plc", "Молоко", "شركة", "阿克梅", "Café & Söhne"])
def test_a_line_of_text_in_any_one_alphabet_is_taken(title: str) -> None:
    assert refusal(title=title) is None


@pytest.mark.parametrize(
    "title",
    ["", "   ", "x" * 21, "Ac\u202eme", "Ac\u200bme", "Аpple", "two\nlines", "\ud800", 5, ["x"]],
)
def test_a_text_that_could_deceive_is_refused(title: object) -> None:
    assert refusal(title=title) is not None


@pytest.mark.parametrize(
    "page",
    [
        "https://www.acme.example/terms?v=2#top",
        "https://acme.co.uk",
        "https://xn--bcher-kva.example/",
    ],
)
def test_an_https_address_is_taken(page: str) -> None:
    assert refusal(page=page) is None


@pytest.mark.parametrize(
    "page",
    [
        "http://acme.example",
        "javascript:alert(1)",
        "//evil.example",
        "https://",
        "https://ok.example@evil.example/",
        "https://acme.example:8443/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://аcme.example/",
        "https://acme.example/ok evil",
        "https://acme.example/\n",
        'https://acme.example/"onclick="x',
        "https://acme.example/\u202e",
        f"https://acme.example/{'x' * 300}",
        "https://[acme/",
        7,
    ],
)
def test_an_address_that_does_not_lead_where_it_seems_to_is_refused(page: object) -> None:
    assert refusal(page=page) is not None


@pytest.mark.parametrize("paint", ["#0d5c4b", "#0D5C4B"])
def test_a_colour_is_written_as_in_html(paint: str) -> None:
    assert refusal(paint=paint) is None
    assert refusal(paint="teal") == "must be a colour written like #0d5c4b"
    assert refusal(paint=0x0D5C4B) is not None


def test_one_word_of_several() -> None:
    assert refusal(light="dim") is None
    assert refusal(light="off") == "must be one of: full, dim"
    assert refusal(light=["dim"]) == "must be one of: full, dim"


def test_a_form_is_told_what_each_field_takes() -> None:
    properties = SettingsBook([Sign]).shapes()["sign"]["properties"]
    assert {"type": "string", "minLength": 1, "maxLength": 20, "default": None} == properties[
        "title"
    ]
    assert ("uri", None) == (properties["page"]["format"], properties["page"]["default"])
    assert (["full", "dim"], "full") == (
        properties["light"]["enum"],
        properties["light"]["default"],
    )


@pytest.mark.parametrize("paint", ["#0d5c4b", "#ABCDEF", "#12345", "blue"])
def test_what_the_form_is_told_of_a_colour_is_what_is_taken(paint: str) -> None:
    pattern = SettingsBook([Sign]).shapes()["sign"]["properties"]["paint"]["pattern"]
    assert (re.search(pattern, paint) is not None) == (refusal(paint=paint) is None)
