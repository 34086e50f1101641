"""The store, its bounds, and the waking of those who wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from channels.simulator.changes import Changes
from channels.simulator.clock import rfc2822, rfc3339
from channels.simulator.faults import Faults, FaultSet
from channels.simulator.messages import ONWARD, Channel, Direction, Message, Origin, Status
from channels.simulator.store import MESSAGES_MAX, Store

NOW = 1_795_355_101_250


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "deep" / "down" / "store.sqlite")
    yield opened
    opened.close()


def message(number: int, *, status: Status = Status.QUEUED) -> Message:
    return Message(
        id=f"SM{number}",
        channel=Channel.SMS,
        direction=Direction.TO_CUSTOMER,
        origin=Origin.API,
        sender="+447400123456",
        recipient="+447700900123",
        text="Hello",
        status=status,
        created_at=NOW,
        headers=(("X", "y"),),
        urls=("https://x.example",),
        images={"qr": "data:,"},
    )


def test_a_message_comes_back_as_it_was_stored(store: Store) -> None:
    stored = store.add(message(1), customer_key="+447700900123")
    assert store.get("SM1") == stored
    assert (stored.change, stored.updated_at) == (1, NOW)


@pytest.mark.parametrize("before", list(Status))
@pytest.mark.parametrize("after", list(Status))
def test_statuses_move_on_by_the_table_alone_and_anywhere_on_a_trainers_word(
    store: Store, before: Status, after: Status
) -> None:
    store.add(message(1, status=before), customer_key="x")
    moved = store.advance("SM1", after, error_code=None, now=NOW + 1)
    assert (moved is not None) == (after in ONWARD[before])
    reported = store.report("SM1", after, error_code=7, now=NOW + 2)
    assert reported is not None
    assert (reported.status, reported.error_code, reported) == (after, 7, store.get("SM1"))


def test_the_oldest_messages_make_room(store: Store) -> None:
    store.add(message(0), customer_key="x")
    # Ids grow with every message; a gap stands for all those between.
    store._db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'messages'", (MESSAGES_MAX,))
    store.add(message(1), customer_key="x")
    assert store.get("SM0") is None
    assert store.get("SM1") is not None


def test_changes_are_streamed_in_order_each_message_at_its_last(store: Store) -> None:
    store.add(message(1), customer_key="x")
    store.add(message(2), customer_key="x")
    store.advance("SM1", Status.SENT, error_code=None, now=NOW)
    assert [found.id for found in store.changed_after(0, limit=9)] == ["SM2", "SM1"]
    assert [found.id for found in store.changed_after(2, limit=9)] == ["SM1"]
    assert store.last_change() == 3


def test_tasks_come_when_due_and_go_when_done(store: Store) -> None:
    later = store.plan("callback", "SM1", {"url": "u"}, due_at=NOW + 10)
    first = store.plan("status", "SM1", {}, due_at=NOW)
    assert [task.id for task in store.due(NOW, limit=9)] == [first]
    store.done(first)
    assert store.next_due() == NOW + 10
    store.postpone(later, due_at=NOW + 20)
    [task] = store.due(NOW + 20, limit=9)
    assert (task.tries, task.payload) == (1, {"url": "u"})
    store.done(later)
    assert store.next_due() is None


def test_opt_outs_hold_for_one_pair(store: Store) -> None:
    store.opt_out("m", "c")
    store.opt_out("m", "c")
    assert [store.has_opted_out(*pair) for pair in (("m", "c"), ("m", "d"), ("n", "c"))] == [
        True,
        False,
        False,
    ]
    assert [store.opt_in("m", "c"), store.opt_in("m", "c")] == [True, False]


def test_faults_are_remembered_and_count_down_on_their_channel_only(store: Store) -> None:
    Faults(store).merge(FaultSet(fail=1, channel="email"))
    faults = Faults(store)
    assert faults.any is True
    assert faults.strikes("fail", Channel.SMS) is False
    assert [faults.strikes("fail", Channel.EMAIL) for _ in range(2)] == [True, False]
    faults.clear()
    assert Faults(store).now == FaultSet()


async def test_every_listener_is_woken_and_closing_ends_the_wait() -> None:
    changes = Changes()
    with changes.listen() as one, changes.listen() as other:
        changes.announce()
        assert (one.is_set(), other.is_set()) == (True, True)
        one.clear()
        changes.close()
        await asyncio.wait_for(one.wait(), 1)
        assert changes.closed is True
    changes.announce()


def test_times_have_the_form_of_each_api() -> None:
    assert rfc3339(NOW) == "2026-11-22T13:45:01.250Z"
    assert rfc2822(NOW) == "Sun, 22 Nov 2026 13:45:01 +0000"
