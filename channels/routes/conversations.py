"""`/v1/conversations`: the threads, what was said in them, and writing in them."""

from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, model_validator

from channels import customer_search
from channels.canned_replies import fill_reply
from channels.catalogue import channel_of
from channels.conversation_access import get_visible
from channels.conversation_list import NOBODY, Filter, list_conversations
from channels.conversation_view import conversation_json, conversations_json, message_words
from channels.conversation_writing import start_thread, write_in_thread
from channels.conversations import get_conversation
from channels.customer_groups import group_of
from channels.message_store import messages_of_thread
from compliance.journal import Reader
from compliance.merchants import get_merchant
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body, Line, Words
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.database import Session
from core.errors import InvalidField
from core.ids import is_id

router = APIRouter(tags=["conversations"])

_SEARCHED_MAX = 200
_Id = Annotated[str, Field(min_length=1, max_length=40)]
_Limit = Annotated[int, Query(ge=1, le=200)]
_Cursor = Annotated[str | None, Query(max_length=64)]


class StartBody(Body):
    """The first words, or the next ones, to a customer or an address on a channel."""

    customer: _Id | None = None
    to: Annotated[str, Field(min_length=1, max_length=254)] | None = None
    channel: Annotated[str, Field(min_length=1, max_length=24)]
    text: Words
    subject: Line | None = None


class WriteBody(Body):
    """What to write: a text, or an answer that is kept ready. `after` is the newest message that was seen."""

    text: Words | None = None
    canned_reply: _Id | None = None
    subject: Line | None = None
    after: _Id | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.text is None) == (self.canned_reply is None):
            raise ValueError("give either text or canned_reply")
        return self


@router.get("/v1/conversations")
async def show_conversations(
    request: Request,
    status: Literal["open", "closed"] | None = None,
    agent: Annotated[str | None, Query(max_length=40, description="An id, `me` or `none`.")] = None,
    channel: Annotated[str | None, Query(max_length=24)] = None,
    customer: Annotated[str | None, Query(max_length=40)] = None,
    unread: Annotated[
        bool | None, Query(description="Only those with unread words, or none.")
    ] = None,
    q: Annotated[str | None, Query(max_length=254)] = None,
    limit: _Limit = 50,
    cursor: _Cursor = None,
    caller: Principal = allowed(Permission.CONVERSATIONS_READ),
) -> dict[str, Any]:
    """The threads with the newest words first. `q` finds by the customer: id, address, external_id, name."""
    gate = gate_of(request)
    if channel is not None:
        channel_of(channel, pointer="/channel")
    async with gate.database.snapshot() as session:
        wanted = Filter(
            status=status,
            agent=(caller.agent or NOBODY) if agent == "me" else agent,
            channel=channel,
            customers=await _customers(session, request, caller, q=q, customer=customer),
            unread=unread,
            cursor=cursor,
            limit=limit,
        )
        found, following = await list_conversations(session, caller, wanted)
        data = await conversations_json(session, gate.vault, found, now=gate.clock())
        position, _ = await Reader(gate.vault).head(session, caller.merchant)
    return {"data": data, "next_cursor": following, "as_of": position}


@router.post("/v1/conversations", status_code=201)
async def start(
    body: StartBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CONVERSATIONS_WRITE),
) -> Response:
    """Writes to a customer, in the thread that is there or in a new one; answers the conversation."""
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        now = gate.clock()
        message = await start_thread(
            session,
            gate.vault,
            merchant=caller.merchant,
            customer=body.customer,
            to=body.to,
            channel=body.channel,
            text=body.text,
            subject=body.subject,
            agent=caller.agent,
            actor=caller.actor,
            now=now,
        )
        thread = await get_conversation(
            session, merchant=caller.merchant, conversation=message.conversation
        )
        shown = await conversation_json(session, gate.vault, thread, now=now)
        return 201, {**shown, "message": message_words(message)}

    return await once.run(act, required=True)


@router.get("/v1/conversations/{conversation_id}")
async def show_conversation(
    conversation_id: str,
    request: Request,
    caller: Principal = allowed(Permission.CONVERSATIONS_READ),
) -> dict[str, Any]:
    """One thread."""
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        thread = await get_visible(session, Reader(gate.vault), caller, conversation_id)
        return await conversation_json(session, gate.vault, thread, now=gate.clock())


@router.get("/v1/conversations/{conversation_id}/messages")
async def show_messages(
    conversation_id: str,
    request: Request,
    limit: _Limit = 50,
    cursor: _Cursor = None,
    caller: Principal = allowed(Permission.CONVERSATIONS_READ),
) -> dict[str, Any]:
    """What was said in it by both, newest first."""
    gate = gate_of(request)
    if cursor is not None and not is_id(cursor, "msg"):
        raise InvalidField("/cursor", "This is no cursor that a list answered with.")
    reader = Reader(gate.vault)
    async with gate.database.snapshot() as session:
        thread = await get_visible(session, reader, caller, conversation_id)
        found = await messages_of_thread(
            session,
            gate.vault,
            merchant=caller.merchant,
            conversation=thread.id,
            before=cursor,
            limit=limit + 1,
        )
        position, _ = await reader.head(session, caller.merchant)
    return {
        "data": [message_words(message) for message in found[:limit]],
        "next_cursor": found[limit - 1].id if len(found) > limit else None,
        "as_of": position,
    }


@router.post("/v1/conversations/{conversation_id}/messages", status_code=201)
async def write(
    conversation_id: str,
    body: WriteBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CONVERSATIONS_WRITE),
) -> Response:
    """Answers the customer in the thread.

    409 once they said stop, the network's window has closed, or a colleague was faster.
    """
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        thread = await get_visible(session, Reader(gate.vault), caller, conversation_id)
        text = body.text
        if text is None:
            assert body.canned_reply is not None, "the body holds one of both"
            text = await fill_reply(session, gate.vault, thread, body.canned_reply, caller=caller)
        message = await write_in_thread(
            session,
            gate.vault,
            merchant=caller.merchant,
            conversation=thread.id,
            text=text,
            subject=body.subject,
            after=body.after,
            agent=caller.agent,
            actor=caller.actor,
            now=gate.clock(),
        )
        return 201, message_words(message)

    return await once.run(act, required=True)


async def _customers(
    session: Session, request: Request, caller: Principal, *, q: str | None, customer: str | None
) -> frozenset[str] | None:
    """Whom a search text names, and a customer with all who are merged into them; None where neither is given."""
    group = None
    if customer is not None:
        group = frozenset(await group_of(session, merchant=caller.merchant, customer=customer))
    if q is None:
        return group
    gate = gate_of(request)
    merchant = await get_merchant(session, caller.merchant)
    found = await customer_search.search(
        session, gate.vault, merchant=merchant, q=q, limit=_SEARCHED_MAX, now=gate.clock()
    )
    named = frozenset(one.id for one in found)
    return named if group is None else named & group
