"""The doors of links and payments over a shop, called without a socket."""

import json
import re
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from agent_feed.batches import Presence
from agent_feed.company import Company
from channels.provider_pool import ProviderPool
from compliance.api_keys import create_key
from compliance.routes.gate import COOKIE, Gate
from compliance.sessions import sign_in
from compliance.users import User
from links.accounts import Trials
from links.links import Link
from links.pages import brand, brand_preview, chat, page, receipts, reports, surveys
from links.pages.desk import PayDesk
from links.pay.asset_files import AssetFiles
from links.pay.rendering import PayPages
from links.routes import accounts as account_routes
from links.routes import brand as brand_routes
from links.routes import floor, previews, supervising
from links.routes import links as link_routes
from links.routes.links import LinkDesk
from tests.channels.fakes import FakeNetworks
from tests.conftest import PASSWORD
from tests.links.conftest import BASE_URL, Shop
from tests.support.doors import calling, service

ASSETS = AssetFiles.load()

# A link that the API makes.
BODY: dict[str, Any] = {
    "amount": 4999,
    "currency": "GBP",
    "description": "Water bill",
    "reference": "INV-1",
}


@asynccontextmanager
async def doors(
    gate: Gate, shop: Shop, company: Company | None = None
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the service. `company` is told what the customers do."""
    desk = PayDesk(
        database=shop.database,
        checkout=shop.checkout,
        sending=shop.lifecycle._sending,
        tokens=shop.tokens,
        pages=PayPages(ASSETS),
        assets=ASSETS,
        company=company or company_of(shop, [].append),
    )
    networks = {"fake": FakeNetworks().make}
    state = {
        "pay_desk": desk,
        "link_desk": LinkDesk(shop.lifecycle, shop.showing, shop.reader),
        "account_trials": Trials(shop.database, shop.gateways, ProviderPool(networks, shop.vault)),
        "channel_base_url": BASE_URL,
    }
    app = service(
        gate,
        *(link_routes.router, previews.router, brand_routes.router),
        *(supervising.router, floor.router, account_routes.router, brand_preview.router),
        *(brand.router, page.router, reports.router, receipts.router, chat.router),
        surveys.router,
        state=state,
    )
    async with calling(app) as client:
        yield client


def company_of(shop: Shop, tell: Callable[[Presence], None]) -> Company:
    """What is passed on to those who listen, without any names."""

    async def names(merchant: str, users: Collection[str]) -> dict[str, str]:
        return {}

    return Company(shop.clock, tell=tell, names=names)


async def key_of(shop: Shop, merchant: str) -> dict[str, str]:
    """The headers of a merchant's software."""
    async with shop.database.transaction() as session:
        key = await create_key(
            session, merchant=merchant, name="Test", actor="system", now=shop.clock()
        )
    return {"Authorization": f"Bearer {key.secret}"}


async def session_of(shop: Shop, user: User) -> dict[str, str]:
    """The headers of a person who has signed in."""
    signed_in = await sign_in(
        shop.database,
        shop.vault,
        email=user.email,
        password=PASSWORD,
        origin="127.0.0.1",
        now=shop.clock(),
    )
    return {"Cookie": f"{COOKIE}={signed_in.token}", "X-CSRF-Token": signed_in.csrf_token}


async def made(
    client: httpx2.AsyncClient, headers: dict[str, str], *, once: str = "k-1", **body: Any
) -> httpx2.Response:
    """The answer to a new link; `body` changes what is asked for."""
    return await client.post(
        "/v1/links", json=BODY | body, headers=headers | {"Idempotency-Key": once}
    )


@dataclass(frozen=True)
class Browser:
    """One view of a link's page, and what its script posts."""

    client: httpx2.AsyncClient
    config: dict[str, Any]

    @classmethod
    async def open(cls, client: httpx2.AsyncClient, shop: Shop, link: Link) -> "Browser":
        answer = await client.get(f"/p/{await shop.token(link)}")
        assert 200 == answer.status_code, answer.text
        return cls(client, config_of(answer.text))

    async def post(
        self, path: str, *, headers: dict[str, str] | None = None, **body: Any
    ) -> httpx2.Response:
        return await self.client.post(
            f"{self.config['base']}{path}",
            json={"page": self.config["page"]} | body,
            headers={"X-Page-Nonce": self.config["nonce"]} if headers is None else headers,
        )

    async def progress(self, event: str, **known: Any) -> httpx2.Response:
        return await self.post("/progress", event=event, **known)

    async def pay(self, method: str = "pm_card", **known: Any) -> httpx2.Response:
        asked = {"revision": self.config["revision"]} | known
        return await self.post("/attempts", method=method, **asked)

    async def state(self) -> dict[str, Any]:
        value: dict[str, Any] = (await self.client.get(f"{self.config['base']}/state")).json()
        return value


def config_of(html: str) -> dict[str, Any]:
    """What the page tells its script."""
    found = re.search(r'id="paythread-config"[^>]*>(.*?)</script>', html, re.S)
    assert found is not None
    value: dict[str, Any] = json.loads(found[1])
    return value
