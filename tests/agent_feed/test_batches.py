"""An entry is written once, however many receive it."""

import json

import pytest

from agent_feed.batches import Batch, Published
from tests.agent_feed.entries import entry


def test_the_event_frame_holds_the_event_of_the_contract() -> None:
    one = entry(7, link="lnk_1", data={"note": "Zoë’s trip"})
    assert {"op": "event", "event": one.as_event()} == json.loads(Published(one).frame)


def test_the_frame_is_written_once_and_shared() -> None:
    published = Published(entry(7))
    assert published.frame is published.frame


def test_a_batch_that_runs_backwards_is_a_mistake() -> None:
    with pytest.raises(AssertionError):
        Batch(epoch="e", after=2, upto=1)
