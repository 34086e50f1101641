"""Tickets for the feed, and the feed as Server-Sent Events (WHATWG HTML, section 9.2)."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from agent_feed import tickets
from agent_feed.access import TopicNotAllowed
from agent_feed.actions import CloseCode
from agent_feed.frames import EPOCH_LENGTH_MAX, Frame, Heartbeat, Subscribe
from agent_feed.hub import Hub
from agent_feed.routes.house import POSITION_MAX, hub_of
from agent_feed.subscriber import Subscriber
from agent_feed.topics import Topic, read_topics
from compliance.principal import NotAllowed, Principal
from compliance.roles import Permission
from compliance.routes.gate import COOKIE, allowed, authenticate, gate_of, origin_allowed
from compliance.routes.once import OnceOnly
from core.database import Session
from core.errors import InvalidField

router = APIRouter(tags=["feed"])

_RETRY_MILLISECONDS: Final = 1000
_POSITION_DIGITS_MAX: Final = 18


@router.post("/v1/feed/tickets", status_code=201)
async def issue_ticket(
    request: Request, once: OnceOnly, caller: Principal = allowed(Permission.EVENTS_READ)
) -> Response:
    """A ticket that opens the feed once within 30 seconds, as the subprotocol `ticket.<ticket>`."""

    async def act(session: Session) -> tuple[int, Any]:
        ticket = await tickets.issue(session, caller, now=gate_of(request).clock())
        return 201, {"ticket": ticket, "expires_in": int(tickets.LIFE.total_seconds())}

    return await once.run(act)


@router.get("/v1/feed/sse", response_class=StreamingResponse)
async def stream_events(
    request: Request,
    *,
    topics: Annotated[
        str | None,
        Query(max_length=4000, description="Topics, separated by commas; by default `team`."),
    ] = None,
    after: Annotated[int | None, Query(ge=0, le=POSITION_MAX)] = None,
    epoch: Annotated[str | None, Query(min_length=1, max_length=EPOCH_LENGTH_MAX)] = None,
) -> Response:
    """The feed's frames as messages, each with the position to resume after as its id.

    `Last-Event-ID` resumes, and so does `after`. Heartbeats are comments that carry an id. To be told who else looks
    at a link takes the WebSocket, by which a client can say that it does.
    """
    caller = await _admit(request)
    last = request.headers.get("last-event-id")
    subscription = Subscribe(
        after=_position(last) if last is not None else after,
        topics=_topics(topics),
        epoch=epoch,
    )
    hub = hub_of(request)
    subscriber = hub.enter(caller, acknowledges=False)
    try:
        subscriber.subscribe(subscription)
        first = await subscriber.outgoing()
        if subscriber.closed is not None and subscriber.closed.code is CloseCode.TOPIC_NOT_ALLOWED:
            raise TopicNotAllowed("You may not subscribe to one of these topics.")
    except BaseException:
        hub.leave(subscriber)
        raise
    return _EventStream(hub, subscriber, first)


class _EventStream(StreamingResponse):
    """The stream of one subscriber, who leaves the hub when it ends, however it ends."""

    def __init__(
        self, hub: Hub, subscriber: Subscriber, first: Sequence[tuple[Frame, str]]
    ) -> None:
        super().__init__(
            _messages(subscriber, first),
            media_type="text/event-stream",
            # A proxy that gathers the answer before passing it on would hold back the feed.
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        self._hub = hub
        self._subscriber = subscriber

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._hub.leave(self._subscriber)


async def _messages(
    subscriber: Subscriber, first: Sequence[tuple[Frame, str]]
) -> AsyncIterator[str]:
    yield f"retry: {_RETRY_MILLISECONDS}\n\n"
    frames = first
    while frames:
        yield "".join(_message(frame, text) for frame, text in frames)
        frames = await subscriber.outgoing()
    close = subscriber.closed
    assert close is not None
    yield f'event: close\ndata: {{"code":{int(close.code)}}}\n\n'


def _message(frame: Frame, text: str) -> str:
    # A block without data moves the last event id and wakes no listener.
    identity = "" if frame.cursor is None else f"id: {frame.cursor}\n"
    if isinstance(frame, Heartbeat):
        return f": heartbeat {frame.cursor}\n{identity}\n"
    return f"{identity}data: {text}\n\n"


async def _admit(request: Request) -> Principal:
    """The caller. Unlike other requests this is no sign of a person at work: browsers reconnect by themselves."""
    foreign = "origin" in request.headers and not origin_allowed(request)
    if foreign and "authorization" not in request.headers and COOKIE in request.cookies:
        raise NotAllowed("The request came from another site.")
    caller = await authenticate(request)
    await gate_of(request).throttle.hit("api", caller.id)
    caller.require(Permission.EVENTS_READ)
    return caller


def _position(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _POSITION_DIGITS_MAX):
        raise InvalidField("/Last-Event-ID", "Send back the id of the last message.")
    return int(text)


def _topics(text: str | None) -> tuple[Topic, ...]:
    found = read_topics(("team" if text is None else text).split(","))
    if found is None:
        raise InvalidField("/topics", "Name 1 to 50 topics, separated by commas.")
    return found
