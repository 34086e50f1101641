"""The web chat of our own as a provider: there is no wire.

What was sent lies in the visitor's thread, from where the visitor's browser fetches it; that it was shown and read is
reported by the browser at `/chat/{account}/read`, never by a callback.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from channels.providers.config import ProviderConfig, read_config
from channels.providers.own_chat import OwnChat

ORIGINS_MAX: Final = 50
_ORIGIN: Final = re.compile(
    r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?|https?://\[[0-9a-f:.]+\](?::\d{1,5})?"
)
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def _origin(text: str) -> str:
    """An origin as browsers write it (RFC 6454, 6.2): no path, no slash at the end, in lower case."""
    if _ORIGIN.fullmatch(text) is None:
        raise ValueError("an origin is written like https://shop.example")
    parts = urlsplit(text)
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        raise ValueError("an origin is https outside of this machine")
    return text


class WebChatConfig(ProviderConfig):
    """`sender` is what the visitor sees as the other side; `greeting` its first words, by language."""

    sender: Annotated[str, Field(alias="from", min_length=1, max_length=80)]
    allowed_origins: Annotated[
        list[Annotated[str, AfterValidator(_origin)]], Field(max_length=ORIGINS_MAX)
    ]
    greeting: Annotated[
        dict[
            Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")],
            Annotated[str, Field(min_length=1, max_length=500)],
        ],
        Field(max_length=50),
    ] = Field(default_factory=dict)


class WebChatProvider(OwnChat):
    """One chat, embedded in the pages of its origins."""

    def __init__(self, config: WebChatConfig) -> None:
        self.config = config

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> "WebChatProvider":
        """Raises `AccountConfigInvalid`."""
        return cls(read_config(WebChatConfig, config))

    async def check(self) -> str | None:
        if not self.config.allowed_origins:
            return "No page may embed the web chat: allowed_origins is empty."
        return None
