"""`/v1/canned-replies`: answers that are kept ready. Supervisors and admins write them, agents use them."""

from typing import Annotated, Any, Self

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, StringConstraints, model_validator

from channels.canned_replies import (
    LANGUAGES_MAX,
    change_reply,
    create_reply,
    delete_reply,
    fill_reply,
    get_reply,
    list_replies,
)
from channels.conversation_access import get_visible
from compliance.journal import Reader
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body, Line, Text
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.database import Session

router = APIRouter(tags=["conversations"])

_Title = Annotated[Line, Field(max_length=80)]
_Language = Annotated[str, StringConstraints(min_length=2, max_length=16)]
_Texts = Annotated[dict[_Language, Text], Field(min_length=1, max_length=LANGUAGES_MAX)]


class ReplyBody(Body):
    """A new one: a text in at least one language."""

    title: _Title
    texts: _Texts


class ReplyChange(Body):
    """What is to change; `texts` replaces all of them."""

    title: _Title | None = None
    texts: _Texts | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.title is None and self.texts is None:
            raise ValueError("name at least one of title, texts")
        return self


@router.get("/v1/canned-replies")
async def show_replies(
    request: Request,
    conversation: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
    caller: Principal = allowed(Permission.CONVERSATIONS_READ),
) -> dict[str, Any]:
    """All of them. With a `conversation`, each says in `text` what its customer would read."""
    gate = gate_of(request)
    reader = Reader(gate.vault)
    async with gate.database.snapshot() as session:
        found, following = await list_replies(
            session, merchant=caller.merchant, limit=limit, cursor=cursor
        )
        data = [reply.as_json() for reply in found]
        if conversation is not None:
            thread = await get_visible(session, reader, caller, conversation)
            for shown in data:
                shown["text"] = await fill_reply(
                    session, gate.vault, thread, shown["id"], caller=caller
                )
        position, _ = await reader.head(session, caller.merchant)
    return {"data": data, "next_cursor": following, "as_of": position}


@router.post("/v1/canned-replies", status_code=201)
async def make_reply(
    body: ReplyBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CANNED_REPLIES_WRITE),
) -> Response:
    """A new one. 409 when its title is taken."""
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        made = await create_reply(
            session, caller=caller, title=body.title, texts=body.texts, now=gate.clock()
        )
        return 201, made.as_json()

    return await once.run(act)


@router.get("/v1/canned-replies/{reply_id}")
async def show_reply(
    reply_id: str, request: Request, caller: Principal = allowed(Permission.CONVERSATIONS_READ)
) -> dict[str, Any]:
    """One of them."""
    async with gate_of(request).database.snapshot() as session:
        found = await get_reply(session, merchant=caller.merchant, reply=reply_id)
    return found.as_json()


@router.patch("/v1/canned-replies/{reply_id}")
async def amend_reply(
    reply_id: str,
    body: ReplyChange,
    request: Request,
    caller: Principal = allowed(Permission.CANNED_REPLIES_WRITE),
) -> dict[str, Any]:
    """Another title, other texts, or both."""
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        changed = await change_reply(
            session,
            caller=caller,
            reply=reply_id,
            title=body.title,
            texts=body.texts,
            now=gate.clock(),
        )
    return changed.as_json()


@router.delete("/v1/canned-replies/{reply_id}", status_code=204)
async def remove_reply(
    reply_id: str,
    request: Request,
    caller: Principal = allowed(Permission.CANNED_REPLIES_WRITE),
) -> Response:
    """Gone; what was sent with it stays."""
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        await delete_reply(session, caller=caller, reply=reply_id, now=gate.clock())
    return Response(status_code=204)
