"""kill -9 during charge, capture and refund: after the restart the state is true, and each happened once.

`PAYTHREAD_KILL_RUNS` says how many runs; a third of them die after each of the three was asked for.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.e2e.stand import Stand, new_stand
from tests.e2e.test_kill import METHODS, OpenPage, Purchase, all_events, open_page
from tests.e2e.waiting import eventually
from tests.support import postgres

RUNS = int(os.environ.get("PAYTHREAD_KILL_RUNS", "6"))
SEED = int(os.environ.get("PAYTHREAD_KILL_SEED", "20261122"))
AMOUNT, BACK = 4999, 1000
STEPS = ("charge", "capture", "refund")
# Nothing that was asked for is older than this when the service is back: a lease, and the patience with a healthy call.
SETTLE_SECONDS_MAX = 300


@dataclass
class Sale:
    """A hold that is captured, of which a part goes back; `dies_in` is the step in which the service is killed."""

    number: int
    dies_in: str
    link: dict[str, Any] = field(default_factory=dict)
    tries: int = 0
    refusals: int = 0
    # By step: set when it was asked for.
    asked: dict[str, asyncio.Event] = field(
        default_factory=lambda: {step: asyncio.Event() for step in STEPS}
    )


@pytest.fixture
async def stand(
    request: pytest.FixtureRequest, tmp_path: Path, client: httpx2.AsyncClient
) -> AsyncIterator[Stand]:
    """A service of its own on PostgreSQL."""
    server: postgres.PostgresServer = request.getfixturevalue("postgres_server")
    made = new_stand(tmp_path, client, server.url(server.create_empty()))
    try:
        await made.start()
        yield made
    finally:
        made.end()


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.timeout(600 + RUNS * 60)
async def test_a_kill_while_money_moves_leaves_the_truth(stand: Stand) -> None:
    """Each hold, capture and refund is there once, at the PSP and in our books, however often the service died."""
    chance = random.Random(SEED)
    longest = await rehearse(stand)
    sales = [Sale(number, STEPS[number % 3]) for number in range(1, RUNS + 1)]
    for sale in sales:
        await interrupted(stand, sale, after_seconds=chance.uniform(0, 1.2 * longest[sale.dies_in]))
        await stand.revive()
    assert RUNS == stand.kills

    async def all_done() -> bool:
        return all([await advance(stand, sale) for sale in sales])

    await eventually(all_done, "every sale is captured and refunded", seconds=SETTLE_SECONDS_MAX)
    await check_the_truth(stand, sales)
    print(f"{RUNS} kills, seed {SEED}; by step: {dict(Counter(sale.dies_in for sale in sales))}")


async def rehearse(stand: Stand) -> dict[str, float]:
    """How many seconds each step takes that nobody disturbs."""
    clock = asyncio.get_running_loop().time
    sale, took, begun = Sale(0, ""), {}, clock()
    for step in STEPS:
        while not sale.asked[step].is_set() or not await has(stand, sale, step):
            await advance(stand, sale)
        took[step] = clock() - begun
        begun = clock()
    return took


async def has(stand: Stand, sale: Sale, step: str) -> bool:
    payment = await stand.get(f"/v1/payments/{sale.link['payment']}")
    return bool(
        {
            "charge": payment["amount_authorised"] or payment["amount_captured"],
            "capture": payment["amount_captured"],
            "refund": payment["amount_refunded"],
        }[step]
    )


async def interrupted(stand: Stand, sale: Sale, *, after_seconds: float) -> None:
    """Advances the sale and kills the service so long after the step was asked for."""

    async def kill() -> None:
        await sale.asked[sale.dies_in].wait()
        await asyncio.sleep(after_seconds)
        await asyncio.to_thread(stand.kill)

    killing = asyncio.create_task(kill())
    try:
        while not killing.done():
            await advance(stand, sale)
            await asyncio.sleep(0.02)
    except httpx2.TransportError:
        pass
    await killing


async def advance(stand: Stand, sale: Sale) -> bool:
    """One step further, with the same keys as before. Answers whether all three are done."""
    if not sale.link:
        sale.link = (await asked(stand, "/v1/links", f"link-{sale.number}", draft(sale))).json()
    path = f"/v1/payments/{sale.link['payment']}"
    payment = await stand.get(path)
    if payment["status"] == "open":
        await charge(stand, sale)
    elif payment["status"] == "authorised":
        sale.asked["capture"].set()
        await asked(stand, f"{path}/capture", f"capture-{sale.number}", {})
    elif payment["status"] == "paid" and not payment["refunds"]:
        sale.asked["refund"].set()
        key = f"refund-{sale.number}-{sale.refusals}"
        answer = await asked(stand, f"{path}/refunds", key, {"amount": BACK})
        sale.refusals += answer.status_code >= 400
    return bool(payment["amount_refunded"])


async def charge(stand: Stand, sale: Sale) -> None:
    purchase = Purchase(sale.number, stubborn=True, link=sale.link["id"], url=sale.link["url"])
    page: OpenPage | None = await open_page(stand, purchase)
    if page is None:
        return
    sale.asked["charge"].set()
    await page.submit(METHODS[sale.tries % len(METHODS)])
    sale.tries += 1


def draft(sale: Sale) -> dict[str, Any]:
    return {
        "amount": AMOUNT,
        "currency": "GBP",
        "description": "Deposit",
        "reference": f"SALE-{sale.number}",
        "capture": "manual",
    }


async def asked(stand: Stand, path: str, key: str, body: dict[str, Any]) -> httpx2.Response:
    answer = await stand.ask("POST", path, json=body, headers={"Idempotency-Key": key})
    assert answer.status_code in {200, 201, 409}, answer.text
    return answer


async def check_the_truth(stand: Stand, sales: list[Sale]) -> None:
    """What the service says against what the PSP did, and against its own journal."""
    intents = await stand.intents()
    events = Counter((event["payment"], event["type"]) for event in await all_events(stand))
    for sale in sales:
        payment = await stand.get(f"/v1/payments/{sale.link['payment']}")
        taken = [
            intent
            for intent in intents
            if intent["metadata"].get("paythread_link") == sale.link["id"]
            and intent["amount_received"]
        ]
        assert [AMOUNT] == [intent["amount_received"] for intent in taken]
        assert BACK == await refunded_at_psp(stand, taken[0]["id"])
        assert ("paid", "partial", AMOUNT, BACK, []) == (
            payment["status"],
            payment["refund_status"],
            payment["amount_captured"],
            payment["amount_refunded"],
            payment["flags"],
        )
        assert [("succeeded", BACK)] == [(r["status"], r["amount"]) for r in payment["refunds"]]
        moved = (await stand.get("/v1/transactions", payment=payment["id"]))["data"]
        assert [("capture", AMOUNT), ("refund", -BACK)] == sorted(
            (row["kind"], row["amount"]) for row in moved
        )
        for kind in ("payment.paid", "refund.created", "refund.succeeded"):
            assert 1 == events[payment["id"], kind], (kind, payment["id"])
    verified = await asyncio.to_thread(stand.run, "journal", "verify")
    assert 0 == verified.returncode, verified.stdout + verified.stderr


async def refunded_at_psp(stand: Stand, intent: str) -> int:
    answer = await stand.client.get(
        f"{stand.plan.sandbox_url}/v1/refunds",
        params={"payment_intent": intent},
        headers={"Authorization": f"Bearer {stand.secrets.stripe_secret_key}"},
    )
    assert answer.status_code == 200, answer.text
    return sum(refund["amount"] for refund in answer.json()["data"])
