"""Many sockets that only read: a process of its own, with as little work a message as Python allows.

Commands on standard input, an answer in JSON a line on standard output:
  connect HOST PORT PATH COUNT HEADER   opens sockets, subscribes where the feed wants it
  acknowledge                           tells the feed that its heartbeats were seen, which is done seldom enough here
  expect BYTES                          reads until each socket has received so many bytes more
  times MARK COUNT                      reads until each socket has seen MARK so often; tells when, in nanoseconds
"""

import json
import os
import selectors
import socket
import sys
import time

SUBSCRIBE = b'{"op":"subscribe","after":null,"topics":["all"]}'


def masked(payload: bytes) -> bytes:
    """A client's text frame, masked by zeroes."""
    assert len(payload) < 126
    return bytes((0x81, 0x80 | len(payload))) + bytes(4) + payload


def connect(host: str, port: int, path: str, header: str) -> socket.socket:
    """An open WebSocket; on the feed, with its subscription standing."""
    one = socket.create_connection((host, port))
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    extra = f"{header}\r\n" if header else ""
    one.sendall(
        f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{extra}\r\n".encode()
    )
    got = b""
    while b"\r\n\r\n" not in got:
        got += one.recv(4096)
    assert b" 101 " in got.split(b"\r\n", 1)[0], got
    if header:
        one.sendall(masked(SUBSCRIBE))
        rest = got.split(b"\r\n\r\n", 1)[1]
        while b'"ready"' not in rest:
            rest += one.recv(4096)
    if "EIO=" in path:
        # Socket.IO's own handshake; everything that it sends for it is read here.
        rest = got.split(b"\r\n\r\n", 1)[1]
        one.sendall(masked(b"40"))
        while b'40{"sid"' not in rest or not rest.endswith(b"}"):
            rest += one.recv(4096)
    return one


class Readers:
    """The open sockets."""

    def __init__(self) -> None:
        self.sockets: list[socket.socket] = []
        self.selector = selectors.EpollSelector()

    def connect(self, host: str, port: str, path: str, count: str, *header: str) -> object:
        for _ in range(int(count)):
            one = connect(host, int(port), path, " ".join(header))
            one.setblocking(False)
            self.selector.register(one, selectors.EVENT_READ, len(self.sockets))
            self.sockets.append(one)
        return len(self.sockets)

    def acknowledge(self) -> object:
        frame = masked(b'{"op":"ack","position":0}')
        for one in self.sockets:
            one.send(frame)
        return len(self.sockets)

    def expect(self, size: str) -> object:
        left = [int(size)] * len(self.sockets)
        missing = len(left)
        buffer = bytearray(1 << 20)
        while missing:
            for key, _ in self.selector.select(30):
                got = key.fileobj.recv_into(buffer)  # type: ignore[union-attr]
                assert got, "a socket was closed"
                before = left[key.data]
                left[key.data] = before - got
                missing -= before > 0 >= before - got
        return max(left) - min(left)

    def times(self, mark: str, count: str) -> object:
        """A list a socket: when each marked message had arrived."""
        sign, many = mark.encode(), int(count)
        seen: list[list[int]] = [[] for _ in self.sockets]
        tails = [b""] * len(self.sockets)
        missing = len(seen)
        while missing:
            for key, _ in self.selector.select(30):
                data = key.fileobj.recv(1 << 16)  # type: ignore[union-attr]
                at = time.monotonic_ns()
                assert data, "a socket was closed"
                text = tails[key.data] + data
                found = text.count(sign)
                tails[key.data] = text[-len(sign) + 1 :]
                mine = seen[key.data]
                if found and len(mine) < many:
                    mine.extend([at] * found)
                    missing -= len(mine) >= many
        return seen


def main() -> None:
    """Serves commands until the input ends."""
    readers = Readers()
    for line in sys.stdin:
        name, *arguments = line.split()
        print(json.dumps(getattr(readers, name)(*arguments)), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
