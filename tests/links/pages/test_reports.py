"""What the customer's page posts, and what it is answered."""

import json
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from pydantic import ValidationError

from agent_feed.batches import Presence
from compliance.routes.gate import Gate
from core.throttle import DEFAULT_LIMITS, Limit, Throttle
from links.links import Link
from links.pages.reports import ProgressBody
from links.states import LinkState
from tests.links.conftest import Shop
from tests.links.doors import Browser, company_of, doors
from tests.payments.fakes import Challenges, Declines, TimesOut


@pytest.fixture
async def link(shop: Shop) -> Link:
    return await shop.make()


@pytest.fixture
async def browser(client: httpx2.AsyncClient, shop: Shop, link: Link) -> Browser:
    return await Browser.open(client, shop, link)


async def test_the_customers_way_to_the_receipt(browser: Browser, shop: Shop, link: Link) -> None:
    for event, known in (
        ("loaded", {}),
        ("opened", {"device": "mobile", "by": "touch"}),
        ("joined", {"device": "mobile"}),
        ("field_focused", {"field": "number"}),
        ("field_completed", {"field": "number"}),
    ):
        assert 204 == (await browser.progress(event, **known)).status_code
    answer = (await browser.pay(device="mobile")).json()

    assert {
        "status": "paid",
        "attempt": answer["attempt"],
        "receipt": {
            "amount_text": "£49.99",
            "total_text": None,
            "remaining_text": None,
            "reference": "INV-1",
            "merchant": "Acme Travel",
            "paid_at": "2026-11-22T13:24:05.123Z",
            "card": "Visa •••• 4242",
            "payment": link.payment,
        },
    } == answer
    assert [
        "link.created",
        "link.fetched",
        "link.opened",
        "checkout.joined",
        "checkout.card_entry_started",
        "checkout.field_completed",
        "checkout.submitted",
        "payment.fraud_check_started",
        "payment.fraud_check_completed",
        "payment.paid",
    ] == await shop.story(link)
    state = await browser.state()
    assert ("paid", answer["receipt"], answer) == (
        state["state"],
        state["receipt"],
        state["result"],
    )


async def test_a_decline_has_words_for_the_customer_and_none_for_the_agent(
    browser: Browser, shop: Shop
) -> None:
    shop.gateway.script = [Declines("insufficient_funds")]
    answer = (await browser.pay()).json()

    assert ("declined", {"code", "customer_message", "retryable"}) == (
        answer["status"],
        set(answer["problem"]),
    )
    assert "payable" == (await browser.state())["state"]


async def test_a_challenge_is_opened_and_taken_up_by_the_page(browser: Browser, shop: Shop) -> None:
    shop.gateway.script = [Challenges()]
    challenged = (await browser.pay()).json()
    state = await browser.state()
    shop.gateway.take_up(challenged["attempt"])
    paid = (await browser.post(f"/attempts/{challenged['attempt']}/resume")).json()

    assert ("challenge", f"secret of fake_{challenged['attempt']}") == (
        challenged["status"],
        challenged["client_secret"],
    )
    # The state is the database's, and the database does not know the secret.
    assert ("in_progress", challenged["attempt"], False) == (
        state["state"],
        state["attempt"],
        "client_secret" in state["result"],
    )
    assert ("paid", True) == (paid["status"], "receipt" in paid)


async def test_a_challenge_is_given_up_by_the_page(browser: Browser, shop: Shop) -> None:
    shop.gateway.script = [Challenges()]
    challenged = (await browser.pay()).json()
    answer = (await browser.post(f"/attempts/{challenged['attempt']}/abandon")).json()

    assert {"status": "abandoned", "attempt": challenged["attempt"]} == answer
    assert "payable" == (await browser.state())["state"]


async def test_an_unknown_fate_is_waited_for(browser: Browser, shop: Shop) -> None:
    shop.gateway.script = [TimesOut()]

    assert "waiting" == (await browser.pay()).json()["status"]
    assert ("in_progress", "waiting") == (
        (await browser.state())["state"],
        (await browser.state())["result"]["status"],
    )


async def test_a_second_tab_is_told_that_the_customer_pays_elsewhere(
    client: httpx2.AsyncClient, browser: Browser, shop: Shop, link: Link
) -> None:
    shop.gateway.script = [Challenges()]
    first = (await browser.pay("pm_one")).json()
    other = await Browser.open(client, shop, link)

    assert ("in_progress", first["attempt"]) == (other.config["state"], other.config["attempt"])
    assert {"status": "elsewhere", "attempt": first["attempt"]} == (
        await other.pay("pm_two")
    ).json()


