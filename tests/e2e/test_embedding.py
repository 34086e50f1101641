"""The panel inside another site's page: in those allowed and in no other; and what the two tell each other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Frame, FrameLocator, Page, Route, expect

from compliance.sessions import sessions
from core.clock import utc_now
from tests.e2e.agent import PATIENCE_MS, watch_faults
from tests.e2e.customer import Customer
from tests.e2e.demo import Demo
from tests.e2e.test_help import new_link
from tests.e2e.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

# The host's pages are given to the browser without a network, and it takes care who asks this machine for anything.
PERMISSIONS = ["local-network-access"]
CALLER = "+447700900456"
CRM = """<!doctype html><html lang="en"><title>A telephone desktop</title>
<style>body {{ margin: 0 }} paythread-panel {{ width: 380px; height: 760px }}</style>
<main><h1>Incoming call</h1>
<paythread-panel phone="{phone}" base="{service}" ticket-url="/crm/ticket"></paythread-panel></main>
<script>window.heard = [];
  addEventListener("paythread", (event) => window.heard.push(event.detail));</script>
<script src="{service}/embed/panel.js"></script>"""
FRAME = '<!doctype html><title>Any page</title><iframe src="{url}" title="framed"></iframe>'
# A window of another origin, beside the panel, that speaks to it.
INTRUDER = """<!doctype html><title>Intruder</title><script>
  const say = (message) => parent.frames[0].postMessage({ paythread: 1, ...message }, "*");
  say({ type: "open", phone: "+447700900999" });
  say({ type: "compose", amount: 1, currency: "GBP", description: "From the intruder" });
  parent.postMessage({ paythread: 1, type: "paid", link: "lnk_forged", status: "paid" }, "*");
  document.title = "said";
</script>"""


@dataclass
class Desk:
    """A host's page with the panel in it, and the host's server behind it."""

    demo: Demo
    page: Page
    host: str
    tickets: int = 0

    @property
    def panel(self) -> FrameLocator:
        return self.page.frame_locator("paythread-panel iframe")

    async def serve(self, path: str, text: str, origin: str | None = None) -> None:
        """Puts a page at an address of this origin, the host's own unless told."""

        async def answer(route: Route) -> None:
            await route.fulfill(content_type="text/html", body=text)

        await self.page.route(f"{origin or self.host}{path}", answer)

    async def serve_tickets(self) -> None:
        """The host's server asks with its API key, and the browser sees the ticket alone."""

        async def answer(route: Route) -> None:
            self.tickets += 1
            email, _ = self.demo.person()
            ticket = await self.demo.post("/v1/embed/tickets", {"user": email})
            assert 201 == ticket.status_code, ticket.text
            await route.fulfill(json=ticket.json())

        await self.page.route(f"{self.host}/crm/ticket", answer)

    async def open(self, phone: str = CALLER) -> None:
        await self.serve_tickets()
        await self.serve("/crm", CRM.format(service=self.demo.service, phone=phone))
        await self.page.goto(f"{self.host}/crm")
        await expect(self.panel.get_by_text("Live", exact=True)).to_be_visible(timeout=PATIENCE_MS)

    async def heard(self, kind: str) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = await self.page.evaluate("window.heard")
        assert all(1 == each["paythread"] for each in told)
        return [each for each in told if each["type"] == kind]

    async def says(self, script: str) -> None:
        await self.page.evaluate(f"document.querySelector('paythread-panel').{script}")


@pytest.fixture
async def desk(browser: Browser, demo: Demo, faults: list[str]) -> AsyncIterator[Desk]:
    """At the one origin that the demo allows: another host name and another port than the service's."""
    context = await browser.new_context(
        viewport={"width": 900, "height": 860}, locale="en-GB", permissions=PERMISSIONS
    )
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    watch_faults(page, faults)
    yield Desk(demo, page, demo.simulator)
    await context.close()


