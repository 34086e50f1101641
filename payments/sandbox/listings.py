"""How are objects listed, and what stands behind an id? Pages, newest first, and `expand[]`."""

import re
from collections.abc import Callable

from payments.sandbox.desk import Answer, Call
from payments.sandbox.errors import BadRequest, Json, NotFound
from payments.sandbox.ids import looks_like_id
from payments.sandbox.params import Params

LIMIT_MAX = 100
EXPAND_DEPTH_MAX = 4
_COMPARISONS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_FIELD = re.compile(r"[a-z_]{1,40}(?:\.[a-z_]{1,40})*\Z")

# Which fields of which kind can be asked for, beside paging and `created`.
_FILTERS: dict[str, tuple[str, ...]] = {
    "payment_intent": (),
    "checkout.session": ("payment_intent", "status"),
    "charge": ("payment_intent",),
    "refund": ("charge", "payment_intent"),
    "dispute": ("charge", "payment_intent"),
    "balance_transaction": ("source", "type", "currency"),
    "event": ("type",),
    "review": (),
    "webhook_endpoint": (),
    "radar.early_fraud_warning": ("charge", "payment_intent"),
}
KINDS = frozenset(_FILTERS)


def retrieve(kind: str) -> Callable[[Call, str, Params], Answer]:
    def operation(call: Call, object_id: str, params: Params) -> Answer:
        params.finish()
        found = call.store.get(kind, object_id)
        if found is None:
            named = f": '{object_id}'" if looks_like_id(object_id) else ""
            raise NotFound(f"No such {kind}{named}", code="resource_missing", param="id")
        return Answer(found)

    return operation


def listing(kind: str, url: str) -> Callable[[Call, Params], Answer]:
    def operation(call: Call, params: Params) -> Answer:
        limit = params.integer("limit", least=1, most=LIMIT_MAX) or 10
        where = {name: text for name in _FILTERS[kind] if (text := params.text(name)) is not None}
        created = _created(params)
        after, before = (
            _cursor(call, params, "starting_after"),
            _cursor(call, params, "ending_before"),
        )
        if after is not None and before is not None:
            raise BadRequest("Give starting_after or ending_before, not both.")
        types = params.texts("types")
        params.finish()
        if kind == "event" and types and "type" not in where:
            return _by_types(call, url, types, limit=limit, after=after, created=created)
        page = call.store.page(
            kind, limit=limit, where=where, created=created, after=after, before=before
        )
        return _answer(url, page.objects, page.has_more)

    return operation


def _answer(url: str, objects: list[Json], has_more: bool) -> Answer:
    return Answer({"object": "list", "data": objects, "has_more": has_more, "url": url})


def _by_types(
    call: Call,
    url: str,
    types: list[str],
    *,
    limit: int,
    after: str | None,
    created: dict[str, int],
) -> Answer:
    """Pages through all events and keeps those of the wanted types."""
    kept: list[Json] = []
    while True:
        page = call.store.page("event", limit=LIMIT_MAX, where={}, created=created, after=after)
        kept += [event for event in page.objects if event["type"] in types]
        if len(kept) > limit or not page.has_more:
            return _answer(url, kept[:limit], len(kept) > limit)
        after = page.objects[-1]["id"]


def _created(params: Params) -> dict[str, int]:
    try:
        group = params.group("created")
    except BadRequest:
        raise BadRequest("Give created as created[gte]=seconds.", param="created") from None
    if group is None:
        return {}
    found = {}
    for name, comparison in _COMPARISONS.items():
        moment = group.integer(name)
        if moment is not None:
            found[comparison] = moment
    return found


def _cursor(call: Call, params: Params, name: str) -> str | None:
    cursor = params.text(name, length_max=100)
    if cursor is not None and call.store.get(None, cursor) is None:
        raise NotFound("No such object.", code="resource_missing", param=name, status=400)
    return cursor


def expand(call: Call, body: Json, paths: list[str]) -> Json:
    """Puts the object in place of its id, for each path such as `latest_charge` or `data.charge`."""
    for path in paths:
        steps = path.split(".")
        if _FIELD.match(path) is None or len(steps) > EXPAND_DEPTH_MAX:
            raise BadRequest("This property cannot be expanded.", param="expand")
        _expand(call, body, steps, path)
    return body


def _expand(call: Call, holder: Json, steps: list[str], path: str) -> None:
    name, rest = steps[0], steps[1:]
    if name not in holder:
        raise BadRequest(f"This property cannot be expanded ({path}).", param="expand")
    value = holder[name]
    if isinstance(value, str):
        found = call.store.get(None, value) if looks_like_id(value) else None
        if found is None:
            raise BadRequest(f"This property cannot be expanded ({path}).", param="expand")
        holder[name] = value = found
    for inner in value if isinstance(value, list) else [value]:
        if rest and isinstance(inner, dict):
            _expand(call, inner, rest, path)
