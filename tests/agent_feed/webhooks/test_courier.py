"""Deliveries reach their endpoint, once or again, whatever the receiver does, and none waits for another's."""

import asyncio
import json
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
import sqlalchemy as sa

from agent_feed.webhooks.courier import Courier
from agent_feed.webhooks.deliveries import LEASE, webhook_deliveries
from agent_feed.webhooks.endpoints import webhook_endpoints
from agent_feed.webhooks.tries import webhook_tries
from core.clock import rfc3339
from core.outbound import problems
from core.work import work_table
from tests.agent_feed.webhooks.conftest import NewSender
from tests.agent_feed.webhooks.stand import Stand
from tests.conftest import NewMerchant
from tests.support.receiver import Behaviour, Receiver, answers, hangs, writes

DAY = timedelta(days=1)


async def test_an_event_arrives_as_the_journal_has_it(stand: Stand, receiver: Receiver) -> None:
    await stand.endpoint(f"{receiver.url}/hook?token=7", ["link.*"])
    await stand.happen(link="lnk_1", customer="cus_1", private={"description": "Water bill"})
    await stand.work()
    [got] = receiver.received
    [entry] = await stand.journal("link.created")
    assert "/hook?token=7" == got.path
    assert ("application/json", entry.id) == (got.headers["content-type"], got.id)
    assert {
        "type": "link.created",
        "timestamp": rfc3339(entry.occurred_at),
        "data": entry.as_event(),
    } == json.loads(got.body)
    assert "Water bill" == got.event["data"]["description"]


async def test_nothing_from_before_the_endpoint_and_nothing_else_than_asked_for(
    stand: Stand, receiver: Receiver
) -> None:
    await stand.happen("payment.paid")
    await stand.endpoint(receiver.url, ["payment.paid"])
    for kind in ("payment.declined", "session.failed", "payment.paid", "settings.changed"):
        await stand.happen(kind)
    await stand.work()
    assert ["payment.paid"] == [each.event["type"] for each in receiver.received]


async def test_privileged_events_come_to_those_who_asked_for_them_by_name(
    stand: Stand, receiver: Receiver
) -> None:
    await stand.endpoint(f"{receiver.url}/all", ["*"])
    await stand.endpoint(f"{receiver.url}/named", ["session.*"])
    await stand.happen("session.failed")
    await stand.happen("link.created")
    await stand.work()
    assert [("/all", "link.created"), ("/named", "session.failed")] == sorted(
        (each.path, each.event["type"]) for each in receiver.received
    )


async def test_another_merchants_events_stay_theirs(
    stand: Stand, receiver: Receiver, new_merchant: NewMerchant
) -> None:
    rival = await new_merchant("Rival Tours")
    await stand.endpoint(receiver.url)
    await stand.happen(merchant=rival.id)
    await stand.work()
    assert [] == receiver.received


