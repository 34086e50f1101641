"""How the far end reports and misbehaves: classic and signed webhooks, retries, faults."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import mollie.models
import pytest

from tests.mollie_sandbox.harness import WEBHOOK_SECRET, Listener, MollieSandbox
from tests.mollie_sandbox.test_payments import link_of, shown
from tests.sandbox.harness import eventually


@pytest.fixture
async def signing(tmp_path: Path, listener: Listener) -> AsyncIterator[MollieSandbox]:
    """A far end of one's own that sends signed events."""
    running = MollieSandbox(tmp_path, listener.url)
    await running.start()
    yield running
    running.stop()


async def test_a_report_holds_nothing_but_the_payments_id(
    far_end: MollieSandbox, listener: Listener
) -> None:
    made = await far_end.create(webhook_url=listener.url)
    await far_end.choose(link_of(made), "paid")
    report = (await listener.reports(1))[0]

    assert f"id={made.id}".encode() == report.body
    assert "application/x-www-form-urlencoded" == report.headers["content-type"]
    assert "x-mollie-signature" not in report.headers


async def test_a_report_comes_again_until_it_is_taken(
    far_end: MollieSandbox, listener: Listener
) -> None:
    listener.answers = [500, 503]
    made = await far_end.create(webhook_url=listener.url)
    await far_end.choose(link_of(made), "paid")

    assert made.id == (await listener.reports(1))[0].payment


async def test_a_refund_is_reported_when_it_ends(
    far_end: MollieSandbox, listener: Listener
) -> None:
    made = await far_end.create(webhook_url=listener.url)
    await far_end.choose(link_of(made), "paid")
    await far_end.control("refunds", made.id, amount={"currency": "EUR", "value": "5.00"})

    assert [made.id, made.id] == [each.payment for each in await listener.reports(2)]


async def test_an_event_is_signed_over_its_bytes(
    signing: MollieSandbox, listener: Listener
) -> None:
    made = await signing.create()
    await signing.choose(link_of(made), "paid")
    report = (await listener.reports(1))[0]
    mac = hmac.new(WEBHOOK_SECRET.encode(), report.body, hashlib.sha256).hexdigest()
    event = json.loads(report.body)

    assert f"sha256={mac}" == report.headers["x-mollie-signature"]
    assert ("event", "payment.paid", made.id) == (
        event["resource"],
        event["type"],
        event["entityId"],
    )


@pytest.mark.parametrize("fault", ["lost", "duplicated"])
async def test_reports_can_be_lost_or_doubled(
    calm: MollieSandbox, listener: Listener, fault: str
) -> None:
    await calm.faults(**{f"webhook_{fault}": 1})
    made, other = (
        await calm.create(webhook_url=listener.url),
        await calm.create(webhook_url=listener.url),
    )
    await calm.choose(link_of(made), "paid")
    await calm.no_faults()
    await calm.choose(link_of(other), "paid")
    many = {"lost": 0, "duplicated": 2}[fault]
    await eventually(lambda: other.id in [each.payment for each in listener.received])
    await listener.reports(many + 1)

    assert many == [each.payment for each in listener.received].count(made.id)


async def test_an_error_before_does_nothing_and_silence_after_does(calm: MollieSandbox) -> None:
    made = await calm.create()
    await calm.choose(link_of(made), "paid")
    ask = {"payment_id": made.id, "refund_request": {"amount": made.amount}}
    await calm.faults(error_before=1)
    with pytest.raises(mollie.models.APIError):
        await calm.sdk().refunds.create_async(**ask)
    before = await shown(calm, made.id)
    await calm.faults(timeout_after=1)
    with pytest.raises(httpx.TimeoutException):
        await calm.sdk().refunds.create_async(**ask, timeout_ms=500)

    assert "0.00" == before["amountRefunded"]["value"]
    assert "49.99" == (await shown(calm, made.id))["amountRefunded"]["value"]


async def test_it_can_be_slow(calm: MollieSandbox) -> None:
    await calm.faults(slow=2)
    with pytest.raises(httpx.TimeoutException):
        await calm.sdk().payments.list_async(timeout_ms=300)
