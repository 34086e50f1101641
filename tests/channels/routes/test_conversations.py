"""`/v1/conversations`: whose they are to see, what was said in them, and answering."""

import httpx2
import pytest
from fastapi import FastAPI

from channels.accounts import switch_account
from compliance.roles import Role
from tests.channels.conftest import AGENT, PHONE, Desk
from tests.channels.talk import another_account, calling_as, hear, thread_of
from tests.support.people import person, software


async def test_a_thread_tells_who_where_and_what_was_said_last(doors: FastAPI, desk: Desk) -> None:
    thread = await thread_of(
        desk, await hear(desk, "My\ncard is 4242424242424242", sender_name="Sam")
    )
    async with calling_as(doors, software(desk.merchant.id)) as client:
        shown = (await client.get(f"/v1/conversations/{thread}")).json()
        page = (await client.get("/v1/conversations")).json()
    assert page["data"] == [shown]
    assert (page["next_cursor"], page["as_of"] > 0) == (None, True)
    assert (shown["channel"], shown["address"], shown["customer_name"]) == ("sms", PHONE, "Sam")
    assert (shown["agent"], shown["status"], shown["served_by"]) == (None, "open", "person")
    assert shown["last_message"]["text"] == "My card is •••• 4242"
    assert shown["last_message"]["direction"] == "in"
    assert shown["window"] == {"open": True, "closes_at": None}
    assert shown["consent"] == "unknown"


async def test_both_sides_are_shown_newest_first_a_page_at_a_time(
    doors: FastAPI, desk: Desk
) -> None:
    first = await hear(desk, "Hello")
    thread = await thread_of(desk, first)
    desk.clock.advance(seconds=1)
    link = await desk.queue()
    async with calling_as(doors, software(desk.merchant.id)) as client:
        url = f"/v1/conversations/{thread}/messages"
        newest = (await client.get(url, params={"limit": 1})).json()
        older = (await client.get(url, params={"cursor": newest["next_cursor"]})).json()
        assert (await client.get(url, params={"cursor": "msg_x"})).status_code == 422
    assert [(one["id"], one["direction"]) for one in newest["data"]] == [(link.id, "out")]
    assert newest["data"][0]["text"] == "Please pay here: https://pay.example.test/p/…"
    assert [(one["id"], one["text"]) for one in older["data"]] == [(first, "Hello")]
    assert older["next_cursor"] is None


async def test_an_answer_goes_to_the_threads_address_and_makes_it_the_agents(
    doors: FastAPI, desk: Desk
) -> None:
    thread = await thread_of(desk, await hear(desk))
    agent = person(desk.merchant.id)
    async with calling_as(doors, agent) as client:
        url = f"/v1/conversations/{thread}/messages"
        sent = await client.post(url, json={"text": "Good morning"})
        again = await client.post(url, json={"text": "x"}, headers={"idempotency-key": "one"})
        replayed = await client.post(url, json={"text": "x"}, headers={"idempotency-key": "one"})
        shown = (await client.get(f"/v1/conversations/{thread}")).json()
    assert (sent.status_code, sent.json()["to"], sent.json()["text"]) == (
        201,
        PHONE,
        "Good morning",
    )
    assert replayed.json() == again.json()
    assert shown["agent"] == agent.id
    assert await desk.drain() == 2
    assert [one.to for one in desk.provider.taken] == [PHONE, PHONE]


async def test_an_answer_needs_an_idempotency_key(desk: Desk, api: httpx2.AsyncClient) -> None:
    thread = await thread_of(desk, await hear(desk))
    answer = await api.post(f"/v1/conversations/{thread}/messages", json={"text": "x"})
    assert answer.json()["code"] == "idempotency_key_missing"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "x" * 20_001},
        {"text": "4242 4242 4242 4242"},
        {"text": "x", "canned_reply": "can_x"},
        {"canned_reply": "can_x"},
        {"text": "x", "subject": "a\nb"},
        {"text": "x", "after": "msg_x"},
        {"text": "x", "status": "sent"},
    ],
)
async def test_what_cannot_be_sent_is_refused(
    doors: FastAPI, desk: Desk, body: dict[str, str]
) -> None:
    thread = await thread_of(desk, await hear(desk))
    async with calling_as(doors, person(desk.merchant.id)) as client:
        assert (
            await client.post(f"/v1/conversations/{thread}/messages", json=body)
        ).status_code == 422
    assert await desk.drain() == 0


async def test_who_said_stop_is_not_answered(doors: FastAPI, desk: Desk) -> None:
    thread = await thread_of(desk, await hear(desk, "STOP"))
    async with calling_as(doors, person(desk.merchant.id)) as client:
        answer = await client.post(f"/v1/conversations/{thread}/messages", json={"text": "But"})
        shown = (await client.get(f"/v1/conversations/{thread}")).json()
    assert (answer.status_code, answer.json()["code"]) == (409, "consent_stopped")
    assert shown["consent"] == "stopped"


