"""The front of the house: refuses what no door should ever see, and signs every answer with our headers.

Plain ASGI, because it must not read a body that it refuses, and must see every answer, errors included.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Final

import structlog
from prometheus_client import Counter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.problems import MEDIA_TYPE, problem, problem_of
from core import strict_json
from core.errors import PaythreadError

log = structlog.get_logger()

_answers = Counter("paythread_responses", "Answers to HTTP requests, by hundreds.", ["status"])

BODY_MAX: Final = 1024 * 1024
PAY_BODY_MAX: Final = 64 * 1024
_HEADERS_MAX: Final = 100
_HEADER_BYTES_MAX: Final = 32 * 1024
_BODY_SECONDS_MAX: Final = 15
_JSON_METHODS: Final = frozenset({"POST", "PUT", "PATCH"})
# Their bodies are the providers' own, checked raw against a signature; or a mail program's form.
_RAW_PATHS: Final = ("/webhooks/", "/u/")
# A picture, which its door reads and writes anew.
_PICTURE_PATHS: Final = frozenset({"/v1/brand/logo"})

# The one page that others may frame, where there is a list of them.
_FRAMED_PATH: Final = "/embed"

_REPORTS_PATH: Final = "/p/reports/csp"
_REPORT_TYPES: Final = frozenset({b"application/csp-report", b"application/reports+json"})

_COMMON: Final[tuple[tuple[bytes, bytes], ...]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin-allow-popups"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_API: Final[tuple[tuple[bytes, bytes], ...]] = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"strict-origin"),
    (b"x-frame-options", b"DENY"),
    (
        b"permissions-policy",
        b"payment=(), camera=(), microphone=(), geolocation=(), usb=(), midi=()",
    ),
)
_HSTS: Final = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")


def signed_headers(*, secure: bool) -> dict[str, str]:
    """What every answer carries that does not say otherwise itself."""
    more = [*_COMMON, *_API] + ([_HSTS] if secure else [])
    return {name.decode(): value.decode() for name, value in more}


class Front:
    """The outermost ASGI application."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str], secure: bool) -> None:
        self._app = app
        self._hosts = hosts
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = _headers(scope)
        refusal = self._refusal(scope, headers)
        if scope["type"] == "websocket":
            if refusal is not None:
                await _refuse_socket(send, refusal)
                return
            await self._app(scope, receive, send)
            return
        send = self._signed(scope, send)
        if refusal is not None:
            await _answer(send, refusal)
            return
        if scope["method"] in _JSON_METHODS:
            try:
                async with asyncio.timeout(_BODY_SECONDS_MAX):
                    body = await _read(receive, PAY_BODY_MAX if _small(scope) else BODY_MAX)
            except TimeoutError:
                await _answer(
                    send, problem(408, "body_too_slow", "The body did not arrive in time.")
                )
                return
            refusal = _body_refusal(scope, headers, body)
            if refusal is not None:
                await _answer(send, refusal)
                return
            receive = _replay(body or b"", receive)
        await self._app(scope, receive, send)

    def _refusal(  # noqa: PLR0911 - one line a reason
        self, scope: Scope, headers: Mapping[bytes, list[bytes]]
    ) -> tuple[int, dict[str, Any]] | None:
        size = sum(len(name) + len(value) for name, value in scope["headers"])
        if len(scope["headers"]) > _HEADERS_MAX or size > _HEADER_BYTES_MAX:
            return problem(
                431, "too_many_headers", "The request's headers are too many or too long."
            )
        hosts = headers.get(b"host", [])
        if len(hosts) != 1:
            return problem(400, "host_missing", "The request needs exactly one Host header.")
        if hosts[0].decode("latin-1").lower() not in self._hosts:
            return problem(421, "unknown_host", "This service does not answer to that name.")
        if b"transfer-encoding" in headers and b"content-length" in headers:
            return problem(400, "ambiguous_length", "The body's length is told twice.")
        if "\x00" in scope["path"]:
            return problem(404, "not_found", "Not found.")
        if b"%00" in scope["query_string"]:
            # PostgreSQL takes no text with NUL in it, and no query of ours needs one.
            return problem(422, "unusable_text", "The query holds a NUL character.")
        return None

    def _signed(self, scope: Scope, send: Send) -> Send:
        async def signed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                more = [*_COMMON, *_API] + ([_HSTS] if self._secure else [])
                if scope["path"] == _FRAMED_PATH:
                    # Its policy lists who may frame it, which this older header cannot say.
                    own.add(b"x-frame-options")
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in more if name not in own),
                ]
                _answers.labels(f"{message['status'] // 100}xx").inc()
                if message["status"] >= 500:
                    log.error("response.failed", status=message["status"])
            await send(message)

        return signed


def _headers(scope: Scope) -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.lower(), []).append(value)
    return found


def _small(scope: Scope) -> bool:
    return str(scope["path"]).startswith(("/p/", "/chat/", "/u/"))


def _body_refusal(  # noqa: PLR0911 - one line a reason
    scope: Scope, headers: Mapping[bytes, list[bytes]], body: bytes | None
) -> tuple[int, dict[str, Any]] | None:
    if body is None:
        return problem(413, "body_too_large", "The body is larger than is taken here.")
    if str(scope["path"]).startswith(_RAW_PATHS):
        return None
    if headers.get(b"content-encoding", [b"identity"])[0].lower() != b"identity":
        return problem(415, "encoding_unsupported", "Send the body without Content-Encoding.")
    if not body or scope["path"] in _PICTURE_PATHS:
        return None
    content_type = headers.get(b"content-type", [b""])[0].split(b";")[0].strip().lower()
    if str(scope["path"]) == _REPORTS_PATH and content_type in _REPORT_TYPES:
        # A browser's report is checked by its door, which answers nothing that a browser would show.
        return None
    # A page that closes can only send a beacon, and a beacon only text.
    beacon = str(scope["path"]).startswith("/p/") and content_type == b"text/plain"
    if content_type != b"application/json" and not beacon:
        return problem(415, "content_type_unsupported", "Send application/json.")
    try:
        strict_json.parse(body)
    except PaythreadError as error:
        return problem_of(error)
    return None


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The body, or None as soon as it is longer than the limit."""
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        part = message.get("body", b"")
        length += len(part)
        if length > limit:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


async def _answer(send: Send, refusal: tuple[int, dict[str, Any]]) -> None:
    status, body = refusal
    text = json.dumps(body).encode()
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(text)).encode()),
        # The body may be unread; the connection is of no further use.
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})


async def _refuse_socket(send: Send, refusal: tuple[int, dict[str, Any]]) -> None:
    status, body = refusal
    headers = [(b"content-type", MEDIA_TYPE.encode())]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": json.dumps(body).encode()})
