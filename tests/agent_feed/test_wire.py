"""Ready-made frames are what any client reads, and none goes out where none may."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from agent_feed.wire import Wire, text_frame


class Pipe:
    """A transport that keeps what it was given."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.aborted = False

    def write(self, data: bytes, /) -> None:
        self.written.append(data)

    def abort(self) -> None:
        self.aborted = True


def frames_of(data: bytes) -> list[Frame]:
    """The frames in these bytes, by the parser of `websockets`."""
    reader = StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    found = []
    while reader.buffer:
        parser = Frame.parse(reader.read_exact, mask=False, max_size=None)
        try:
            while True:
                next(parser)
        except StopIteration as end:
            found.append(end.value)
    return found


@given(st.text(max_size=300))
def test_a_client_reads_the_message_that_was_written(message: str) -> None:
    [frame] = frames_of(text_frame(message))
    assert (Opcode.TEXT, True, message) == (frame.opcode, frame.fin, bytes(frame.data).decode())


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_every_length_has_its_own_head(size: int) -> None:
    messages = ["x" * size, "é" * (size // 2)]
    frames = frames_of(b"".join(text_frame(message) for message in messages))
    assert messages == [bytes(frame.data).decode() for frame in frames]


def test_a_wire_writes_straight_through() -> None:
    pipe = Pipe()
    Wire(pipe).write(text_frame(json.dumps({"op": "ready"})))
    assert [text_frame('{"op": "ready"}')] == pipe.written


def test_nothing_goes_out_once_it_is_closed() -> None:
    pipe = Pipe()
    wire = Wire(pipe)
    wire.on_drain = lambda: wire.write(b"late")
    wire.close()
    wire.write(b"late")
    wire.pause()
    wire.resume()
    assert [] == pipe.written


def test_a_wire_says_when_it_is_full_and_when_there_is_room_again() -> None:
    wire = Wire(Pipe())
    told: list[str] = []
    wire.on_full = lambda: told.append(f"full {wire.full}")
    wire.on_drain = lambda: told.append(f"drained {not wire.full}")
    wire.pause()
    wire.resume()
    assert ["full True", "drained True"] == told


def test_a_wire_can_drop_its_connection() -> None:
    pipe = Pipe()
    Wire(pipe).abort()
    assert pipe.aborted
