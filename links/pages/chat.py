"""What the page asks and says beside the payment: how things stand, as soon as they change; the chat; more time.

Reading changes nothing, and may wait. What is posted carries the page's nonce, like every report.
"""

import asyncio
import hashlib
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from compliance.routes.bodies import ClientId, Text
from compliance.routes.gate import client_network, gate_of
from core.clock import rfc3339
from core.database.schema import canonical_json
from links import page_chat
from links.customer_asks import ask_renewal, ending, extend
from links.links import link_by_token
from links.page_chat import ChatNews
from links.pages.desk import WAIT_SECONDS_MAX
from links.pages.page import locale_of, pay_desk
from links.pages.reports import PageBody, PageId, page_link, payer_of
from links.pay.texts import later_texts

router = APIRouter(tags=["pay page"])

_WORDS_CACHE = "public, max-age=3600"


class ChatBody(BaseModel):
    """What the customer writes. Card numbers are masked where it is stored, so that they are told of there."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)
    page: PageId
    # Made by the page: a repetition is recognised by it.
    id: ClientId
    text: Text


@router.get("/p/{token}/state")
async def state(
    token: str,
    request: Request,
    wait: Annotated[int, Query(ge=0, le=60)] = 0,
    seen: Annotated[str | None, Query(max_length=40)] = None,
    chat: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, Any]:
    """The state of the link as the database has it, and what is new in the tab's chat after the cursor `chat`.

    Waits up to so many seconds for something else than the state `seen`, which an earlier answer named.
    """
    desk, gate = pay_desk(request), gate_of(request)
    await gate.throttle.hit("pay_page", client_network(request))
    loop = asyncio.get_running_loop()
    deadline = loop.time() + min(wait, WAIT_SECONDS_MAX)
    link, answer, news = await _look(request, token, chat)
    waits = True
    if wait and answer["seen"] == seen and not news.messages:
        async with desk.room.place(link, news.conversation) as place:
            waits = place is not None
            while place is not None:
                # Once more: it may have changed before there was somebody to wake.
                _, answer, news = await _look(request, token, chat)
                left = deadline - loop.time()
                changed = answer["seen"] != seen or bool(news.messages)
                if changed or place.cut or left <= 0 or await request.is_disconnected():
                    break
                await place.nap(min(left, desk.room.look_seconds))
    # `waits`: whether to ask again at once, or after a while.
    return {**answer, "waits": waits}


@router.post("/p/{token}/chat")
async def write(token: str, body: ChatBody, request: Request) -> dict[str, Any]:
    """Keeps what the customer wrote, once however often it comes; for the tab whose key comes in a header."""
    gate = gate_of(request)
    link = await page_link(request, token, body.page, request.headers.get("x-page-nonce"))
    key = chat_key(request) or ""
    await gate.throttle.hit("chat_visitor", client_network(request))
    await gate.throttle.hit("page_chat", link.id)
    async with gate.database.transaction() as session:
        message = await page_chat.write(
            session,
            gate.vault,
            link,
            key=key,
            client_id=body.id,
            text=body.text,
            now=gate.clock(),
        )
    return {"id": message, "client_id": body.id}


@router.post("/p/{token}/more-time")
async def more_time(token: str, body: PageBody, request: Request) -> dict[str, Any]:
    """Puts the end of the link off by a fixed time. 409 where that is not allowed (any more)."""
    gate = gate_of(request)
    link = await page_link(request, token, body.page, request.headers.get("x-page-nonce"))
    await gate.throttle.hit("page_ask", link.id)
    now = gate.clock()
    async with gate.database.transaction() as session:
        link = await extend(session, link, now=now)
        return {
            "ending": await ending(session, link, now=now),
            "expires_at": rfc3339(link.expires_at),
        }


@router.post("/p/{token}/renewal", status_code=204)
async def renewal(token: str, body: PageBody, request: Request) -> Response:
    """Tells the agent that the customer wants a new link. 409 while this one works, or nothing is due."""
    gate = gate_of(request)
    link = await page_link(request, token, body.page, request.headers.get("x-page-nonce"))
    await gate.throttle.hit("page_ask", link.id)
    async with gate.database.transaction() as session:
        await ask_renewal(session, link, now=gate.clock())
    return Response(status_code=204)


@router.get("/p/assets/words/{part}", include_in_schema=False)
async def words(
    part: str, response: Response, lang: Annotated[str, Query(max_length=16)] = "en"
) -> dict[str, str]:
    """The words of a part of the page that few customers need, and that is loaded when it is asked for."""
    response.headers["Cache-Control"] = _WORDS_CACHE
    return later_texts(lang, part)


def chat_key(request: Request) -> str | None:
    """The key that the page made up for its tab. In a header, because addresses are logged."""
    return request.headers.get("x-chat-key")


async def _look(
    request: Request, token: str, after: str | None
) -> tuple[str, dict[str, Any], ChatNews]:
    """The link's id, what is answered, and what is new in the chat."""
    desk, gate = pay_desk(request), gate_of(request)
    now: datetime = gate.clock()
    async with gate.database.snapshot() as session:
        link = await link_by_token(session, desk.tokens.lookup_hash(token))
        found = await desk.state(session, link, payer_of(request), locale_of(request, link), now)
        news = await page_chat.news(
            session,
            gate.vault,
            link,
            key=chat_key(request),
            after=after,
            pay_origin=desk.sending.showing.pay_url,
            now=now,
        )
    # The seconds that are left change all the time, and are no news.
    fixed = {**found, "ending": found["ending"] and found["ending"]["expires_at"]}
    tag = hashlib.sha256(canonical_json(fixed).encode()).hexdigest()[:16]
    return link.id, {**found, "seen": tag, "chat": news.as_json()}, news