async def test_a_page_that_shows_an_old_amount_is_refused(
    browser: Browser, shop: Shop, link: Link
) -> None:
    await shop.amend(link, amount=9999)
    answer = await browser.pay()

    assert (409, "amount_changed") == (answer.status_code, answer.json()["code"])
    assert (2, "£99.99") == (
        (await browser.state())["revision"],
        (await browser.state())["amount_text"],
    )


async def test_a_cancelled_link_is_not_payable_from_a_page_that_is_still_open(
    browser: Browser, shop: Shop, link: Link
) -> None:
    await shop.cancel(link)
    answer = await browser.pay()

    assert (409, "not_payable", "cancelled") == (
        answer.status_code,
        answer.json()["code"],
        (await browser.state())["state"],
    )


async def test_a_psp_that_is_down_is_said_so(browser: Browser, shop: Shop, link: Link) -> None:
    shop.gateway.unreachable = True
    answer = await browser.pay()

    assert (503, "psp_unavailable") == (answer.status_code, answer.json()["code"])
    assert LinkState.ACTIVE is (await shop.link(link)).state


async def test_a_flood_of_tries_is_slowed_down(gate: Gate, shop: Shop, link: Link) -> None:
    narrow = Throttle({**DEFAULT_LIMITS, "attempt": Limit(2, 60)})
    async with doors(replace(gate, throttle=narrow), shop) as client:
        browser = await Browser.open(client, shop, link)
        statuses = [(await browser.pay("pm_same")).status_code for _ in range(3)]

    assert [200, 200, 429] == statuses


# Whose page it is


@pytest.mark.parametrize("path", ["/progress", "/attempts", "/attempts/att_1/resume"])
@pytest.mark.parametrize("headers", [{}, {"X-Page-Nonce": "1.00"}])
async def test_without_the_nonce_of_the_page_nothing_is_taken(
    browser: Browser, shop: Shop, path: str, headers: dict[str, str]
) -> None:
    before = await shop.rows()
    bodies: dict[str, dict[str, Any]] = {
        "/progress": {"event": "opened"},
        "/attempts": {"method": "pm_1", "revision": 1},
    }
    body = bodies.get(path, {})
    answer = await browser.post(path, headers=headers, **body)

    assert (403, "page_expired") == (answer.status_code, answer.json()["code"])
    assert before == await shop.rows()


async def test_the_nonce_of_another_links_page_does_not_hold(
    client: httpx2.AsyncClient, browser: Browser, shop: Shop
) -> None:
    other = await Browser.open(client, shop, await shop.make())
    answer = await other.post(
        "/progress", headers={"X-Page-Nonce": browser.config["nonce"]}, event="opened"
    )

    assert 403 == answer.status_code


async def test_a_page_that_was_open_for_a_day_is_to_be_loaded_again(
    browser: Browser, shop: Shop
) -> None:
    shop.clock.advance(hours=24, seconds=1)

    assert 403 == (await browser.progress("opened")).status_code


async def test_an_attempt_of_another_link_is_not_there(
    client: httpx2.AsyncClient, browser: Browser, shop: Shop
) -> None:
    shop.gateway.script = [Challenges()]
    challenged = (await browser.pay()).json()
    other = await Browser.open(client, shop, await shop.make())

    for path in ("resume", "abandon"):
        answer = await other.post(f"/attempts/{challenged['attempt']}/{path}")
        assert 404 == answer.status_code


@pytest.mark.parametrize("path", ["/progress", "/attempts", "/state"])
async def test_a_token_that_names_nothing_has_no_doors(
    client: httpx2.AsyncClient, browser: Browser, path: str
) -> None:
    lost = Browser(client, browser.config | {"base": f"/p/{'A' * 24}"})
    if path == "/state":
        answer = await client.get(f"/p/{'A' * 24}/state")
    else:
        answer = await lost.post(path, event="opened") if path == "/progress" else await lost.pay()

    assert 404 == answer.status_code


# The goodbye


async def test_a_goodbye_comes_by_beacon_with_its_nonce_in_the_body(
    client: httpx2.AsyncClient, browser: Browser, shop: Shop, link: Link
) -> None:
    """A beacon cannot set headers, and is plain text."""
    await browser.progress("joined")
    body = {"page": browser.config["page"], "event": "left", "nonce": browser.config["nonce"]}
    answer = await client.post(
        f"{browser.config['base']}/progress",
        content=json.dumps(body),
        headers={"Content-Type": "text/plain;charset=UTF-8"},
    )
    shop.clock.advance(seconds=3)
    await shop.run("presence.check")

    assert 204 == answer.status_code
    assert "checkout.left" == (await shop.story(link))[-1]


async def test_a_nonce_in_the_body_is_for_goodbyes_alone(browser: Browser) -> None:
    answer = await browser.post(
        "/progress", headers={}, event="opened", nonce=browser.config["nonce"]
    )

    assert 403 == answer.status_code


