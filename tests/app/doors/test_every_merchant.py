"""Every door, called by another merchant: what is Acme's is to Rival as if it were not there, and stays as it was.

A door that is added, and takes the id of something, has to be named here or the first test fails.
"""

import re
from typing import Any, Final

import pytest

from app.application import ROUTERS
from app.evidence.doors import Door, doors
from tests.app.doors.town import DESK, NARROW, SOFTWARE, Town

UNKNOWN: Final = "01k9bbbbbbbbbbbbbbbbbbbbbb"
_CUSTOMER: Final = "cus_01k9cccccccccccccccccccccc"

# Stands for a user of who asks.
OWN_USER: Final = "usr_own"

# Doors whose words in the path name nothing of anybody's: a situation, a template of one's own.
_NO_IDS: Final = {"situation", "name", "channel", "locale", "code", "rest", "path"}
# A body that is right, so that what is refused is the id. Without one: no body.
BODIES: Final[dict[str, Any]] = {
    "PATCH /v1/canned-replies/{reply_id}": {"title": "Mine"},
    "POST /v1/conversations/{conversation_id}/assign": {"agent": OWN_USER},
    "POST /v1/conversations/{conversation_id}/hand-over": {"agent": OWN_USER},
    "POST /v1/conversations/{conversation_id}/messages": {"text": "Hello"},
    "POST /v1/conversations/{conversation_id}/read": {"message": "msg_01k9bbbbbbbbbbbbbbbbbbbbbb"},
    "POST /v1/conversations/{conversation_id}/transfer": {"team": "Billing"},
    "PATCH /v1/customers/{customer_id}": {"name": "Mine"},
    "POST /v1/customers/{customer_id}/consents": {"channel": "sms", "state": "stopped"},
    "POST /v1/customers/{customer_id}/merge": {"from": _CUSTOMER},
    "POST /v1/customers/{customer_id}/notes": {"text": "Mine"},
    "POST /v1/customers/{customer_id}/unmerge": {},
    "PATCH /v1/links/{link_id}": {"description": "Mine"},
    "POST /v1/links/{link_id}/assign": {"agent": OWN_USER},
    "POST /v1/links/{link_id}/messages": {"channel": "sms"},
    "POST /v1/links/{link_id}/reject": {"note": "No"},
    "POST /v1/links/{link_id}/whispers": {"text": "Psst"},
    "POST /v1/payments/{payment_id}/capture": {},
    "POST /v1/payments/{payment_id}/flags/{code}/clear": {},
    "POST /v1/payments/{payment_id}/refunds": {},
    "POST /v1/payments/{payment_id}/refunds/{refund_id}/approve": {},
    "POST /v1/payments/{payment_id}/refunds/{refund_id}/reject": {},
    "POST /v1/payments/{payment_id}/review": {"decision": "approve"},
    "PATCH /v1/roles/{role_id}": {"name": "Mine"},
    "PATCH /v1/users/{user_id}": {"name": "Mine"},
    "POST /v1/users/{user_id}/second-factor-resets": {"password": "correct horse 1"},
    "PATCH /v1/users/me/passkeys/{passkey_id}": {"name": "Mine"},
    "POST /v1/users/me/passkeys/{passkey_id}/removals": {"password": "correct horse 1"},
    "PATCH /v1/webhook-endpoints/{endpoint_id}": {"status": "disabled"},
    "POST /v1/webhook-endpoints/{endpoint_id}/replay": {"after": 0},
}


def parameters(door: Door) -> list[str]:
    return [name for name in re.findall(r"\{(\w+)", door.path) if name not in _NO_IDS]


DOORS: Final = [
    door
    for door in doors(ROUTERS)
    if door.path.startswith("/v1/") and parameters(door) and door.method != "WEBSOCKET"
]


def prefixed(known: str) -> str:
    """An id of the same kind that is nobody's."""
    return f"{known.partition('_')[0]}_{UNKNOWN}"


def filled(door: Door, ids: dict[str, str], *, unknown: bool) -> str:
    path = door.path.replace("{situation}", "stalled").replace("{code}", "mismatch")
    for name in parameters(door):
        path = path.replace("{" + name + "}", prefixed(ids[name]) if unknown else ids[name])
    return path


async def test_there_is_one_of_everything_for_its_own_people(town: Town) -> None:
    """Else the rest would show nothing."""
    reading = [door for door in DOORS if door.method == "GET"]
    for door in reading:
        path = filled(door, town.acme.ids, unknown=False)
        answer = await town.call(town.acme.callers["admin"], "GET", path)
        assert 200 == answer.status_code, (path, answer.text)


# Each with how many doors at least lead somebody like them to "there is nothing".
@pytest.mark.parametrize(
    ("caller", "least"),
    [
        ("admin", 40),
        ("supervisor", 35),
        ("agent", 15),
        ("auditor", 10),
        (SOFTWARE, 35),
        (DESK, 8),
        (NARROW, 3),
    ],
)
async def test_anothers_is_as_if_it_were_not_there_and_stays_as_it_was(
    town: Town, caller: str, least: int
) -> None:
    before = await town.rows_of(town.acme)
    by, wrong, refused = town.rival.callers[caller], [], 0
    for door in DOORS:
        body = BODIES.get(f"{door.method} {door.path}")
        if body is not None and OWN_USER in body.values():
            body = {"agent": town.rival.ids["user_id"]}
        theirs, nobodys = [
            await town.call(by, door.method, filled(door, town.acme.ids, unknown=unknown), body)
            for unknown in (False, True)
        ]
        said = [
            (answer.status_code, re.sub(r"[a-z]+_[0-9a-z]{26}", "ID", answer.text))
            for answer in (theirs, nobodys)
        ]
        refused += said[0][0] == 404
        # Who may call the door is told that there is nothing: the ids above are right in form.
        if said[0] != said[1] or said[0][0] not in {403, 404}:
            wrong.append((door.method, door.path, said))
    assert [] == wrong, wrong
    assert refused >= least
    assert before == await town.rows_of(town.acme)


