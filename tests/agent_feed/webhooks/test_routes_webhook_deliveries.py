"""The delivery log over HTTP, and sending one event again."""

from tests.agent_feed.webhooks.api import Api
from tests.agent_feed.webhooks.stand import Stand
from tests.support.receiver import Receiver, answers


async def test_the_log_says_what_was_sent_and_what_came_of_it(
    api: Api, stand: Stand, receiver: Receiver
) -> None:
    made = await api.create(url=f"{receiver.url}/in", events=["*"])
    receiver.behaviour = answers(503, body=b"not now")
    await stand.happen("payment.paid")
    await stand.work()
    receiver.behaviour = answers(200, body=b"thanks")
    stand.clock.advance(seconds=1)
    await stand.happen("link.created")
    await stand.work()
    path = f"/{made['id']}/deliveries"
    listed = (await api.call("GET", path)).json()
    assert [("link.created", "delivered", 200), ("payment.paid", "pending", 503)] == [
        (each["type"], each["status"], each["response_status"]) for each in listed["data"]
    ]
    waiting = listed["data"][1]
    assert ("status", 1, False) == (waiting["problem"], waiting["tries"], waiting["replay"])
    assert waiting["next_try_at"] > waiting["created_at"]
    shown = (await api.call("GET", f"{path}/{waiting['id']}")).json()
    [only] = shown["log"]
    assert (503, "not now") == (only["response"]["status"], only["response"]["body"])
    assert receiver.received[0].body.decode() == only["request"]["body"]
    assert "webhook-signature" not in only["request"]["headers"]


async def test_the_log_is_searched_and_comes_in_pages(
    api: Api, stand: Stand, receiver: Receiver
) -> None:
    made = await api.create(url=f"{receiver.url}/in", events=["*"])
    path = f"/{made['id']}/deliveries"
    for _ in range(3):
        await stand.happen()
        await stand.work()
        stand.clock.advance(seconds=1)
    receiver.behaviour = answers(500)
    await stand.happen("payment.paid")
    await stand.work()

    async def found(**params: object) -> list[str]:
        answer = await api.call("GET", path, params=params)
        assert 200 == answer.status_code, answer.text
        return [each["type"] for each in answer.json()["data"]]

    assert ["payment.paid"] == await found(status="pending")
    assert [] == await found(status="failed")
    assert ["link.created"] == await found(event=receiver.ids[0])
    first = (await api.call("GET", path, params={"limit": 3})).json()
    assert ["link.created"] == await found(limit=3, cursor=first["next_cursor"])
    for wrong in ({"status": "lost"}, {"cursor": "whd_x"}, {"limit": "0"}):
        assert 422 == (await api.call("GET", path, params=wrong)).status_code


async def test_one_event_is_sent_again_at_once(api: Api, stand: Stand, receiver: Receiver) -> None:
    made = await api.create(url=f"{receiver.url}/in", events=["*"])
    path = f"/{made['id']}/deliveries"
    await stand.happen()
    await stand.work()
    [delivery] = (await api.call("GET", path)).json()["data"]
    again = await api.call("POST", f"{path}/{delivery['id']}/replay")
    assert (202, True, "pending") == (
        again.status_code,
        again.json()["replay"],
        again.json()["status"],
    )
    await stand.work()
    first, second = receiver.received
    assert (first.id, first.body) == (second.id, second.body)
    assert 404 == (await api.call("POST", f"{path}/whd_1/replay")).status_code


async def test_a_delivery_of_another_endpoint_is_not_found_under_this_one(
    api: Api, stand: Stand, receiver: Receiver
) -> None:
    one = await api.create(url=receiver.url, events=["*"])
    other = await api.create(url=receiver.url, events=["refund.*"])
    await stand.happen()
    await stand.work()
    [delivery] = (await api.call("GET", f"/{one['id']}/deliveries")).json()["data"]
    path = f"/{other['id']}/deliveries/{delivery['id']}"
    assert [404, 404] == [
        (await api.call("GET", path)).status_code,
        (await api.call("POST", f"{path}/replay")).status_code,
    ]