# What is no report


WRONG = [
    {"event": "paid"},
    {"event": "field_invalid", "field": "name"},
    {"event": "field_invalid", "code": "4242 4242"},
    {"event": "opened", "device": "toaster"},
    {"event": "opened", "value": "4242"},
    {"event": "opened", "page": "pg_1"},
    {},
]


@pytest.mark.parametrize("body", WRONG)
def test_a_report_of_another_shape_is_refused(
    body: dict[str, Any],
) -> None:
    """Nothing that was typed has a place in a report."""
    with pytest.raises(ValidationError):
        ProgressBody.model_validate({"page": "pg_01k9aaaaaaaaaaaaaaaaaaaaaa"} | body)


@pytest.mark.parametrize(
    "changes", [{"method": "4242424242424242"}, {"method": "pm 1"}, {"method": ""}, {"amount": 0},
                {"amount": "4999"}, {"amount": 49.99}, {"revision": 0}, {"revision": "1"}],
)  # fmt: skip
async def test_a_submission_of_another_shape_is_refused(
    browser: Browser, shop: Shop, changes: dict[str, Any]
) -> None:
    """A card number is none of the shapes, nor is a fraction of a minor unit."""
    asked = {"method": "pm_1"} | changes
    answer = await browser.pay(**asked)

    assert 422 == answer.status_code
    assert [] == shop.gateway.inspected


# What the customer does at this moment


async def test_what_the_customer_does_is_told_and_nothing_of_it_is_stored(
    gate: Gate, shop: Shop, link: Link
) -> None:
    told: list[Presence] = []
    company = company_of(shop, told.append)
    async with doors(gate, shop, company) as client:
        browser = await Browser.open(client, shop, link)
        await browser.progress("joined", device="mobile", activity="active")
        before = await shop.story(link)
        for activity in ("typing", "typing", "idle"):
            assert 204 == (await browser.progress("heartbeat", activity=activity)).status_code
        after, rows = await shop.story(link), await shop.rows()

    assert [("active", "mobile"), ("typing", "mobile"), ("idle", "mobile")] == [
        (one.activity, one.device) for one in told
    ]
    assert {(link.merchant, link.id, link.agent, link.customer, True)} == {
        (one.merchant, one.link, one.agent, one.customer, one.present) for one in told
    }
    assert before == after
    assert "typing" not in json.dumps(rows)


async def test_a_page_that_says_goodbye_does_nothing_any_more(
    gate: Gate, shop: Shop, link: Link
) -> None:
    told: list[Presence] = []
    async with doors(gate, shop, company_of(shop, told.append)) as client:
        browser = await Browser.open(client, shop, link)
        await browser.progress("joined", activity="typing")
        await browser.progress("left")

    # Whether the customer is gone, the journal tells a moment later.
    assert [("typing", True), (None, True)] == [(one.activity, one.present) for one in told]


async def test_a_page_that_nobody_has_joined_by_shows_no_activity(
    gate: Gate, shop: Shop, link: Link
) -> None:
    told: list[Presence] = []
    async with doors(gate, shop, company_of(shop, told.append)) as client:
        browser = await Browser.open(client, shop, link)
        for event in ("loaded", "opened", "field_focused"):
            await browser.progress(event, activity="typing")

    assert [] == told


@pytest.mark.parametrize("activity", ["4242424242424242", "Typing", "", 1, True, ["typing"]])
def test_any_other_word_for_what_the_customer_does_is_refused(activity: Any) -> None:
    body = {"page": "pg_01k9aaaaaaaaaaaaaaaaaaaaaa", "event": "heartbeat"}
    assert "idle" == ProgressBody.model_validate(body | {"activity": "idle"}).activity
    with pytest.raises(ValidationError):
        ProgressBody.model_validate(body | {"activity": activity})


async def test_a_page_that_shares_less_is_told_so_and_its_typing_is_passed_on_no_more(
    gate: Gate, shop: Shop
) -> None:
    heard: list[Presence] = []
    async with doors(gate, shop, company_of(shop, heard.append)) as client:
        link = await shop.make()
        browser = await Browser.open(client, shop, link)
        await browser.progress("opened", device="mobile")
        await browser.progress("joined", device="mobile", activity="active")
        less = await browser.progress("share_less", activity="typing")
        known = len(heard)
        late = await browser.progress("field_completed", field="number", activity="typing")
        again = (await Browser.open(client, shop, link)).config

    assert (200, {"sharing": "coarse"}) == (less.status_code, less.json())
    assert (200, {"sharing": "coarse"}) == (late.status_code, late.json())
    assert known == len(heard)
    assert "typing" not in [each.activity for each in heard]
    assert "checkout.field_completed" not in await shop.story(link)
    assert "coarse" == again["sharing"]
