"""The protocol keeps its promise under any interleaving: each visible entry once, in order, no gap."""

from datetime import timedelta
from typing import Any

import pytest

from agent_feed.access import Sight
from agent_feed.actions import CloseCode, Grant, Read, Resolve
from agent_feed.batches import Batch
from agent_feed.frames import Subscribe
from agent_feed.protocol import (
    ACK_WITHIN,
    HEARTBEAT_EVERY,
    REPLAY_MAX,
    SUBSCRIBE_WITHIN,
    SUBSCRIBES_A_MINUTE_MAX,
    FeedProtocol,
)
from agent_feed.states import State
from agent_feed.topics import Mine
from compliance.journal import Concern
from tests.agent_feed.entries import EPOCH, MERCHANT, batch
from tests.agent_feed.steps import (
    ANN,
    SECOND,
    closing,
    frames,
    journal,
    positions,
    presence,
    subscribed,
)
from tests.support.clock import START

# Subscribing


def test_nothing_is_sent_before_the_subscription_is_resolved() -> None:
    protocol = FeedProtocol(now=START)
    asked = protocol.receive('{"op":"subscribe","after":3,"topics":["mine"]}', now=START)
    assert [Resolve(1, Subscribe(3, (Mine(),)))] == list(asked)
    assert [] == list(protocol.take(batch(journal(4), after=3, upto=4)))
    assert State.RESOLVING is protocol.state


def test_from_now_on_starts_at_the_head_and_is_live_at_once() -> None:
    protocol, actions = subscribed(after=None, head=130)
    assert [{"op": "ready", "position": 130, "epoch": EPOCH}] == frames(actions)
    assert (State.LIVE, 130) == (protocol.state, protocol.cursor)


def test_a_resumed_subscription_reads_what_it_missed_before_it_is_live() -> None:
    protocol, actions = subscribed(after=123, head=130)
    assert [{"op": "ready", "position": 130, "epoch": EPOCH}] == frames(actions)
    assert Read(protocol.era, 123) == actions[-1]
    sent = protocol.take_read(protocol.era, batch(journal(130), after=123, upto=130))
    assert [125, 127, 129] == positions(sent)
    assert State.LIVE is protocol.state


@pytest.mark.parametrize(
    ("after", "head", "epoch"),
    [(REPLAY_MAX, 2 * REPLAY_MAX + 1, None), (131, 130, None), (130, 130, "another")],
)
def test_what_is_too_old_or_of_another_epoch_is_told_to_take_a_snapshot(
    after: int, head: int, epoch: str | None
) -> None:
    protocol, actions = subscribed(after=after, head=head, epoch=epoch)
    assert [{"op": "ready", "position": head, "epoch": EPOCH, "reset": True}] == frames(actions)
    assert (State.LIVE, head) == (protocol.state, protocol.cursor)


def test_the_oldest_position_that_may_be_resumed_is_no_reset() -> None:
    _, actions = subscribed(after=1, head=REPLAY_MAX + 1)
    assert "reset" not in frames(actions)[0]


def test_the_present_epoch_resumes() -> None:
    _, actions = subscribed(after=5, head=5, epoch=EPOCH)
    assert [{"op": "ready", "position": 5, "epoch": EPOCH}] == frames(actions)


def test_subscribing_again_replaces_and_the_first_answer_is_of_no_effect() -> None:
    protocol = FeedProtocol(now=START)
    protocol.subscribe(Subscribe(None, (Mine(),)), now=START)
    first = protocol.era
    protocol.subscribe(Subscribe(2, (Mine(),)), now=START)
    assert [] == list(protocol.grant(first, Grant(ANN, 9, EPOCH), now=START))
    assert [] == list(protocol.refuse(first))
    actions = protocol.grant(protocol.era, Grant(ANN, 9, EPOCH), now=START)
    assert Read(protocol.era, 2) == actions[-1]


def test_what_was_read_for_a_replaced_subscription_is_dropped() -> None:
    protocol, actions = subscribed(after=0, head=4)
    read = actions[-1]
    assert isinstance(read, Read)
    protocol.subscribe(Subscribe(4, (Mine(),)), now=START)
    protocol.grant(protocol.era, Grant(ANN, 4, EPOCH), now=START)
    assert [] == list(protocol.take_read(read.era, batch(journal(4), after=0, upto=4)))


def test_a_refused_topic_closes_with_4403() -> None:
    protocol = FeedProtocol(now=START)
    protocol.subscribe(Subscribe(None, (Mine(),)), now=START)
    assert [CloseCode.TOPIC_NOT_ALLOWED] == closing(protocol.refuse(protocol.era))