async def test_what_failed_comes_again_under_the_same_id_with_the_same_bytes(
    stand: Stand, receiver: Receiver
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = answers(500)
    await stand.happen()
    await stand.work()
    assert 1 == len(receiver.received)
    await stand.later(seconds=3)
    assert 1 == len(receiver.received)
    receiver.behaviour = answers(200)
    await stand.later(seconds=4)
    first, second = receiver.received
    assert (first.id, first.body) == (second.id, second.body)
    assert int(first.headers["webhook-timestamp"]) + 7 == int(second.headers["webhook-timestamp"])
    [delivery] = await stand.deliveries(endpoint)
    assert ("delivered", 2, 200, None) == (
        delivery.status,
        delivery.tries,
        delivery.response_status,
        delivery.due_at,
    )
    assert 0 == await stand.rows(work_table)


async def test_an_event_that_chokes_the_receiver_does_not_hold_up_the_next(
    stand: Stand, receiver: Receiver
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = answers(500)
    await stand.happen("payment.paid")
    await stand.work()
    receiver.behaviour = answers(204)
    await stand.happen("link.created")
    await stand.work()
    assert ["payment.paid", "link.created"] == [each.event["type"] for each in receiver.received]
    assert ["pending", "delivered"] == [each.status for each in await stand.deliveries(endpoint)]


async def test_an_endpoint_that_hangs_keeps_nobody_else_waiting(
    stand: Stand, receiver: Receiver, other_receiver: Receiver
) -> None:
    await stand.endpoint(receiver.url)
    await stand.endpoint(other_receiver.url)
    receiver.behaviour = hangs
    for _ in range(8):
        await stand.happen()
    working = asyncio.create_task(stand.work())
    async with asyncio.timeout(5):
        while len(other_receiver.received) < 8:
            await asyncio.sleep(0.01)
        assert len(receiver.received) <= 4
        await working
    assert 8 == len(set(receiver.ids))


async def test_three_days_of_failures_are_tried_ever_more_slowly(
    stand: Stand, receiver: Receiver
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = answers(503)
    await stand.happen()
    start, moments = stand.clock(), []
    for _ in range(40):
        await stand.work()
        if len(receiver.received) > len(moments):
            moments.append(stand.clock() - start)
        [delivery] = await stand.deliveries(endpoint)
        if delivery.due_at is None or (await stand.seen(endpoint)).status == "disabled":
            break
        stand.clock.set(delivery.due_at)
    assert 14 <= len(moments) <= 20
    assert moments[-1] >= timedelta(days=3)
    gaps = [later - sooner for sooner, later in pairwise(moments)]
    assert gaps[:9] == sorted(gaps[:9])
    assert timedelta(seconds=4) <= gaps[0] <= timedelta(seconds=6)
    assert max(gaps) <= timedelta(hours=14, minutes=24)


async def test_an_endpoint_that_fails_for_three_days_is_switched_off_and_its_admins_are_told(
    stand: Stand, receiver: Receiver, other_receiver: Receiver
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    other = await stand.endpoint(other_receiver.url)
    receiver.behaviour = answers(500)
    await stand.happen()
    for _ in range(40):
        await stand.work()
        if not (await stand.seen(endpoint)).enabled:
            break
        await stand.later(hours=6)
    off = await stand.seen(endpoint)
    assert ("disabled", "failing") == (off.status, off.disabled_reason)
    assert (await stand.seen(other)).enabled
    told = (await stand.journal("settings.changed"))[-1]
    assert ("system", endpoint.id, "switched_off", "failing", "127.0.0.1") == (
        told.actor,
        *(told.data[name] for name in ("webhook_endpoint", "change", "reason", "host")),
    )
    count = len(receiver.received)
    await stand.happen("payment.paid")
    await stand.later(days=2)
    assert count == len(receiver.received)
    receiver.behaviour = answers(204)
    await stand.change(endpoint, status="enabled")
    await stand.work()
    assert ["delivered"] * 2 == [each.status for each in await stand.deliveries(endpoint)]
    assert ["link.created", "payment.paid"] == [
        each.event["type"] for each in other_receiver.received
    ]


async def test_a_success_in_between_keeps_the_endpoint_on(stand: Stand, receiver: Receiver) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = answers(500)
    await stand.happen("payment.paid")
    for _ in range(20):
        await stand.later(hours=6)
        receiver.behaviour = answers(204)
        await stand.happen("link.created")
        await stand.work()
        receiver.behaviour = answers(500)
    assert (await stand.seen(endpoint)).enabled


async def test_410_switches_off_at_once(stand: Stand, receiver: Receiver) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = answers(410)
    await stand.happen()
    await stand.work()
    off = await stand.seen(endpoint)
    assert ("disabled", "gone", stand.clock()) == (off.status, off.disabled_reason, off.disabled_at)


async def test_switched_on_again_it_goes_on_where_it_stopped(
    stand: Stand, receiver: Receiver
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = answers(410)
    await stand.happen("payment.paid")
    await stand.work()
    await stand.happen("payment.declined")
    await stand.later(days=5)
    receiver.behaviour = answers(204)
    changed = await stand.change(endpoint, status="enabled")
    assert ("enabled", None, 0) == (changed.status, changed.disabled_reason, changed.failures)
    await stand.work()
    assert {"payment.paid", "payment.declined"} == {
        each.event["type"] for each in receiver.received[1:]
    }
    assert ["delivered"] * 2 == [each.status for each in await stand.deliveries(endpoint)]


@pytest.mark.parametrize("form", ["seconds", "date"])
async def test_retry_after_is_waited_for(stand: Stand, receiver: Receiver, form: str) -> None:
    await stand.endpoint(receiver.url)
    until = stand.clock() + timedelta(hours=2)
    told = (
        "7200" if form == "seconds" else format_datetime(until.replace(microsecond=0), usegmt=True)
    )
    receiver.behaviour = answers(429, retry_after=told)
    await stand.happen()
    await stand.work()
    await stand.later(minutes=119)
    assert 1 == len(receiver.received)
    await stand.later(minutes=2)
    assert 2 == len(receiver.received)


@pytest.mark.parametrize(
    ("behaviour", "problem", "status"),
    [
        (answers(301, location="http://127.0.0.1:1/other"), problems.REDIRECTED, 301),
        (answers(404), problems.STATUS, 404),
        (hangs, problems.TIMEOUT, None),
        (writes(b"HTTP/1.1 2", b"00", b" OK", pause_seconds=0.5), problems.TIMEOUT, None),
        (writes(b"220 smtp.example ESMTP\r\n"), problems.NO_HTTP, None),
    ],
)
async def test_what_is_no_2xx_in_time_is_a_failure_with_a_reason(
    stand: Stand, receiver: Receiver, behaviour: Behaviour, problem: str, status: int | None
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = behaviour
    await stand.happen()
    await stand.work()
    [delivery] = await stand.deliveries(endpoint)
    assert ("pending", problem, status, 1) == (
        delivery.status,
        delivery.problem,
        delivery.response_status,
        delivery.tries,
    )


async def test_killed_between_the_send_and_the_record_it_is_sent_again_under_the_same_id(
    stand: Stand, receiver: Receiver
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = writes(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n", pause_seconds=1)
    await stand.happen()
    [item] = await stand.claim()
    carrying = asyncio.create_task(stand.courier.carry(item))
    async with asyncio.timeout(5):
        while not receiver.received:
            await asyncio.sleep(0.01)
    carrying.cancel()
    await asyncio.gather(carrying, return_exceptions=True)
    receiver.behaviour = answers(204)
    await stand.work()
    assert 1 == len(receiver.received)
    await stand.later(LEASE + timedelta(minutes=1))
    first, second = receiver.received
    assert (first.id, first.body) == (second.id, second.body)
    [delivery] = await stand.deliveries(endpoint)
    assert ("delivered", 2) == (delivery.status, delivery.tries)


async def test_a_process_that_is_told_to_end_leaves_what_waits_to_the_next_at_once(
    stand: Stand, receiver: Receiver, new_sender: NewSender
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    for _ in range(8):
        await stand.happen()
    receiver.behaviour = writes(b"HTTP/1.1 204 Told\r\n\r\n", pause_seconds=0.5)
    ending = Courier(stand.database, stand.vault, new_sender(), stand.clock)
    [item] = await stand.claim()
    carrying = asyncio.create_task(ending.carry(item))
    async with asyncio.timeout(5):
        while not receiver.received:
            await asyncio.sleep(0.01)
        ending.leave()
        await carrying
    assert 1 <= len(receiver.received) <= 4
    await stand.work()
    assert 8 == len(receiver.received) == len(set(receiver.ids))
    assert ["delivered"] * 8 == [each.status for each in await stand.deliveries(endpoint)]


async def test_an_endpoint_deleted_while_something_waits_leaves_nothing_behind(
    stand: Stand, receiver: Receiver
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = answers(500)
    await stand.happen()
    await stand.work()
    async with stand.database.transaction() as session:
        await stand.desk.delete(session, stand.admin, endpoint.id, act=stand.act())
    await stand.happen()
    await stand.later(hours=1)
    assert 1 == len(receiver.received)
    for table in (webhook_endpoints, webhook_deliveries, webhook_tries, work_table):
        assert 0 == await stand.rows(table)


async def test_what_is_done_is_forgotten_after_thirty_days(
    stand: Stand, receiver: Receiver
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    await stand.happen()
    await stand.work()
    await stand.later(days=31)
    await stand.happen("payment.paid")
    await stand.work()
    assert ["payment.paid"] == [each.type for each in await stand.deliveries(endpoint)]
    assert 1 == await stand.rows(webhook_tries)


async def test_what_an_erased_customer_wrote_is_not_sent_any_more(
    stand: Stand, receiver: Receiver
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = answers(500, body=b"cannot read Casey")
    await stand.happen("message.received", customer="cus_1", private={"text": "I am Casey"})
    await stand.work()
    async with stand.database.transaction() as session:
        await stand.vault.destroy(session, stand.merchant, "cus_1", now=stand.clock())
    receiver.behaviour = answers(204)
    await stand.later(minutes=1)
    before, after = receiver.received
    assert before.id == after.id
    assert {"text": "I am Casey"} == before.event["data"]
    assert {"erased": True} == after.event["data"]
    assert ["delivered"] == [each.status for each in await stand.deliveries(endpoint)]
    async with stand.database.snapshot() as session:
        kept = await session.all(sa.select(webhook_tries))
    assert not any("Casey" in str(dict(row)) for row in kept)


async def test_a_name_that_became_private_is_not_connected_to(
    stand: Stand, receiver: Receiver
) -> None:
    """The allow-list was taken away: what is stored counts no more than what is asked for."""
    endpoint = await stand.endpoint(receiver.url)
    async with stand.database.transaction() as session:
        await session.execute(
            sa.update(webhook_endpoints).values(url=f"http://127.0.0.2:{receiver.port}/")
        )
    await stand.happen()
    await stand.work()
    [delivery] = await stand.deliveries(endpoint)
    assert (0, problems.URL_REFUSED) == (receiver.connections, delivery.problem)
