"""Connections as our server keeps them: bounds that it leaves open-ended, and a straight way out for the feed.

Bounded are a head that never ends and an opening that cannot be read.
"""

import asyncio
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import State

from agent_feed.wire import EXTENSION, Wire

HEAD_SECONDS_MAX: Final = 20
_ENDING: Final = frozenset({State.CLOSING, State.CLOSED})


class RequestHead(H11Protocol):
    """Closes a connection whose request line and headers are not there in time; bodies have a bound of their own.

    Between two requests the server's own keep-alive bound holds.
    """

    _deadline: asyncio.TimerHandle | None = None

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
