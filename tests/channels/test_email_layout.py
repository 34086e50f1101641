"""The HTML of a mail (`channels.email_frame`): every piece is escaped where it stands."""

from dataclasses import fields, replace
from html.parser import HTMLParser

from channels.email_layout import Mail, mail_html

HOSTILE = "\"'><b>&{x}</b>"


def test_no_piece_can_become_markup() -> None:
    mail = Mail(**{field.name: HOSTILE for field in fields(Mail)})
    seen: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append(tag)
            for name, value in attrs:
                if name in {"href", "lang", "dir"}:
                    assert value == HOSTILE

    Reader().feed(mail_html(mail))
    assert "b" not in seen
    assert seen.count("a") == 2


def test_a_mail_without_a_description_has_no_empty_paragraph() -> None:
    pieces = {field.name: "x" for field in fields(Mail)}
    with_about = mail_html(Mail(**pieces))
    without = mail_html(replace(Mail(**pieces), about=None))
    assert with_about.count("<p ") == without.count("<p ") + 1
