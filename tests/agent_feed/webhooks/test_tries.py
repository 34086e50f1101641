"""The log shows each request and its answer, within bounds, and neither a card number nor a signature."""

from agent_feed.webhooks.tries import tries_of, webhook_tries
from core.clock import rfc3339
from tests.agent_feed.webhooks.stand import Stand
from tests.support.receiver import Receiver, answers


async def test_each_try_is_kept_with_what_was_sent_and_what_came_back(
    stand: Stand, receiver: Receiver
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = answers(
        500, body=b"card 4242 4242 4242 4242 \x00\xff", content_type="text/plain", set_cookie="a=b"
    )
    await stand.happen()
    started_at = stand.clock()
    await stand.work()
    receiver.behaviour = answers(204)
    await stand.later(seconds=7)
    [delivery] = await stand.deliveries(endpoint)
    async with stand.database.snapshot() as session:
        first, second = await tries_of(session, stand.vault, delivery)
    [sent, _] = receiver.received
    assert (1, rfc3339(started_at), "status") == (
        first["number"],
        first["started_at"],
        first["problem"],
    )
    assert {
        "headers": {
            "webhook-id": sent.id,
            "webhook-timestamp": sent.headers["webhook-timestamp"],
        },
        "body": sent.body.decode(),
    } == first["request"]
    assert (500, "text/plain") == (
        first["response"]["status"],
        first["response"]["headers"]["content-type"],
    )
    assert "set-cookie" not in first["response"]["headers"]
    assert first["response"]["body"].startswith("card ")
    assert "4242 4242 4242" not in first["response"]["body"]
    assert (2, None, 204) == (second["number"], second["problem"], second["response"]["status"])


async def test_a_try_that_nobody_answered_has_no_response(stand: Stand, receiver: Receiver) -> None:
    endpoint = await stand.endpoint(f"http://127.0.0.1:{receiver.port + 1}/")
    await stand.happen()
    await stand.work()
    [delivery] = await stand.deliveries(endpoint)
    async with stand.database.snapshot() as session:
        [only] = await tries_of(session, stand.vault, delivery)
    assert (None, "connection_failed") == (only["response"], only["problem"])


async def test_what_is_kept_is_sealed_and_the_answer_is_cut(
    stand: Stand, receiver: Receiver
) -> None:
    endpoint = await stand.endpoint(receiver.url)
    receiver.behaviour = answers(200, body=b"wordy " * 5000)
    await stand.happen(customer="cus_1")
    await stand.work()
    [delivery] = await stand.deliveries(endpoint)
    async with stand.database.snapshot() as session:
        row = await session.one_or_none(webhook_tries.select())
        [only] = await tries_of(session, stand.vault, delivery)
    assert row is not None
    assert row["exchange"].startswith("v1.")
    assert 4096 == len(only["response"]["body"])
    async with stand.database.transaction() as session:
        await stand.vault.destroy(session, stand.merchant, "cus_1", now=stand.clock())
    async with stand.database.snapshot() as session:
        [erased] = await tries_of(session, stand.vault, delivery)
    assert (None, None) == (erased["request"]["body"], erased["response"]["body"])
