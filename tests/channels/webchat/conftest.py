"""A merchant's web chat on a desk, and the doors of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from channels.accounts import ChannelAccount, add_account
from channels.outbox import Outbox
from channels.port import Button, Content
from channels.provider_pool import ProviderPool
from channels.providers.webchat import WebChatProvider
from channels.routes import webchat
from channels.webchat.desk import ChatDesk
from compliance.journal import Journal
from compliance.merchants import Merchant
from compliance.routes.gate import Gate
from tests.channels.conftest import BASE_URL, Desk
from tests.conftest import NewMerchant
from tests.support.clock import SettableClock
from tests.support.doors import calling, service

SHOP = "https://shop.example"
PAY_URL = f"{BASE_URL}/p/Tok3nTok3nTok3nTok3nTo"
CARD = Content(
    f"Acme Travel: please pay £49.99 here: {PAY_URL}", button=Button("Pay £49.99", PAY_URL)
)


@dataclass(frozen=True)
class Browser:
    """A visitor's browser on the shop's page."""

    http: httpx2.AsyncClient
    account: str
    clock: SettableClock
    visitor: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Origin": SHOP}

    async def post(self, path: str, body: Any) -> httpx2.Response:
        return await self.http.post(f"/chat/{self.account}{path}", json=body, headers=self.headers)

    async def write(self, text: str, client_id: str = "0f0f0f0f") -> httpx2.Response:
        self.clock.advance(seconds=1)
        return await self.post("/messages", {"id": client_id, "text": text})

    async def ask(self, **query: Any) -> httpx2.Response:
        return await self.http.get(
            f"/chat/{self.account}/messages", params=query, headers=self.headers
        )

    async def thread(self, **query: Any) -> list[dict[str, Any]]:
        answer = await self.ask(**query)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["data"]
        return found


@dataclass(frozen=True)
class Chat:
    """The desk with its web chat."""

    desk: Desk
    account: ChannelAccount
    http: httpx2.AsyncClient
    app: FastAPI

    async def arrive(self, account: str | None = None) -> Browser:
        """A new visitor."""
        account = account or self.account.id
        answer = await self.http.post(
            f"/chat/{account}/visitors", json={}, headers={"Origin": SHOP}
        )
        assert answer.status_code == 201, answer.text
        return Browser(self.http, account, self.desk.clock, **answer.json())

    async def say(self, browser: Browser, content: Content, **changes: Any) -> str:
        """The agent writes to the visitor, and the worker sends it."""
        self.desk.clock.advance(seconds=1)
        message = await self.desk.queue(
            channel="webchat", to=browser.visitor, content=content, **{"link": None, **changes}
        )
        await self.desk.drain()
        return message.id


NewChatAccount = Callable[[Merchant], Awaitable[ChannelAccount]]


@pytest.fixture
def new_chat_account(desk: Desk) -> NewChatAccount:
    async def make(merchant: Merchant) -> ChannelAccount:
        async with desk.database.transaction() as session:
            return await add_account(
                session,
                desk.vault,
                merchant=merchant.id,
                channel="webchat",
                provider="webchat",
                config={
                    "from": "Acme chat",
                    "allowed_origins": [SHOP],
                    "greeting": {"en": "Hello, how can we help?"},
                },
                now=desk.clock(),
            )

    return make


@pytest.fixture
async def chat(
    desk: Desk, gate: Gate, journal: Journal, new_chat_account: NewChatAccount
) -> AsyncIterator[Chat]:
    pool = ProviderPool(
        {"webchat": WebChatProvider.from_config, "fake": lambda _: desk.provider}, desk.vault
    )
    chat_desk = ChatDesk(BASE_URL)
    journal.listeners.append(chat_desk.take)
    app = service(gate, webchat.router, state={"providers": pool, "chat_desk": chat_desk})
    outbox = Outbox(desk.database, desk.vault, pool, base_url=BASE_URL, clock=desk.clock)
    account = await new_chat_account(desk.merchant)
    async with calling(app) as http:
        yield Chat(replace(desk, outbox=outbox), account, http, app)


@pytest.fixture
async def other_account(
    new_merchant: NewMerchant, new_chat_account: NewChatAccount
) -> ChannelAccount:
    """Another merchant's web chat."""
    return await new_chat_account(await new_merchant("Other Travel"))
