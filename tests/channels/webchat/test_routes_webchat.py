"""Only the visitor, only from the merchant's pages, each word once.

Covers channels.routes.webchat and channels.routes.webchat_admission.
"""

import asyncio
import gzip
from dataclasses import replace

import pytest

from channels.accounts import ChannelAccount, switch_account
from channels.port import Content
from channels.routes import webchat
from channels.states import DeliveryState
from compliance.routes.gate import Gate
from core.throttle import Limit, Throttle
from tests.channels.webchat.conftest import CARD, PAY_URL, SHOP, Chat
from tests.support.doors import calling, service

EVIL = "https://evil.example"


async def test_a_visitor_writes_and_is_answered(chat: Chat) -> None:
    visitor = await chat.arrive()
    assert (await visitor.write("Hello")).status_code == 200
    await chat.say(visitor, Content("Hello, Sarah here."))
    mine, theirs = await visitor.thread()
    assert (mine["direction"], mine["text"], mine["status"]) == ("in", "Hello", "received")
    assert mine["client_id"] == "0f0f0f0f"
    assert (theirs["direction"], theirs["text"], theirs["status"]) == (
        "out",
        "Hello, Sarah here.",
        "sent",
    )
    assert theirs["button"] is None


async def test_a_payment_link_is_a_card_that_leads_to_the_real_page(chat: Chat) -> None:
    visitor = await chat.arrive()
    await visitor.write("I would like to pay")
    await chat.say(visitor, CARD)
    card = (await visitor.thread())[1]
    assert card["button"] == {"label": "Pay £49.99", "url": PAY_URL}
    assert card["text"] == "Acme Travel: please pay £49.99 here"


async def test_the_same_message_ten_times_at_once_is_kept_once(chat: Chat) -> None:
    visitor = await chat.arrive()
    answers = await asyncio.gather(*(visitor.write("Hello") for _ in range(10)))
    assert [each.status_code for each in answers] == [200] * 10
    assert len({each.json()["id"] for each in answers}) == 1
    assert await chat.desk.event_types() == ["message.received"]


async def test_a_visitor_cannot_take_another_visitors_name_for_a_message(chat: Chat) -> None:
    one, other = await chat.arrive(), await chat.arrive()
    await one.write("Mine", "aaaaaaaa")
    await other.write("Mine too", "aaaaaaaa")
    assert [each["text"] for each in await other.thread()] == ["Mine too"]


async def test_nobody_sees_another_visitors_thread(chat: Chat) -> None:
    one, other = await chat.arrive(), await chat.arrive()
    await one.write("My secret")
    await chat.say(one, CARD)
    assert await other.thread() == []
    await other.write("Hello")
    assert [each["text"] for each in await other.thread()] == ["Hello"]


async def test_a_token_opens_no_other_chat(chat: Chat, other_account: ChannelAccount) -> None:
    visitor = await chat.arrive()
    await visitor.write("Hello")
    elsewhere = replace(visitor, account=other_account.id)
    for answer in (await elsewhere.ask(), await elsewhere.write("Hello")):
        assert (answer.status_code, answer.json()["code"]) == (401, "visitor_unknown")


@pytest.mark.parametrize("token", ["", "x" * 43, "x", "é" * 43, "vis_01k9aaaaaaaaaaaaaaaaaaaaaa"])
async def test_a_forged_token_is_nobodys(chat: Chat, token: str) -> None:
    visitor = await chat.arrive()
    headers = [(b"authorization", f"Bearer {token}".encode()), (b"origin", SHOP.encode())]
    for method, path in (("GET", "messages"), ("POST", "read"), ("POST", "phone")):
        body = {"read": {"to": "msg_1"}, "phone": {"phone": "+447700900123"}}.get(path)
        answer = await chat.http.request(
            method, f"/chat/{visitor.account}/{path}", json=body, headers=headers
        )
        assert (answer.status_code, answer.json()["code"]) == (401, "visitor_unknown")


