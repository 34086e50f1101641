"""The chat on the pages of payment links as a provider: there is no wire, as with the web chat of the merchant's pages.

What was sent lies in the thread, from where the page fetches it. It has no door of its own below `/chat`.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from channels.providers.config import ProviderConfig, read_config
from channels.providers.own_chat import OwnChat

SENDER_LENGTH_MAX = 80


class PageConfig(ProviderConfig):
    """`sender` is the other side's name as the customer reads it."""

    sender: Annotated[str, Field(alias="from", min_length=1, max_length=SENDER_LENGTH_MAX)]


class PageProvider(OwnChat):
    """One merchant's pages."""

    def __init__(self, config: PageConfig) -> None:
        self.config = config

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> "PageProvider":
        """Raises `AccountConfigInvalid`."""
        return cls(read_config(PageConfig, config))

    async def check(self) -> str | None:
        """Nothing can be wrong with it."""
        return None
