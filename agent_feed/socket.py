"""The feed over WebSocket: who may open it is settled before the upgrade, the rest is the protocol's.

A browser sends cookies along with a WebSocket from any page, and no CSRF token can be asked for; so a cookie
counts only with the Origin of our own console (CWE-1385). Tickets and keys count by themselves. Neither
is in the URL, which servers log.
"""

import asyncio
from contextlib import suppress
from typing import Final

import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.responses import JSONResponse

from agent_feed import tickets
from agent_feed.actions import Close
from agent_feed.routes.house import hub_of
from agent_feed.subscriber import Subscriber
from agent_feed.wire import EXTENSION, Wire
from compliance.principal import NotAllowed, NotSignedIn, Principal
from compliance.roles import Permission
from compliance.routes.gate import COOKIE, authenticate, gate_of, origin_allowed
from core.errors import PaythreadError

SUBPROTOCOL: Final = "paythread.feed.v1"
_TICKET: Final = "ticket."
# How long a client that reads nothing is given to take the close frame.
_CLOSE_SECONDS: Final = 10

router = APIRouter()
log = structlog.get_logger()


@router.websocket("/v1/feed")
async def feed(websocket: WebSocket) -> None:
    """The live feed."""
    try:
        caller = await _admit(websocket)
    except PaythreadError as error:
        await _refuse(websocket, error)
        return
    offered = websocket.scope["subprotocols"]
    await websocket.accept(subprotocol=SUBPROTOCOL if SUBPROTOCOL in offered else None)
    wire = _wire(websocket)
    async with hub_of(websocket).open(caller, wire=wire) as subscriber:
        await _run(websocket, subscriber, wire)


async def _admit(websocket: WebSocket) -> Principal:
    gate = gate_of(websocket)
    ticket = _ticket(websocket)
    if "authorization" in websocket.headers:
        caller = await authenticate(websocket)
    elif ticket is not None:
        caller = await tickets.redeem(gate.database, gate.vault, ticket, now=gate.clock())
    elif COOKIE in websocket.cookies:
        if len(websocket.headers.getlist("origin")) != 1 or not origin_allowed(websocket):
            raise NotAllowed("The request came from another site.")
        caller = await authenticate(websocket)
    else:
        raise NotSignedIn("Send a key, a ticket or a session.")
    await gate.throttle.hit("api", caller.id)
    caller.require(Permission.EVENTS_READ)
    return caller


def _ticket(websocket: WebSocket) -> str | None:
    for name in websocket.scope["subprotocols"]:
        if name.startswith(_TICKET):
            return str(name[len(_TICKET) :])
    return None


async def _refuse(websocket: WebSocket, error: PaythreadError) -> None:
    status, problem = gate_of(websocket).problem(error)
    headers = {}
    if error.retry_after_seconds is not None:
        headers["Retry-After"] = str(error.retry_after_seconds)
    await websocket.send_denial_response(
        JSONResponse(
            problem, status_code=status, media_type="application/problem+json", headers=headers
        )
    )


async def _run(websocket: WebSocket, subscriber: Subscriber, wire: Wire) -> None:
    """Runs until the client is gone or the protocol ends the feed, whichever is first."""
    listening = asyncio.create_task(_listen(websocket, subscriber))
    listening.add_done_callback(lambda _: subscriber.leave())
    close = await subscriber.wait_closed()
    if close is not None and not listening.done():
        await _close(websocket, wire, close)
    listening.cancel()
    [result] = await asyncio.gather(listening, return_exceptions=True)
    if isinstance(result, Exception):
        log.warning("feed.socket_failed", error=type(result).__name__)


async def _listen(websocket: WebSocket, subscriber: Subscriber) -> None:
    while True:
        message = await websocket.receive()
        if message["type"] != "websocket.receive":
            return
        text = message.get("text")
        if text is None:
            subscriber.hear_bytes()
        else:
            subscriber.hear(text)


async def _close(websocket: WebSocket, wire: Wire, close: Close) -> None:
    # Nobody is there to be told when the client has left in the meantime.
    with suppress(WebSocketDisconnect, RuntimeError):
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await websocket.close(int(close.code), close.reason)
        except TimeoutError:
            wire.abort()


def _wire(websocket: WebSocket) -> Wire:
    wire: Wire = websocket.scope["extensions"][EXTENSION]["wire"]
    return wire
