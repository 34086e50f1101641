"""Bad input over the wire: the right status, problem details, no echo, no state, never a 500."""

import asyncio
import json
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from core.database import metadata
from tests.app.conftest import Running

GOOD: dict[str, Any] = {"amount": 4999, "currency": "GBP", "description": "Water bill"}
CARD = "4242424242424242"


async def create(client: httpx2.AsyncClient, running: Running, body: Any) -> httpx2.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await client.post(
        "/v1/links",
        content=content,
        headers={**running.post_headers(), "Content-Type": "application/json"},
    )


async def row_counts(running: Running) -> dict[str, int]:
    """Rows of every table but the idempotency answers, which keep refusals on purpose."""
    async with running.house.database.snapshot() as session:
        return {
            table.name: await session.scalar(sa.select(sa.func.count()).select_from(table))
            for table in metadata.sorted_tables
            if table.name not in {"idempotency_answers", "vault_keys"}
        }


def assert_problem(answer: httpx2.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "code"} <= body.keys()
    assert body["status"] == status
    return body


BAD_BODIES: list[tuple[str, Any, int]] = [
    ("amount as text", {**GOOD, "amount": "10"}, 422),
    ("amount as fraction", b'{"amount": 10.0, "currency": "GBP", "description": "x"}', 422),
    ("amount as true", {**GOOD, "amount": True}, 422),
    ("amount as null", {**GOOD, "amount": None}, 422),
    ("amount of zero", {**GOOD, "amount": 0}, 422),
    ("negative amount", {**GOOD, "amount": -1}, 422),
    ("amount above the limit", {**GOOD, "amount": 100_000_000_000}, 422),
    ("amount of 2^63", {**GOOD, "amount": 2**63}, 400),
    ("amount of 5000 digits", b'{"amount": ' + b"9" * 5000 + b', "currency": "GBP"}', 400),
    ("NaN", b'{"amount": NaN, "currency": "GBP", "description": "x"}', 400),
    ("Infinity", b'{"amount": Infinity, "currency": "GBP", "description": "x"}', 400),
    ("1e400", b'{"amount": 1e400, "currency": "GBP", "description": "x"}', 400),
    ("decimals in yen", b'{"amount": 10.50, "currency": "JPY", "description": "x"}', 422),
    ("lower-case currency", {**GOOD, "currency": "eur"}, 422),
    ("long currency", {**GOOD, "currency": "EURO"}, 422),
    ("currency XXX", {**GOOD, "currency": "XXX"}, 422),
    ("withdrawn currency", {**GOOD, "currency": "DEM"}, 422),
    ("duplicate keys", b'{"amount": 1, "amount": 2, "currency": "GBP", "description": "x"}', 400),
    ("unknown field", {**GOOD, "status": "paid"}, 422),
    ("deep array", b"[" * 100_000 + b"]" * 100_000, 400),
    ("byte order mark", b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), 400),
    ("UTF-16", json.dumps(GOOD).encode("utf-16"), 400),
    ("invalid UTF-8", b'{"amount": 1, "currency": "GBP", "description": "\xff"}', 400),
    ("lone surrogate", b'{"amount": 1, "currency": "GBP", "description": "\\ud800"}', 422),
    ("NUL in a text", b'{"amount": 1, "currency": "GBP", "description": "a\\u0000b"}', 422),
    ("trailing garbage", json.dumps(GOOD).encode() + b"}", 400),
    ("no JSON at all", b"amount=10", 400),
    ("a list", b"[]", 422),
    ("empty body", b"", 422),
    ("letters in the phone", {**GOOD, "customer": {"phone": "07700 CALLME"}}, 422),
    ("+1 as phone", {**GOOD, "customer": {"phone": "+1"}}, 422),
    ("20 digits as phone", {**GOOD, "customer": {"phone": "+44770090012345678901"}}, 422),
    ("premium number", {**GOOD, "customer": {"phone": "+449098790000"}}, 422),
    ("extension", {**GOOD, "customer": {"phone": "+442079460000 ext 5"}}, 422),
    ("two @ in the email", {**GOOD, "customer": {"email": "a@b@c.com"}}, 422),
    ("two addresses", {**GOOD, "customer": {"email": "a@b.com,c@d.com"}}, 422),
    ("email of 255", {**GOOD, "customer": {"email": f"{'a' * 250}@b.com"}}, 422),
    ("header injection", {**GOOD, "customer": {"email": "a@b.com\r\nBcc: c@d.com"}}, 422),
    (
        "line break in the name",
        {**GOOD, "customer": {"name": "A\r\nBcc: x@y.z", "email": "a@b.com"}},
        422,
    ),
    ("bidi control", {**GOOD, "description": "pay \u202e99.94"}, 422),
    ("expiry too short", {**GOOD, "expires_in": 59}, 422),
    ("expiry too long", {**GOOD, "expires_in": 90 * 86400 + 1}, 422),
    ("unknown channel", {**GOOD, "send": [{"channel": "pigeon", "to": "x"}]}, 422),
    ("channel that is not set up", {**GOOD, "send": [{"channel": "sms"}]}, 409),
    ("unknown customer", {**GOOD, "customer": "cus_" + "0" * 26}, 422),
    ("card number in the description", {**GOOD, "description": f"card {CARD}"}, 422),
    ("card number in the reference", {**GOOD, "reference": "4242-4242-4242-4242"}, 422),
    ("card number in the metadata", {**GOOD, "metadata": {"note": CARD}}, 422),
    ("card number as a key", {**GOOD, "metadata": {CARD: "x"}}, 422),
    (
        "card number in the customer's name",
        {**GOOD, "customer": {"name": CARD, "email": "a@b.com"}},
        422,
    ),
    ("expired locale", {**GOOD, "locale": "not a locale"}, 422),
]


