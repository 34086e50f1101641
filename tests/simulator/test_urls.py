"""Links are found as a phone finds them."""

from __future__ import annotations

import pytest

from channels.simulator.urls import URLS_MAX, urls_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pay: http://127.0.0.1:8000/p/abc.", ["http://127.0.0.1:8000/p/abc"]),
        ("(see https://x.example/a_(b))", ["https://x.example/a_(b)"]),
        (
            "https://x.example/?a=1&b=2, https://y.example!",
            ["https://x.example/?a=1&b=2", "https://y.example"],
        ),
        ("HTTPS://X.example/p", ["HTTPS://X.example/p"]),
        ("javascript:alert(1) data:text/html,x ftp://x.example", []),
        ("https://x.example/a\u202egnp.exe", ["https://x.example/a"]),
        ("one https://x.example two https://x.example", ["https://x.example"]),
    ],
)
def test_links_in_text(text: str, expected: list[str]) -> None:
    assert urls_in(text) == expected


def test_links_of_html_follow_those_of_the_text_and_only_web_ones_count() -> None:
    html = """<a href="https://x.example/p?a=1&amp;b=2">pay</a><a href="javascript:alert(1)">no</a>
              <a href='mailto:x@y.example'>no</a><img src="https://pixel.example/">
              <a href=" https://z.example ">z</a>"""
    assert urls_in("first https://t.example", html) == [
        "https://t.example",
        "https://x.example/p?a=1&b=2",
        "https://z.example",
    ]


def test_number_of_links_is_bounded() -> None:
    assert len(urls_in(" ".join(f"https://x.example/{n}" for n in range(500)))) == URLS_MAX
