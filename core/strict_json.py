"""Reads JSON as RFC 8259 allows it and no further.

Refused: anything but UTF-8, a byte order mark, duplicate keys, NaN and infinities, numbers that no
double or 64-bit integer can hold, lone surrogates, NUL characters, nesting past the limit. Python's own
reader takes most of these, and each has been an attack somewhere.
"""

import json
import re
from typing import Any, Final

from core.errors import Kind, PaythreadError

DEPTH_MAX: Final = 32
_INTEGER_DIGITS_MAX: Final = 19
_INTEGER_LIMIT: Final = 2**63
# Deep nesting is found on the bytes, before the reader recurses; strings are skipped as a whole. The string is
# matched possessively and may lack its end: one that is never closed would else be read again from each of its
# quotes, which takes an hour for a megabyte.
_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{\]}]', re.DOTALL)
# A lone surrogate cannot be encoded, and NUL cannot be stored by every database.
_NO_TEXT: Final = re.compile("[\x00\ud800-\udfff]")


class MalformedJson(PaythreadError):
    """The body is no JSON that we take."""

    code = "malformed_json"
    kind = Kind.MALFORMED


class UnusableText(PaythreadError):
    """The JSON is well formed but holds text that no text is: a lone surrogate or NUL."""

    code = "unusable_text"


def parse(body: bytes) -> Any:
    """The value of a JSON text. Raises `MalformedJson` or `UnusableText`; neither repeats the input."""
    _check_depth(body)
    try:
        text = body.decode("utf-8", errors="strict")
        if text.startswith("\ufeff"):
            raise MalformedJson("The body starts with a byte order mark; send plain UTF-8.")
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_fraction,
            parse_int=_integer,
        )
    except UnicodeDecodeError:
        raise MalformedJson("The body is not valid UTF-8.") from None
    except (json.JSONDecodeError, RecursionError):
        raise MalformedJson("The body is not valid JSON.") from None
    _check_texts(value)
    return value


def _check_depth(body: bytes) -> None:
    depth = 0
    for match in _TOKEN.finditer(body):
        match match.group()[:1]:
            case b"[" | b"{":
                depth += 1
                if depth > DEPTH_MAX:
                    raise MalformedJson(f"The body nests deeper than {DEPTH_MAX} levels.")
            case b"]" | b"}":
                depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise MalformedJson("An object in the body has the same key twice.")
    return found


def _constant(_: str) -> Any:
    raise MalformedJson("NaN and infinities are no JSON numbers.")


def _fraction(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise MalformedJson("A number in the body is too large.")
    return number


def _integer(text: str) -> int:
    if len(text.lstrip("-")) > _INTEGER_DIGITS_MAX:
        raise MalformedJson("A number in the body is too large.")
    number = int(text)
    if not -_INTEGER_LIMIT <= number < _INTEGER_LIMIT:
        raise MalformedJson("A number in the body is too large.")
    return number


def _check_texts(value: Any) -> None:
    if isinstance(value, str):
        if _NO_TEXT.search(value) is not None:
            raise UnusableText("A text in the body holds a NUL character or a lone surrogate.")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_texts(key)
            _check_texts(item)
    elif isinstance(value, list):
        for item in value:
            _check_texts(item)
