"""Reads the fields of a posted form (WHATWG urlencoded, RFC 7578 multipart), and the names of its files. No I/O.

A flat form is split at its boundary and nothing more: a general mail parser follows nested boundaries, and a
megabyte made of them keeps it busy for minutes before any signature is looked at.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

_FIELDS_MAX: Final = 500
_HEADER_BYTES_MAX: Final = 4096
_BOUNDARY: Final = re.compile(
    r';\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;,"]{1,70}))', re.IGNORECASE
)
_DISPOSITION: Final = re.compile(r"^content-disposition:\s*form-data\s*(;.*)$", re.IGNORECASE)
_NAME: Final = re.compile(r';\s*name="([^"]{0,200})"', re.IGNORECASE)
_FILE: Final = re.compile(r';\s*filename="([^"]{0,1000})"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """The first value of each field, and what the files are called, in their order. No text holds NUL."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()


def read_form(content_type: str, body: bytes) -> Form | None:
    """None for what is no form, or has more fields than anybody sends."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return _urlencoded(body)
    if kind == "multipart/form-data":
        found = _BOUNDARY.search(content_type)
        return None if found is None else _multipart(found[1] or found[2], body)
    return None


def _urlencoded(body: bytes) -> Form | None:
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"),
            keep_blank_values=True,
            max_num_fields=_FIELDS_MAX,
            encoding="utf-8",
            errors="replace",
        )
    except ValueError:
        return None
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields.setdefault(_clean(name), _clean(value))
    return Form(fields)


def _multipart(boundary: str, body: bytes) -> Form | None:
    try:
        mark = b"\r\n--" + boundary.encode("ascii")
    except UnicodeEncodeError:
        return None
    # The first boundary may be the very start of the body.
    pieces = (b"\r\n" + body).split(mark, _FIELDS_MAX + 2)[1:]
    if len(pieces) > _FIELDS_MAX + 1:
        return None
    fields: dict[str, str] = {}
    files: list[str] = []
    for piece in pieces:
        if piece.startswith(b"--"):
            return Form(fields, tuple(files))
        head, gap, content = piece.partition(b"\r\n\r\n")
        named = _described(head) if gap and len(head) <= _HEADER_BYTES_MAX else None
        if named is None:
            return None
        name, file = named
        if file is not None:
            files.append(file)
        else:
            fields.setdefault(name, _clean(content.decode("utf-8", "replace")))
    return None  # it ends before its end


def _described(head: bytes) -> tuple[str, str | None] | None:
    """A part's name, and its file's."""
    for line in _clean(head.decode("utf-8", "replace")).split("\r\n"):
        found = _DISPOSITION.match(line)
        name = _NAME.search(found[1]) if found else None
        if found and name:
            file = _FILE.search(found[1])
            return name[1], file[1] if file else None
    return None


def _clean(text: str) -> str:
    """Without NUL and lone surrogates, which no database keeps."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