def test_subscribing_over_and_over_is_stopped() -> None:
    protocol = FeedProtocol(now=START)
    for _ in range(SUBSCRIBES_A_MINUTE_MAX):
        assert [] == closing(protocol.subscribe(Subscribe(None, (Mine(),)), now=START))
    assert [CloseCode.BAD_FRAME] == closing(
        protocol.subscribe(Subscribe(None, (Mine(),)), now=START)
    )


# Bad frames


@pytest.mark.parametrize("text", ["nonsense", '{"op":"dance"}', '{"op":"ack","position":1}'])
def test_a_bad_frame_closes_with_4400(text: str) -> None:
    protocol = FeedProtocol(now=START)
    assert [CloseCode.BAD_FRAME] == closing(protocol.receive(text, now=START))


def test_a_binary_frame_closes_with_4400() -> None:
    assert [CloseCode.BAD_FRAME] == closing(FeedProtocol(now=START).receive_bytes())


def test_what_was_never_sent_cannot_be_acknowledged() -> None:
    protocol, _ = subscribed(head=10)
    assert [] == closing(protocol.receive('{"op":"ack","position":10}', now=START))
    assert [CloseCode.BAD_FRAME] == closing(
        protocol.receive('{"op":"ack","position":11}', now=START)
    )


def test_an_acknowledgement_that_crosses_a_new_subscription_is_no_lie() -> None:
    protocol, _ = subscribed(head=10)
    protocol.subscribe(Subscribe(3, (Mine(),)), now=START)
    protocol.grant(protocol.era, Grant(ANN, 10, EPOCH), now=START)
    assert [] == closing(protocol.receive('{"op":"ack","position":10}', now=START))


def test_after_the_close_nothing_is_done_any_more() -> None:
    protocol, _ = subscribed(head=0)
    assert [CloseCode.REVOKED] == closing(protocol.revoke())
    quiet = [
        protocol.revoke(),
        protocol.overflow(),
        protocol.receive("nonsense", now=START),
        protocol.subscribe(Subscribe(None, (Mine(),)), now=START),
        protocol.take(batch(journal(2), after=0, upto=2)),
        protocol.take_presence(presence(True)),
        protocol.tick(START + timedelta(days=1)),
    ]
    assert [[]] * len(quiet) == [list(actions) for actions in quiet]


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (FeedProtocol.overflow, 4408),
        (FeedProtocol.revoke, 4409),
        (FeedProtocol.restart, 1012),
        (FeedProtocol.fail, 1011),
    ],
)
def test_each_end_has_its_code(end: Any, code: int) -> None:
    protocol, _ = subscribed()
    assert [code] == closing(end(protocol))


# Events


def test_only_what_the_sight_covers_is_sent_and_the_position_moves_all_the_same() -> None:
    protocol, _ = subscribed(head=0)
    assert [1, 3] == positions(protocol.take(batch(journal(4), after=0, upto=4)))
    assert 4 == protocol.cursor


def test_a_lost_batch_is_noticed_by_the_next_one_and_read() -> None:
    protocol, _ = subscribed(head=0)
    lost = protocol.take(batch(journal(8), after=5, upto=8))
    assert [Read(protocol.era, 0)] == list(lost)
    assert [] == list(protocol.take(batch(journal(9), after=8, upto=9)))
    sent = protocol.take_read(protocol.era, batch(journal(9), after=0, upto=8))
    assert [1, 3, 5, 7] == positions(sent)
    assert Read(protocol.era, 8) == sent[-1]
    assert [9] == positions(protocol.take_read(protocol.era, batch(journal(9), after=8, upto=9)))


def test_an_announcement_of_what_the_journal_does_not_hold_does_not_read_for_ever() -> None:
    protocol, _ = subscribed(head=4)
    protocol.take(batch([], after=9, upto=9))
    assert [] == list(protocol.take_read(protocol.era, batch([], after=4, upto=4)))
    assert State.LIVE is protocol.state


@pytest.mark.parametrize("rewound", [True, False])
def test_a_restored_journal_resets(rewound: bool) -> None:
    protocol, _ = subscribed(head=9)
    news = Batch(epoch=EPOCH if rewound else "epoch2", after=5, upto=5, rewound=rewound)
    expected = {"op": "ready", "position": 5, "epoch": news.epoch, "reset": True}
    assert [expected] == frames(protocol.take(news))
    assert 5 == protocol.cursor


