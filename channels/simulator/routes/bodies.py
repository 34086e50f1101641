"""Reads request bodies within bounds, and refuses what is not plainly what was asked for."""

from __future__ import annotations

import json
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from channels.simulator.errors import BadRequest, Invalid

JSON_BYTES_MAX = 64 * 1024
FORM_BYTES_MAX = 64 * 1024
FORM_FIELDS_MAX = 100

Model = TypeVar("Model", bound=BaseModel)


async def read_model(request: Request, model: type[Model]) -> Model:
    """The JSON body as that model. Raises BadRequest or Invalid; neither repeats what was sent."""
    if _content_type(request) != "application/json":
        raise BadRequest("Send JSON, with Content-Type: application/json.", status=415)
    value = _parse_json(await _read_bytes(request, JSON_BYTES_MAX))
    if not isinstance(value, dict):
        raise Invalid("The body must be a JSON object.")
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or None
        known = field in {info.alias or name for name, info in model.model_fields.items()}
        # An unknown field's name is the sender's own text: it may hold anything.
        raise Invalid(first["msg"], field=field if known else None) from None


async def read_object(request: Request) -> dict[str, Any]:
    """The JSON object in the body. Raises BadRequest."""
    if _content_type(request) != "application/json":
        raise BadRequest("Send JSON, with Content-Type: application/json.", status=415)
    value = _parse_json(await _read_bytes(request, JSON_BYTES_MAX))
    if not isinstance(value, dict):
        raise BadRequest("The body must be a JSON object.")
    return value


async def read_form(request: Request) -> dict[str, str]:
    """The URL-encoded form body; of a repeated field the last counts. Raises BadRequest."""
    if _content_type(request) != "application/x-www-form-urlencoded":
        raise BadRequest(
            "Send a form, with Content-Type: application/x-www-form-urlencoded.", status=415
        )
    body = await _read_bytes(request, FORM_BYTES_MAX)
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=FORM_FIELDS_MAX,
            errors="strict",
        )
    except ValueError:
        raise BadRequest("The form is not valid URL-encoded UTF-8.") from None
    return {name: value.replace("\x00", "") for name, value in pairs}


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _read_bytes(request: Request, limit: int) -> bytes:
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise BadRequest("Send the body without Content-Encoding.", status=415)
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise BadRequest(f"The body is larger than {limit} bytes.", status=413)
    except ClientDisconnect:
        raise BadRequest("The body ended early.") from None
    return body


def _parse_json(body: bytes) -> Any:
    try:
        return json.loads(
            body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError):
        raise BadRequest("The body is not valid JSON.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key twice")
    return result


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