async def test_a_call_opens_the_panel_and_its_link_is_paid_live_beside_the_hosts_screen(
    desk: Desk, customer: Customer
) -> None:
    demo, panel = desk.demo, desk.panel
    known = await new_link(demo, customer={"name": "Mia Brown", "phone": CALLER})
    await desk.open()
    await expect(panel.get_by_role("heading", name="Mia Brown")).to_be_visible()
    [opened] = await eventually(lambda: desk.heard("opened"), "the host is told who was opened")
    assert known["customer"] == opened["customer"]
    assert 1 == desk.tickets

    await desk.says(
        "compose({amount: 4999, currency: 'GBP', description: 'Boots', reference: 'A-1'})"
    )
    await expect(panel.get_by_role("textbox", name="Amount", exact=True)).to_have_value("49.99")
    await expect(panel.get_by_role("textbox", name="Phone")).to_have_value(CALLER)
    await panel.get_by_role("checkbox", name="SMS", exact=True).check()
    await panel.get_by_role("button", name="Send link").click()
    await expect(panel.locator('[data-step="created"]')).to_be_visible()

    [made] = await eventually(lambda: desk.heard("link_created"), "the host is told of the link")
    assert {"paythread", "type", "id", "status"} == set(made)
    url = str((await demo.get(f"/v1/links/{made['id']}"))["url"])
    demo.used.tokens.add(url.rpartition("/")[2])
    page = await customer.open(url)
    await page.pay()
    await page.has_receipt()
    await expect(panel.locator('[data-step="outcome"]')).to_contain_text("Paid")
    await panel.get_by_role("link", name="Customer", exact=True).click()
    await expect(panel.locator(f"a[href='#/links/{made['id']}']")).to_contain_text("Paid")

    async def is_told() -> bool:
        return [made["id"]] == [each["link"] for each in await desk.heard("paid")]

    await eventually(is_told, "the host is told that it was paid")
    steps = [e["step"] for e in await desk.heard("progress") if e["link"] == made["id"]]
    assert "opened" in steps
    assert "paid" == steps[-1]
    told = str(await desk.page.evaluate("JSON.stringify(window.heard)"))
    assert not [word for word in ("Mia", CALLER, "49.99", "4999", url) if word in told]
    # It is the work of the person whom the host vouched for.
    assert (await demo.events_of(made["id"]))[0]["agent"].startswith("usr_")


async def test_what_is_typed_for_one_caller_waits_while_another_is_opened(desk: Desk) -> None:
    await desk.open()
    panel = desk.panel
    await panel.get_by_role("link", name="New payment link").click()
    field = panel.get_by_role("textbox", name="Description")
    await field.fill("Half a sentence")
    await desk.says("setAttribute('phone', '+447700900777')")
    await expect(panel.get_by_text("Nobody we know yet")).to_be_visible()
    await panel.get_by_role("link", name="New payment link").click()
    await expect(field).to_have_value("")
    await expect(panel.get_by_role("textbox", name="Phone")).to_have_value("+447700900777")
    await desk.says(f"open({{phone: '{CALLER}'}})")
    await panel.get_by_role("link", name="New payment link").click()
    await expect(field).to_have_value("Half a sentence")
    # The host offers; what a person has typed stays.
    await desk.says("compose({description: 'Other words', reference: 'B-2'})")
    await expect(panel.get_by_role("textbox", name="Reference")).to_have_value("B-2")
    await expect(field).to_have_value("Half a sentence")


