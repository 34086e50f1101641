"""The web addresses in a message. They are read, and never fetched: looking is not acting."""

from __future__ import annotations

import re
from html.parser import HTMLParser

URLS_MAX = 100
URL_CHARS_MAX = 2048

_URL = re.compile(
    r"https?://[^\s<>\"'`\\{}|^\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+", re.I
)
_TRAILING = ".,;:!?'\"»”’*_~"
_PAIRS = {")": "(", "]": "["}


def urls_in(text: str, html: str | None = None) -> list[str]:
    """Every http(s) address, in order of appearance, each once: first the text's, then the HTML's links."""
    found = [_trimmed(match.group()) for match in _URL.finditer(text)]
    if html is not None:
        found += [url for url in _links_of(html) if _URL.match(url)]
    usable = [url for url in found if len(url) <= URL_CHARS_MAX]
    return list(dict.fromkeys(usable))[:URLS_MAX]


def _trimmed(url: str) -> str:
    """The address without the punctuation of the sentence around it."""
    while url:
        last = url[-1]
        unpaired = last in _PAIRS and url.count(last) > url.count(_PAIRS[last])
        if last not in _TRAILING and not unpaired:
            break
        url = url[:-1]
    return url


def _links_of(html: str) -> list[str]:
    reader = _Links()
    reader.feed(html)
    reader.close()
    return reader.found


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"a", "area"}:
            self.found += [value.strip() for name, value in attrs if name == "href" and value]
