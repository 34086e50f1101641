"""One far end for most tests; a listener of one's own for those that want to hear it."""

from collections.abc import AsyncIterator

import pytest

from tests.mollie_sandbox.harness import Listener, MollieSandbox


@pytest.fixture(scope="session")
async def far_end(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[MollieSandbox]:
    """Shared: leave no fault behind, and look at your own payments only."""
    running = MollieSandbox(tmp_path_factory.mktemp("mollie"))
    await running.start()
    yield running
    running.stop()


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    server = Listener()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def calm(far_end: MollieSandbox) -> AsyncIterator[MollieSandbox]:
    """The far end for a test that makes it misbehave; it behaves again afterwards."""
    yield far_end
    await far_end.no_faults()
