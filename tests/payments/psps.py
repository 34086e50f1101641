"""What the contract suite asks of a PSP behind a gateway, in words that every one of them understands."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from payments.gateway import Challenged, ChargeOrder, Gateway


class Psp(Protocol):
    """One gateway with its far end, and what a test makes that do.

    A way that the PSP does not have is skipped, with the reason: `pytest.skip` from whatever prepares it.
    """

    gateway: Gateway
    # The header that a report's signature stands in; None where reports carry none.
    signature_header: str | None
    # Whether the signature covers the time, so that an old report can be told from a fresh one.
    signs_time: bool

    async def will(self, what: str) -> str | None:
        """Prepares the next charge: `succeed`, `hold`, `process`, `challenge`, `fail silently`, `stay away`, or a
        decline code of ours. Answers the card token to charge it with; None where the customer chooses at the PSP's
        page, and does there what was prepared."""
        ...

    async def refunds_will(self, what: str) -> None:
        """Prepares the next order to capture or to refund: `fail silently`, `stay away`."""
        ...

    async def visit(self, order: ChargeOrder, page: Challenged) -> None:
        """The customer does at the PSP's own page what was prepared."""
        ...

    async def answer_challenge(
        self, order: ChargeOrder, asked: Challenged, *, complete: bool
    ) -> None:
        """The customer passes the bank's check, or fails it."""
        ...

    async def charges(self, attempt: str) -> int:
        """How many charges the PSP has made for an attempt."""
        ...

    async def refund_report(self, attempt: str, reference: str, order_id: str) -> bytes:
        """The PSP's report about a refund that we ordered."""
        ...

    def report(self) -> bytes:
        """A genuine report `evt_1` that says nothing of an attempt."""
        ...

    def signed(self, body: bytes, *, at: datetime, secret: str | None = None) -> dict[str, str]:
        """The headers that a report comes with."""
        ...

    async def close(self) -> None:
        """Lets go of the gateway, and lets the far end behave again."""
        ...


class Stand(Protocol):
    """A far end that runs for a while, and serves one test after the other."""

    def __init__(self, folder: Path) -> None: ...

    async def start(self) -> None: ...

    def psp(self) -> Psp:
        """A fresh gateway to it."""
        ...

    def stop(self) -> None: ...
