"""The OpenAPI description of every door: what the framework reads from the code, and what it cannot see.

That is who may call, what a repetition needs, and every refusal: each is a problem (RFC 9457), with the status of its
kind. A door that answers what stands here nowhere fails the tests.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from app.problems import MEDIA_TYPE
from compliance.routes.gate import COOKIE, Allowed, caller
from compliance.routes.once import Once
from core.idempotency import KEY_FORM, KEY_LENGTH_MAX

PROBLEM: Final = "Problem"
_KEY: Final = "apiKey"
_SESSION: Final = "session"
_ANY: Final[dict[str, str]] = {
    "400": "The request cannot be read.",
    "429": "Too many requests; `Retry-After` says when to come again.",
    "503": "Not now; nothing was changed. `Retry-After` says when to come again.",
}
_KNOWN: Final[dict[str, str]] = {
    "401": "No credentials, or none that hold.",
    "403": "Not allowed.",
}
_NAMED: Final[dict[str, str]] = {"404": "It is not there, or is another's."}
_CHANGING: Final[dict[str, str]] = {
    "404": "What is named is not there, or is another's.",
    "409": "It cannot be done as things are, or its `Idempotency-Key` is in use.",
    "410": "It is over.",
    "413": "Too large.",
    "415": "Of another media type.",
}
_READ: Final[dict[str, str]] = {"422": "Fields break a rule; `errors` points at each."}

_PROBLEM_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "title": PROBLEM,
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
_IDEMPOTENCY: Final[dict[str, Any]] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and body get the same answer, and nothing happens twice. Where money or a message "
    "leaves it has to be there.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": KEY_LENGTH_MAX,
        "pattern": KEY_FORM,
    },
}
_SCHEMES: Final[dict[str, Any]] = {
    _KEY: {"type": "http", "scheme": "bearer", "description": "An API key: `sk_…`."},
    _SESSION: {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "A signed-in person's browser; what changes something takes `X-CSRF-Token` as well.",
    },
}


def describe(app: FastAPI, routers: Iterable[APIRouter]) -> dict[str, Any]:
    """The OpenAPI document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
        )
        components = made.setdefault("components", {})
        schemas = components.setdefault("schemas", {})
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        schemas[PROBLEM] = _PROBLEM_SCHEMA
        components["securitySchemes"] = _SCHEMES
        for route in (each for router in routers for each in router.routes):
            if isinstance(route, APIRoute) and route.include_in_schema:
                for method in route.methods or ():
                    _complete(made["paths"][route.path_format][method.lower()], route)
        app.openapi_schema = made
    return app.openapi_schema


def _complete(operation: dict[str, Any], route: APIRoute) -> None:
    calls = set(_calls(route.dependant))
    asks = any(isinstance(call, Allowed) or call is caller for call in calls)
    changes = not (route.methods or set()) <= {"GET", "HEAD", "OPTIONS"}
    refusals = dict(_ANY)
    if asks:
        operation["security"] = [{_KEY: []}, {_SESSION: []}]
        refusals |= _KNOWN
    if asks or "{" in route.path:
        refusals |= _NAMED
    if changes:
        refusals |= _KNOWN | _CHANGING
    if changes or operation.get("parameters"):
        refusals |= _READ
    if any(_is_once(call) for call in calls):
        operation.setdefault("parameters", []).append(_IDEMPOTENCY)
    responses = operation["responses"]
    responses.pop("422", None)
    content: dict[str, Any] = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}}
    if route.response_class is HTMLResponse:
        # A page that a person looks at says it in a page.
        content["text/html"] = {}
    for status, why in sorted(refusals.items()):
        responses.setdefault(status, {"description": why, "content": content})


def _calls(dependant: Dependant) -> Iterator[Any]:
    for each in dependant.dependencies:
        yield each.call
        yield from _calls(each)


def _is_once(call: Any) -> bool:
    return getattr(call, "__annotations__", {}).get("return") in {Once, "Once"}
