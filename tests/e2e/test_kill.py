"""kill -9 of the service at any moment: after the restart the state is true, nothing is charged twice, nothing lost.

`PAYTHREAD_KILL_RUNS` says how many runs; `PAYTHREAD_KILL_SEED` repeats the moments of an earlier test, as near as a
busy machine lets it.
"""

import asyncio
import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.e2e.stand import Stand, new_stand
from tests.e2e.waiting import eventually
from tests.support import postgres

RUNS = int(os.environ.get("PAYTHREAD_KILL_RUNS", "12"))
SEED = int(os.environ.get("PAYTHREAD_KILL_SEED", "20261122"))
AMOUNT = 4999
# A page makes a new one of these for each try; here the PSP's ready-made ones stand for them.
METHODS = ("pm_card_visa", "pm_card_mastercard", "pm_card_visa_debit", "pm_card_discover")
# Longer than a lease, and than the sweep's growing patience with an attempt that went silent.
SETTLE_SECONDS_MAX = 240
_CONFIG = re.compile(r'id="paythread-config"[^>]*>(.*?)</script>', re.DOTALL)
# Ends, as a page knows them: nothing is under way any more.
_LIVE = frozenset({"waiting", "elsewhere", "processing", "challenge"})


@dataclass
class Purchase:
    """One link and its customer. `stubborn` customers try until they have paid; others give up after a crash."""

    number: int
    stubborn: bool
    link: str | None = None
    url: str | None = None
    reached: str = "nothing"
    tries: int = 0
    pressed: asyncio.Event = field(default_factory=asyncio.Event)
    # What the page was told about an attempt when the service was back.
    found: str = "no attempt"

    @property
    def reference(self) -> str:
        return f"KILL-{self.number}"

    @property
    def key(self) -> str:
        return f"kill-run-{self.number}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def stand(
    request: pytest.FixtureRequest, tmp_path: Path, client: httpx2.AsyncClient
) -> AsyncIterator[Stand]:
    """A service of its own, on SQLite and on PostgreSQL."""
    url = None
    if request.param == "postgres":
        server: postgres.PostgresServer = request.getfixturevalue("postgres_server")
        url = server.url(server.create_empty())
    made = new_stand(tmp_path, client, url)
    try:
        await made.start()
        yield made
    finally:
        made.end()


@pytest.mark.slow
@pytest.mark.timeout(300 + RUNS * 60)
async def test_a_kill_at_any_moment_leaves_the_truth(stand: Stand) -> None:
    """Links, charges and events of every run are exactly what they should be, however often the service died."""
    chance = random.Random(SEED)
    whole, submission = await rehearse(stand)
    purchases = [Purchase(number, stubborn=number % 4 != 0) for number in range(1, RUNS + 1)]
    for purchase in purchases:
        # Every other time the moment is sought where it hurts most: after the button was pressed.
        pressed = purchase.number % 2 == 0
        moment = chance.uniform(0, 1.2 * (submission if pressed else whole))
        await interrupted(stand, purchase, after_press=pressed, after_seconds=moment)
        await stand.revive()
        await take_up(stand, purchase)
    reached = Counter(purchase.reached for purchase in purchases)
    assert RUNS == stand.kills
    assert set(reached) != {"the end"}, "no kill came in between, so nothing was shown"
    await settle(stand, purchases)
    await check_the_truth(stand, purchases)
    found = Counter(purchase.found for purchase in purchases)
    print(
        f"{RUNS} kills, seed {SEED}; reached before the kill: {dict(reached)}; then: {dict(found)}"
    )


async def rehearse(stand: Stand) -> tuple[float, float]:
    """How many seconds a flow takes that nobody disturbs, and the press of the button within it, just after a start."""
    purchase = Purchase(0, stubborn=True)
    begun = time.monotonic()
    flowing = asyncio.create_task(flow(stand, purchase))
    await purchase.pressed.wait()
    pressed = time.monotonic()
    await flowing
    ended = time.monotonic()
    assert "the end" == purchase.reached
    return ended - begun, ended - pressed


async def interrupted(
    stand: Stand, purchase: Purchase, *, after_press: bool, after_seconds: float
) -> None:
    """Runs the flow and kills the service meanwhile: so long after its start, or after the button is pressed."""

    async def kill() -> None:
        if after_press:
            await purchase.pressed.wait()
        await asyncio.sleep(after_seconds)
        await asyncio.to_thread(stand.kill)

    killing = asyncio.create_task(kill())
    try:
        await flow(stand, purchase)
    except httpx2.TransportError:
        assert purchase.reached != "the end"
    await killing


async def flow(stand: Stand, purchase: Purchase) -> None:
    """The main job over the API: a link is made and sent, its page is opened and reports, a card is submitted."""
    await create(stand, purchase)
    page = await open_page(stand, purchase)
    assert page is not None
    await page.submit(METHODS[0])
    purchase.reached = "the end"


async def create(stand: Stand, purchase: Purchase) -> None:
    answer = await stand.ask(
        "POST",
        "/v1/links",
        json={
            "amount": AMOUNT,
            "currency": "GBP",
            "description": "Water bill",
            "reference": purchase.reference,
            "customer": {"name": "Casey Jones", "phone": "+447700900123"},
            "send": [{"channel": "sms"}],
        },
        headers={"Idempotency-Key": purchase.key},
    )
    assert answer.status_code == 201, answer.text
    link = answer.json()
    # The key's first answer was this link, whatever happened in between.
    assert purchase.link in (None, link["id"])
    purchase.link, purchase.url = link["id"], link["url"]
    if purchase.reached == "nothing":
        purchase.reached = "link"


