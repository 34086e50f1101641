"""Everything that a customer's page posts, posted again and with more in it: no second effect, and no other amount."""

from collections import Counter
from typing import Any

import httpx2
import pytest
from pydantic import ValidationError

from payments.states import AttemptState
from tests.links.conftest import Shop
from tests.links.doors import Browser
from tests.payments.fakes import Challenges, Declines

# What must not happen twice.
MONEY = ("payment.", "checkout.submitted", "link.opened")


async def a_way_to_the_receipt(client: httpx2.AsyncClient, shop: Shop) -> list[httpx2.Request]:
    """A decline, a challenge, the receipt; and what was posted on the way."""
    posted: list[httpx2.Request] = []

    async def note(request: httpx2.Request) -> None:
        if request.method == "POST":
            posted.append(request)

    client.event_hooks = {"request": [note]}
    browser = await Browser.open(client, shop, await shop.make())
    for event, known in (
        ("loaded", {}),
        ("opened", {"device": "mobile", "by": "touch"}),
        ("joined", {"device": "mobile"}),
        ("field_focused", {"field": "number"}),
        ("field_completed", {"field": "number"}),
    ):
        assert 204 == (await browser.progress(event, **known)).status_code
    shop.gateway.script = [Declines(), Challenges()]
    assert "declined" == (await browser.pay("pm_first")).json()["status"]
    challenged = (await browser.pay("pm_second")).json()
    shop.gateway.take_up(challenged["attempt"])
    paid = await browser.post(f"/attempts/{challenged['attempt']}/resume")
    assert "paid" == paid.json()["status"]
    client.event_hooks = {"request": []}
    return posted


async def money(shop: Shop) -> tuple[Any, ...]:
    """What is booked and told of money; charges by their keys, since the same key is the same order."""
    [link] = {event.link for event in await shop.events() if event.type == "link.created"}
    types = Counter(e.type for e in await shop.events() if e.type.startswith(MONEY))
    rows = await shop.rows()
    return (
        link,
        types,
        {order.attempt_id for order in shop.gateway.charged},
        [rows[table] for table in ("links", "payments", "attempts", "transactions")],
    )


async def test_every_post_sent_again_has_no_second_effect(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    posted = await a_way_to_the_receipt(client, shop)
    before = await money(shop)
    for _ in range(2):
        for request in posted:
            answer = await client.post(
                request.url, content=request.content, headers=dict(request.headers)
            )
            assert answer.status_code < 500
    after = await money(shop)
    assert 8 == len(posted)
    assert before[1:3] == after[1:3]
    assert before[3][1:] == after[3][1:]


@pytest.mark.parametrize(
    "more",
    [
        {"amount": 1},
        {"amount": 4998},
        {"amount": {"amount": 1, "currency": "GBP"}},
        {"currency": "JPY"},
        {"status": "paid"},
        {"state": "paid"},
        {"payment": "pay_01k9aaaaaaaaaaaaaaaaaaaaaa"},
        {"merchant": "mer_01k9aaaaaaaaaaaaaaaaaaaaaa"},
        {"captured": 4999},
        {"three_d_secure": "authenticated"},
    ],
    ids=str,
)
async def test_a_post_with_more_in_it_changes_no_amount_and_no_state(
    client: httpx2.AsyncClient, shop: Shop, more: dict[str, Any]
) -> None:
    link = await shop.make()
    browser = await Browser.open(client, shop, link)
    with pytest.raises(ValidationError):  # which the service answers with 422
        await browser.progress("opened", **more)
    answers = [
        await browser.pay(**more),
        await browser.post("/attempts/att_01k9aaaaaaaaaaaaaaaaaaaaaa/resume", **more),
    ]
    assert {422, 409, 404} >= {answer.status_code for answer in answers}
    assert [] == shop.gateway.charged
    assert [] == [each for each in await shop.tries(link) if each.state is AttemptState.SUCCEEDED]


async def test_what_the_address_claims_changes_no_amount_and_no_state(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    """A return address with every sign of success, and headers too: the database alone is shown."""
    link = await shop.make()
    path = f"/p/{await shop.token(link)}"
    claims = "amount=1&currency=JPY&status=paid&redirect_status=succeeded&payment_intent=pi_1"
    before = await shop.rows()
    for asked in (path, f"{path}/state"):
        answer = await client.get(
            f"{asked}?{claims}", headers={"X-Amount": "1", "X-Status": "paid"}
        )
        assert "paid" not in answer.json()["state"] if asked != path else "£49.99" in answer.text
    assert before == await shop.rows()
