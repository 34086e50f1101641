"""A provider, our doors, and people's browsers between them."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import httpx2
import pytest

from compliance.journal import Query, Reader
from compliance.letters import Letters
from compliance.merchants import Merchant
from compliance.routes import access, session_list, sso
from compliance.routes.gate import Gate
from compliance.sso.config import SsoConfig
from compliance.sso.desk import SsoDesk
from compliance.sso.provider import Provider
from core.outbound.destinations import Destinations
from core.outbound.sender import Sender
from tests.compliance.people_doors import no_mail
from tests.conftest import NewUser
from tests.support.clock import SettableClock
from tests.support.doors import calling, service
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider, providing

BASE = "http://service.test"
LETTERS = Letters(BASE, no_mail, lambda _text: b"<svg/>")
ZOE = {"sub": "248289761001", "email": "Zoe@Acme.example", "email_verified": True, "name": "Zoe"}

NewDesk = Callable[..., SsoDesk]


@dataclass
class Browser:
    """One person's browser: cookies of ours, and a way to the provider."""

    client: httpx2.AsyncClient
    network: httpx2.AsyncClient

    async def begin(self, **body: Any) -> str:
        """Presses the button; the address that it leads to."""
        answer = await self.client.post("/v1/sso/logins", json=body)
        assert 201 == answer.status_code, answer.text
        return str(answer.json()["url"])

    async def at_provider(self, url: str) -> dict[str, str]:
        """Goes there and comes back; what the provider sent along."""
        answer = await self.network.get(url)
        assert 302 == answer.status_code, answer.text
        back = urlsplit(answer.headers["location"])
        assert f"{BASE}/v1/sso/callback" == f"{back.scheme}://{back.netloc}{back.path}"
        return {name: values[0] for name, values in parse_qs(back.query).items()}

    async def come_back(self, told: Mapping[str, str]) -> httpx2.Response:
        """What the console does with what came back."""
        handed_on = await self.client.get("/v1/sso/callback", params=dict(told))
        assert 303 == handed_on.status_code
        place = handed_on.headers["location"].removeprefix("/#/sso/").split("/")
        names = ("state", "code", "iss")
        body = {name: unquote(part) for name, part in zip(names, place, strict=False)}
        return await self.client.post("/v1/sso/sessions", json=body)

    async def sign_in(self, **body: Any) -> httpx2.Response:
        """All of it."""
        return await self.come_back(await self.at_provider(await self.begin(**body)))


@pytest.fixture
async def far_end(clock: SettableClock) -> AsyncIterator[OidcProvider]:
    """The provider, at which Zoe is signed in."""
    async with providing(clock) as made:
        made.account = dict(ZOE)
        yield made


@pytest.fixture
async def new_desk(
    gate: Gate, far_end: OidcProvider, clock: SettableClock
) -> AsyncIterator[NewDesk]:
    """Makes desks, each as another process would have it: `new_desk(domains=…)`."""
    made: list[SsoDesk] = []

    def make(**options: Any) -> SsoDesk:
        config = SsoConfig(
            issuer=far_end.issuer,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            base_url=BASE,
            **options,
        )
        sender = Sender(Destinations(["127.0.0.1"]), answer_bytes_max=100_000)
        desk = SsoDesk(gate.database, gate.vault, Provider(config, sender), clock)
        made.append(desk)
        return desk

    yield make
    for desk in made:
        await desk.close()


NewBrowser = Callable[..., Any]


@pytest.fixture
async def new_browser(gate: Gate, new_desk: NewDesk) -> AsyncIterator[NewBrowser]:
    """Makes browsers: `await new_browser(desk)`."""
    async with AsyncExitStack() as stack:
        network = await stack.enter_async_context(httpx2.AsyncClient(trust_env=False))

        async def make(desk: SsoDesk | None = None, **options: Any) -> Browser:
            app = service(
                gate,
                access.router,
                session_list.router,
                sso.router,
                state={"sso_desk": desk or new_desk(**options), "letters": LETTERS},
            )
            return Browser(await stack.enter_async_context(calling(app)), network)

        yield make


@pytest.fixture
async def browser(merchant: Merchant, new_browser: NewBrowser) -> Browser:
    """A browser at a service with the usual settings."""
    made: Browser = await new_browser()
    return made


Told = Callable[..., Any]


@pytest.fixture
def told(gate: Gate, merchant: Merchant, reader: Reader) -> Told:
    """What the journal tells of these kinds: `await told("session.failed")`."""

    async def find(*kinds: str) -> list[dict[str, Any]]:
        async with gate.database.snapshot() as session:
            entries = await reader.read(session, Query(merchant=merchant.id, after=0))
        return [entry.data for entry in entries if entry.type in kinds]

    return find


@pytest.fixture
async def zoe(merchant: Merchant, new_user: NewUser) -> Any:
    """An agent who has signed in by password so far."""
    return await new_user(merchant.id, email="zoe@acme.example")