@dataclass
class OpenPage:
    """A pay page as its script knows it."""

    stand: Stand
    purchase: Purchase
    config: dict[str, Any]

    async def post(self, path: str, **body: Any) -> httpx2.Response:
        return await self.stand.client.post(
            f"{self.stand.url}{self.config['base']}{path}",
            json={"page": self.config["page"], **body},
            headers={"X-Page-Nonce": self.config["nonce"]},
        )

    async def report(self) -> None:
        for event in (
            {"event": "loaded"},
            {"event": "opened", "device": "mobile", "by": "touch"},
            {"event": "joined", "device": "mobile"},
            {"event": "field_focused", "field": "number"},
            {"event": "field_completed", "field": "number"},
        ):
            answer = await self.post("/progress", **event)
            assert answer.status_code == 204, answer.text

    async def submit(self, method: str) -> None:
        """Presses Pay. What comes of it is asked later, as `state`."""
        self.purchase.tries += 1
        self.purchase.pressed.set()
        answer = await self.post("/attempts", method=method, revision=self.config["revision"])
        # Somebody else may have settled it meanwhile (409); the limit on tries (429) is waited for.
        assert answer.status_code in {200, 409, 429}, answer.text
        if answer.status_code == 429:
            self.purchase.tries -= 1


async def open_page(stand: Stand, purchase: Purchase) -> OpenPage | None:
    """Opens the link; None when there is nothing to pay any more."""
    assert purchase.url is not None
    answer = await stand.client.get(purchase.url)
    assert answer.status_code == 200, answer.text
    found = _CONFIG.search(answer.text)
    if found is None:
        return None
    page = OpenPage(stand, purchase, json.loads(found.group(1)))
    if purchase.reached == "link":
        purchase.reached = "page"
    await page.report()
    if purchase.reached == "page":
        purchase.reached = "submission"
    return page


async def take_up(stand: Stand, purchase: Purchase) -> None:
    """After the restart: the same key again, then the page asks how things stand, and goes on from there."""
    await create(stand, purchase)
    state = (await stand.client.get(f"{purchase.url}/state")).json()
    if state["result"] is not None:
        purchase.found = state["result"]["status"]
    if purchase.stubborn:
        await go_on(stand, purchase)


async def go_on(stand: Stand, purchase: Purchase) -> bool:
    """One look at the state, and another try where nothing is under way. Answers whether all is paid."""
    state = (await stand.client.get(f"{purchase.url}/state")).json()
    if state["state"] == "paid":
        return True
    live = state["attempt"] is not None or (state["result"] or {}).get("status") in _LIVE
    if not live and state["state"] == "payable" and purchase.tries < len(METHODS):
        page = await open_page(stand, purchase)
        if page is not None:
            await page.submit(METHODS[purchase.tries])
    return False


async def settle(stand: Stand, purchases: list[Purchase]) -> None:
    """Waits until every attempt has its fate and every message has left; stubborn customers try again meanwhile."""

    async def settled() -> bool:
        done = True
        for purchase in purchases:
            link = await stand.get(f"/v1/links/{purchase.link}")
            if any(message["status"] in {"queued", "sending"} for message in link["messages"]):
                done = False
            if link["status"] == "in_progress":
                done = False
            elif link["status"] != "paid" and purchase.stubborn:
                done = await go_on(stand, purchase) and done
        return done

    await eventually(settled, "everything is settled", seconds=SETTLE_SECONDS_MAX)


async def check_the_truth(stand: Stand, purchases: list[Purchase]) -> None:
    """What the service says against what the PSP did, event by event."""
    charged = Counter(
        intent["metadata"]["paythread_link"]
        for intent in await stand.intents()
        if intent["status"] == "succeeded" and intent["amount_received"] == AMOUNT
    )
    events = await all_events(stand)
    assert list(range(1, len(events) + 1)) == [event["position"] for event in events]
    told = Counter((event["link"], event["type"]) for event in events)
    for purchase in purchases:
        [link] = (await stand.get("/v1/links", reference=purchase.reference))["data"]
        assert purchase.link == link["id"]
        paid = link["status"] == "paid"
        assert paid or not purchase.stubborn
        assert (AMOUNT if paid else 0) == link["amount_paid"]
        assert (1 if paid else 0) == charged[link["id"]], purchase
        assert (1 if paid else 0) == told[link["id"], "payment.paid"], purchase
        assert 1 == told[link["id"], "link.created"]
        assert told[link["id"], "checkout.submitted"] <= purchase.tries
        assert told[link["id"], "payment.paid_late"] == 0
        assert {"sent", "delivered"} >= {message["status"] for message in link["messages"]}
    verified = await asyncio.to_thread(stand.run, "journal", "verify")
    assert 0 == verified.returncode, verified.stdout + verified.stderr


async def all_events(stand: Stand) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        after = found[-1]["position"] if found else 0
        page = (await stand.get("/v1/events", after=after, limit=200))["data"]
        if not page:
            return found
        found += page
