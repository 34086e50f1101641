"""What the page reports: each step once, nothing before a person's touch, never what was typed."""

from __future__ import annotations

import json
from functools import partial

import pytest

from tests.pay_page.customer import OpenPage, until
from tests.pay_page.stand import Link, Reply, Stand
from tests.pay_page.test_paying import PAID

pytestmark = pytest.mark.browser


async def test_looking_is_not_opening(stand: Stand, open_page: OpenPage) -> None:
    """A page that nobody touches reports that it was loaded, and nothing else, not even when it goes."""
    link = stand.link()
    customer = await open_page(link)
    await customer.ready()
    await customer.page.evaluate(
        "document.body.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))"
    )
    await customer.page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true}))"
    )
    await customer.page.wait_for_timeout(600)
    await customer.page.goto("about:blank")
    await customer.page.wait_for_timeout(300)
    assert link.events() == ["loaded"]


async def test_each_step_is_reported_in_order(stand: Stand, open_page: OpenPage) -> None:
    """Loaded, opened, present, each field; the device by its pointer."""
    link = stand.link()
    link.answers("attempts", PAID)
    customer = await open_page(link, is_mobile=True)
    await customer.pay()
    await customer.sees("Payment received")
    await until(lambda: link.events().count("field_completed") == 3)
    assert link.events() == [
        "loaded",
        "opened",
        "joined",
        "field_focused",
        "field_completed",
        "field_focused",
        "field_completed",
        "field_focused",
        "field_completed",
    ]
    reports = link.posts("progress")
    assert reports[0]["device"] == "mobile"
    assert reports[1]["by"] == "field"
    assert [body["field"] for body in reports[3:]] == ["number"] * 2 + ["expiry"] * 2 + ["cvc"] * 2


@pytest.mark.parametrize("by", ["touch", "pointer", "key"])
async def test_a_touch_opens_once(stand: Stand, open_page: OpenPage, by: str) -> None:
    """Pointer, touch or key: one `opened`, saying by what."""
    link = stand.link()
    customer = await open_page(link)
    for _ in range(3):
        if by == "touch":
            await customer.page.touchscreen.tap(40, 70)
        elif by == "pointer":
            await customer.page.mouse.click(40, 70)
        else:
            await customer.page.keyboard.press("Shift")
    await until(lambda: "joined" in link.events())
    assert link.events() == ["loaded", "opened", "joined"]
    assert link.posts("progress")[1]["by"] == by


async def test_leaving_is_told_by_beacon(stand: Stand, open_page: OpenPage) -> None:
    """`left` goes out while the page goes away, with the nonce in its body."""
    link = stand.link()
    customer = await open_page(link)
    await customer.page.keyboard.press("Shift")
    await until(lambda: "joined" in link.events())
    await customer.page.goto("about:blank")
    await until(lambda: "left" in link.events())
    last = link.requests[-1]
    assert last.nonce is None
    assert set(last.body) == {"page", "event", "nonce"}


async def test_a_reload_joins_at_once(stand: Stand, open_page: OpenPage) -> None:
    """The tab remembers that a person opened the page, so presence does not wait for another touch."""
    link = stand.link()
    customer = await open_page(link)
    await customer.page.keyboard.press("Shift")
    await until(lambda: "joined" in link.events())
    await customer.page.reload()
    await until(lambda: link.events()[-2:] == ["loaded", "joined"])


async def test_the_heart_beats_every_ten_seconds(stand: Stand, open_page: OpenPage) -> None:
    """A present customer's page says so again and again."""
    link = stand.link()
    customer = await open_page(link)
    await customer.page.clock.install()
    await customer.page.reload()
    await customer.page.keyboard.press("Shift")
    await until(lambda: "joined" in link.events())

    def beaten(times: int) -> bool:
        return link.events().count("heartbeat") == times

    for beats in (1, 2):
        await customer.page.clock.fast_forward(10_000)
        await until(partial(beaten, beats))


async def test_an_invalid_field_is_reported_with_the_psps_code(
    stand: Stand, open_page: OpenPage
) -> None:
    """The agent learns which field and what kind of slip, and the customer reads it at the field."""
    link = stand.link()
    customer = await open_page(link)
    await customer.ready()
    await customer.input("number").fill("4242424242424241")
    await customer.sees("This card number is not right.")
    await until(lambda: "field_invalid" in link.events())
    report = link.posts("progress")[-1]
    assert (report["field"], report["code"]) == ("number", "invalid_number")


