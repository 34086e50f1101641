"""An integrator's own software: takes signed messages, each `webhook-id` once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.providers.http import HttpProvider
from core.clock import utc_now
from core.outbound import signing
from core.outbound.destinations import Destinations
from tests.channels.providers.rigs import Mood, Rig
from tests.support.doors import serving
from tests.support.free_port import free_port

SECRET: Final = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
LOOPBACK: Final = Destinations(["127.0.0.1"])


class HttpRig(Rig):
    """As `docs/channels.md` asks of an integrator."""

    address = "visitor-17"

    def __init__(self) -> None:
        super().__init__()
        self.answer: Response | None = None
        self.taken: dict[str, dict[str, Any]] = {}
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.silent = asyncio.Event()
        self.url = ""
        self.app = Starlette(routes=[Route("/messages", self.take, methods=["POST"])])

    def texts(self) -> list[tuple[str, str]]:
        return [(each["to"], each["text"]) for each in self.taken.values()]

    async def take(self, request: Request) -> Response:
        body, headers = await request.body(), dict(request.headers)
        self.received.append((headers, body))
        if not signing.holds([SECRET], headers, body, now=utc_now()):
            return JSONResponse({"code": "forged"}, 401)
        if self.answer is not None:
            return self.answer
        asked = await request.json()
        if asked["type"] == "ping":
            return Response(status_code=204)
        match self.mood:
            case Mood.REFUSES:
                return JSONResponse({"code": "invalid_address"}, 422)
            case Mood.PUTS_OFF:
                return Response(status_code=429, headers={"Retry-After": "7"})
        self.taken.setdefault(headers["webhook-id"], asked)
        if self.mood is Mood.HANGS_UP_AFTER_TAKING:
            await self.silent.wait()
        return Response(status_code=202)


def http_config(url: str, **more: Any) -> dict[str, Any]:
    return {"url": f"{url}/messages", "secret": SECRET, "timeout_seconds": 1, **more}


@asynccontextmanager
async def http_rig() -> AsyncIterator[Rig]:
    rig = HttpRig()
    async with serving(rig.app) as url:
        rig.url = url
        rig.provider = HttpProvider.from_config(http_config(url), LOOPBACK)
        away = http_config(f"http://127.0.0.1:{free_port()}")
        rig.away = HttpProvider.from_config(away, LOOPBACK)
        yield rig
        rig.silent.set()
        for provider in (rig.provider, rig.away):
            await provider.close()


HTTP_RIGS: dict[str, Callable[[], AbstractAsyncContextManager[Rig]]] = {"http": http_rig}
