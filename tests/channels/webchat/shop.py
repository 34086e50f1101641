"""A page of another origin with a strict policy that embeds the chat, and whoever visits it with Chromium."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import BrowserContext, Locator, Page, Route, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route as Path

from channels.accounts import add_account
from channels.port import Content
from channels.states import DeliveryState
from tests.channels.webchat.conftest import Chat
from tests.support.doors import serving

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PATIENCE_MS = 8_000
NewContext = Callable[..., Awaitable[BrowserContext]]


@dataclass
class Shop:
    """The page that embeds the chat, and whoever visits it."""

    chat: Chat
    url: str
    new_context: NewContext
    faults: list[str] = field(default_factory=list)

    async def visit(self, *, lang: str = "en", **device: Any) -> "Visit":
        context = await self.new_context(**(device or DESK))
        await context.route("https://pay.example.test/**", _pay_page)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console",
            lambda said: (
                self.faults.append(said.text) if "Content Security Policy" in said.text else None
            ),
        )
        await page.goto(f"{self.url}/?lang={lang}")
        return Visit(self.chat, page)


@dataclass
class Visit:
    """One visitor's page."""

    chat: Chat
    page: Page

    @property
    def launcher(self) -> Locator:
        return self.page.locator(".launcher")

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("dialog", name="Acme chat")

    @property
    def input(self) -> Locator:
        return self.page.locator("#text")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    async def open(self) -> None:
        await self.launcher.click()
        await expect(self.panel).to_be_visible()

    async def write(self, text: str) -> None:
        await self.input.fill(text)
        await self.input.press("Enter")

    async def reads(self, text: str) -> None:
        await expect(self.log).to_contain_text(text, timeout=PATIENCE_MS)

    async def address(self) -> str:
        """The visitor's address, once they have written."""

        async def arrived() -> str | None:
            found = await self.chat.desk.events("message.received")
            return str(found[-1].data["from"]) if found else None

        for _ in range(100):
            if (address := await arrived()) is not None:
                return address
            await self.page.wait_for_timeout(50)
        raise AssertionError("nothing was received")

    async def is_answered(self, content: Content) -> str:
        """An agent answers, and the worker sends it."""
        self.chat.desk.clock.advance(seconds=1)
        message = await self.chat.desk.queue(
            channel="webchat", to=await self.address(), content=content, link=None
        )
        await self.chat.desk.drain()
        return message.id

    async def is_in_state(self, message: str, state: DeliveryState) -> None:
        for _ in range(100):
            if (await self.chat.desk.message(message)).state is state:
                return
            await self.page.wait_for_timeout(50)
        assert (await self.chat.desk.message(message)).state is state


async def _pay_page(route: Route) -> None:
    await route.fulfill(body="<title>The pay page</title>", content_type="text/html")


@asynccontextmanager
async def open_shop(chat: Chat, new_context: NewContext) -> AsyncIterator[Shop]:
    """The shop on an origin of its own, and the chat's doors on another."""
    async with serving(chat.app) as service_url:

        async def page(request: Request) -> Response:
            lang = request.query_params.get("lang", "en")
            script = f"{service_url}/chat/{chat.account.id}/widget.js"
            tag = f'<script src="{script}" async></script>'
            policy = (
                f"default-src 'none'; script-src {service_url}; connect-src {service_url}; "
                "require-trusted-types-for 'script'; trusted-types 'none'"
            )
            html = (
                f'<!doctype html><html lang="{lang}"><head><title>Shop</title>'
                '<meta name="viewport" content="width=device-width">'
                f"{tag * (2 if 'twice' in request.query_params else 1)}</head>"
                "<body><main><h1>A shop</h1><p>Everything must go.</p></main></body></html>"
            )
            return HTMLResponse(html, headers={"Content-Security-Policy": policy})

        async with serving(Starlette(routes=[Path("/", page)])) as url:
            shop_url = url.replace("127.0.0.1", "localhost")
            async with chat.desk.database.transaction() as session:
                await add_account(
                    session,
                    chat.desk.vault,
                    merchant=chat.desk.merchant.id,
                    channel="webchat",
                    provider="webchat",
                    config={
                        "from": "Acme chat",
                        "allowed_origins": [shop_url],
                        "greeting": {"en": "Hello, how can we help?"},
                    },
                    account_id=chat.account.id,
                    now=chat.desk.clock.advance(seconds=1),
                )
            made = Shop(chat, shop_url, new_context)
            yield made
            assert [] == made.faults
            # Whoever still waits is answered, so that the server can stop.
            chat.app.state.chat_desk.drain()
