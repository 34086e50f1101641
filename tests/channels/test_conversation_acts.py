"""Acts on a thread that race: one after the other, each recorded once."""

import asyncio

from channels.conversation_acts import assign, close, transfer
from channels.conversations import get_conversation
from compliance.roles import Role
from tests.channels.conftest import Desk
from tests.channels.talk import hear, thread_of
from tests.conftest import NewUser
from tests.support.people import person, software


async def test_two_who_take_a_thread_at_once_leave_one_chain_of_entries(
    desk: Desk, new_user: NewUser
) -> None:
    thread = await thread_of(desk, await hear(desk))
    agents = [(await new_user(desk.merchant.id, Role.AGENT)).id for _ in range(2)]

    async def take(agent: str) -> None:
        async with desk.database.transaction() as session:
            who = person(desk.merchant.id, id=agent)
            await assign(session, desk.vault, who, thread, agent, now=desk.clock())

    await asyncio.gather(*(take(agent) for agent in agents))
    first, second = await desk.events("conversation.assigned")
    assert (first.data["from"], second.data["from"]) == (None, first.data["to"])
    async with desk.database.snapshot() as session:
        found = await get_conversation(session, merchant=desk.merchant.id, conversation=thread)
    assert found.agent == second.data["to"]


async def test_closing_twice_at_once_is_recorded_once(desk: Desk) -> None:
    thread = await thread_of(desk, await hear(desk))

    async def shut() -> None:
        async with desk.database.transaction() as session:
            await close(session, software(desk.merchant.id), thread, now=desk.clock())

    await asyncio.gather(shut(), shut(), shut())
    assert len(await desk.events("conversation.closed")) == 1


async def test_who_had_a_thread_is_told_that_a_team_has_it(desk: Desk, new_user: NewUser) -> None:
    thread = await thread_of(desk, await hear(desk))
    agent = await new_user(desk.merchant.id, Role.AGENT, team="desk")
    async with desk.database.transaction() as session:
        who = person(desk.merchant.id, id=agent.id)
        await assign(session, desk.vault, who, thread, agent.id, now=desk.clock())
        await transfer(
            session,
            desk.vault,
            who,
            thread,
            agent=None,
            team="desk",
            note=None,
            now=desk.clock(),
        )
    [event] = await desk.events("conversation.transferred")
    assert (event.agent, event.data) == (
        agent.id,
        {"from": agent.id, "to": None, "served_by": "person", "team": "desk"},
    )
