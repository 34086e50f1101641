"""`paythread serve` and `paythread worker` as processes: they stop cleanly, and with the one that started them.

Covers app.draining.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.support.free_port import free_port

# Loaded machines are slow; what is proved is that it stops by itself. How long it may take is in its settings.
PATIENCE_SECONDS = 30

_started: list[subprocess.Popen[bytes]] = []


@pytest.fixture(autouse=True)
def nothing_keeps_running() -> Iterator[None]:
    """A test that fails leaves no process behind."""
    yield
    while _started:
        process = _started.pop()
        process.kill()
        process.wait()


def start(
    folder: Path, *words: str, port: int | None = None, **more: str
) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PAYTHREAD_DATA_DIR": str(folder),
        "PAYTHREAD_MASTER_KEY": "ab" * 32,
        **({"PAYTHREAD_BASE_URL": f"http://127.0.0.1:{port}"} if port else {}),
        **more,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", *words],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _started.append(process)
    return process


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    assert start(tmp_path, "migrate").wait(60) == 0
    return tmp_path


def ask(port: int, path: str) -> httpx2.Response:
    return httpx2.get(f"http://127.0.0.1:{port}/{path}", trust_env=False)


def wait_until_it_answers(port: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            if ask(port, "readyz").status_code == 200:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError("the service did not start")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_service_stops_when_told(migrated: Path, number: signal.Signals) -> None:
    port = free_port()
    process = start(migrated, "serve", "--port", str(port), port=port)
    wait_until_it_answers(port)
    process.send_signal(number)
    # By itself, with the house closed behind it, and not by the signal.
    assert 0 == process.wait(PATIENCE_SECONDS)
    with pytest.raises(httpx2.HTTPError):
        ask(port, "healthz")


def test_load_balancers_learn_of_a_stop_before_anybody_is_turned_away(migrated: Path) -> None:
    """At the service's own port, and at the one for those inside."""
    port, inside = free_port(), free_port()
    process = start(
        migrated,
        *("serve", "--port", str(port), "--health-port", str(inside)),
        port=port,
        PAYTHREAD_DRAIN_SECONDS="300",
        PAYTHREAD_ALLOWED_HOSTS=f"127.0.0.1:{inside}",
    )
    wait_until_it_answers(port)
    assert 200 == ask(inside, "readyz").status_code
    process.send_signal(signal.SIGTERM)
    while (ready := ask(port, "readyz")).status_code == 200:
        time.sleep(0.05)
    assert (503, "draining") == (ready.status_code, ready.json()["status"])
    assert 503 == ask(inside, "readyz").status_code
    assert 200 == ask(port, "healthz").status_code
    process.send_signal(signal.SIGTERM)
    assert 0 == process.wait(PATIENCE_SECONDS)


def test_a_child_of_the_demo_ends_with_its_parent(migrated: Path) -> None:
    port = free_port()
    process = start(migrated, "serve", "--port", str(port), port=port, PAYTHREAD_PARENT_WATCH="1")
    wait_until_it_answers(port)
    assert process.stdin is not None
    process.stdin.close()
    process.wait(PATIENCE_SECONDS)


def test_a_worker_tells_how_it_is_where_it_is_asked_to(migrated: Path) -> None:
    port = free_port()
    process = start(migrated, "worker", "--health-port", str(port), port=port)
    wait_until_it_answers(port)
    assert "paythread_work_due" in ask(port, "metrics").text
    assert 404 == ask(port, "v1/links").status_code
    process.send_signal(signal.SIGTERM)
    assert 0 == process.wait(PATIENCE_SECONDS)


def test_the_worker_stops_when_told(migrated: Path) -> None:
    process = start(migrated, "worker")
    assert process.stderr is not None
    while b"worker.started" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_SECONDS) == 0