def test_a_journal_restored_while_it_was_read_resets() -> None:
    protocol, _ = subscribed(after=0, head=9)
    read = batch(journal(5), after=0, upto=5, epoch="epoch2")
    sent = frames(protocol.take_read(protocol.era, read))
    assert [{"op": "ready", "position": 5, "epoch": "epoch2", "reset": True}] == sent


def test_changed_rights_ask_for_a_snapshot_and_hold_from_there_on() -> None:
    protocol, _ = subscribed(head=0)
    protocol.take(batch(journal(2), after=0, upto=2))
    cleo = Sight(MERCHANT, Concern(agents=frozenset({"usr_cleo"})), privileged=False)
    expected = {"op": "ready", "position": 2, "epoch": EPOCH, "reset": True}
    assert [expected] == frames(protocol.regrant(cleo))
    assert [4] == positions(protocol.take(batch(journal(4), after=2, upto=4)))


def test_rights_that_say_the_same_are_not_worth_a_word() -> None:
    protocol, _ = subscribed(head=0)
    assert [] == list(protocol.regrant(ANN))


def test_what_was_read_under_the_old_rights_is_read_again() -> None:
    protocol, actions = subscribed(after=0, head=4)
    old = actions[-1]
    assert isinstance(old, Read)
    everything = Sight(MERCHANT, None, privileged=False)
    again = protocol.regrant(everything)[-1]
    assert Read(protocol.era, 0) == again
    assert [] == list(protocol.take_read(old.era, batch(journal(4), after=0, upto=4)))
    sent = protocol.take_read(protocol.era, batch(journal(4), after=0, upto=4))
    assert [1, 2, 3, 4] == positions(sent)


# Presence


def test_presence_is_told_to_who_may_see_the_link() -> None:
    protocol, _ = subscribed()
    expected = {"op": "presence", "link": "lnk_1", "present": True, "device": "mobile"}
    assert [expected] == frames(protocol.take_presence(presence(True)))
    assert [] == list(protocol.take_presence(presence(True, agent="usr_cleo")))


def test_while_behind_only_the_last_word_on_a_link_is_kept() -> None:
    protocol, _ = subscribed(after=0, head=2)
    assert [] == list(protocol.take_presence(presence(True)))
    assert [] == list(protocol.take_presence(presence(False)))
    sent = frames(protocol.take_read(protocol.era, batch(journal(2), after=0, upto=2)))
    assert [("event", None), ("presence", False)] == [
        (frame["op"], frame.get("present")) for frame in sent
    ]


# Time


def test_a_heartbeat_comes_every_15_seconds_with_the_position_sent() -> None:
    protocol, _ = subscribed(head=7)
    assert [] == list(protocol.tick(START + HEARTBEAT_EVERY - SECOND))
    beat = [{"op": "heartbeat", "position": 7}]
    assert beat == frames(protocol.tick(START + HEARTBEAT_EVERY))
    assert [] == list(protocol.tick(START + HEARTBEAT_EVERY + SECOND))
    assert beat == frames(protocol.tick(START + 2 * HEARTBEAT_EVERY))


def test_who_answers_no_heartbeat_is_too_slow() -> None:
    protocol, _ = subscribed(head=7)
    beat_at = START + HEARTBEAT_EVERY
    protocol.tick(beat_at)
    assert [] == closing(protocol.tick(beat_at + ACK_WITHIN))
    assert [CloseCode.TOO_SLOW] == closing(protocol.tick(beat_at + ACK_WITHIN + SECOND))


def test_who_answers_heartbeats_stays() -> None:
    protocol, _ = subscribed(head=7)
    now = START
    for _ in range(20):
        now += HEARTBEAT_EVERY
        assert [] == closing(protocol.tick(now))
        assert [] == closing(protocol.receive('{"op":"ack","position":7}', now=now))


def test_a_client_that_cannot_answer_is_not_asked_to() -> None:
    protocol = FeedProtocol(now=START, acknowledges=False)
    protocol.subscribe(Subscribe(None, (Mine(),)), now=START)
    protocol.grant(protocol.era, Grant(ANN, 7, EPOCH), now=START)
    for beats in range(1, 20):
        assert [] == closing(protocol.tick(START + beats * HEARTBEAT_EVERY))


def test_who_never_subscribes_is_sent_away() -> None:
    protocol = FeedProtocol(now=START)
    assert [] == list(protocol.tick(START + SUBSCRIBE_WITHIN))
    assert [CloseCode.TOO_SLOW] == closing(protocol.tick(START + SUBSCRIBE_WITHIN + SECOND))
