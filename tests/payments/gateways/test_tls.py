"""A PSP whose certificate nobody vouches for gets no order: neither the card's token nor the key leaves us."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.clock import utc_now
from core.ids import new_id
from core.money import Money
from payments.gateway import ChargeOrder, Gateway, Unknown, Unreached
from payments.gateways.stripe import StripeGateway
from tests.support.certificates import server_tls


class FalsePsp:
    """Listens with a certificate of its own making, and notes what it was told."""

    def __init__(self) -> None:
        self.heard = bytearray()
        self.connections = 0
        self.port = 0

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.heard += await reader.read(65536)
        writer.close()


@pytest.fixture
async def false_psp(tmp_path: Path) -> AsyncIterator[FalsePsp]:
    tls, _ = server_tls(tmp_path, "localhost")
    psp = FalsePsp()
    server = await asyncio.start_server(psp.take, "127.0.0.1", 0, ssl=tls)
    psp.port = server.sockets[0].getsockname()[1]
    async with server:
        yield psp


def order() -> ChargeOrder:
    return ChargeOrder(
        attempt_id=new_id("att", utc_now()),
        amount=Money.of(4999, "GBP"),
        method="pm_card_visa",
        capture="automatic",
        description="INV-1",
        force_challenge=False,
        metadata={},
    )


async def test_a_psp_that_nobody_vouches_for_is_told_nothing(false_psp: FalsePsp) -> None:
    gateway: Gateway = StripeGateway(
        {
            "secret_key": "sk_test_secret",
            "publishable_key": "pk_test_x",
            "webhook_secret": "whsec_1",
            "api_base": f"https://localhost:{false_psp.port}",
        },
        call_seconds_max=2,
        whole_seconds_max=3,
    )
    outcome = await gateway.charge(order())
    await gateway.close()
    assert isinstance(outcome, Unknown | Unreached), outcome
    assert b"" == bytes(false_psp.heard)
