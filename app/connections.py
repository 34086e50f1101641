"""Connections as our server keeps them: bounds that it leaves open-ended, and a straight way out for the feed.

Bounded are a head that never ends and an opening that cannot be read. A head is read as RFC 9112 writes it and in no
other way, so that a proxy before us cannot see another request in the same bytes.
"""

import asyncio
import json
import re
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import State

from agent_feed.wire import EXTENSION, Wire
from app.http.front import signed_headers
from app.problems import MEDIA_TYPE, problem

HEAD_SECONDS_MAX: Final = 20
# h11's own bound, for a server that sets none.
_HEAD_BYTES_USUAL: Final = 16 * 1024
_UNANSWERED: Final = frozenset({h11.IDLE, h11.SEND_RESPONSE})
_ENDING: Final = frozenset({State.CLOSING, State.CLOSED})
_HEAD_ENDS: Final = re.compile(rb"\r?\n\r?\n")
# A line that a bare LF ends, or that goes on in the next one (RFC 9112, 2.2 and 5.2).
_AMBIGUOUS_LINE: Final = re.compile(rb"(?<!\r)\n|\n[ \t]")


class StrictConnection(h11.Connection):
    """Refuses lines that readers understand differently, and remembers with which status it refused.

    h11 itself takes them, as RFC 9112 allows; that is how requests are smuggled past a proxy that does not.
    """

    status: int = 400
    _read: int = 0

    def next_event(self) -> Any:
        if self.their_state is h11.IDLE:
            self._check_lines()
        try:
            event = super().next_event()
        except h11.RemoteProtocolError as error:
            self.status = 431 if error.error_status_hint == 431 else 400
            raise
        if isinstance(event, h11.Request):
            self._read = 0
        return event

    def _check_lines(self) -> None:
        """Looks at what came since the last look, so that a head in a thousand pieces costs no more than one."""
        waiting, _ = self.trailing_data
        begin = max(self._read - 3, 0)
        ends = _HEAD_ENDS.search(waiting, begin)
        if _AMBIGUOUS_LINE.search(waiting, begin, ends.end() if ends else len(waiting)):
            raise h11.RemoteProtocolError("A line of the head is ambiguous.")
        self._read = len(waiting)


class RequestHead(H11Protocol):
    """Closes a connection whose request line and headers are not there in time; bodies have a bound of their own.

    Between two requests the server's own keep-alive bound holds. What is no request is answered like any other refusal.
    """

    conn: h11.Connection
    _deadline: asyncio.TimerHandle | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        limit = self.config.h11_max_incomplete_event_size
        self.conn = StrictConnection(h11.SERVER, limit or _HEAD_BYTES_USUAL)

    def send_400_response(self, msg: str) -> None:
        assert isinstance(self.conn, StrictConnection)
        if self.conn.our_state not in _UNANSWERED:
            # Half an answer is out already; whoever reads it sees that it was cut.
            self.transport.close()
            return
        status, body = (
            problem(431, "too_many_headers", "The request's headers are too many or too long.")
            if self.conn.status == 431
            else problem(400, "malformed_request", "This is no well-formed HTTP request.")
        )
        text = json.dumps(body).encode()
        headers = [
            (b"content-type", MEDIA_TYPE.encode()),
            (b"content-length", str(len(text)).encode()),
            (b"connection", b"close"),
            *(
                (name.encode(), value.encode())
                for name, value in signed_headers(secure=False).items()
            ),
        ]
        for event in (
            h11.Response(status_code=status, headers=headers),
            h11.Data(data=text),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._arm()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._disarm()
        elif self._deadline is None:
            self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        super().connection_lost(exc)

    def _arm(self) -> None:
        self._deadline = self.loop.call_later(HEAD_SECONDS_MAX, self._too_slow)

    def _disarm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        # After an upgrade the transport belongs to the WebSocket.
        if self.conn.their_state is h11.IDLE and self.transport.get_protocol() is self:
            self.transport.close()


class Socket(WebSocketsSansIOProtocol):
    """A WebSocket with a wire of its own in its scope.

    It hangs up when the opening cannot be read (a header line over 8 KiB, 129 headers). Uvicorn never hears of it: no
    answer is sent and nothing reads on, and each would hold a connection for as long as its caller likes.
    """

    _wire: Wire | None = None

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            self._wire = Wire(self.transport)
            extensions = self.scope["extensions"]
            assert extensions is not None
            extensions[EXTENSION] = {"wire": self._wire}

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._wire is not None:
            self._wire.pause()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._wire is not None:
            self._wire.resume()

    def connection_lost(self, exc: Exception | None) -> None:
        self._close_wire()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        self._close_wire()
        super().shutdown()

    def keepalive_timeout(self) -> None:
        self._close_wire()
        super().keepalive_timeout()

    def _close_wire(self) -> None:
        if self._wire is not None:
            self._wire.close()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.state in _ENDING:
            self._close_wire()
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.transport.close()