async def test_the_networks_window_is_kept(doors: FastAPI, desk: Desk) -> None:
    whatsapp = await another_account(desk, "whatsapp", "+447700900777")
    thread = await thread_of(desk, await hear(desk, account=whatsapp))
    async with calling_as(doors, person(desk.merchant.id)) as client:
        url = f"/v1/conversations/{thread}/messages"
        assert (await client.post(url, json={"text": "Hello"})).status_code == 201
        desk.clock.advance(hours=24)
        late = await client.post(url, json={"text": "Hello?"})
        shown = (await client.get(f"/v1/conversations/{thread}")).json()
        never = await client.post(
            "/v1/conversations",
            json={"to": "+447700900456", "channel": "whatsapp", "text": "Hello"},
        )
    assert (late.status_code, late.json()["code"]) == (409, "reply_window_closed")
    assert shown["window"]["closes_at"][:13] in late.json()["detail"]
    assert shown["window"]["open"] is False
    assert never.json()["code"] == "reply_window_closed"
    assert len(await desk.events("message.queued")) == 1


async def test_a_colleague_who_was_faster_is_told_of(doors: FastAPI, desk: Desk) -> None:
    seen = await hear(desk)
    thread = await thread_of(desk, seen)
    one, other = person(desk.merchant.id), person(desk.merchant.id, Role.SUPERVISOR)
    url = f"/v1/conversations/{thread}/messages"
    async with calling_as(doors, one) as client:
        for text in ("Mine", "Mine too"):
            desk.clock.advance(seconds=1)
            newest = await client.post(url, json={"text": text, "after": seen})
            assert newest.status_code == 201
    async with calling_as(doors, other) as client:
        desk.clock.advance(seconds=1)
        late = await client.post(url, json={"text": "Mine", "after": seen})
        assert (late.status_code, late.json()["code"]) == (409, "conversation_moved_on")
        assert newest.json()["id"] in late.json()["detail"]
        read = await client.post(url, json={"text": "And I", "after": newest.json()["id"]})
        blind = await client.post(url, json={"text": "And I"})
    assert (read.status_code, blind.status_code) == (201, 201)


async def test_a_thread_is_opened_by_writing_and_continued_by_writing_again(
    doors: FastAPI, desk: Desk
) -> None:
    sam = await desk.customer(name="Sam", phone=PHONE, email="sam@example.com")
    async with calling_as(doors, person(desk.merchant.id)) as client:
        asked = {"customer": sam.id, "channel": "sms", "text": "Your room is ready"}
        opened = await client.post("/v1/conversations", json=asked)
        again = await client.post("/v1/conversations", json=asked)
        mail = await client.post("/v1/conversations", json={**asked, "channel": "email"})
        answered = await client.post(
            f"/v1/conversations/{mail.json()['id']}/messages", json={"text": "One more thing"}
        )
    assert (opened.status_code, opened.json()["customer"]) == (201, sam.id)
    assert opened.json()["message"]["text"] == "Your room is ready"
    assert again.json()["id"] == opened.json()["id"] != mail.json()["id"]
    assert mail.json()["message"]["subject"] == "Acme Travel"
    assert answered.json()["subject"] == "Re: Acme Travel"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"channel": "sms", "text": "x"}, 422),
        ({"to": PHONE, "channel": "pigeon", "text": "x"}, 422),
        ({"to": "nobody", "channel": "sms", "text": "x"}, 422),
        ({"customer": "cus_none", "channel": "sms", "text": "x"}, 404),
        ({"to": "x", "channel": "telegram", "text": "x"}, 409),
        ({"to": PHONE, "channel": "sms", "text": "5555 5555 5555 4444"}, 422),
    ],
)
async def test_a_thread_to_nowhere_is_not_opened(
    doors: FastAPI, desk: Desk, body: dict[str, str], status: int
) -> None:
    async with calling_as(doors, person(desk.merchant.id)) as client:
        assert (await client.post("/v1/conversations", json=body)).status_code == status
    assert await desk.events("conversation.opened") == []


async def test_the_answer_goes_by_the_account_that_the_customer_wrote_to(
    doors: FastAPI, desk: Desk
) -> None:
    second = await another_account(desk, "sms", "+447700900888")
    thread = await thread_of(desk, await hear(desk, account=second))
    url = f"/v1/conversations/{thread}/messages"
    async with calling_as(doors, person(desk.merchant.id)) as client:
        own = (await client.post(url, json={"text": "x"})).json()
        async with desk.database.transaction() as session:
            await switch_account(
                session,
                merchant=desk.merchant.id,
                account_id=second.id,
                active=False,
                now=desk.clock(),
            )
        other = (await client.post(url, json={"text": "x"})).json()
    assert (own["from"], other["from"]) == ("+447700900888", "+447700900999")


