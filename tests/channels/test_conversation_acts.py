"""Acts on a thread that race: one after the other, each recorded once."""

import asyncio

import pytest

from channels.conversation_acts import AssigneeUnknown, assign, close, transfer
from channels.conversations import Conversation, get_conversation
from compliance.journal import NOBODY
from compliance.principal import Principal
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


async def pass_on(desk: Desk, who: Principal, thread: str, *, team: str) -> Conversation:
    async with desk.database.transaction() as session:
        return await transfer(
            session,
            desk.vault,
            who,
            thread,
            agent=None,
            team=team,
            note=None,
            now=desk.clock(),
        )


async def test_a_team_that_gets_a_thread_has_it_by_whoever_has_least_to_do(
    desk: Desk, new_user: NewUser
) -> None:
    giver = await new_user(desk.merchant.id, Role.AGENT, team="front")
    busy, idle = sorted(
        [(await new_user(desk.merchant.id, Role.AGENT, team="desk")).id for _ in range(2)]
    )
    await new_user(desk.merchant.id, Role.AUDITOR, team="desk")
    first = await thread_of(desk, await hear(desk))
    second = await thread_of(desk, await hear(desk, sender="+447700900456"))
    boss = person(desk.merchant.id, Role.SUPERVISOR)
    async with desk.database.transaction() as session:
        await assign(session, desk.vault, boss, first, busy, now=desk.clock())
        await assign(session, desk.vault, boss, second, giver.id, now=desk.clock())
    moved = await pass_on(desk, person(desk.merchant.id, id=giver.id), second, team="desk")
    assert moved.agent == idle
    [event] = await desk.events("conversation.transferred")
    assert (event.agent, event.data) == (
        idle,
        {"from": giver.id, "to": idle, "served_by": "person", "team": "desk"},
    )
    # Whoever had it is told that it is gone.
    assert [giver.id] == [
        one.agent
        for one in await desk.events("conversation.taken")
        if one.position > event.position - 2 and one.conversation == second and one.agent != NOBODY
    ]


async def test_a_team_of_one_who_passes_it_on_to_the_team_keeps_it(
    desk: Desk, new_user: NewUser
) -> None:
    thread = await thread_of(desk, await hear(desk))
    agent = await new_user(desk.merchant.id, Role.AGENT, team="desk")
    who = person(desk.merchant.id, id=agent.id)
    async with desk.database.transaction() as session:
        await assign(session, desk.vault, who, thread, agent.id, now=desk.clock())
    assert (await pass_on(desk, who, thread, team="desk")).agent == agent.id


async def test_a_team_without_anybody_who_may_answer_is_refused(
    desk: Desk, new_user: NewUser
) -> None:
    thread = await thread_of(desk, await hear(desk))
    await new_user(desk.merchant.id, Role.AUDITOR, team="books")
    for team in ("books", "nowhere"):
        with pytest.raises(AssigneeUnknown):
            await pass_on(desk, software(desk.merchant.id), thread, team=team)
