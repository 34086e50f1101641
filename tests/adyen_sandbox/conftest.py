"""One far end and one merchant for most tests."""

from collections.abc import AsyncIterator

import pytest

from tests.adyen_sandbox.harness import AdyenSandbox, Receiver


@pytest.fixture(scope="module")
async def receiver() -> AsyncIterator[Receiver]:
    server = Receiver()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(scope="module")
async def adyen(
    tmp_path_factory: pytest.TempPathFactory, receiver: Receiver
) -> AsyncIterator[AdyenSandbox]:
    """Shared: leave no fault behind, and look at your own payments only."""
    running = AdyenSandbox(tmp_path_factory.mktemp("adyen"), receiver.url)
    await running.start()
    yield running
    running.stop()
