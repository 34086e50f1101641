"""How does `a[b][0]=c` become nested data? Stripe's form encoding, read strictly and within bounds."""

import re
from typing import Any
from urllib.parse import unquote_plus

from payments.sandbox.errors import BadRequest

FIELDS_MAX = 1000
DEPTH_MAX = 8
_KEY = re.compile(r"[^\[\]]+(?:\[[^\[\]]*\])*\Z")
_PART = re.compile(r"\[([^\[\]]*)\]")


def parse_form(encoded: str) -> dict[str, Any]:
    """Text leaves in dicts and lists. Raises BadRequest for anything odd: no NUL, no bad UTF-8,
    no key twice, no key that is both a leaf and a branch."""
    root: dict[str, Any] = {}
    for key, value in parse_pairs(encoded):
        if _KEY.match(key) is None:
            raise BadRequest("A parameter name is malformed.")
        first, *rest = [key.partition("[")[0], *_PART.findall(key)]
        if len(rest) >= DEPTH_MAX:
            raise BadRequest("A parameter is nested too deeply.")
        _put(root, first, rest, value)
    return {name: _with_lists(branch) for name, branch in root.items()}


def parse_pairs(encoded: str) -> list[tuple[str, str]]:
    """Splits `k=v&k2=v2`, percent-decoded."""
    pieces = [piece for piece in encoded.split("&") if piece]
    if len(pieces) > FIELDS_MAX:
        raise BadRequest("The request has too many parameters.")
    pairs = []
    for piece in pieces:
        key, _, value = piece.partition("=")
        try:
            pair = unquote_plus(key, errors="strict"), unquote_plus(value, errors="strict")
        except UnicodeDecodeError:
            raise BadRequest("The request is not valid UTF-8.") from None
        if "\x00" in pair[0] or "\x00" in pair[1]:
            raise BadRequest("The request contains a NUL character.")
        pairs.append(pair)
    return pairs


def _put(branch: dict[str, Any], name: str, rest: list[str], value: str) -> None:
    for following in rest:
        if name == "":
            name = str(len(branch))
        inner = branch.setdefault(name, {})
        if not isinstance(inner, dict):
            raise BadRequest("A parameter is given both as a value and as a group.")
        branch, name = inner, following
    if name == "":
        name = str(len(branch))
    if name in branch:
        raise BadRequest("A parameter is given twice.")
    branch[name] = value


def _with_lists(branch: Any) -> Any:
    """Groups keyed 0, 1, 2 … are lists."""
    if not isinstance(branch, dict):
        return branch
    inner = {name: _with_lists(value) for name, value in branch.items()}
    if inner and all(name == str(index) for index, name in enumerate(inner)):
        return list(inner.values())
    return inner
