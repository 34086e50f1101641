"""The page in a real browser: messages arrive by themselves, links open, replies go out, nothing hostile runs."""

from __future__ import annotations

import asyncio
import http.server
import os
import shutil
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from .harness import CUSTOMER, MERCHANT, Merchant, Simulator, eventually
from .test_mail import deliver, letter

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium")
PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1440, height=900)
HOSTILE = (
    '<img src=x onerror="document.title=1"><script>document.title=2</script> javascript:alert(1)'
)


@pytest.fixture(autouse=True)
def _needs_a_browser() -> None:
    if CHROMIUM is None and "browser" not in os.environ.get("REQUIRE", ""):
        pytest.skip("chromium is not installed")


@pytest.fixture
def shop() -> Iterator[str]:
    """A page that links lead to, on another origin."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b"<!doctype html><title>Pay page</title><h1>Pay page</h1>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Keeps the tests' output to what they say."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--disable-background-networking",
                "--disable-component-update",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
                *(["--no-sandbox"] if os.geteuid() == 0 else []),
            ],
        )
        yield running
        await running.close()


async def has_no_axe_findings(page: Page) -> None:
    # The frame's content is somebody's mail, and nothing may run in it, axe neither.
    found = await Axe().run(page, options={"iframes": False})
    assert found.violations_count == 0, found.generate_report()


async def picture(page: Page, name: str) -> None:
    """Kept where PAYTHREAD_SCREENSHOTS says, for people to look at."""
    folder = os.environ.get("PAYTHREAD_SCREENSHOTS")
    if folder:
        await page.screenshot(path=Path(folder) / f"simulator-{name}.png")


def test_text_arrives_by_itself_its_link_opens_phone_sized_and_a_reply_goes_out(
    simulator: Simulator, merchant: Merchant, shop: str
) -> None:
    async def walk() -> None:
        async with browser() as running:
            page = await running.new_page(viewport=DESKTOP)
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            await page.goto(f"{simulator.url}/?to={CUSTOMER}")
            await expect(page.get_by_text("No messages yet")).to_be_visible()
            await asyncio.to_thread(
                simulator.send_sms,
                Body=f"Pay here: {shop}/p/abc. {HOSTILE}",
                StatusCallback=merchant.url,
            )
            banner = page.locator("#banner-sms button")
            await expect(banner).to_contain_text("Pay here")
            await banner.click()
            link = page.get_by_role("link", name=f"{shop}/p/abc", exact=True)
            async with page.expect_popup() as opening:
                await link.click()
            popup = await opening.value
            await expect(popup.get_by_role("heading", name="Pay page")).to_be_visible()
            assert await popup.evaluate("[innerWidth, innerHeight, window.opener]") == [
                390,
                844,
                None,
            ]
            await popup.close()
            await page.get_by_label("Reply").fill("I cannot find my card")
            await page.keyboard.press("Enter")
            await expect(page.locator(".mine .bubble")).to_contain_text("I cannot find my card")
            await asyncio.to_thread(
                eventually, lambda: any(got.path == "/inbound" for got in merchant.received)
            )
            await page.get_by_role("button", name="What the carrier reports").first.click()
            await has_no_axe_findings(page)
            await page.keyboard.press("ArrowDown")
            await page.keyboard.press("Enter")
            await expect(page.locator(".theirs .under").first).to_contain_text("Read")
            assert "(" not in await page.title()
            assert errors == []

    asyncio.run(walk())
    forms = [got.form for got in merchant.received]
    assert [form["Body"] for form in forms if "Body" in form] == ["I cannot find my card"]
    assert [form["MessageStatus"] for form in forms if "MessageStatus" in form] == [
        "sent",
        "delivered",
        "read",
    ]


def test_mail_is_read_in_a_locked_frame_whose_links_open_outside(
    simulator: Simulator, shop: str
) -> None:
    html = f"""<h1>Hello Ada</h1><a href="{shop}/p/mail">Pay now</a><script>document.body.textContent = "ran"</script>
               <img src="{shop}/pixel.png"><meta http-equiv="refresh" content="0;url={shop}/elsewhere">"""
    deliver(simulator, letter(html=html))

    async def walk() -> None:
        async with browser() as running:
            page = await running.new_page(viewport=DESKTOP)
            fetched: list[str] = []
            page.on("requestfinished", lambda request: fetched.append(request.url))
            await page.goto(f"{simulator.url}/?to=ada@example.com")
            await (
                page.get_by_role("button", name="Your link")
                .or_(page.locator(".mail"))
                .first.click()
            )
            frame = page.frame_locator("iframe")
            await expect(frame.get_by_role("heading", name="Hello Ada")).to_be_visible()
            async with page.context.expect_page() as opening:
                await frame.get_by_role("link", name="Pay now").click()
            opened = await opening.value
            await expect(opened.get_by_role("heading", name="Pay page")).to_be_visible()
            await opened.close()
            await page.wait_for_timeout(300)
            assert [url for url in fetched if url.startswith(shop)] == []
            await page.get_by_role("button", name="Show as plain text").click()
            await expect(
                page.get_by_role("link", name="http://127.0.0.1:8000/p/abc")
            ).to_be_visible()
            await has_no_axe_findings(page)

    asyncio.run(walk())


def test_link_to_elsewhere_asks_first(simulator: Simulator, shop: str) -> None:
    simulator.stop()
    simulator.arguments += ["--allowed-link-origin", shop]
    simulator.start()
    simulator.send_sms(Body=f"{shop}/p/1 and http://localhost:9/scam")

    async def walk() -> None:
        async with browser() as running:
            page = await running.new_page(viewport=DESKTOP)
            await page.goto(f"{simulator.url}/?to={CUSTOMER}")
            await page.locator(".thread").click()
            await page.get_by_role("link", name="scam").click()
            dialog = page.get_by_role("dialog", name="This link leads elsewhere")
            await expect(dialog).to_contain_text("http://localhost:9/scam")
            await dialog.get_by_role("button", name="Stay here").click()
            await expect(dialog).to_be_hidden()
            async with page.expect_popup() as opening:
                await page.get_by_role("link", name=f"{shop}/p/1").click()
            assert (await opening.value).url.startswith(shop)

    asyncio.run(walk())


def test_page_finds_the_simulator_again_after_a_restart(simulator: Simulator) -> None:
    simulator.send_sms(Body="first")

    async def walk() -> None:
        async with browser() as running:
            page = await running.new_page(viewport=DESKTOP)
            await page.goto(simulator.url)
            await expect(page.locator(".thread")).to_contain_text("first")
            await asyncio.to_thread(simulator.stop)
            await expect(page.locator("#offline")).to_be_visible()
            await asyncio.to_thread(simulator.start)
            await asyncio.to_thread(simulator.send_sms, Body="second")
            await expect(page.locator(".thread")).to_contain_text("second", timeout=10_000)
            await expect(page.locator("#offline")).to_be_hidden()

    asyncio.run(walk())


def test_someone_else_can_be_chosen_or_typed(simulator: Simulator) -> None:
    simulator.send_sms(Body="for Ada")
    simulator.send_sms(To="+447700900456", Body="for Bob")

    async def walk() -> None:
        async with browser() as running:
            page = await running.new_page(viewport=DESKTOP)
            await page.goto(simulator.url)
            await expect(page.locator(".thread")).to_contain_text("for Bob")
            await page.locator("#identity").click()
            await has_no_axe_findings(page)
            await page.get_by_role("button", name=CUSTOMER).click()
            await expect(page.locator(".thread")).to_contain_text("for Ada")
            assert "to=%2B447700900123" in page.url
            await page.locator("#identity").click()
            field = page.get_by_label("Another phone number or email address")
            await field.fill("nonsense")
            await field.press("Enter")
            await expect(page.locator("#chooser-error")).to_contain_text("+447700900123")
            await field.fill("+44 7700 900 789")
            await field.press("Enter")
            await expect(page.get_by_text("No messages yet")).to_be_visible()
            await expect(page.locator("#identity-phone")).to_have_text("+447700900789")

    asyncio.run(walk())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_reads_well_on_a_phone_and_on_a_desk(simulator: Simulator, scheme: str) -> None:
    for text in ("Your parcel is held", "Your link: http://127.0.0.1:8000/p/" + "a" * 60):
        simulator.send_sms(Body=text)
    simulator.post(
        "/api/messages", {"channel": "sms", "from": CUSTOMER, "to": MERCHANT, "text": "Thanks"}
    )
    deliver(simulator, letter(html="<p>Hello</p>"))
    simulator.post("/api/faults", {"callback_lost": 2})

    async def walk() -> None:
        async with browser() as running:
            for name, size in (("phone", PHONE), ("desktop", DESKTOP)):
                context = await running.new_context(
                    viewport=size,
                    color_scheme="dark" if scheme == "dark" else "light",
                    reduced_motion="reduce",
                )
                page = await context.new_page()
                await page.goto(simulator.url)
                await page.locator(".thread").click()
                await picture(page, f"{name}-{scheme}-sms")
                await fits_and_passes(page)
                if name == "phone":
                    await page.locator(".tabs").get_by_role("button", name="Mail").click()
                await page.locator(".mail").first.click()
                await picture(page, f"{name}-{scheme}-mail")
                await fits_and_passes(page)
                await context.close()

    asyncio.run(walk())


async def fits_and_passes(page: Page) -> None:
    await has_no_axe_findings(page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
    await expect(page.locator("#faults")).to_contain_text("next 2 reports lost")
