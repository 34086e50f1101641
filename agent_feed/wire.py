"""Ready-made WebSocket frames, written straight to a connection's transport.

A server's own `send` builds each frame anew for each socket, which costs more than the system call that sends it.
Here a message is framed once, and the same bytes go to everybody (RFC 6455, section 5.2: a server's frames are not
masked; nothing is compressed, so nothing in them depends on the socket).

What the kernel does not take at once waits in the transport's own buffer. Past its high-water mark the wire is full,
and the caller keeps what is left, until the buffer has drained.
"""

import struct
from collections.abc import Callable
from typing import Final, Protocol

_TEXT: Final = 0x81  # the only frame of a text message
_IN_7_BITS: Final = 126
_IN_16_BITS: Final = 1 << 16

# Where the server puts a socket's wire in the ASGI scope's `extensions`.
EXTENSION: Final = "paythread.wire"


def text_frame(message: str) -> bytes:
    """A whole text message, as a server sends it."""
    payload = message.encode()
    size = len(payload)
    if size < _IN_7_BITS:
        return struct.pack("!BB", _TEXT, size) + payload
    if size < _IN_16_BITS:
        return struct.pack("!BBH", _TEXT, 126, size) + payload
    return struct.pack("!BBQ", _TEXT, 127, size) + payload


class Transport(Protocol):
    """The part of `asyncio.WriteTransport` that a wire needs."""

    def write(self, data: bytes, /) -> None: ...
    def abort(self) -> None: ...


class Wire:
    """One open socket's way out. While it is `full`, its user keeps what comes next."""

    __slots__ = ("abort", "full", "on_drain", "on_full", "write")

    def __init__(self, transport: Transport) -> None:
        # Sends whole frames: the transport's own method, for this is called once a delivery.
        self.write: Callable[[bytes], None] = transport.write
        # Drops the connection, with what its buffer holds: for a client that does not even take a close frame.
        self.abort = transport.abort
        self.full = False
        self.on_full: Callable[[], None] = _nothing
        self.on_drain: Callable[[], None] = _nothing

    def pause(self) -> None:
        """The transport's buffer is over its high-water mark."""
        self.full = True
        self.on_full()

    def resume(self) -> None:
        """The transport's buffer has drained."""
        self.full = False
        self.on_drain()

    def close(self) -> None:
        """No frame may go out any more: one that closes went out or came in (RFC 6455, 5.5.1), or nobody is there."""
        self.write = _drop
        # Whoever holds on to the old way out lets go of it.
        self.on_full()
        self.on_full = self.on_drain = _nothing


def _drop(frames: bytes, /) -> None:
    """Nobody is there."""


def _nothing() -> None:
    """Nobody asked."""
