"""How is a connection cut without an answer? uvicorn's protocol, with its transport within reach."""

import asyncio
from collections.abc import Mapping
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_TRANSPORT = "sandbox.transport"


class CuttableProtocol(HttpToolsProtocol):
    """Leaves the connection's transport in each request's scope."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {_TRANSPORT: {"transport": self.transport}}


def cut(scope: Mapping[str, Any]) -> None:
    """Resets the connection: the caller learns nothing of what was done."""
    transport: asyncio.Transport = scope["extensions"][_TRANSPORT]["transport"]
    transport.abort()