async def test_agents_see_theirs_their_teams_nobodys_and_their_customers(
    doors: FastAPI, desk: Desk
) -> None:
    await desk.queue()
    [opened] = await desk.events("conversation.opened")
    nobodys = await thread_of(desk, await hear(desk, sender="+447700900456"))
    server = person(desk.merchant.id)
    sees = {
        "own": (person(desk.merchant.id, id=AGENT), True),
        "team": (person(desk.merchant.id, teammates=frozenset({AGENT})), True),
        "stranger": (server, False),
        "supervisor": (person(desk.merchant.id, Role.SUPERVISOR), True),
        "auditor": (person(desk.merchant.id, Role.AUDITOR), True),
    }
    for name, (who, expected) in sees.items():
        async with calling_as(doors, who) as client:
            listed = {one["id"] for one in (await client.get("/v1/conversations")).json()["data"]}
            one = await client.get(f"/v1/conversations/{opened.conversation}")
            words = await client.get(f"/v1/conversations/{opened.conversation}/messages")
        assert listed == ({opened.conversation, nobodys} if expected else {nobodys}), name
        assert {one.status_code, words.status_code} == {200 if expected else 404}, name
    # Whoever dealt with the customer elsewhere sees this thread of theirs too.
    sam = await desk.customer(phone=PHONE)
    await desk.queue(sam, channel="email", to="sam@example.com", agent=server.id, link=None)
    async with calling_as(doors, server) as client:
        assert (await client.get(f"/v1/conversations/{opened.conversation}")).status_code == 200
        listed = {one["id"] for one in (await client.get("/v1/conversations")).json()["data"]}
    assert opened.conversation in listed
    for who in (person("mer_other", Role.SUPERVISOR), software("mer_other")):
        async with calling_as(doors, who) as client:
            url = f"/v1/conversations/{opened.conversation}/messages"
            assert (await client.post(url, json={"text": "x"})).status_code == 404


async def test_an_auditor_reads_and_does_not_write(doors: FastAPI, desk: Desk) -> None:
    thread = await thread_of(desk, await hear(desk))
    async with calling_as(doors, person(desk.merchant.id, Role.AUDITOR)) as client:
        url = f"/v1/conversations/{thread}/messages"
        assert (await client.post(url, json={"text": "x"})).status_code == 403


async def test_the_list_is_filtered_and_searched(doors: FastAPI, desk: Desk) -> None:
    mine = await desk.queue()
    desk.clock.advance(seconds=1)
    nobodys = await thread_of(desk, await hear(desk, sender="+447700900456", sender_name="Alex"))
    agent = person(desk.merchant.id, id=AGENT)
    async with calling_as(doors, agent) as client:

        async def ids(**params: str) -> list[str]:
            answer = (await client.get("/v1/conversations", params=params)).json()
            return [one["id"] for one in answer["data"]]

        assert await ids() == [nobodys, mine.conversation]
        assert await ids(agent="me") == await ids(agent=AGENT) == [mine.conversation]
        assert await ids(agent="none") == [nobodys]
        assert await ids(channel="email") == await ids(status="closed") == []
        assert await ids(customer=str(mine.customer)) == [mine.conversation]
        assert await ids(q="alex") == await ids(q="+447700900456") == [nobodys]
        assert await ids(q="nobody") == []
        for params in ({"channel": "pigeon"}, {"status": "lost"}, {"cursor": "x"}, {"limit": "0"}):
            answer = await client.get("/v1/conversations", params=params)
            assert answer.status_code == 422, params


async def test_a_customers_threads_are_those_of_all_who_were_merged_into_them(
    doors: FastAPI, desk: Desk
) -> None:
    threads = [
        await thread_of(desk, await hear(desk, sender=f"+4477009001{at}")) for at in (23, 45)
    ]
    await hear(desk, sender="+447700900167")
    async with calling_as(doors, person(desk.merchant.id)) as client:
        into, source = [
            (await client.get(f"/v1/conversations/{each}")).json()["customer"] for each in threads
        ]
        merged = await client.post(f"/v1/customers/{into}/merge", json={"from": source})
        assert merged.status_code == 200
        page = (await client.get("/v1/conversations", params={"customer": into})).json()
        assert {one["id"] for one in page["data"]} == set(threads)
        both = {"customer": into, "q": "+447700900167"}
        assert (await client.get("/v1/conversations", params=both)).json()["data"] == []
