"""The chat on the pages of payment links as a provider: there is no wire, as with the web chat of the merchant's pages.

What was sent lies in the thread, from where the page fetches it. It has no door of its own below `/chat`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from channels import problems
from channels.port import (
    Accepted,
    Acknowledgement,
    CallbackForged,
    CallbackRequest,
    Inbound,
    Outcome,
    Outgoing,
    Receipt,
    Refused,
    Search,
    Unsupported,
)
from channels.providers.config import ProviderConfig, read_config
from core.ids import is_id

SENDER_LENGTH_MAX = 80


class PageConfig(ProviderConfig):
    """`sender` is the other side's name as the customer reads it."""

    sender: Annotated[str, Field(alias="from", min_length=1, max_length=SENDER_LENGTH_MAX)]


class PageProvider:
    """One merchant's pages."""

    acknowledgement = Acknowledgement()

    def __init__(self, config: PageConfig) -> None:
        self.config = config

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> "PageProvider":
        """Raises `AccountConfigInvalid`."""
        return cls(read_config(PageConfig, config))

    async def send(self, outgoing: Outgoing) -> Outcome:
        """It is where the page looks already."""
        if not is_id(outgoing.to, "vis"):
            return Refused(problems.INVALID_ADDRESS, "no visitor's address")
        return Accepted(outgoing.delivery)

    async def find(self, outgoing: Outgoing, *, since: datetime, known: frozenset[str]) -> Search:
        """Sending again changes nothing."""
        del outgoing, since, known
        return Unsupported(resend_is_safe=True)

    def parse_callback(self, request: CallbackRequest) -> list[Receipt | Inbound]:
        """Nobody reports on this channel by callback, so whoever does is somebody else."""
        del request
        raise CallbackForged

    async def check(self) -> str | None:
        """Nothing can be wrong with it."""
        return None

    async def close(self) -> None:
        """Nothing is open."""
