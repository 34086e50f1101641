"""Who has a thread, and whether it is done."""

import pytest
from fastapi import FastAPI

from compliance.roles import Role
from tests.channels.conftest import Desk
from tests.channels.talk import another_account, calling_as, hear, thread_of
from tests.conftest import NewUser
from tests.support.people import person, software


@pytest.fixture
async def thread(desk: Desk) -> str:
    return await thread_of(desk, await hear(desk))


async def test_an_agent_takes_a_thread_and_gives_it_back(
    doors: FastAPI, desk: Desk, thread: str, new_user: NewUser
) -> None:
    user = await new_user(desk.merchant.id, Role.AGENT)
    async with calling_as(doors, person(desk.merchant.id, id=user.id)) as client:
        url = f"/v1/conversations/{thread}/assign"
        taken = (await client.post(url, json={"agent": "me"})).json()
        again = (await client.post(url, json={"agent": user.id})).json()
        given = (await client.post(url, json={"agent": None})).json()
    assert (taken["agent"], again["agent"], given["agent"]) == (user.id, user.id, None)
    events = await desk.events("conversation.assigned")
    assert [(one.data["from"], one.data["to"]) for one in events] == [
        (None, user.id),
        (user.id, None),
    ]
    assert [one.agent for one in events] == [user.id, user.id]


async def test_only_those_who_may_answer_are_given_a_thread(
    doors: FastAPI, desk: Desk, thread: str, new_user: NewUser
) -> None:
    stranger = await new_user(desk.merchant.id, Role.AUDITOR)
    colleague = await new_user(desk.merchant.id, Role.AGENT)
    agent = await new_user(desk.merchant.id, Role.AGENT)
    url = f"/v1/conversations/{thread}"
    async with calling_as(doors, person(desk.merchant.id, id=agent.id)) as client:
        for given in (stranger.id, "usr_none", colleague.id):
            assert (await client.post(f"{url}/assign", json={"agent": given})).status_code == 422
        assert (await client.post(f"{url}/assign", json={})).status_code == 422
        # To pass a thread on, a colleague of another team will do.
        passed = await client.post(f"{url}/transfer", json={"agent": colleague.id})
    assert passed.json()["agent"] == colleague.id
    async with calling_as(doors, software(desk.merchant.id)) as client:
        assert (await client.post(f"{url}/assign", json={"agent": "me"})).status_code == 422
        assert (await client.post(f"{url}/assign", json={"agent": agent.id})).status_code == 200


async def test_a_thread_is_passed_to_a_team_with_a_note(
    doors: FastAPI, desk: Desk, thread: str, new_user: NewUser
) -> None:
    clerk = await new_user(desk.merchant.id, Role.AGENT, team="billing")
    agent = await new_user(desk.merchant.id, Role.AGENT)
    url = f"/v1/conversations/{thread}/transfer"
    async with calling_as(doors, person(desk.merchant.id, id=agent.id)) as client:
        note = "Says the card is 4242 4242 4242 4242"
        for body in ({}, {"team": "nobody"}, {"team": "billing", "agent": agent.id}):
            assert (await client.post(url, json=body)).status_code == 422
        passed = await client.post(url, json={"team": "billing", "note": note})
        assert (passed.status_code, passed.json()["agent"]) == (200, clerk.id)
    [event] = await desk.events("conversation.transferred")
    assert event.data["team"] == "billing"
    assert event.data["note"] == "Says the card is •••• 4242"


