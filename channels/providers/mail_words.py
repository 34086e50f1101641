"""What a customer wrote in a mail: their own words, without markup and without the history below them. No I/O.

What is quoted is cut where a line says so beyond doubt, and never so that nothing is left: rather too much is
shown than a word lost.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

TEXT_LENGTH_MAX: Final = 20_000
_SOURCE_LENGTH_MAX: Final = 200_000
_UNSEEN: Final = frozenset({"script", "style", "title", "template", "noscript", "svg"})
_BLOCKS: Final = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
    }
    | {
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
    }
    | {"ul"}
)
# Python's reader stumbles over declarations that it does not know, and takes minutes over many tags
# that have no end.
_DECLARATION: Final = re.compile(r"<[!?][^>]*+>?")
_UNENDED: Final = re.compile(r"<(?![^<>]*+>)")
_QUOTE: Final = "blockquote"
# A line that opens what somebody else wrote. Programs break it in two when it is long.
_ATTRIBUTIONS: Final = (
    re.compile(r"^on\b.{4,300}\bwrote:$", re.IGNORECASE),
    re.compile(r"^am\b.{4,300}\bschrieb\b.{0,200}:$", re.IGNORECASE),
    re.compile(r"^le\b.{4,300}\ba écrit\s?:$", re.IGNORECASE),
)
_DIVIDER: Final = re.compile(
    r"^-{2,}\s*(original message|ursprüngliche nachricht|message d'origine)\s*-{2,}$", re.IGNORECASE
)
_FROM: Final = re.compile(r"^\*?(from|von|de)\s?:\*?\s", re.IGNORECASE)
_SENT: Final = re.compile(r"^\*?(sent|date|gesendet|datum|envoyé)\s?:\*?\s", re.IGNORECASE)
_SENT_WITHIN_LINES: Final = 4
_LINE_LENGTH_MAX: Final = 300
_DEPTH_MAX: Final = 100
_AUTOMATIC: Final = frozenset({"bulk", "auto_reply"})


def words_of(plain: str | None, html: str | None) -> str:
    """The customer's words from the plain part, or from the HTML one where there is no other; at most 20,000."""
    text = (plain or "")[:_SOURCE_LENGTH_MAX]
    if not text.strip() and html:
        text = text_of_html(html)
    return cut_history(text)[:TEXT_LENGTH_MAX]


def text_of_html(html: str) -> str:
    """What a reader would see: a block a line; nothing of scripts and styles. Quotes begin with `>`."""
    reader = _Reader()
    shown = _DECLARATION.sub(" ", _without_comments(html[:_SOURCE_LENGTH_MAX]))
    reader.feed(_UNENDED.sub("&lt;", shown))
    reader.close()
    return reader.text()


def cut_history(text: str) -> str:
    """Without quoted lines, the line that opens them, and what follows a divider; whole if that were all of it.

    Words between and below quoted lines are the customer's answers, and stay.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = []
    after = 0
    for at, line in enumerate(lines):
        if at < after:
            continue
        attribution = _attribution_lines(lines, at)
        if attribution and _is_quoted(lines, at + attribution):
            after = at + attribution
        elif attribution or _is_divider(lines, at):
            break
        elif not line.startswith(">"):
            kept.append(line)
    left = "\n".join(kept).strip()
    return left or "\n".join(lines).strip()


def is_automatic(headers: Iterable[tuple[str, str]]) -> bool:
    """Whether a machine answered (RFC 3834), by the mail's headers."""
    for name, value in headers:
        said = value.partition(";")[0].strip().lower()
        match name.strip().lower():
            case "auto-submitted":
                if said not in ("", "no"):
                    return True
            case "x-autoreply" | "x-autorespond" | "x-auto-response":
                if said != "no":
                    return True
            case "precedence" if said in _AUTOMATIC:
                return True
    return False


def _without_comments(html: str) -> str:
    """One without an end hides all the rest."""
    kept = []
    at = 0
    while (start := html.find("<!--", at)) >= 0:
        kept.append(html[at:start])
        end = html.find("-->", start + 2)
        if end < 0:
            return " ".join(kept)
        at = end + 3
    return "".join([*kept, html[at:]])


def _attribution_lines(lines: list[str], at: int) -> int:
    """How many lines say who wrote what follows: none, one, or two where a program broke it."""
    line = lines[at].strip()
    if len(line) > _LINE_LENGTH_MAX:
        return 0
    if any(each.match(line) for each in _ATTRIBUTIONS):
        return 1
    both = f"{line} {lines[at + 1].strip()}" if at + 1 < len(lines) else ""
    return 2 if any(each.match(both) for each in _ATTRIBUTIONS) else 0


def _is_quoted(lines: list[str], start: int) -> bool:
    """Whether the first line with words from there on begins with `>`."""
    return next((line for line in lines[start:] if line), "").startswith(">")


def _is_divider(lines: list[str], at: int) -> bool:
    line = lines[at].strip()
    if not _FROM.match(line):
        return _DIVIDER.match(line) is not None
    return any(_SENT.match(each.strip()) for each in lines[at + 1 : at + _SENT_WITHIN_LINES])


class _Reader(HTMLParser):
    """Gathers the text, line by line, and whether a line was quoted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[bool, list[str]]] = [(False, [])]
        self._unseen: list[str] = []
        self._quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            if len(self._unseen) < _DEPTH_MAX:
                self._unseen.append(tag)
        elif tag in _BLOCKS:
            self._quotes += tag == _QUOTE
            self._break()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        elif tag in _BLOCKS:
            if tag == _QUOTE and self._quotes:
                self._quotes -= 1
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._lines[-1][1].append(data)

    def text(self) -> str:
        """The lines that hold words."""
        lines = [(quoted, " ".join("".join(words).split())) for quoted, words in self._lines]
        return "\n".join(f"> {line}" if quoted else line for quoted, line in lines if line)

    def _break(self) -> None:
        self._lines.append((self._quotes > 0, []))