@pytest.mark.parametrize("decision", ["approve", "reject"])
async def test_anothers_refund_under_ones_own_payment_is_as_unknown_as_nobodys(
    town: Town, decision: str
) -> None:
    own = f"/v1/payments/{town.rival.ids['payment_id']}/refunds"
    known = town.acme.ids["refund_id"]
    theirs, nobodys = [
        await town.call(town.rival.callers["admin"], "POST", f"{own}/{refund}/{decision}", {})
        for refund in (known, prefixed(known))
    ]
    assert (404, theirs.text) == (nobodys.status_code, nobodys.text)


NAMING: Final[dict[str, tuple[str, str]]] = {
    # What names something else in its body: the body's field, and whose id it takes.
    "POST /v1/links": ("customer", "customer_id"),
    "POST /v1/links?": ("supersedes", "link_id"),
    "POST /v1/links??": ("agent", "user_id"),
    "POST /v1/conversations": ("customer", "customer_id"),
    "POST /v1/interactions": ("customer", "customer_id"),
    "POST /v1/customers/{customer_id}/merge": ("from", "customer_id"),
    "POST /v1/links/{link_id}/assign": ("agent", "user_id"),
    "POST /v1/conversations/{conversation_id}/assign": ("agent", "user_id"),
    "POST /v1/conversations/{conversation_id}/transfer": ("agent", "user_id"),
    "POST /v1/conversations/{conversation_id}/messages": ("canned_reply", "reply_id"),
    "POST /v1/embed/tickets": ("user", "user_id"),
    "PATCH /v1/users/{user_id}": ("role", "role_id"),
    "POST /v1/page-baselines": ("account", "account"),
}
_BESIDE: Final[dict[str, dict[str, Any]]] = {
    "POST /v1/links": {"amount": 100, "currency": "GBP", "description": "Mine"},
    "POST /v1/conversations": {"channel": "sms", "text": "Hello"},
    "POST /v1/interactions": {
        "kind": "call",
        "direction": "inbound",
        "occurred_at": "2026-01-01T00:00:00Z",
    },
    "POST /v1/page-baselines": {"seen": "0" * 64},
}


@pytest.mark.parametrize("named", NAMING)
async def test_a_body_that_names_what_is_anothers_names_nothing(town: Town, named: str) -> None:
    field, kind = NAMING[named]
    method, _, path = named.rstrip("?").partition(" ")
    for name, own in town.rival.ids.items():
        path = path.replace("{" + name + "}", own)
    by = town.rival.callers[SOFTWARE if "embed" in path else "admin"]
    before = await town.rows_of(town.acme)
    known = town.acme.ids[kind]
    beside = _BESIDE.get(named.rstrip("?"), {})
    theirs, nobodys = [
        await town.call(by, method, path, {**beside, field: value})
        for value in (known, prefixed(known))
    ]
    assert theirs.status_code in {404, 409, 422}, theirs.text
    assert (theirs.status_code, theirs.text.replace(known, "ID")) == (
        nobodys.status_code,
        nobodys.text.replace(prefixed(known), "ID"),
    )
    assert before == await town.rows_of(town.acme)


@pytest.mark.parametrize("caller", ["admin", "agent", "auditor", SOFTWARE, DESK])
async def test_no_list_search_report_or_export_tells_of_another(town: Town, caller: str) -> None:
    """Asked for everything, and asked for what is Acme's by each filter that there is."""
    openapi = (await town.call({}, "GET", "/openapi.json")).json()
    marks = {*town.acme.ids.values(), town.acme.merchant.id, "Acme"}
    by = town.rival.callers[caller]
    asked = 0
    for path, methods in openapi["paths"].items():
        if "{" in path or "get" not in methods or not path.startswith("/v1/"):
            continue
        if path == "/v1/feed/sse":
            continue  # it goes on for ever: the feed's own tests look at what is in it
        filters = [each["name"] for each in methods["get"].get("parameters", [])]
        for query in ({}, *({name: mark} for name in filters for mark in _for(name, town))):
            town.client.cookies.clear()
            answer = await town.client.get(path, params=query, headers=by)
            asked += 1
            # What they searched the journal for is in it in their own words.
            told = re.sub(r'"(about|actor)":"[^"]*","of":"journal"', "", answer.text)
            found = [mark for mark in marks - set(query.values()) if mark in told]
            assert (answer.status_code < 500, []) == (True, found), (path, query)
    assert asked > 60


def _for(name: str, town: Town) -> list[str]:
    """What of Acme's could be asked for by a filter of this name."""
    ids = town.acme.ids
    by_name = {
        "link": [ids["link_id"]],
        "customer": [ids["customer_id"]],
        "payment": [ids["payment_id"]],
        "agent": [ids["user_id"]],
        "conversation": [ids["conversation_id"]],
        "account": [ids["account"]],
        "about": [ids["link_id"], ids["customer_id"], ids["user_id"]],
        "actor": [f"user:{ids['user_id']}"],
        "q": ["Acme", "Casey of Acme", "admin@acme.example"],
        "phone": ["+447700900123"],
        "email": ["admin@acme.example"],
    }
    return by_name.get(name, [])
