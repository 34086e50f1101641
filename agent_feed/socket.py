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
    async with hub_of(websocket).open(caller) as subscriber:
        await _run(websocket, subscriber)


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


async def _run(websocket: WebSocket, subscriber: Subscriber) -> None:
    """Runs until the client is gone or the protocol ends the feed, whichever is first."""
    tasks: list[asyncio.Task[object]] = [
        asyncio.create_task(_listen(websocket, subscriber)),
        asyncio.create_task(_write(websocket, subscriber)),
        asyncio.create_task(subscriber.wait_closed()),
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            log.warning("feed.socket_failed", error=type(result).__name__)
    if subscriber.closed is not None:
        await _close(websocket, subscriber.closed)


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


async def _write(websocket: WebSocket, subscriber: Subscriber) -> None:
    with suppress(WebSocketDisconnect):
        while frames := await subscriber.outgoing():
            for _, text in frames:
                await websocket.send_text(text)


async def _close(websocket: WebSocket, close: Close) -> None:
    # Nobody is there to be told when the client has left in the meantime.
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
        async with asyncio.timeout(_CLOSE_SECONDS):
            await websocket.close(int(close.code), close.reason)
