"""Fixtures for every test. Each is made when first asked for: a test without a database pays for none."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from playwright.async_api import Browser, BrowserContext, Page

from compliance.journal import Journal, Reader
from compliance.master_keys import MasterKey
from compliance.merchants import Merchant, create_merchant
from compliance.roles import Role
from compliance.routes.gate import Gate
from compliance.users import User, create_user
from compliance.vault import Vault
from core.database import Database
from core.throttle import DEFAULT_LIMITS, Throttle
from tests.support import chromium, loopback, postgres, redis
from tests.support.clock import SettableClock
from tests.support.doors import CONSOLE, problem
from tests.support.policies import ask_no_second_factor
from tests.support.require import missing
from tests.support.tables import all_tables

MASTER_KEY = MasterKey.from_text("ab" * 32)
PASSWORD = "correct horse 1"


def pytest_configure(config: pytest.Config) -> None:
    loopback.install_guard()


# Time, keys, journal


@pytest.fixture
def clock() -> SettableClock:
    """Stands at a fixed moment until the test moves it."""
    return SettableClock()


@pytest.fixture
def vault() -> Vault:
    """A real vault under a fixed master key."""
    return Vault(MASTER_KEY)


@pytest.fixture
def journal(vault: Vault) -> Journal:
    """The journal that `database` writes at each commit."""
    return Journal(vault)


@pytest.fixture
def reader(vault: Vault) -> Reader:
    return Reader(vault)


# Databases


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.PostgresServer]:
    """A PostgreSQL of our own with the template database made."""
    binaries = postgres.find_binaries()
    if binaries is None:
        missing("postgres", needs="a PostgreSQL server (initdb)")
    with postgres.PostgresServer(binaries) as server:
        server.make_template(all_tables())
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table."""
    path = tmp_path_factory.mktemp("template") / "paythread.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    all_tables().create_all(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite database with every table."""
    path = tmp_path / "paythread.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: postgres.PostgresServer) -> Iterator[str]:
    """An empty PostgreSQL database with every table."""
    name = postgres_server.clone()
    yield postgres_server.url(name)
    postgres_server.give_back(name)


@pytest.fixture
def empty_postgres_url(postgres_server: postgres.PostgresServer) -> Iterator[str]:
    """A fresh PostgreSQL database without tables, for migrations."""
    name = postgres_server.create_empty()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database with every table: the test runs once on SQLite, once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def open_database(journal: Journal) -> AsyncIterator[Callable[[str], Database]]:
    """Opens more databases on a URL, as another process would; closes them after the test."""
    opened: list[Database] = []

    def opening(url: str) -> Database:
        database = Database(url)
        database.before_commit.append(journal.flush)
        opened.append(database)
        return database

    yield opening
    for database in opened:
        await database.close()


@pytest.fixture
async def database(database_url: str, open_database: Callable[[str], Database]) -> Database:
    """The database, on SQLite and on PostgreSQL, writing the journal at each commit."""
    return open_database(database_url)


@pytest.fixture
async def sqlite_database(sqlite_url: str, open_database: Callable[[str], Database]) -> Database:
    """The same on SQLite alone, for tests to which the database does not matter."""
    return open_database(sqlite_url)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[redis.RedisServer]:
    program = redis.find_server()
    if program is None:
        missing("redis", needs="redis-server")
    with redis.RedisServer(program) as server:
        yield server


@pytest.fixture
def redis_url(redis_server: redis.RedisServer) -> str:
    """A real, empty Redis."""
    redis_server.empty()
    return redis_server.url


# Merchants and people


class NewMerchant(Protocol):
    async def __call__(
        self, name: str = ..., *, currency: str = ..., locale: str = ..., country: str = ...
    ) -> Merchant: ...


class NewUser(Protocol):
    async def __call__(
        self, merchant: str, role: Role = ..., *, team: str | None = ..., email: str | None = ...
    ) -> User: ...


@pytest.fixture
def new_merchant(database: Database, clock: SettableClock) -> NewMerchant:
    """Makes merchants: `await new_merchant("Acme Travel", currency="EUR")`."""

    async def make(
        name: str = "Acme Travel",
        *,
        currency: str = "GBP",
        locale: str = "en-GB",
        country: str = "GB",
    ) -> Merchant:
        async with database.transaction() as session:
            return await create_merchant(
                session, name=name, currency=currency, locale=locale, country=country, now=clock()
            )

    return make


@pytest.fixture
async def merchant(new_merchant: NewMerchant) -> Merchant:
    """One merchant, Acme Travel, in GBP."""
    return await new_merchant()


@pytest.fixture(scope="session")
def password_hash() -> str:
    """A hash of `PASSWORD` that is quick to check, since a hash carries its own cost. Production's are slow."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@pytest.fixture
def new_user(database: Database, vault: Vault, clock: SettableClock, password_hash: str) -> NewUser:
    """Makes users who sign in with `PASSWORD`."""
    made: list[str] = []

    async def make(
        merchant: str,
        role: Role = Role.AGENT,
        *,
        team: str | None = None,
        email: str | None = None,
    ) -> User:
        made.append(merchant)
        async with database.transaction() as session:
            if role is Role.ADMIN:
                await ask_no_second_factor(session, merchant, now=clock())
            return await create_user(
                session,
                vault,
                merchant=merchant,
                name=f"{role.value.title()} {len(made)}",
                email=email or f"{role.value}{len(made)}@acme.example",
                role=role,
                team=team,
                password_hash=password_hash,
                actor="system",
                now=clock(),
            )

    return make


# Doors


@pytest.fixture
def gate(database: Database, vault: Vault, clock: SettableClock) -> Gate:
    """What doors need, for `tests.support.doors.service(gate, router)`."""
    return Gate(
        database=database,
        vault=vault,
        throttle=Throttle(DEFAULT_LIMITS),
        clock=clock,
        origins=frozenset({CONSOLE}),
        secure_cookies=False,
        problem=problem,
    )


# Browser


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, started once. Mark the test `browser`."""
    program = chromium.find_chromium()
    if program is None:
        missing("browser", needs="chromium")
    async with chromium.launched(program) as found:
        yield found


@pytest.fixture
async def new_context(browser: Browser) -> AsyncIterator[Callable[..., Awaitable[BrowserContext]]]:
    """Makes browser contexts: one is one person's device, with cookies of its own."""
    made: list[BrowserContext] = []

    async def make(**options: Any) -> BrowserContext:
        context = await browser.new_context(**options)
        made.append(context)
        return context

    yield make
    for context in made:
        await context.close()


@pytest.fixture
async def page(new_context: Callable[..., Awaitable[BrowserContext]]) -> Page:
    """A fresh page on a device of its own."""
    return await (await new_context()).new_page()
