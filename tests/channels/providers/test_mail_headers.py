"""Thread and unsubscribe headers: whole, on one line, and nobody else's."""

import pytest

from channels.providers.mail_headers import thread_lines, unsubscribe_lines


@pytest.mark.parametrize("name", ["a", "CAF+x=1_y", "x" * 200])
def test_an_answer_names_what_it_answers_on_one_line(name: str) -> None:
    message_id = f"<{name}@mail.example.com>"
    expected = f"In-Reply-To: {message_id}\r\nReferences: {message_id}\r\n"
    assert thread_lines(message_id) == expected.encode()


@pytest.mark.parametrize(
    "odd",
    [
        None,
        "",
        "SM0123",
        "<no-at>",
        "<a@b",
        "<a@b> <c@d>",
        "<a@b>\r\nBcc: alex@example.com",
        "<a@b>\n",
        "<á@b.example>",
        f"<{'x' * 900}@b.example>",
    ],
)
def test_what_is_no_message_id_starts_no_thread(odd: str | None) -> None:
    assert thread_lines(odd) == b""


def test_one_click_is_promised_over_https() -> None:
    assert unsubscribe_lines("https://pay.example.test/u/abc") == (
        b"List-Unsubscribe: <https://pay.example.test/u/abc>\r\n"
        b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    )


def test_without_tls_there_is_an_address_and_no_one_click() -> None:
    expected = b"List-Unsubscribe: <http://127.0.0.1:8000/u/abc>\r\n"
    assert unsubscribe_lines("http://127.0.0.1:8000/u/abc") == expected
    assert unsubscribe_lines(None) == b""


@pytest.mark.parametrize(
    "odd",
    ["", "ftp://a.example/u", "https://a.example/u\r\nBcc: x@y.example", "https://a.example/>, <x"],
)
def test_what_is_no_url_of_ours_is_refused(odd: str) -> None:
    with pytest.raises(ValueError, match="unsubscribe URL"):
        unsubscribe_lines(odd)
