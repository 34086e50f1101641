"""Logs: one line an entry, no card number, no token, no secret."""

import contextlib
import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from app import logs


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What is logged as JSON; the logging of other tests is put back."""
    root = logging.getLogger()
    before = root.handlers, root.level
    out = io.StringIO()
    with contextlib.redirect_stderr(out):
        logs.configure("json")
        yield out
    root.handlers, root.level = before
    structlog.reset_defaults()


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("paid with 4242 4242 4242 4242", "4242 4242 4242 4242"),
        ("GET /p/7QuHfG9Z0kbguHV6CtumirXm HTTP/1.1", "7QuHfG9Z0kbguHV6CtumirXm"),
        ("key sk_live_abcdefgh12345678", "abcdefgh12345678"),
        ("secret whsec_abcdefgh12345678", "abcdefgh12345678"),
        ("POST https://api.telegram.org/bot123456:AbCdEf_12345-67890/sendMessage", "AbCdEf"),
        ("protocol ticket.abcdefgh12345678", "abcdefgh12345678"),
    ],
)
def test_card_numbers_tokens_and_secrets_are_taken_out(
    stream: io.StringIO, text: str, gone: str
) -> None:
    structlog.get_logger("test").info("event", text=text, nested={"deep": [text]})
    logging.getLogger("other").warning("%s", text)
    assert gone not in stream.getvalue()


@pytest.mark.parametrize("control", ["\r\n", "\n", "\x1b[31m", "\u2028", "\x00", "\x9b"])
def test_an_entry_stays_on_its_line(stream: io.StringIO, control: str) -> None:
    structlog.get_logger("test").info("event", text=f"a{control}fake entry")
    lines = stream.getvalue().splitlines()
    assert len(lines) == 1
    assert control not in json.loads(lines[0])["text"]


def test_numbers_and_ids_are_left_as_they_are(stream: io.StringIO) -> None:
    structlog.get_logger("test").info(
        "event", amount=4999, attempt_id="att_01m81t8p886vz6wf9dnakm8ht9"
    )
    entry = json.loads(stream.getvalue())
    assert entry["amount"] == 4999
    assert entry["attempt_id"] == "att_01m81t8p886vz6wf9dnakm8ht9"


def test_the_servers_own_lines_about_requests_are_not_written(stream: io.StringIO) -> None:
    """They hold whole URLs and the addresses of people."""
    for name in ("uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).info('203.0.113.9:1 - "WebSocket /v1/feed?ticket=abcdefgh" 403')
    assert stream.getvalue() == ""