@pytest.mark.parametrize(
    ("body", "status"), [case[1:] for case in BAD_BODIES], ids=[c[0] for c in BAD_BODIES]
)
async def test_a_bad_link_is_refused_without_a_trace(
    client: httpx2.AsyncClient, running_service: Running, body: Any, status: int
) -> None:
    """Right status, problem details, nothing written, and the input is not repeated."""
    before = await row_counts(running_service)
    answer = await create(client, running_service, body)
    problem = assert_problem(answer, status)
    assert await row_counts(running_service) == before
    assert CARD not in answer.text
    assert "CALLME" not in answer.text
    for error in problem.get("errors", []):
        assert error["pointer"].startswith("/") or error["pointer"] == ""


async def test_formulas_templates_and_markup_are_only_text(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    for text in (
        "=HYPERLINK(1)",
        "{{7*1234567}}",
        "<script>alert(1)</script>",
        "${7*7}",
        "'; DROP TABLE links;--",
    ):
        answer = await create(client, running_service, {**GOOD, "description": text})
        assert answer.status_code == 201
        assert answer.json()["description"] == text
        page = await client.get(answer.json()["url"])
        assert "<script>alert" not in page.text
        assert (
            "8641969" not in page.text.split("paythread-config")[0]
            or "{{7*1234567}}" not in text
            or "7*7" in page.text
        )


async def test_idempotency_keys_are_checked(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    headers = running_service.headers
    for key, status in (
        (None, 400),
        ("", 400),
        ('""', 400),
        ("a" * 256, 400),
        ('"unclosed', 400),
        ("two words", 400),
        ('"fine one"', 201),
        ("bare-token-1", 201),
    ):
        more = {} if key is None else {"Idempotency-Key": key}
        answer = await client.post("/v1/links", json=GOOD, headers={**headers, **more})
        assert answer.status_code == status, (key, answer.text)


async def test_the_same_key_answers_the_same_and_another_body_is_refused(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    headers = running_service.post_headers()
    first = await client.post("/v1/links", json=GOOD, headers=headers)
    again = await client.post("/v1/links", json=GOOD, headers=headers)
    other = await client.post("/v1/links", json={**GOOD, "amount": 1}, headers=headers)
    assert again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert_problem(other, 422)


async def test_twenty_requests_with_one_key_make_one_link(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    headers = running_service.post_headers()
    answers = await asyncio.gather(
        *(client.post("/v1/links", json=GOOD, headers=headers) for _ in range(20))
    )
    statuses = {answer.status_code for answer in answers}
    made = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    assert statuses <= {201, 409}
    assert len(made) == 1


async def test_content_types_encodings_and_sizes(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    headers = running_service.post_headers()
    text = json.dumps(GOOD)
    for more, content, status in (
        ({"Content-Type": "text/plain"}, text, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, "a=b", 415),
        ({}, text.encode(), 415),
        ({"Content-Type": "application/json", "Content-Encoding": "gzip"}, b"\x1f\x8b", 415),
        ({"Content-Type": "application/json"}, b" " * (1024 * 1024 + 1), 413),
    ):
        answer = await client.post("/v1/links", content=content, headers={**headers, **more})
        assert_problem(answer, status)


async def test_wrong_methods_paths_and_pages(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    headers = running_service.headers
    for method, path, status in (
        ("DELETE", "/v1/links", 405),
        ("PUT", "/v1/links", 405),
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/links/lnk_nothing", 404),
        ("GET", "/v1/payments/pay_nothing", 404),
        ("GET", "/v1/links?limit=-1", 422),
        ("GET", "/v1/links?limit=1000000000", 422),
        ("GET", "/v1/links?limit=ten", 422),
        ("GET", "/v1/links?cursor=forged", 422),
        ("GET", "/v1/links?created_after=2026-02-30T00:00:00Z", 422),
        ("GET", "/v1/links?created_after=2026-02-20T00:00:00", 422),
        ("GET", "/v1/links?created_after=0001-01-01T00:00:00%2B14:00", 422),
        ("GET", "/v1/links?created_before=9999-12-31T23:59:59-14:00", 422),
        ("GET", "/v1/links?reference=%00", 422),
        ("GET", "/v1/links?q=%2500", 200),
        ("GET", "/v1/links?status=broken", 422),
        ("GET", "/v1/events?after=-1", 422),
        ("GET", "/v1/events?after=99999999999999999999", 422),
        ("GET", "/v1/links/%00", 404),
        ("GET", "/p/%00", 404),
        ("GET", "/assets/..%2f..%2fapp%2fsettings.py", 404),
        ("GET", "/assets/%2e%2e", 404),
        ("GET", f"/assets/{'a' * 300}", 404),
    ):
        answer = await client.request(method, path, headers=headers)
        assert answer.status_code == status, (method, path, answer.text[:200])
        if status != 200 and not path.startswith("/p/"):
            assert answer.headers["content-type"] == "application/problem+json"
    assert (await client.delete("/v1/links", headers=headers)).headers["allow"]


async def test_expiry_that_no_calendar_has_is_refused(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    made = (await create(client, running_service, GOOD)).json()
    for moment in (
        "2020-01-01T00:00:00Z",
        "2030-01-01T00:00:00Z",
        "2026-12-01T00:00:00",
        "2026-02-30T00:00:00Z",
        "2026-12-31T23:59:60Z",
        "tomorrow",
        1795357431,
    ):
        answer = await client.patch(
            f"/v1/links/{made['id']}", json={"expires_at": moment}, headers=running_service.headers
        )
        assert_problem(answer, 422)


async def test_callers_without_credentials_are_turned_away(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    for headers in (
        {},
        {"Authorization": "Bearer sk_wrong"},
        {"Authorization": "Basic abc"},
        {"Authorization": "Bearer"},
        {"Cookie": "paythread_session=nonsense"},
    ):
        problem = assert_problem(await client.get("/v1/links", headers=headers), 401)
        assert problem["code"] == "not_signed_in"


async def test_every_answer_carries_the_security_headers(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    for path in ("/healthz", "/v1/links", "/nothing", "/p/nothing", "/", "/docs"):
        answer = await client.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert "content-security-policy" in answer.headers, path
        assert "server" not in answer.headers, path
    assert (await client.get("/v1/links")).headers["cache-control"] == "no-store"


async def test_unknown_malformed_and_foreign_tokens_look_alike(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    pages = [
        await client.get(f"/p/{token}")
        for token in ("A" * 24, "short", "x" * 500, "%3Cscript%3E", "0" * 24)
    ]
    assert {page.status_code for page in pages} == {404}
    bodies = {page.text.replace(_nonce(page), "") for page in pages}
    assert len(bodies) == 1


def _nonce(page: httpx2.Response) -> str:
    return page.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]


async def test_a_card_number_on_the_pay_page_s_endpoints_is_refused(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    made = (await create(client, running_service, GOOD)).json()
    path = made["url"].removeprefix(running_service.url)
    for body in (
        {"page": "pg_" + "0" * 26, "event": "field_completed", "field": CARD},
        {"page": "pg_" + "0" * 26, "event": "field_completed", "code": CARD},
        {"page": CARD, "event": "loaded"},
    ):
        answer = await client.post(f"{path}/progress", json=body)
        assert answer.status_code in {403, 422}
        assert CARD not in answer.text
    big = await client.post(f"{path}/progress", json={"page": "x" * 70_000, "event": "loaded"})
    assert_problem(big, 413)


async def test_forged_webhooks_leave_no_trace(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    before = await row_counts(running_service)
    for path in ("/webhooks/psp/gwa_nothing", "/webhooks/channels/cha_nothing"):
        for content in (b"", b"{}", b"\xff\xfe", b"a=b", b"[" * 5000):
            answer = await client.post(path, content=content)
            assert_problem(answer, 404)
    assert await row_counts(running_service) == before
