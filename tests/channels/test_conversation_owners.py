"""What the list of threads shows an agent, the feed tells them live, and nothing more."""

import pytest
import sqlalchemy as sa

from agent_feed.access import own_sight
from channels.conversation_access import visible_to
from channels.conversation_acts import assign
from channels.conversation_owners import attributed
from channels.conversations import conversations
from compliance.journal import NOBODY, Journal
from compliance.principal import Principal
from compliance.roles import Role
from tests.channels.conftest import AGENT, Desk
from tests.channels.talk import hear, thread_of
from tests.conftest import NewUser
from tests.support.people import person, software


@pytest.fixture
def journal(journal: Journal) -> Journal:
    journal.attributions.append(attributed)
    return journal


async def listed(desk: Desk, who: Principal) -> set[str]:
    async with desk.database.snapshot() as session:
        rows = await session.all(sa.select(conversations.c.id).where(visible_to(who)))
    return {row["id"] for row in rows}


async def live(desk: Desk, who: Principal, *, after: int) -> list[str]:
    """What the caller is told of since; the database and the test of one entry agree."""
    sight = own_sight(who)
    async with desk.database.snapshot() as session:
        found = await desk.reader.read(session, sight.query(after=after, limit=200))
    everything = [one for one in await desk.events() if one.position > after]
    assert found == [one for one in everything if sight.covers(one)]
    return [one.type for one in found if one.conversation is not None]


async def head(desk: Desk) -> int:
    async with desk.database.snapshot() as session:
        return (await desk.reader.head(session, desk.merchant.id))[0]


async def test_what_is_written_to_nobody_in_particular_reaches_every_agent(desk: Desk) -> None:
    thread = await thread_of(desk, await hear(desk))
    ann, rival = person(desk.merchant.id), person("mer_other")
    assert await listed(desk, ann) == {thread}
    assert await live(desk, ann, after=0) == ["conversation.opened", "message.received"]
    assert await listed(desk, rival) == set()
    assert await live(desk, rival, after=0) == []
    [received] = await desk.events("message.received")
    assert (received.agent, received.as_event()["agent"]) == (NOBODY, None)


async def test_a_thread_that_somebody_takes_leaves_the_others(
    desk: Desk, new_user: NewUser
) -> None:
    thread = await thread_of(desk, await hear(desk))
    cleo = await new_user(desk.merchant.id, Role.AGENT, team="south")
    ann, taker = person(desk.merchant.id), person(desk.merchant.id, id=cleo.id)
    seen = await head(desk)
    async with desk.database.transaction() as session:
        await assign(session, desk.vault, taker, thread, cleo.id, now=desk.clock())
    # They are told that it is gone, and nothing of where to.
    assert await live(desk, ann, after=seen) == ["conversation.taken"]
    [taken] = await desk.events("conversation.taken")
    assert cleo.id not in str(taken.data)
    assert await listed(desk, ann) == set()
    seen = await head(desk)
    await hear(desk, "Are you there?")
    assert await live(desk, ann, after=seen) == []
    assert await live(desk, taker, after=seen) == ["message.received"]
    seen = await head(desk)
    async with desk.database.transaction() as session:
        await assign(session, desk.vault, taker, thread, None, now=desk.clock())
    assert await live(desk, ann, after=seen) == ["conversation.offered"]
    assert await listed(desk, ann) == {thread}
    seen = await head(desk)
    await hear(desk, "Hello again")
    assert await live(desk, ann, after=seen) == ["message.received"]


async def test_whoever_answers_first_takes_the_thread_from_the_others(desk: Desk) -> None:
    await hear(desk)
    ann, seen = person(desk.merchant.id), await head(desk)
    await desk.queue(link=None)
    assert await live(desk, ann, after=seen) == ["conversation.taken"]
    assert await live(desk, person(desk.merchant.id, id=AGENT), after=seen) == [
        "conversation.taken",
        "message.queued",
    ]


async def test_what_software_sends_is_told_to_whoever_has_the_thread(desk: Desk) -> None:
    await desk.queue(link=None)
    seen = await head(desk)
    key = software(desk.merchant.id)
    await desk.queue(link=None, agent=None, actor=key.actor)
    await desk.drain()
    assert await live(desk, person(desk.merchant.id), after=seen) == []
    assert await live(desk, person(desk.merchant.id, id=AGENT), after=seen) == [
        "message.queued",
        "message.sent",
        "message.sent",
    ]
