"""Mollie's far end, for the tests of its gateway."""

from collections.abc import AsyncIterator

import pytest

from tests.mollie_sandbox.harness import MollieSandbox
from tests.payments.gateways.mollie_psp import MolliePsp


@pytest.fixture(scope="package")
async def mollie_far_end(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[MollieSandbox]:
    running = MollieSandbox(tmp_path_factory.mktemp("mollie"))
    await running.start()
    yield running
    running.stop()


@pytest.fixture
async def mollie_psp(mollie_far_end: MollieSandbox) -> AsyncIterator[MolliePsp]:
    made = MolliePsp(mollie_far_end)
    yield made
    await made.close()
