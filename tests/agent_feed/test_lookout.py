"""A client is told who else looks at the link that it looks at, and nothing that it did not ask for."""

from datetime import timedelta

import pytest

from agent_feed.actions import Close, CloseCode, Look, MayLook
from agent_feed.batches import Watcher, Watchers
from agent_feed.frames import BadFrame
from agent_feed.lookout import LOOKS_A_MINUTE_MAX, Lookout
from agent_feed.protocol import FeedProtocol
from tests.agent_feed.steps import closing, frames, subscribed
from tests.support.clock import START

BOB = Watchers("lnk_1", (Watcher("usr_bob", "Bob"),))
NOBODY = Watchers("lnk_1", ())


def looking() -> FeedProtocol:
    protocol, _ = subscribed()
    protocol.receive('{"op":"watch","link":"lnk_1"}', now=START)
    protocol.lookout.grant(protocol.lookout.era)
    return protocol


def test_a_link_is_looked_at_once_it_is_known_to_be_the_clients_to_see() -> None:
    protocol, _ = subscribed()
    asked = protocol.receive('{"op":"watch","link":"lnk_1"}', now=START)
    assert [Look(None), MayLook(1, "lnk_1")] == list(asked)
    assert [] == frames(protocol.take_watchers(BOB))
    assert [Look("lnk_1")] == list(protocol.lookout.grant(1))
    assert [{"op": "watchers", "link": "lnk_1", "agents": [{"id": "usr_bob", "name": "Bob"}]}] == (
        frames(protocol.take_watchers(BOB))
    )


def test_who_does_not_look_is_told_nothing() -> None:
    protocol, _ = subscribed()
    assert [] == frames(protocol.take_watchers(BOB))


def test_the_same_answer_is_told_once_and_that_nobody_does_as_well() -> None:
    protocol = looking()
    told = [frames(protocol.take_watchers(one)) for one in (NOBODY, NOBODY, BOB, BOB, NOBODY)]
    assert [1, 0, 1, 0, 1] == [len(one) for one in told]


def test_what_is_said_of_another_link_is_not_told() -> None:
    assert [] == frames(looking().take_watchers(Watchers("lnk_2", BOB.agents)))


def test_who_looks_away_is_told_nothing_more() -> None:
    protocol = looking()
    assert [Look(None)] == list(protocol.receive('{"op":"watch","link":null}', now=START))
    assert [] == frames(protocol.take_watchers(BOB))


def test_an_answer_about_the_link_before_is_of_no_effect() -> None:
    protocol = looking()
    first = protocol.lookout.era
    protocol.receive('{"op":"watch","link":"lnk_2"}', now=START)
    assert [] == list(protocol.lookout.grant(first))
    assert [] == list(protocol.refuse_watch(first))


def test_a_link_that_is_not_the_clients_to_see_closes_with_4403() -> None:
    protocol = looking()
    assert [CloseCode.TOPIC_NOT_ALLOWED] == closing(protocol.refuse_watch(protocol.lookout.era))
    assert [] == frames(protocol.take_watchers(BOB))


def test_looking_moves_no_position_and_stops_no_subscription() -> None:
    protocol = looking()
    assert ("live", 0) == (protocol.state.value, protocol.cursor)


def test_a_client_that_looks_everywhere_is_stopped_and_a_quick_agent_is_not() -> None:
    lookout = Lookout(now=START)
    for number in range(LOOKS_A_MINUTE_MAX):
        lookout.ask(f"lnk_{number}", now=START)
    with pytest.raises(BadFrame):
        lookout.ask("lnk_more", now=START)
    lookout.ask("lnk_more", now=START + timedelta(minutes=1))


@pytest.mark.parametrize("link", ['"lnk_1","extra":1', "7", '""', "true", f'"{"l" * 41}"', "[]"])
def test_any_other_frame_is_a_bad_one(link: str) -> None:
    protocol, _ = subscribed()
    [close] = protocol.receive(f'{{"op":"watch","link":{link}}}', now=START)
    assert isinstance(close, Close)
    assert CloseCode.BAD_FRAME is close.code


def test_a_frame_that_names_no_link_is_a_bad_one() -> None:
    protocol, _ = subscribed()
    assert [CloseCode.BAD_FRAME] == closing(protocol.receive('{"op":"watch"}', now=START))
