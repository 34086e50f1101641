"""What another site can make its visitor's browser send: forms, text with JSON in it; and ways out of our address."""

import json
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.app.conftest import PASSWORD, Running
from tests.app.test_bad_input import GOOD, row_counts

EVIL = "https://evil.example"
TEXT = json.dumps(GOOD)


@pytest.fixture
async def visitor(client: httpx2.AsyncClient, running_service: Running) -> httpx2.AsyncClient:
    """A browser whose user is signed in. That a strict cookie is not sent to begin with is not relied on here."""
    answer = await client.post(
        "/v1/sessions", json={"email": running_service.agent_email, "password": PASSWORD}
    )
    assert 201 == answer.status_code
    return client


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        pytest.param(TEXT, {"Content-Type": "text/plain"}, 415, id="text with JSON in it"),
        pytest.param(TEXT, {"Content-Type": "text/plain;application/json"}, 415, id="mixed"),
        pytest.param(
            f"{TEXT[:-1]}, \"x\": \"=\"}}",
            {"Content-Type": "application/x-www-form-urlencoded"},
            415,
            id="a form with JSON in it",
        ),
        pytest.param(TEXT, {"Content-Type": "multipart/form-data; boundary=x"}, 415, id="multipart"),
        pytest.param(TEXT, {}, 415, id="a blob without a type"),
        pytest.param(TEXT, {"Content-Type": "application/json"}, 403, id="JSON"),
        pytest.param("", {}, 403, id="nothing"),
    ],
)  # fmt: skip
async def test_another_site_makes_no_link_in_its_visitors_name(
    visitor: httpx2.AsyncClient,
    running_service: Running,
    content: str,
    headers: dict[str, str],
    status: int,
) -> None:
    before = await row_counts(running_service)
    for origin in ({"Origin": EVIL}, {"Origin": "null"}, {}):
        answer = await visitor.post(
            "/v1/links",
            content=content.encode(),
            headers={"Idempotency-Key": "k", **headers, **origin},
        )
        assert (origin, status) == (origin, answer.status_code)
        assert "access-control-allow-origin" not in answer.headers
    assert before == await row_counts(running_service)


async def test_no_other_site_may_read_an_answer_or_ask_first(visitor: httpx2.AsyncClient) -> None:
    ask = {"Origin": EVIL, "Access-Control-Request-Method": "POST"}
    for path in ("/v1/links", "/v1/sessions", "/v1/feed/tickets"):
        asked = await visitor.request("OPTIONS", path, headers=ask)
        assert 405 == asked.status_code
        read = await visitor.get(path, headers={"Origin": EVIL})
        for answer in (asked, read):
            assert not [name for name in answer.headers if name.startswith("access-control")]


# As published in the usual lists of open redirects.
WAYS_OUT = (
    "//evil.example",
    "///evil.example",
    "////evil.example/%2e%2e",
    "/\\evil.example",
    "/%5cevil.example",
    "/%2f%2fevil.example",
    "/%09/evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "/https://evil.example",
    "/.evil.example",
    "/@evil.example",
    "/javascript:alert(1)",
    "/p//evil.example",
    "/p/x/..//evil.example",
    "/u//evil.example",
    "/assets//evil.example",
    "/docs//evil.example/",
    "/v1/links/",
    "/embed//evil.example",
)
NAMES = ("next", "url", "return", "return_url", "returnTo", "redirect", "redirect_uri", "continue", "goto")  # fmt: skip


async def test_no_address_of_ours_leads_anywhere_else(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    query = "&".join(f"{name}=https://evil.example/%23" for name in NAMES)
    made = await client.post("/v1/links", json=GOOD, headers=running_service.post_headers())
    own = [made.json()["url"].removeprefix(running_service.url), "/", "/docs", "/embed"]
    for path in (*WAYS_OUT, *(f"{each}?{query}" for each in own)):
        for method in ("GET", "HEAD", "POST"):
            request = httpx2.Request(method, f"{running_service.url}/")
            request.url = _at(running_service, path)
            answer = await client.send(request)
            place = answer.headers.get("location", "/")
            assert urlsplit(place).netloc in {"", urlsplit(running_service.url).netloc}, path
            assert not place.startswith(("//", "/\\")), path
            assert "refresh" not in answer.headers
            assert answer.status_code < 500 or answer.status_code == 503, path


def _at(running: Running, path: str) -> httpx2.URL:
    """Exactly this path, which a client would otherwise tidy up."""
    return httpx2.URL(running.url).copy_with(raw_path=path.encode())
