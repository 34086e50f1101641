"""Fixtures: a running simulator and a merchant that it calls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .harness import Merchant, Simulator, free_port


@pytest.fixture
def merchant() -> Iterator[Merchant]:
    webhook = Merchant()
    yield webhook
    webhook.close()


@pytest.fixture(scope="session")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    """One simulator for all tests of what is refused: none of them may leave anything behind."""
    running = Simulator(
        data=tmp_path_factory.mktemp("refusing") / "far-end.sqlite",
        port=free_port(),
        smtp_port=free_port(),
    )
    running.start()
    yield running
    running.http.close()
    running.stop()


@pytest.fixture
def simulator(tmp_path: Path, merchant: Merchant) -> Iterator[Simulator]:
    """A simulator of its own for this test, which calls `merchant`."""
    running = Simulator(
        data=tmp_path / "far-end.sqlite",
        port=free_port(),
        smtp_port=free_port(),
        arguments=["--sms-inbound-url", f"{merchant.url}/inbound"],
    )
    running.start()
    yield running
    running.http.close()
    if running.process is not None and running.process.poll() is None:
        running.stop()
