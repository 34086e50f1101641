"""One demo a database for all end-to-end tests, and two people at it."""

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.async_api import Browser

from app.http.console import DIST
from tests.e2e import search
from tests.e2e.agent import Agent
from tests.e2e.customer import Customer
from tests.e2e.demo import Demo, end, start_demo
from tests.support import postgres
from tests.support.require import missing

_BUILD_SECONDS_MAX = 600


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The search for card data comes last of its demo's tests, when there is most to be found.

    The console's screens are walked on SQLite alone, unless `SCREENS=both`: they know the API only, and each of its
    doors is tested on both databases.
    """
    folder = Path(__file__).parent
    if os.environ.get("SCREENS") != "both":
        left_out = [item for item in items if _is_screen(item, folder) and _on_postgres(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    places = [n for n, item in enumerate(items) if item.path.is_relative_to(folder)]
    ours = sorted(
        (items[n] for n in places),
        key=lambda item: (_on_postgres(item), item.path.name == "test_search.py"),
    )
    for place, item in zip(places, ours, strict=True):
        items[place] = item


def _is_screen(item: pytest.Item, folder: Path) -> bool:
    name = item.path.name
    return item.path.parent == folder and name.startswith(("test_console_", "test_embedding"))


def _on_postgres(item: pytest.Item) -> bool:
    return "postgres" in item.keywords


@pytest.fixture(scope="session")
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    """An HTTP client that knows no proxy."""
    async with httpx2.AsyncClient(timeout=30, trust_env=False) as made:
        yield made


@pytest.fixture(scope="session")
def console() -> None:
    """The console, built if it is not."""
    if (DIST / "index.html").is_file():
        return
    npm = shutil.which("npm")
    if npm is None:
        missing("npm", needs="npm, to build the console")
    for command in (["ci"], ["run", "build"]):
        subprocess.run(
            [npm, *command],
            cwd=DIST.parent,
            check=True,
            timeout=_BUILD_SECONDS_MAX,
            stdout=sys.stderr,
        )


@pytest.fixture(
    scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
async def demo(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    client: httpx2.AsyncClient,
    console: None,
) -> AsyncIterator[Demo]:
    """A running demo. When all is done and stopped, what it leaves behind is searched for card data."""
    del console
    url = None
    if request.param == "postgres":
        server: postgres.PostgresServer = request.getfixturevalue("postgres_server")
        url = server.url(server.create_empty())
    made = start_demo(tmp_path_factory.mktemp("demo") / request.param, client, database_url=url)
    try:
        await made.until_ready()
        yield made
    finally:
        end(made)
    assert [] == search.findings(made)


@pytest.fixture
async def faults() -> AsyncIterator[list[str]]:
    """What the browsers complained of: errors of scripts, violations of a content security policy. None."""
    heard: list[str] = []
    yield heard
    assert [] == heard


@pytest.fixture(scope="session")
async def signed_in(browser: Browser, demo: Demo) -> dict[str, Any]:
    """The agent's session, made once at the console's door."""
    agent = await Agent.arrive(browser, demo)
    await agent.sign_in()
    state = dict(await agent.context.storage_state())
    await agent.context.close()
    return state


@pytest.fixture
async def admin(browser: Browser, demo: Demo, faults: list[str]) -> AsyncIterator[Agent]:
    """An admin at the console, signed in."""
    made = await Agent.arrive(browser, demo, faults)
    await made.sign_in("admin")
    yield made
    await made.leave()


@pytest.fixture
async def agent(
    browser: Browser, demo: Demo, signed_in: dict[str, Any], faults: list[str]
) -> AsyncIterator[Agent]:
    """An agent at the console, signed in, with a live feed."""
    made = await Agent.arrive(browser, demo, faults, storage_state=signed_in)
    await made.is_live()
    yield made
    await made.leave()


@pytest.fixture
async def customer(browser: Browser, demo: Demo, faults: list[str]) -> AsyncIterator[Customer]:
    """A customer with a phone."""
    made = await Customer.arrive(browser, demo, faults)
    yield made
    await made.leave()


NewDemo = Callable[..., Awaitable[Demo]]


@pytest.fixture
async def new_demo(tmp_path: Path, client: httpx2.AsyncClient) -> AsyncIterator[NewDemo]:
    """Starts demos of the test's own, on SQLite; they are ended with the test."""
    made: list[Demo] = []

    async def start(*options: str, name: str = "data", port: int | None = None) -> Demo:
        demo = start_demo(tmp_path / name, client, *options, port=port)
        made.append(demo)
        await demo.until_ready()
        return demo

    yield start
    for demo in made:
        end(demo)