async def test_nothing_typed_is_ever_sent(stand: Stand, open_page: OpenPage) -> None:
    """Card number and security code are in no request to us."""
    link = stand.link()
    link.answers("attempts", PAID)
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("Payment received")
    sent = json.dumps([request.body for request in link.requests])
    assert "4242424242424242" not in sent
    assert '"123"' not in sent
    assert "1230" not in sent


async def test_reports_survive_a_failing_server(stand: Stand, open_page: OpenPage) -> None:
    """Reports wait and are tried again, in order; the payment does not wait for them."""
    link = stand.link()
    link.progress_status = 503
    link.answers("attempts", PAID)
    customer = await open_page(link)
    await customer.pay()
    await customer.sees("Payment received")
    assert set(link.events()) == {"loaded"}
    link.progress_status = 204
    await until(lambda: link.events().count("field_completed") == 3, 15)
    assert [event for event in link.events() if event != "loaded"][:2] == ["opened", "joined"]


async def test_help_is_confirmed_only_when_told(stand: Stand, open_page: OpenPage) -> None:
    """ "I need help" reaches the server before the page says that the agent knows."""
    link = stand.link()
    link.answers("attempts", Reply({}, status=500))
    customer = await open_page(link)
    await customer.page.get_by_role("button", name="I need help").click()
    await customer.sees("The agent has been told that you need help.")
    assert link.events()[-1] == "help_requested"
    link.progress_status = 403
    await customer.page.get_by_role("button", name="I need help").click()
    await customer.sees("We could not reach the agent.")


# What the customer does at this moment


def doings(link: Link) -> list[object]:
    """What each report said of it."""
    return [body.get("activity") for body in link.posts("progress")]


async def test_reports_say_what_the_customer_does_and_cost_no_more_requests(
    stand: Stand, open_page: OpenPage
) -> None:
    """Nothing before a person's touch; then that somebody is there, and that they are in a field."""
    link = stand.link()
    customer = await open_page(link)
    await customer.ready()
    await customer.page.keyboard.press("Shift")
    await until(lambda: link.events() == ["loaded", "opened", "joined"])
    await customer.input("number").fill("4242424242424242")
    await until(lambda: link.events()[-2:] == ["field_focused", "field_completed"])
    assert [None, "active", "active", "typing", "typing"] == doings(link)


async def test_keys_are_told_as_typing_at_once_and_once(stand: Stand, open_page: OpenPage) -> None:
    """Someone who comes back to a field types again; each key of theirs is nobody's business."""
    link = stand.link()
    customer = await open_page(link)
    await customer.ready()
    await customer.input("number").fill("4242424242424242")
    await until(lambda: "field_completed" in link.events())
    await customer.page.clock.install()
    await customer.page.keyboard.press("Escape")
    await customer.page.mouse.click(40, 70)
    await customer.page.clock.fast_forward(10_000)
    await until(lambda: doings(link)[-1] == "active")
    before = len(link.events())
    await customer.input("number").press_sequentially("4242")
    await until(lambda: doings(link)[-1] == "typing")
    assert ["heartbeat"] == link.events()[before:]


async def test_who_does_nothing_for_a_while_is_idle(stand: Stand, open_page: OpenPage) -> None:
    """The heartbeat goes on, and says so; the first touch after it is told at once."""
    link = stand.link()
    customer = await open_page(link)
    await customer.page.clock.install()
    await customer.page.reload()
    await customer.page.keyboard.press("Shift")
    await until(lambda: "joined" in link.events())
    await customer.page.clock.fast_forward(46_000)
    await until(lambda: doings(link)[-1] == "idle")
    before = len(link.events())
    await customer.page.keyboard.press("Shift")
    await until(lambda: doings(link)[-1] == "active")
    assert ["heartbeat"] == link.events()[before:]


async def test_a_service_that_knows_no_activity_yet_hears_everything_else(
    stand: Stand, open_page: OpenPage
) -> None:
    """In the middle of an upgrade a page of the new version may report to a process of the old one."""
    link = stand.link()
    link.knows_activity = False
    customer = await open_page(link)
    await customer.page.keyboard.press("Shift")
    await until(lambda: "joined" in link.events(), 10)
    taken = [body for body in link.posts("progress") if "activity" not in body]
    assert ["loaded", "opened", "joined"] == [body["event"] for body in taken]
