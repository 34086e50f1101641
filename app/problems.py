"""Errors as RFC 9457 problem details. The one place that maps a kind of error to an HTTP status."""

from collections.abc import Callable
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from prometheus_client import Counter
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from core.errors import FieldError, Kind, PaythreadError

log = structlog.get_logger()

STATUS: Final[dict[Kind, int]] = {
    Kind.MALFORMED: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.GONE: 410,
    Kind.TOO_LARGE: 413,
    Kind.UNSUPPORTED: 415,
    Kind.INVALID: 422,
    Kind.RATE_LIMITED: 429,
    Kind.UNAVAILABLE: 503,
}

_TITLES: Final[dict[int, str]] = {
    400: "Malformed request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    408: "Too slow",
    410: "Gone",
    413: "Too large",
    415: "Unsupported media type",
    421: "Misdirected request",
    422: "Invalid request",
    429: "Too many requests",
    431: "Headers too large",
    500: "Internal error",
    503: "Unavailable",
}

MEDIA_TYPE: Final = "application/problem+json"
_ERRORS_MAX: Final = 50
_NO_SUCH_METHOD: Final = 405
_JOURNAL: Final = "INSERT INTO journal_entries"
JOURNAL_UNWRITABLE: Final = Counter(
    "paythread_journal_unwritable", "Requests refused because the journal could not be written."
)

# pydantic's own sentences repeat the input in places; these do not, and read better.
_SENTENCES: Final[dict[str, str]] = {
    "missing": "is required",
    "extra_forbidden": "is not a field that is known here",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "string_type": "must be a text",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "json_invalid": "is not valid JSON",
    "string_pattern_mismatch": "does not have the right form",
    "too_long": "has too many entries",
}


def problem_of(error: PaythreadError) -> tuple[int, dict[str, Any]]:
    """Status and body for one of our own errors."""
    return problem(STATUS[error.kind], error.code, error.detail, error.fields)


def problem(
    status: int, code: str, detail: str, fields: tuple[FieldError, ...] = ()
) -> tuple[int, dict[str, Any]]:
    """A problem details object; `errors` only where fields are to blame."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
        "code": code,
    }
    if fields:
        body["errors"] = [{"pointer": f.pointer, "detail": f.detail} for f in fields[:_ERRORS_MAX]]
    return status, body


def install(app: FastAPI, methods_at: Callable[[str], str] | None = None) -> None:
    """Answers every error of the application as a problem. `methods_at` says what a path knows, for a 405."""

    @app.exception_handler(PaythreadError)
    async def _ours(_request: Request, error: PaythreadError) -> JSONResponse:
        headers = {}
        if error.retry_after_seconds is not None:
            headers["Retry-After"] = str(error.retry_after_seconds)
        if error.kind is Kind.UNAUTHENTICATED:
            headers["WWW-Authenticate"] = 'Bearer realm="paythread"'
        return _respond(problem_of(error), headers)

    @app.exception_handler(RequestValidationError)
    @app.exception_handler(ValidationError)
    async def _invalid(
        _request: Request, error: RequestValidationError | ValidationError
    ) -> JSONResponse:
        return _respond(_problem_of_validation(error))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        detail = _TITLES.get(error.status_code, "Error")
        answer = problem(error.status_code, _code(error.status_code), f"{detail}.")
        headers = dict(error.headers or {})
        if error.status_code == _NO_SUCH_METHOD and methods_at is not None:
            headers["Allow"] = methods_at(request.url.path)
        return _respond(answer, headers)

    @app.exception_handler(DBAPIError)
    async def _no_statement(request: Request, error: DBAPIError) -> JSONResponse:
        if _JOURNAL in (error.statement or ""):
            # The act and its entry are one transaction: neither has happened (PCI DSS 10.7.2).
            JOURNAL_UNWRITABLE.inc()
            log.error("journal.unwritable", error=type(error).__name__)
            detail = "The journal cannot be written; nothing was changed."
            return _respond(problem(503, "journal_unwritable", detail), {"Retry-After": "5"})
        if isinstance(error, OperationalError):
            return await _no_database(request, error)
        return await _unforeseen(request, error)

    @app.exception_handler(PoolTimeout)
    async def _no_database(_request: Request, error: Exception) -> JSONResponse:
        log.error("database.unavailable", error=type(error).__name__)
        answer = problem(503, "database_unavailable", "The service is busy; nothing was changed.")
        return _respond(answer, {"Retry-After": "2"})

    @app.exception_handler(Exception)
    async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
        log.error("request.failed", method=request.method, exc_info=error)
        return _respond(problem(500, "internal_error", "Something went wrong on our side."))


def _problem_of_validation(
    error: RequestValidationError | ValidationError,
) -> tuple[int, dict[str, Any]]:
    fields = tuple(_field(dict(found)) for found in error.errors()[:_ERRORS_MAX])
    if any(f.detail == "card_number" for f in fields):
        return problem(
            422,
            "card_number_refused",
            "The request holds what looks like a card number. Card numbers must never be sent here.",
        )
    return problem(422, "invalid_request", "The request has fields that break a rule.", fields)


def _field(found: dict[str, Any]) -> FieldError:
    location = list(found["loc"])
    if location and location[0] in {"body", "query", "path", "header", "cookie"}:
        location = location[1:]
    # A union's branches have names of their own in the location; they are none of the caller's.
    path = [str(part) for part in location if not _is_branch(part)]
    pointer = "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in path)
    message = str(found.get("msg", ""))
    if "card_number:" in message:
        return FieldError(pointer, "card_number")
    sentence = _SENTENCES.get(str(found["type"]))
    if sentence is None:
        sentence = _without_input(str(found["type"]), message)
    return FieldError(pointer, sentence)


def _is_branch(part: object) -> bool:
    text = str(part)
    return text[:1].isupper() or "[" in text or text in {"str", "int", "function-after"}


def _without_input(kind: str, message: str) -> str:
    if kind in {"enum", "literal_error", "value_error"} or kind.startswith(
        ("greater", "less", "string_too", "too_")
    ):
        return (
            message.removeprefix("Value error, ").removeprefix("Input ").rstrip(".")
            or "is not valid"
        )
    return "is not valid"


def _respond(
    answer: tuple[int, dict[str, Any]], headers: dict[str, str] | None = None
) -> JSONResponse:
    status, body = answer
    return JSONResponse(body, status_code=status, headers=headers, media_type=MEDIA_TYPE)


def _code(status: int) -> str:
    return _TITLES.get(status, "error").lower().replace(" ", "_")
