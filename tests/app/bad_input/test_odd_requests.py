"""Requests that are well formed and odd: parts of an answer, verbs of other protocols, pages that cannot be."""

import httpx2
import pytest

from tests.app.conftest import Running
from tests.app.test_bad_input import GOOD, assert_problem, row_counts


async def test_a_range_is_ignored(client: httpx2.AsyncClient, running_service: Running) -> None:
    """Whole answers alone: what is cut could hide what it says."""
    made = await client.post("/v1/links", json=GOOD, headers=running_service.post_headers())
    path = f"/v1/links/{made.json()['id']}"
    for asked in ("bytes=0-1", "bytes=-5", "bytes=0-0,2-2", "bytes=9-1", "items=0-1", "x"):
        answer = await client.get(path, headers={**running_service.headers, "Range": asked})
        assert (200, made.json()["id"]) == (answer.status_code, answer.json()["id"])


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "DEBUG", "GETX", "PATCH"])
async def test_a_verb_that_there_is_none_of_is_refused_and_echoes_nothing(
    client: httpx2.AsyncClient, running_service: Running, method: str
) -> None:
    before = await row_counts(running_service)
    for path in ("/v1/links", "/healthz", "/p/unknown"):
        answer = await client.request(
            method, path, headers={**running_service.headers, "X-Secret": "do-not-echo"}
        )
        assert answer.status_code in {400, 404, 405, 415}, (method, path, answer.status_code)
        assert "do-not-echo" not in answer.text
    assert before == await row_counts(running_service)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/links?limit=0",
        "/v1/links?limit=1e9",
        "/v1/links?limit=9999999999999999999999",
        "/v1/links?limit=1;DROP",
        "/v1/links?cursor=" + "A" * 5000,
        "/v1/links?cursor=eyJhIjoxfQ",
        "/v1/links?cursor=..%2f..%2f",
        "/v1/events?limit=0",
        "/v1/transactions?cursor=forged",
        "/v1/customers?limit=-1",
        "/v1/customers?cursor=forged",
    ],
)
async def test_a_page_that_cannot_be_is_refused(
    client: httpx2.AsyncClient, running_service: Running, path: str
) -> None:
    assert_problem(await client.get(path, headers=running_service.headers), 422)
