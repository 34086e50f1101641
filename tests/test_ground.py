"""What the other tests stand on holds: nothing leaves the machine, and a promised program that is missing fails."""

import asyncio
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.async_api import Page

from compliance.merchants import merchants
from core.database import Database
from tests.conftest import NewMerchant
from tests.support.clock import START, SettableClock
from tests.support.doors import serving
from tests.support.loopback import LeftTheMachine, is_loopback
from tests.support.require import missing


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "localhost",
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "::ffff:127.0.0.1",
        b"localhost",
        "shop.localhost",
    ],
)
def test_loopback_is_this_machine(host: str | None) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "example.com",
        "192.0.2.1",
        "10.0.0.1",
        "169.254.169.254",
        "::ffff:192.0.2.1",
        "2001:db8::1",
        "localhost.example",
    ],
)
def test_anything_else_is_not(host: str) -> None:
    assert not is_loopback(host)


def test_a_connection_that_would_leave_the_machine_is_refused_before_it_is_made() -> None:
    with socket.socket() as probe, pytest.raises(LeftTheMachine):
        probe.connect(("192.0.2.1", 443))


async def test_asyncio_cannot_leave_either_by_name_or_by_address() -> None:
    for host in ("192.0.2.1", "example.com"):
        with pytest.raises(LeftTheMachine):
            await asyncio.open_connection(host, 443)


def test_what_is_missing_is_skipped_and_fails_where_it_was_promised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REQUIRE", "browser, redis")
    with pytest.raises(pytest.fail.Exception, match="redis"):
        missing("redis", needs="redis-server")
    with pytest.raises(pytest.skip.Exception, match="postgres"):
        missing("postgres", needs="initdb")


def test_the_clock_moves_when_it_is_told_and_only_then() -> None:
    clock = SettableClock()
    assert START == clock() == clock()
    assert START + timedelta(minutes=5) == clock.advance(minutes=5) == clock()
    assert START == clock.set(START) == clock()


@pytest.mark.parametrize("_again", [1, 2])
async def test_every_test_gets_an_empty_database(
    database: Database, new_merchant: NewMerchant, _again: int
) -> None:
    await new_merchant()
    async with database.snapshot() as session:
        assert 1 == await session.scalar(sa.select(sa.func.count()).select_from(merchants))


@pytest.mark.skipif(sys.platform != "linux", reason="the tie between parent and child is Linux's")
def test_a_server_dies_with_the_process_that_started_it(tmp_path: Path) -> None:
    """Killed as hard as can be, the parent takes its child along."""
    script = (
        "import sys, time, pathlib; from tests.support import children;"
        "child = children.start(['sleep', '60'], log=pathlib.Path(sys.argv[1]));"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "log")],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert Path(f"/proc/{child}").exists()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not _alive(child):
            return
        time.sleep(0.05)
    pytest.fail("the child outlived its parent")


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"  # dead, and waiting for somebody to ask


@pytest.mark.browser
async def test_the_browser_reaches_this_machine_and_no_other(page: Page) -> None:
    app = FastAPI()

    @app.get("/", response_class=HTMLResponse)
    async def here() -> str:
        return "<h1>Here</h1>"

    async with serving(app) as url:
        await page.goto(url)
        assert "Here" == await page.inner_text("h1")
        with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
            await page.goto("http://example.com")
