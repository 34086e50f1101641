"""A mail's own words: the history cut where it is certain, nothing lost, no markup kept."""

import time

import pytest

from channels.providers.mail_words import TEXT_LENGTH_MAX, is_automatic, text_of_html, words_of


@pytest.mark.parametrize(
    "history",
    [
        "On Mon, 23 Nov 2026 at 01:00, Acme <pay@acme.example> wrote:\n> Pay here",
        "On Mon, 23 Nov 2026 at 01:00, Acme Travel\n<pay@acme.example> wrote:\n\n> Pay here",
        "On 23 Nov 2026, at 01:00, Acme wrote:\n\nPay here",
        "Am 23.11.2026 um 01:00 schrieb Acme <pay@acme.example>:\n> Bitte zahlen",
        "Le lun. 23 nov. 2026 à 01:00, Acme <pay@acme.example> a écrit :\n> Payez",
        "Le lun. 23 nov. 2026, Acme a écrit\u00a0:\n> Payez",
        "> Pay here\n> now",
        "-----Original Message-----\nFrom: Acme\nPay here",
        "From: Acme <pay@acme.example>\nSent: Monday\nTo: Sam\n\nPay here",
        "*Von:* Acme\n*Gesendet:* Montag\n\nBitte zahlen",
    ],
)
def test_the_history_below_an_answer_is_cut(history: str) -> None:
    assert words_of(f"Can I pay later?\r\n\r\n{history}", None) == "Can I pay later?"


def test_answers_between_and_below_quoted_lines_stay() -> None:
    text = "On Monday, 23 Nov, Acme wrote:\n> Pay?\nYes\n> When?\nTomorrow"
    assert words_of(text, None) == "Yes\nTomorrow"


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I wrote: nothing",
        "From: here on I will pay by card",
        "From: London\nI arrive late",
        "> all of it is quoted",
        "On Mon, 23 Nov 2026, Acme wrote:\nall of it is history",
        "-----Original Message-----\nall of it",
        "a > b",
    ],
)
def test_what_is_not_certainly_history_stays_and_never_everything_goes(text: str) -> None:
    assert words_of(text, None) == text


def test_plain_text_is_preferred_and_html_read_where_there_is_none() -> None:
    assert words_of("plain", "<p>html</p>") == "plain"
    assert words_of(" \r\n", "<p>html</p>") == "html"
    assert words_of(None, None) == ""


def test_html_becomes_what_a_reader_would_see() -> None:
    html = (
        "<html><head><title>T</title><style>p{}</style><body><p>Caf&eacute; &lt;b&gt;<br>two <b>bold</b></p>"
        "<script>alert('<p>x</p>')</script><!-- no --><div>three</div>"
        "<blockquote>old<p>older</p></blockquote>four"
    )
    assert text_of_html(html) == "Café <b>\ntwo bold\nthree\n> old\n> older\nfour"
    assert words_of(None, html) == "Café <b>\ntwo bold\nthree\nfour"


@pytest.mark.parametrize("html", ["<", "<p", "&#x110000;", "<![x", "</p></blockquote>", "<svg>"])
def test_broken_html_raises_nothing(html: str) -> None:
    assert len(text_of_html(html * 100)) < 2000


@pytest.mark.parametrize(
    "filler",
    [
        "<!--",
        "<![x",
        "<!",
        "<?",
        "<a ",
        "<a b='",
        "</",
        "<script>",
        "<script></scr",
        "&#",
        "<",
        "<p>",
        "<svg>",
    ],
)
def test_hostile_html_is_soon_read(filler: str) -> None:
    started = time.perf_counter()
    text_of_html(filler * (100_000 // len(filler)))
    assert time.perf_counter() - started < 5


def test_a_comment_for_one_program_is_seen_by_none() -> None:
    assert (
        text_of_html("<p>a<!--[if mso]><b>x</b><![endif]-->b<![if !mso]>c<![endif]></p>") == "ab c"
    )


def test_sizes_are_bounded() -> None:
    assert len(words_of("x" * 300_000, None)) == TEXT_LENGTH_MAX
    assert len(words_of("On x\n" * 60_000, None)) == TEXT_LENGTH_MAX
    assert len(words_of(None, "<p>x" * 300_000)) == TEXT_LENGTH_MAX


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Auto-Submitted", "auto-replied; owner-email=x", True),
        ("auto-submitted", "No", False),
        ("X-Autoreply", "yes", True),
        ("Precedence", "bulk", True),
        ("Precedence", "Auto_Reply", True),
        ("Precedence", "first-class", False),
        ("Subject", "bulk", False),
    ],
)
def test_an_automatic_reply_is_known_by_its_headers(name: str, value: str, expected: bool) -> None:
    assert is_automatic([("To", "x"), (name, value)]) is expected
