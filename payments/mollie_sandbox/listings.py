"""How are objects listed? Newest first, from an id onwards, with links to the pages on both sides.

https://docs.mollie.com/reference/pagination
"""

from collections.abc import Callable
from urllib.parse import urlencode

from payments.mollie_sandbox.refusal import Refusal
from payments.mollie_sandbox.shapes import documentation, link
from payments.sandbox.desk import Call
from payments.sandbox.errors import Json

LIMIT_MAX, LIMIT_USUAL = 250, 50


def listing(
    call: Call,
    kind: str,
    name: str,
    path: str,
    query: dict[str, str],
    *,
    shape: Callable[[Call, Json], Json],
    where: dict[str, str] | None = None,
) -> Json:
    limit = _limit(query.get("limit"))
    start = query.get("from")
    if start is not None and call.store.get(kind, start) is None:
        raise Refusal(400, "The from is invalid.", "from")
    found = call.store.page(kind, limit=limit + 1, where=where or {}, created={}, after=start)
    objects = found.objects
    if start is not None:
        first = call.store.get(kind, start)
        objects = [*([first] if first is not None else []), *objects]
    shown, more = objects[:limit], objects[limit:]
    following = urlencode({"from": more[0]["id"], "limit": limit}) if more else None
    return {
        "count": len(shown),
        "_embedded": {name: [shape(call, each) for each in shown]},
        "_links": {
            "self": link(call, path),
            "previous": None,
            "next": link(call, f"{path}?{following}") if following else None,
            "documentation": documentation("pagination"),
        },
    }


def _limit(text: str | None) -> int:
    if text is None:
        return LIMIT_USUAL
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= LIMIT_MAX:
        raise Refusal(400, "The limit is invalid.", "limit")
    return int(text)
