"""A client's line: in order, bounded, straight through where the wire takes it."""

import json
from typing import Any

from agent_feed.batches import Parcel, Published
from agent_feed.frames import Heartbeat
from agent_feed.outlet import Bounds, Outlet
from agent_feed.wire import Wire
from tests.agent_feed.entries import entry
from tests.agent_feed.test_wire import Pipe, frames_of


def parcel(*positions: int, **columns: Any) -> Parcel:
    return Parcel(tuple(Published(entry(position, **columns)) for position in positions))


def piped(**bounds: int) -> tuple[Outlet, Wire, Pipe]:
    pipe = Pipe()
    wire = Wire(pipe)
    return Outlet(Bounds(**bounds), wire), wire, pipe


def told(pipe: Pipe) -> list[int]:
    """The positions that went down the wire, heartbeats included."""
    values = [json.loads(bytes(frame.data)) for frame in frames_of(b"".join(pipe.written))]
    return [value.get("position") or value["event"]["position"] for value in values]


def test_a_parcel_goes_down_a_free_wire_in_one_write() -> None:
    outlet, _, pipe = piped()
    sent = parcel(1, 2, 3)
    outlet.put_parcel(sent)

    assert [sent.wire] == pipe.written
    assert pipe.written[0] is sent.wire


def test_while_the_wire_is_full_everything_waits_in_order() -> None:
    outlet, wire, pipe = piped(write_frames_max=2)
    wire.pause()
    outlet.put_parcel(parcel(1, 2))
    outlet.put(Heartbeat(3))
    outlet.put_parcel(parcel(4))
    assert [] == pipe.written
    wire.resume()

    assert [1, 2, 3, 4] == told(pipe)
    assert 2 == len(pipe.written)


def test_what_comes_when_the_wire_fills_up_again_waits_behind() -> None:
    outlet, wire, pipe = piped(write_frames_max=1)
    wire.pause()
    outlet.put_parcel(parcel(1, 2))
    write = pipe.write
    wire.write = lambda data: (write(data), wire.pause())  # full again with each write
    wire.resume()
    assert [1] == told(pipe)
    outlet.put_parcel(parcel(3))
    wire.resume()
    wire.resume()

    assert [1, 2, 3] == told(pipe)


def test_a_parcel_that_is_too_large_for_one_write_goes_in_several() -> None:
    outlet, _, pipe = piped(write_characters_max=1000)
    outlet.put_parcel(parcel(1, 2, 3, data={"note": "x" * 600}))

    assert [1, 2, 3] == told(pipe)
    assert 3 == len(pipe.written)


def test_more_than_may_wait_is_over_the_bound() -> None:
    outlet, wire, _ = piped(waiting_frames_max=201)
    wire.pause()
    assert not outlet.put_parcel(parcel(*range(1, 202)))
    assert outlet.put(Heartbeat(201))


def test_a_line_that_is_closed_drops_what_waits_and_takes_no_more() -> None:
    outlet, wire, pipe = piped()
    wire.pause()
    outlet.put_parcel(parcel(1))
    outlet.close()
    wire.resume()
    outlet.put_parcel(parcel(2))
    outlet.put(Heartbeat(3))

    assert [] == pipe.written


async def test_without_a_wire_it_waits_to_be_fetched() -> None:
    outlet = Outlet(Bounds(write_frames_max=2))
    outlet.put_parcel(parcel(1, 2, 3))
    fetched = [[frame.cursor for frame, _ in await outlet.outgoing()] for _ in range(2)]
    await outlet.wait_empty()
    outlet.close()

    assert [[1, 2], [3]] == fetched
    assert [] == await outlet.outgoing()
