"""Frames are read strictly and written as the contract has them."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_feed.batches import Presence, Watcher, Watchers
from agent_feed.frames import (
    FRAME_BYTES_MAX,
    Ack,
    BadFrame,
    Frame,
    Heartbeat,
    PresenceFrame,
    Ready,
    Subscribe,
    Watch,
    WatchersFrame,
    read_frame,
)
from agent_feed.topics import Mine, OfLink


def test_a_subscription_is_read() -> None:
    text = '{"op":"subscribe","after":123,"topics":["mine","link:lnk_1"]}'
    assert Subscribe(123, (Mine(), OfLink("lnk_1"))) == read_frame(text)


def test_a_subscription_from_now_on_may_name_the_epoch_that_it_knows() -> None:
    text = '{"op":"subscribe","after":null,"topics":["mine"],"epoch":"e1"}'
    assert Subscribe(None, (Mine(),), "e1") == read_frame(text)


def test_an_acknowledgement_is_read() -> None:
    assert Ack(140) == read_frame('{"op":"ack","position":140}')


def test_a_link_to_watch_is_read_and_so_is_none() -> None:
    assert Watch("lnk_1") == read_frame('{"op":"watch","link":"lnk_1"}')
    assert Watch(None) == read_frame('{"op":"watch","link":null}')


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        "null",
        "7",
        "{}",
        '{"op":"unsubscribe"}',
        '{"op":null}',
        '{"op":["subscribe"]}',
        '{"op":"subscribe"}',
        '{"op":"subscribe","after":null}',
        '{"op":"subscribe","after":null,"topics":[]}',
        '{"op":"subscribe","after":null,"topics":"mine"}',
        '{"op":"subscribe","after":null,"topics":[null]}',
        '{"op":"subscribe","after":null,"topics":["nonsense"]}',
        '{"op":"subscribe","after":-1,"topics":["mine"]}',
        '{"op":"subscribe","after":1.0,"topics":["mine"]}',
        '{"op":"subscribe","after":"1","topics":["mine"]}',
        '{"op":"subscribe","after":true,"topics":["mine"]}',
        '{"op":"subscribe","after":NaN,"topics":["mine"]}',
        '{"op":"subscribe","after":99999999999999999999,"topics":["mine"]}',
        '{"op":"subscribe","after":null,"topics":["mine"],"epoch":7}',
        '{"op":"subscribe","after":null,"topics":["mine"],"epoch":""}',
        '{"op":"subscribe","after":null,"topics":["mine"],"extra":1}',
        '{"op":"subscribe","after":1,"after":2,"topics":["mine"]}',
        '{"op":"ack"}',
        '{"op":"ack","position":null}',
        '{"op":"ack","position":-1}',
        '{"op":"ack","position":true}',
        '{"op":"ack","position":1,"extra":1}',
        '{"op":"ack","position":1,"position":2}',
        "[" * 60_000,
        '{"op":"ack","position":1,"x":"\ud800"}',
        '{"op":"watch"}',
        '{"op":"watch","link":""}',
        '{"op":"watch","link":["lnk_1"]}',
        '{"op":"watch","link":"lnk_1","extra":1}',
        '{"op":"watchers","link":"lnk_1","agents":[]}',
    ],
)
def test_anything_else_is_a_bad_frame(text: str) -> None:
    with pytest.raises(BadFrame):
        read_frame(text)


@pytest.mark.parametrize("filler", ["x", "€"])
def test_a_frame_over_64_kib_is_refused_whatever_is_in_it(filler: str) -> None:
    frame = json.dumps({"op": "ack", "position": 1})
    fitting = frame + " " * (FRAME_BYTES_MAX - len(frame))
    assert Ack(1) == read_frame(fitting)
    with pytest.raises(BadFrame, match="too large"):
        read_frame(frame + filler * (FRAME_BYTES_MAX // len(filler.encode())))


@given(st.text())
def test_no_text_breaks_the_reader_and_no_reason_repeats_it(text: str) -> None:
    secret = f"4242424242424242{text}"
    with pytest.raises(BadFrame) as refusal:
        read_frame(secret)
    assert "4242424242424242" not in refusal.value.detail


def test_frames_are_written_as_the_contract_has_them() -> None:
    presence = Presence(
        merchant="mer_1", link="lnk_1", agent=None, customer=None, present=True, device="mobile"
    )
    frames: list[Frame] = [
        Ready(130, "e1", False, 123),
        Ready(130, "e1", True, 130),
        PresenceFrame(presence),
        PresenceFrame(replace(presence, activity="typing")),
        WatchersFrame(Watchers("lnk_1", (Watcher("usr_1", "Robin Reyes"),))),
        Heartbeat(140),
    ]
    assert [
        {"op": "ready", "position": 130, "epoch": "e1"},
        {"op": "ready", "position": 130, "epoch": "e1", "reset": True},
        {"op": "presence", "link": "lnk_1", "present": True, "device": "mobile"},
        {
            "op": "presence",
            "link": "lnk_1",
            "present": True,
            "device": "mobile",
            "activity": "typing",
        },
        {"op": "watchers", "link": "lnk_1", "agents": [{"id": "usr_1", "name": "Robin Reyes"}]},
        {"op": "heartbeat", "position": 140},
    ] == [json.loads(frame.text) for frame in frames]


def test_a_frame_knows_where_to_resume_after_it_and_presence_knows_nothing() -> None:
    presence = Presence(
        merchant="mer_1", link="lnk_1", agent=None, customer=None, present=False, device=None
    )
    assert [123, 140, None] == [
        Ready(130, "e1", False, 123).cursor,
        Heartbeat(140).cursor,
        PresenceFrame(presence).cursor,
    ]