async def test_a_browser_may_call_from_allowed_origins_alone(chat: Chat) -> None:
    url = f"/chat/{chat.account.id}"
    asked = {"Origin": SHOP, "Access-Control-Request-Method": "POST"}
    for path in ("", "/messages", "/visitors"):
        answer = await chat.http.options(url + path, headers=asked)
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == SHOP
        assert answer.headers["access-control-allow-headers"] == "Authorization, Content-Type"
        assert "access-control-allow-credentials" not in answer.headers
    for origin in (EVIL, "null", f"{SHOP}:444", f"{SHOP}.evil.example", SHOP.upper()):
        for answer in (
            await chat.http.options(url, headers={**asked, "Origin": origin}),
            await chat.http.get(url, headers={"Origin": origin}),
            await chat.http.post(f"{url}/visitors", json={}, headers={"Origin": origin}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "origin_not_allowed")
            assert "access-control-allow-origin" not in answer.headers
            assert answer.headers["vary"] == "Origin"


async def test_a_widget_can_read_a_refusal(chat: Chat) -> None:
    """Without the headers a browser would tell it of a lost network, and it would try for ever."""
    visitor = replace(await chat.arrive(), token="x")
    refused = await visitor.ask()
    assert refused.headers["access-control-allow-origin"] == SHOP


@pytest.mark.parametrize("account", ["cha_01k9zzzzzzzzzzzzzzzzzzzzzz", "x", "%00", "mer_1"])
async def test_an_account_that_is_not_there_is_not_found(chat: Chat, account: str) -> None:
    for path in ("", "/widget.js", "/messages"):
        answer = await chat.http.get(f"/chat/{account}{path}", headers={"Origin": SHOP})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_another_channels_account_is_no_chat_nor_is_one_out_of_use(chat: Chat) -> None:
    sms = await chat.http.get(f"/chat/{chat.desk.accounts['sms'].id}")
    async with chat.desk.database.transaction() as session:
        await switch_account(
            session,
            merchant=chat.desk.merchant.id,
            account_id=chat.account.id,
            active=False,
            now=chat.desk.clock(),
        )
    off = await chat.http.get(f"/chat/{chat.account.id}")
    assert (sms.status_code, off.status_code) == (404, 404)


async def test_what_the_widget_shows_first(chat: Chat) -> None:
    answer = await chat.http.get(f"/chat/{chat.account.id}", headers={"Origin": SHOP})
    assert answer.json() == {
        "name": "Acme chat",
        "greeting": {"en": "Hello, how can we help?"},
        "pay_origin": "https://pay.example.test",
    }


async def test_the_script_is_for_every_page_compressed_and_kept(chat: Chat) -> None:
    url = f"/chat/{chat.account.id}/widget.js"
    plain = await chat.http.get(url, headers={"Accept-Encoding": "identity"})
    squeezed = await chat.http.get(url, headers={"Accept-Encoding": "gzip"})
    assert plain.headers["cross-origin-resource-policy"] == "cross-origin"
    assert plain.headers["content-type"] == "text/javascript; charset=utf-8"
    assert squeezed.headers["content-encoding"] == "gzip"
    assert plain.content == squeezed.content
    again = await chat.http.get(url, headers={"If-None-Match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    bundle = chat.app.state.chat_desk.widget
    assert gzip.decompress(bundle.compressed) == plain.content


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"id": "short", "text": "x"},
        {"id": "4242424242424242", "text": "x"},
        {"id": "4242-4242-4242-4242", "text": "x"},
        {"id": "0f0f0f0f"},
        {"id": "0f0f0f0f", "text": ""},
        {"id": "0f0f0f0f", "text": "x" * 2001},
        {"id": "0f0f0f0f", "text": "nul\x00"},
        {"id": "0f0f0f0f", "text": 1},
        {"id": "0f0f0f0f", "text": "x", "sender": "vis_1"},
        {"id": "a" * 65, "text": "x"},
        [],
    ],
)
async def test_a_bad_message_is_refused_and_leaves_nothing(chat: Chat, body: object) -> None:
    visitor = await chat.arrive()
    answer = await visitor.post("/messages", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert await visitor.thread() == []


async def test_a_card_number_is_masked_before_it_is_kept_and_told_of(chat: Chat) -> None:
    visitor = await chat.arrive()
    await visitor.write("My card is 4242 4242 4242 4242")
    [mine] = await visitor.thread()
    assert "4242 4242 4242" not in mine["text"]
    assert "incident.card_number_masked" in await chat.desk.event_types(["incident"])


@pytest.mark.parametrize("after", ["x", "msg_1.1", "msg_01k9aaaaaaaaaaaaaaaaaaaaaa.-1", "1"])
async def test_a_cursor_of_somebody_elses_making_is_refused(chat: Chat, after: str) -> None:
    visitor = await chat.arrive()
    assert (await visitor.ask(after=after)).status_code == 422


async def test_whoever_waits_hears_at_once(chat: Chat) -> None:
    visitor = await chat.arrive()
    await visitor.write("Hello")
    cursor = (await visitor.ask()).json()["cursor"]
    waiting = asyncio.create_task(visitor.thread(after=cursor, wait=20))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await chat.say(visitor, Content("Yes?"))
    async with asyncio.timeout(3):
        assert [each["text"] for each in await waiting] == ["Yes?"]


async def test_nobody_waits_past_the_bound_or_while_the_service_stops(chat: Chat) -> None:
    visitor = await chat.arrive()
    chat.app.state.chat_desk.wait_seconds_max = 0.3
    async with asyncio.timeout(3):
        assert (await visitor.ask(wait=60)).json()["waits"] is True
    chat.app.state.chat_desk.wait_seconds_max = 20
    waiting = asyncio.create_task(visitor.ask(wait=20))
    await asyncio.sleep(0.1)
    chat.app.state.chat_desk.drain()
    async with asyncio.timeout(3):
        assert (await waiting).status_code == 200
        assert (await visitor.ask(wait=20)).json()["waits"] is False


async def test_the_browser_reports_what_was_shown_and_read(chat: Chat) -> None:
    visitor = await chat.arrive()
    await visitor.write("Hello")
    first = await chat.say(visitor, Content("One"))
    second = await chat.say(visitor, Content("Two"))
    for body, states in (
        ({"to": first, "state": "delivered"}, (DeliveryState.DELIVERED, DeliveryState.SENT)),
        ({"to": second, "state": "read"}, (DeliveryState.READ, DeliveryState.READ)),
        ({"to": second, "state": "delivered"}, (DeliveryState.READ, DeliveryState.READ)),
    ):
        chat.desk.clock.advance(seconds=1)
        assert (await visitor.post("/read", body)).status_code == 204
        assert states == (
            (await chat.desk.message(first)).state,
            (await chat.desk.message(second)).state,
        )
    assert (await chat.desk.event_types()).count("message.read") == 2
    assert [each["status"] for each in await visitor.thread()] == ["received", "read", "read"]


async def test_looking_changes_nothing(chat: Chat) -> None:
    visitor = await chat.arrive()
    message = await chat.say(visitor, Content("One"))
    before = await chat.desk.events()
    await visitor.thread()
    assert await chat.desk.events() == before
    assert (await chat.desk.message(message)).state is DeliveryState.SENT


async def test_reading_reports_nothing_of_another_visitors_messages(chat: Chat) -> None:
    one, other = await chat.arrive(), await chat.arrive()
    message = await chat.say(one, Content("One"))
    await chat.say(other, Content("Two"))
    await other.post("/read", {"to": message})
    assert (await chat.desk.message(message)).state is DeliveryState.SENT
    assert (await other.post("/read", {"to": "dlv_1"})).status_code == 422


async def test_stop_ends_what_is_sent_to_the_chat(chat: Chat) -> None:
    visitor = await chat.arrive()
    await visitor.write("STOP")
    assert await chat.desk.event_types(["consent"]) == ["consent.changed"]


async def test_an_erased_customers_visitor_is_told_so_and_sees_nothing(chat: Chat) -> None:
    visitor = await chat.arrive()
    await visitor.write("Hello")
    [entry] = await chat.desk.events("message.received")
    assert entry.customer is not None
    async with chat.desk.database.transaction() as session:
        await chat.desk.vault.destroy(
            session, chat.desk.merchant.id, entry.customer, now=chat.desk.clock()
        )
    for answer in (
        await visitor.ask(),
        await visitor.write("Again", "bbbbbbbb"),
        await visitor.post("/phone", {"phone": "+447700900123"}),
        await visitor.post("/read", {"to": "msg_01k9aaaaaaaaaaaaaaaaaaaaaa"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (410, "subject_erased")


async def test_a_flood_is_slowed_by_address_and_by_visitor(chat: Chat, gate: Gate) -> None:
    limits = {
        "chat": Limit(100, 60),
        "chat_visitor": Limit(2, 60),
        "chat_message": Limit(1, 60),
        "chat_phone": Limit(1, 60),
    }
    slow = replace(gate, throttle=Throttle(limits))
    state = {name: getattr(chat.app.state, name) for name in ("providers", "chat_desk")}
    async with calling(service(slow, webchat.router, state=state)) as http:
        slowed = replace(chat, http=http)
        one, other = await slowed.arrive(), await slowed.arrive()
        refused = await http.post(f"/chat/{chat.account.id}/visitors", json={})
        assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
        assert int(refused.headers["retry-after"]) > 0
        for visitor in (one, other):
            phone = {"phone": "+447700900123"}
            statuses = [
                (await visitor.write("Hello", "aaaaaaaa")).status_code,
                (await visitor.write("Hello", "bbbbbbbb")).status_code,
                (await visitor.post("/phone", phone)).status_code,
                (await visitor.post("/phone", phone)).status_code,
            ]
            assert statuses == [200, 429, 204, 429]