async def test_messages_of_another_origin_mean_nothing_on_either_side(desk: Desk) -> None:
    await desk.open()
    stranger = desk.host.replace("localhost", "127.0.0.1")
    await desk.serve("/intruder", INTRUDER, stranger)
    await desk.page.evaluate(
        """(url) => { const frame = document.createElement("iframe"); frame.src = url;
        frame.title = "intruder"; document.body.append(frame); }""",
        f"{stranger}/intruder",
    )

    async def has_spoken() -> bool:
        frame = next((f for f in desk.page.frames if f.url.endswith("/intruder")), None)
        return frame is not None and "said" == await frame.title()

    await eventually(has_spoken, "the intruder has spoken")
    # Messages come in order: after the host's own answer, the intruder's would have been heard.
    before = len(await desk.heard("opened"))
    await desk.says(f"open({{phone: '{CALLER}'}})")

    async def is_answered() -> bool:
        return len(await desk.heard("opened")) == before + 1

    await eventually(is_answered, "the panel has answered its host")
    assert [] == await desk.heard("paid")
    await desk.panel.get_by_role("link", name="New payment link").click()
    await expect(desk.panel.get_by_role("textbox", name="Description")).to_have_value("")
    await expect(desk.panel.get_by_role("textbox", name="Phone")).to_have_value(CALLER)


async def url_of(frame: Frame) -> str:
    return frame.url


async def test_it_opens_in_no_other_page_and_no_other_page_opens_anywhere(
    browser: Browser, demo: Demo
) -> None:
    context = await browser.new_context(permissions=PERMISSIONS)
    page = await context.new_page()
    desk = Desk(demo, page, demo.simulator)
    link = await new_link(demo)
    other_name = demo.simulator.replace("localhost", "127.0.0.1")
    other_port = f"http://localhost:{demo.port + 1}"
    asked = f"{demo.service}/embed?host={demo.simulator}"
    cases = [
        (demo.simulator, asked, True),
        (other_name, asked, False),
        (other_port, asked, False),
        *((demo.simulator, url, False) for url in (demo.service, f"{demo.service}/docs")),
        (demo.simulator, link["url"], False),
    ]
    for origin, url, is_framed in cases:
        await desk.serve("/frame", FRAME.format(url=url), origin)
        await page.goto(f"{origin}/frame", wait_until="load")
        body = page.frame_locator("iframe").locator("body")
        if is_framed:
            await expect(body).to_contain_text("Signing you in")
        else:
            frame = next(each for each in page.frames if each != page.main_frame)
            await eventually(partial(url_of, frame), "the frame has an answer")
            assert (origin, url, "chrome-error:") == (origin, url, frame.url.partition("//")[0])
        await page.unroute(f"{origin}/frame")
    # By itself, in no frame, it shows nobody's work either.
    await page.goto(f"{demo.service}/embed?host={demo.simulator}")
    await expect(page.get_by_text("This panel belongs inside another page")).to_be_visible()
    await context.close()


async def test_a_session_that_ended_is_told_and_the_desk_signs_in_again_where_it_was(
    desk: Desk,
) -> None:
    await desk.open()
    panel = desk.panel
    await panel.get_by_role("link", name="New payment link").click()
    await panel.get_by_role("textbox", name="Description").fill("Kept over it")
    database = desk.demo.database()
    try:
        async with database.transaction() as session:
            await session.execute(
                sa.update(sessions)
                .where(sessions.c.id.like("emb_%"), sessions.c.ended_at.is_(None))
                .values(ended_at=utc_now())
            )
    finally:
        await database.close()
    await expect(panel.get_by_text("Your session has ended")).to_be_visible(timeout=PATIENCE_MS)
    tickets = desk.tickets
    await panel.get_by_role("button", name="Sign in again").click()
    await expect(panel.get_by_text("Live", exact=True)).to_be_visible()
    assert tickets + 1 == desk.tickets
    await expect(panel.get_by_role("textbox", name="Description")).to_have_value("Kept over it")


async def test_the_panel_is_accessible_in_light_and_dark(desk: Desk) -> None:
    await new_link(desk.demo, customer={"name": "Mia Brown", "phone": CALLER})
    await desk.open()
    await expect(desk.panel.get_by_role("heading", name="Mia Brown")).to_be_visible()
    for scheme in ("light", "dark"):
        await desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = (await Axe().run(desk.page)).response["violations"]
        assert [] == [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