async def test_a_closed_thread_opens_again_when_somebody_writes(
    doors: FastAPI, desk: Desk, thread: str
) -> None:
    agent = person(desk.merchant.id)
    url = f"/v1/conversations/{thread}"
    async with calling_as(doors, agent) as client:
        closed = (await client.post(f"{url}/close")).json()
        assert (await client.post(f"{url}/close")).json()["status"] == "closed"
        assert closed["closed_at"] is not None
        listed = (await client.get("/v1/conversations", params={"status": "closed"})).json()
        assert [one["id"] for one in listed["data"]] == [thread]
        await hear(desk, "One more thing")
        assert (await client.get(url)).json()["status"] == "open"
        await client.post(f"{url}/close")
        await client.post(f"{url}/messages", json={"text": "Gladly"})
        assert (await client.get(url)).json()["closed_at"] is None
        await client.post(f"{url}/close")
        for _ in range(2):
            assert (await client.post(f"{url}/reopen")).json()["status"] == "open"
    assert await desk.event_types(["conversation"]) == [
        "conversation.opened",
        *["conversation.closed", "conversation.opened"] * 2,
        # Whoever answers first has it.
        "conversation.taken",
        *["conversation.closed", "conversation.opened"],
    ]
    opened = await desk.events("conversation.opened")
    assert [one.data for one in opened] == [{}, *[{"reopened": True}] * 3]
    assert [one.actor for one in opened] == ["customer", "customer", agent.actor, agent.actor]


async def test_a_bots_thread_is_handed_to_a_person_with_its_history(
    doors: FastAPI, desk: Desk, new_user: NewUser
) -> None:
    bot = await another_account(desk, "chatbot", "bot")
    thread = await thread_of(desk, await hear(desk, "Agent please", account=bot, sender="v-1"))
    user = await new_user(desk.merchant.id, Role.AGENT)
    history = [
        {"by": "customer", "text": "my card is 4242424242424242"},
        {"by": "bot", "text": "I did not get that", "at": "2026-11-22T10:00:00Z"},
    ]
    url = f"/v1/conversations/{thread}"
    async with calling_as(doors, software(desk.merchant.id)) as client:
        assert (await client.get(url)).json()["served_by"] == "bot"
        body = {"agent": user.id, "history": history, "note": "Wants to pay"}
        handed = (await client.post(f"{url}/hand-over", json=body)).json()
        again = (await client.post(f"{url}/hand-over", json={})).json()
        assert (handed["served_by"], handed["agent"]) == ("person", user.id)
        assert again == handed
        back = (await client.post(f"{url}/assign", json={"agent": "bot"})).json()
        assert (back["served_by"], back["agent"]) == ("bot", None)
    [event] = await desk.events("conversation.transferred")
    assert event.data["from_bot"] is True
    assert event.data["history"][0] == {"by": "customer", "text": "my card is •••• 4242"}
    assert event.data["history"][1]["at"] == "2026-11-22T10:00:00.000Z"


async def test_what_is_not_theirs_is_not_there(doors: FastAPI, desk: Desk, thread: str) -> None:
    stranger = person("mer_other", Role.SUPERVISOR)
    bodies = {"assign": {"agent": None}, "transfer": {"team": "x"}, "hand-over": {}}
    bodies["read"] = {"message": "msg_x"}
    for act in ("assign", "transfer", "close", "reopen", "hand-over", "read"):
        for who, status in ((stranger, 404), (person(desk.merchant.id, Role.AUDITOR), 403)):
            async with calling_as(doors, who) as client:
                answer = await client.post(
                    f"/v1/conversations/{thread}/{act}", json=bodies.get(act)
                )
            assert answer.status_code == status, act
    assert await desk.event_types(["conversation"]) == ["conversation.opened"]


async def test_reading_is_told_in_every_list_and_is_the_same_twice(
    doors: FastAPI, desk: Desk
) -> None:
    said = [await hear(desk, text) for text in ("one", "two")]
    thread = await thread_of(desk, said[0])
    elsewhere = await hear(desk, sender="+447700900456")
    url = f"/v1/conversations/{thread}"
    async with calling_as(doors, person(desk.merchant.id)) as client:
        assert (await client.get(url)).json()["unread"] == 2
        for message, left in ((said[0], 1), (said[1], 0), (said[0], 0)):
            for _ in range(2):
                answer = await client.post(f"{url}/read", json={"message": message})
                assert (answer.status_code, answer.json()["unread"]) == (200, left)
        page = (await client.get("/v1/conversations", params={"unread": "true"})).json()
        assert thread not in [one["id"] for one in page["data"]]
        for body in ({"message": elsewhere}, {"message": "msg_x"}, {}, {"message": 1}):
            refused = await client.post(f"{url}/read", json=body)
            assert refused.status_code == 422, body
    assert await desk.event_types(["conversation"]) == ["conversation.opened"] * 2
