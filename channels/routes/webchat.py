"""`/chat/{account}/…`: the web chat of our own, for browsers on the merchant's pages.

No cookies: whoever holds a visitor's token is the visitor. Who may call at all is `webchat_admission`'s matter.
"""

import asyncio
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from channels.inbound import record_inbound
from channels.port import Inbound
from channels.routes.webchat_admission import (
    ChatBodyInvalid,
    ChatRoute,
    account_of,
    provider_of,
)
from channels.states import DeliveryState
from channels.visitors import Visitor, keep_seen, new_visitor, visitor_of
from channels.webchat.claimed_phone import claim_phone
from channels.webchat.desk import ChatDesk
from channels.webchat.thread import (
    News,
    message_called,
    news_of,
    provider_id_of,
    report,
    thread_of,
    undelivered,
)
from compliance.routes.bodies import Body, ClientId, Text
from compliance.routes.gate import client_network, gate_of
from core.ids import is_id

_SCRIPT_CACHE: Final = "public, max-age=300"
_PREFLIGHT_SECONDS: Final = "600"


router = APIRouter(
    prefix="/chat/{account_id}", include_in_schema=False, route_class=ChatRoute, tags=["web chat"]
)


class MessageBody(BaseModel):
    """What a visitor writes. Card numbers are masked where it is stored, so that they are told of there."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)
    # Made by the browser: a repetition is recognised by it.
    id: ClientId
    text: Text


class ReadBody(Body):
    """Up to which message the visitor has been shown the thread, or has read it."""

    to: Annotated[str, Field(max_length=40)]
    state: Literal["delivered", "read"] = "read"


class PhoneBody(Body):
    """Where the conversation may go on."""

    phone: Annotated[str, Field(min_length=3, max_length=40)]


@router.get("")
async def describe(request: Request) -> dict[str, Any]:
    """What the widget shows before anybody has written."""
    config = provider_of(request).config
    return {
        "name": config.sender,
        "greeting": config.greeting,
        "pay_origin": _desk(request).pay_origin,
    }


@router.get("/widget.js")
async def widget(request: Request) -> Response:
    """The whole widget, for a script tag of any page; it shows itself on those that are allowed."""
    found = _desk(request).widget
    headers = {
        "Cache-Control": _SCRIPT_CACHE,
        "ETag": found.etag,
        "Vary": "Accept-Encoding",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if request.headers.get("if-none-match") == found.etag:
        return Response(status_code=304, headers=headers)
    body = found.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = found.compressed
    return Response(body, media_type="text/javascript; charset=utf-8", headers=headers)


@router.options("")
@router.options("/{rest:path}")
async def preflight(rest: str = "") -> Response:
    """What a browser asks first: JSON and a token are no simple request."""
    del rest
    return Response(
        status_code=204,
        headers={
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Max-Age": _PREFLIGHT_SECONDS,
        },
    )


@router.post("/visitors", status_code=201)
async def come_in(request: Request) -> dict[str, Any]:
    """A new visitor. The token is told once."""
    gate = gate_of(request)
    await gate.throttle.hit("chat_visitor", client_network(request))
    async with gate.database.transaction() as session:
        visitor, token = await new_visitor(
            session, gate.vault, account_of(request), now=gate.clock()
        )
    return {"visitor": visitor.id, "token": token}


@router.post("/messages")
async def write(body: MessageBody, request: Request) -> dict[str, Any]:
    """Keeps what the visitor wrote, once however often it comes."""
    gate, account = gate_of(request), account_of(request)
    visitor = await _visitor(request)
    await gate.throttle.hit("chat_message", visitor.id)
    inbound = Inbound(
        provider_id=provider_id_of(visitor, body.id),
        sender=visitor.id,
        recipient=provider_of(request).config.sender,
        text=body.text,
    )
    now = gate.clock()
    async with gate.database.transaction() as session:
        await thread_of(session, gate.vault, visitor, now=now)
        await record_inbound(session, gate.vault, account, inbound, now=now)
        await keep_seen(session, visitor, now=now)
        message = await message_called(session, visitor, body.id)
    return {"id": message, "client_id": body.id}


@router.get("/messages")
async def follow(
    request: Request,
    after: Annotated[str | None, Query(max_length=60)] = None,
    wait: Annotated[int, Query(ge=0, le=60)] = 0,
) -> dict[str, Any]:
    """What is new in the visitor's thread; waits for it up to so many seconds. Changes nothing."""
    desk, visitor = _desk(request), await _visitor(request)
    loop = asyncio.get_running_loop()
    deadline = loop.time() + min(wait, desk.wait_seconds_max)
    news = await _news(request, visitor, after)
    waits = True
    if not news.messages and wait:
        async with desk.waiting(news.conversation) as place:
            waits = place is not None
            while place is not None:
                # Once more: it may have come before there was somebody to wake.
                news = await _news(request, visitor, after)
                left = deadline - loop.time()
                if news.messages or place.cut or left <= 0 or await request.is_disconnected():
                    break
                await place.nap(min(left, desk.look_seconds))
    return {
        "data": news.messages,
        "cursor": news.cursor,
        "whole": news.whole,
        # Whether to ask again at once, or after a while.
        "waits": waits,
    }


@router.post("/read", status_code=204)
async def confirm(body: ReadBody, request: Request) -> Response:
    """What has been shown or read: the receipts of this channel."""
    gate, visitor = gate_of(request), await _visitor(request)
    if not is_id(body.to, "msg"):
        raise ChatBodyInvalid("This is no message of this thread.")
    fact, now = DeliveryState(body.state), gate.clock()
    async with gate.database.snapshot() as session:
        thread = await thread_of(session, gate.vault, visitor, now=now)
        found = [] if thread is None else await undelivered(session, thread, to=body.to, fact=fact)
    for account, delivery in reversed(found):
        # Each in a transaction of its own: a receipt locks its link, and links come before addresses.
        async with gate.database.transaction() as session:
            await report(
                session, gate.vault, account=account, delivery=delivery, fact=fact, now=now
            )
    read_to = body.to if fact is DeliveryState.READ else None
    async with gate.database.transaction() as session:
        await keep_seen(session, visitor, read_to=read_to, now=now)
    return Response(status_code=204)


@router.post("/phone", status_code=204)
async def leave_phone(body: PhoneBody, request: Request) -> Response:
    """A number to go on at when the chat is cut. The answer is the same whoever's it is."""
    gate, visitor = gate_of(request), await _visitor(request)
    await gate.throttle.hit("chat_phone", visitor.id)
    async with gate.database.transaction() as session:
        await claim_phone(session, gate.vault, visitor, phone=body.phone, now=gate.clock())
    return Response(status_code=204)


async def _visitor(request: Request) -> Visitor:
    """Who calls. Raises `VisitorUnknown`."""
    gate = gate_of(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    async with gate.database.snapshot() as session:
        return await visitor_of(
            session,
            gate.vault,
            account_of(request),
            token.strip() if scheme.lower() == "bearer" else None,
            now=gate.clock(),
        )


async def _news(request: Request, visitor: Visitor, after: str | None) -> News:
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        return await news_of(
            session,
            gate.vault,
            visitor,
            after=after,
            pay_origin=_desk(request).pay_origin,
            now=gate.clock(),
        )


def _desk(request: Request) -> ChatDesk:
    desk: ChatDesk = request.app.state.chat_desk
    return desk
