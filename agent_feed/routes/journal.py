"""The journal as evidence, searched or exported with a signature: for supervisors, admins and auditors."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from agent_feed.listing import read_types
from agent_feed.routes.house import Cursor, Limit, Types, hub_of
from compliance.journal import Event, record
from compliance.journal.anchors import last_anchor
from compliance.journal.export import export, public_text, signing_key, stretch
from compliance.journal.search import OBJECT_COLUMNS, Search, search
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Moment
from compliance.routes.gate import allowed, client_address, gate_of
from core.clock import rfc3339
from core.database import Session
from core.errors import InvalidField
from core.ids import is_id

router = APIRouter(tags=["events"])

# How the journal names who acted, by the kind of id: people, keys, the PSP's and the providers' accounts.
_ACTORS: Final = {"usr": "user", "key": "key", "gwa": "psp", "cha": "channel"}
NDJSON: Final = "application/x-ndjson"
_NAMELESS: Final = frozenset({"customer", "system"})


@router.get("/v1/journal")
async def search_journal(
    request: Request,
    caller: Principal = allowed(Permission.EVENTS_READ_PRIVILEGED),
    *,
    since: Annotated[Moment | None, Query(alias="from")] = None,
    until: Annotated[Moment | None, Query(alias="to")] = None,
    types: Types = None,
    actor: Annotated[
        str | None,
        Query(max_length=40, description="Who: a `usr_` or `key_` id, `customer` or `system`."),
    ] = None,
    about: Annotated[
        str | None,
        Query(
            max_length=40,
            description="To what: the id of a link, payment, attempt, customer, conversation or user.",
        ),
    ] = None,
    origin: Annotated[
        str | None, Query(max_length=64, description="From which address, exactly as it is shown.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Who did what to which object, when and from where, newest first: the event with `origin` and its hashes.

    `from` is the first moment, `to` the first one after. A page may be short, or empty, though there is more: it was
    looked back to `looked_back_to`, and `next_cursor` goes on from there. That the journal was read is written into it
    (PCI DSS 10.2.1.3).
    """
    wanted = Search(
        merchant=caller.merchant,
        since=since,
        until=until,
        types=read_types(types),
        actor=None if actor is None else _actor(actor),
        column=None if about is None else _column(about),
        object=about,
        origin=origin or None,
        before=cursor,
        limit=limit,
    )
    gate, reader = gate_of(request), hub_of(request).reader
    async with gate.database.snapshot() as session:
        head, _ = await reader.head(session, caller.merchant)
        found = await search(session, reader, wanted)
    looked_for = {"types": types, "actor": wanted.actor, "about": about}
    async with gate.database.transaction() as session:
        _tell(session, request, caller, **looked_for)
    back_to = found.looked_back_to
    return {
        "data": list(found.entries),
        "next_cursor": None if found.next_position is None else str(found.next_position),
        "looked_back_to": None if back_to is None else rfc3339(back_to),
        "as_of": head,
    }


@router.get(
    "/v1/journal/export",
    response_class=StreamingResponse,
    responses={200: {"content": {NDJSON: {"schema": {"type": "string"}}}}},
)
async def export_journal(
    request: Request,
    caller: Principal = allowed(Permission.EVENTS_READ_PRIVILEGED),
    *,
    since: Annotated[Moment | None, Query(alias="from")] = None,
    until: Annotated[Moment | None, Query(alias="to")] = None,
) -> Response:
    """Every entry that was written from `from` on and before `to`, as JSON lines with an Ed25519 signature.

    The first line has the public key; compare it with that of `GET /v1/journal/proof`. `paythread journal check`
    checks a file. That it was made is written into the journal, and is its last entry where `to` is not given.
    """
    gate, reader = gate_of(request), hub_of(request).reader
    now = gate.clock()
    days = {"from": since, "to": until}
    async with gate.database.transaction() as session:
        told = {name: None if each is None else rfc3339(each) for name, each in days.items()}
        _tell(session, request, caller, signed=True, **told)
    async with gate.database.snapshot() as session:
        key = await signing_key(session, gate.vault, caller.merchant, now=now)
        what = await stretch(session, caller.merchant, since=since, until=until)
    return StreamingResponse(
        export(gate.database, reader, key, what, by=caller.actor, now=now),
        media_type=NDJSON,
        headers={"Content-Disposition": 'attachment; filename="journal.jsonl"'},
    )


@router.get("/v1/journal/proof")
async def show_proof(
    request: Request, caller: Principal = allowed(Permission.EVENTS_READ_PRIVILEGED)
) -> dict[str, Any]:
    """The public key that exports are signed with (base64), and up to where the journal is anchored; null: nowhere."""
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        key = await signing_key(session, gate.vault, caller.merchant, now=gate.clock())
        anchor = await last_anchor(session, caller.merchant)
    return {
        "public_key": public_text(key),
        "anchored": None
        if anchor is None
        else {"position": anchor.position, "hash": anchor.hash, "taken_at": anchor.taken_at},
    }


def _tell(session: Session, request: Request, caller: Principal, **looked_for: Any) -> None:
    """Reading the journal is a fact of it."""
    record(
        session,
        Event(
            type="export.created",
            merchant=caller.merchant,
            occurred_at=gate_of(request).clock(),
            actor=caller.actor,
            agent=caller.agent,
            origin=client_address(request),
            data={"of": "journal", **{k: v for k, v in looked_for.items() if v is not None}},
        ),
    )


def _actor(text: str) -> str:
    """How the journal names them; a name that is written in full already stays."""
    if text in _NAMELESS:
        return text
    kind, _, rest = text.partition(":")
    plain = rest or kind
    prefix = plain.partition("_")[0]
    named = _ACTORS.get(prefix)
    if named is None or not is_id(plain, prefix) or (rest and kind != named):
        raise InvalidField("/actor", "Send the id of a user or key, `customer` or `system`.")
    return f"{named}:{plain}"


def _column(text: str) -> str:
    prefix = text.partition("_")[0]
    if prefix not in OBJECT_COLUMNS or not is_id(text, prefix):
        raise InvalidField(
            "/about", "Send the id of a link, payment, attempt, customer, conversation or user."
        )
    return OBJECT_COLUMNS[prefix]
