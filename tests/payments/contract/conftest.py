"""The contract's PSPs: the hand-made one, and each real gateway against its far end's process."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.payments.fake_psp import FakeStand
from tests.payments.gateways.adyen_psp import AdyenStand
from tests.payments.gateways.mollie_psp import MollieStand
from tests.payments.psps import Psp, Stand
from tests.payments.stripe_checkout_psp import StripeCheckoutStand
from tests.payments.stripe_psp import StripeStand

# A new PSP is one line here.
STANDS: dict[str, type[Stand]] = {
    "adyen": AdyenStand,
    "fake": FakeStand,
    "mollie": MollieStand,
    "stripe": StripeStand,
    "stripe_checkout": StripeCheckoutStand,
}


class Stands:
    """The far ends that run for these tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, Stand] = {}

    async def running(self, name: str) -> Stand:
        if name not in self._running:
            folder = self._folder / name
            folder.mkdir()
            stand = STANDS[name](folder)
            await stand.start()
            self._running[name] = stand
        return self._running[name]

    def stop(self) -> None:
        for stand in self._running.values():
            stand.stop()


@pytest.fixture(scope="package")
def stands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stands]:
    """The far ends, each started when it is first asked for."""
    made = Stands(tmp_path_factory.mktemp("contract"))
    yield made
    made.stop()


@pytest.fixture(params=sorted(STANDS))
async def psp(request: pytest.FixtureRequest, stands: Stands) -> AsyncIterator[Psp]:
    stand = await stands.running(request.param)
    made = stand.psp()
    yield made
    await made.close()
