"""What is done to an endpoint holds at once, is in the journal with who did it, and is refused where it must be."""

from typing import Any

import pytest

from agent_feed.webhooks.acts import EndpointDesk, EndpointOff, ReplayRunning
from agent_feed.webhooks.endpoints import ENDPOINTS_MAX, TooManyEndpoints
from agent_feed.webhooks.patterns import UnknownEvents
from compliance.roles import Role
from core.errors import InvalidField, NotFound
from core.outbound.destinations import Destinations
from tests.agent_feed.webhooks.stand import Stand
from tests.support.people import person
from tests.support.receiver import Receiver, answers

URL = "https://hooks.example.com/in?token=secret-7"


async def told(stand: Stand) -> list[dict[str, Any]]:
    entries = await stand.journal("settings.changed")
    assert {(stand.admin.actor, "webhook_endpoints")} == {
        (entry.actor, entry.data["settings"]) for entry in entries
    }
    return [
        {
            name: value
            for name, value in entry.data.items()
            if name not in {"settings", "webhook_endpoint"}
        }
        for entry in entries
    ]


async def test_every_act_is_in_the_journal_without_the_path_of_the_url(stand: Stand) -> None:
    endpoint = await stand.endpoint(URL, ["link.*"])
    await stand.change(endpoint, url="https://new.example.com/", events=["*"])
    await stand.change(endpoint, url="https://new.example.com/", events=["*"], status="enabled")
    await stand.change(endpoint, status="disabled")
    await stand.change(endpoint, status="enabled")
    await stand.replay(endpoint, after=3)
    async with stand.database.transaction() as session:
        await stand.desk.rotate(session, stand.admin, endpoint.id, act=stand.act())
        await stand.desk.delete(session, stand.admin, endpoint.id, act=stand.act())
    assert [
        {"change": "created", "host": "hooks.example.com", "events": ["link.*"]},
        {
            "change": "updated",
            "changes": {"host": {"from": "hooks.example.com", "to": "new.example.com"}},
        },
        {"change": "updated", "changes": {"events": {"from": ["link.*"], "to": ["*"]}}},
        {"change": "switched_off", "reason": "by_hand", "host": "new.example.com"},
        {"change": "switched_on"},
        {"change": "replayed", "after": 3},
        {"change": "secret_rotated"},
        {"change": "deleted", "host": "new.example.com"},
    ] == await told(stand)


async def test_what_cannot_be_sent_to_or_asked_for_is_refused(stand: Stand) -> None:
    strict = EndpointDesk(stand.vault, stand.reader, Destinations())
    agent = person(stand.merchant, Role.AGENT)
    for caller, url, events, error in (
        (stand.admin, "https://127.0.0.1/", ["*"], InvalidField),
        (stand.admin, URL, ["nothing.*"], UnknownEvents),
        (agent, URL, ["session.failed"], UnknownEvents),
    ):
        with pytest.raises(error):
            async with stand.database.transaction() as session:
                await strict.create(session, caller, url=url, events=events, act=stand.act())
    assert [] == await stand.journal("settings.changed")


async def test_a_change_is_checked_like_a_new_endpoint(stand: Stand) -> None:
    endpoint = await stand.endpoint(URL)
    with pytest.raises(InvalidField):
        await stand.change(endpoint, url="https://10.0.0.1/")
    with pytest.raises(UnknownEvents):
        await stand.change(endpoint, events=["nothing"])
    assert endpoint == await stand.seen(endpoint)


async def test_another_merchants_endpoint_is_not_there(stand: Stand) -> None:
    endpoint = await stand.endpoint(URL)
    stranger = person("mer_other", Role.ADMIN)
    async with stand.database.transaction() as session:
        for act in (
            stand.desk.rotate(session, stranger, endpoint.id, act=stand.act()),
            stand.desk.delete(session, stranger, endpoint.id, act=stand.act()),
            stand.desk.replay(session, stranger, endpoint.id, after=0, act=stand.act()),
            stand.desk.replay_one(session, stranger, endpoint.id, "whd_1", act=stand.act()),
            stand.desk.change(
                session, stranger, endpoint.id, url=None, events=None, status=None, act=stand.act()
            ),
        ):
            with pytest.raises(NotFound):
                await act


async def test_a_merchant_has_a_bounded_number_of_endpoints(stand: Stand) -> None:
    made = [await stand.endpoint(URL) for _ in range(ENDPOINTS_MAX)]
    with pytest.raises(TooManyEndpoints):
        await stand.endpoint(URL)
    async with stand.database.transaction() as session:
        await stand.desk.delete(session, stand.admin, made[0].id, act=stand.act())
    await stand.endpoint(URL)


async def test_a_replay_sends_everything_after_a_position_under_the_ids_it_had(
    stand: Stand, receiver: Receiver
) -> None:
    await stand.happen("payment.paid")
    endpoint = await stand.endpoint(receiver.url, ["payment.*"])
    for _ in range(3):
        await stand.happen("payment.declined")
    await stand.work()
    assert 3 == len(receiver.received)
    await stand.replay(endpoint, after=0)
    await stand.work()
    [paid] = await stand.journal("payment.paid")
    declined = [entry.id for entry in await stand.journal("payment.declined")]
    assert sorted([*declined, *declined, paid.id]) == sorted(receiver.ids)


async def test_one_delivery_is_sent_again_with_the_same_bytes(
    stand: Stand, receiver: Receiver
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = answers(500)
    await stand.happen()
    await stand.work()
    [delivery] = await stand.deliveries(endpoint)
    receiver.behaviour = answers(204)
    for _ in range(2):
        async with stand.database.transaction() as session:
            await stand.desk.replay_one(
                session, stand.admin, endpoint.id, delivery.id, act=stand.act()
            )
        await stand.work()
    assert 3 == len(receiver.received)
    assert 1 == len({(each.id, each.body) for each in receiver.received})
    assert [(0, "pending"), (1, "delivered"), (2, "delivered")] == [
        (each.round, each.status) for each in await stand.deliveries(endpoint)
    ]


async def test_nothing_is_replayed_to_who_is_off_or_twice_at_once(stand: Stand) -> None:
    endpoint = await stand.endpoint(URL)
    await stand.replay(endpoint, after=0)
    with pytest.raises(ReplayRunning):
        await stand.replay(endpoint, after=0)
    await stand.change(endpoint, status="disabled")
    with pytest.raises(EndpointOff):
        await stand.replay(endpoint, after=0)


async def test_after_a_rotation_both_secrets_sign(stand: Stand, receiver: Receiver) -> None:
    endpoint = await stand.endpoint(receiver.url)
    async with stand.database.transaction() as session:
        await stand.desk.rotate(session, stand.admin, endpoint.id, act=stand.act())
    await stand.happen()
    await stand.work()
    await stand.later(hours=25)
    await stand.happen()
    await stand.work()
    assert [2, 1] == [
        len(each.headers["webhook-signature"].split(" ")) for each in receiver.received
    ]
