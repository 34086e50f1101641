"""As much of Telegram's Bot API as the adapter asks for, with faults that the simulator does not have."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.providers.telegram import TelegramProvider
from tests.channels.providers.rigs import Mood, Rig
from tests.support.doors import serving
from tests.support.free_port import free_port

BOT_TOKEN: Final = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
WEBHOOK_SECRET: Final = "s3cr3t_Token-for_tests_0001"
CHAT: Final = "1111111"


class TelegramRig(Rig):
    """A bot that one person started."""

    address = CHAT

    def __init__(self) -> None:
        super().__init__()
        self.answer: Response | None = None
        self.sent: list[dict[str, Any]] = []
        self.webhook: dict[str, Any] = {
            "url": "https://pay.example.test/webhooks/channels/cha_1",
            "pending_update_count": 0,
        }
        self.silent = asyncio.Event()
        self.url = ""
        self._numbers = itertools.count(1)
        self.app = Starlette(
            routes=[
                Route(f"/bot{BOT_TOKEN}/sendMessage", self.send, methods=["POST"]),
                Route(f"/bot{BOT_TOKEN}/getMe", self.me, methods=["POST"]),
                Route(f"/bot{BOT_TOKEN}/getWebhookInfo", self.hook, methods=["POST"]),
                Route(f"/bot{BOT_TOKEN}/setWebhook", self.connect, methods=["POST"]),
            ]
        )

    def texts(self) -> list[tuple[str, str]]:
        return [(each["chat_id"], each["text"]) for each in self.sent]

    async def send(self, request: Request) -> Response:
        asked = await request.json()
        if self.answer is not None:
            return self.answer
        match self.mood:
            case Mood.REFUSES:
                return said(400, "Bad Request: chat not found")
            case Mood.PUTS_OFF:
                return said(429, "Too Many Requests: retry after 7", retry_after=7)
        self.sent.append(asked)
        if self.mood is Mood.HANGS_UP_AFTER_TAKING:
            await self.silent.wait()
        number = next(self._numbers)
        return JSONResponse({"ok": True, "result": {"message_id": number, "date": 1441645532}})

    async def me(self, request: Request) -> Response:
        return self.answer or JSONResponse({"ok": True, "result": {"id": 110201543}})

    async def hook(self, request: Request) -> Response:
        return self.answer or JSONResponse({"ok": True, "result": self.webhook})

    async def connect(self, request: Request) -> Response:
        if self.answer is None:
            self.webhook = await request.json()
        return self.answer or JSONResponse({"ok": True, "result": True})


def said(status: int, description: str, **parameters: Any) -> Response:
    """An error as Telegram words it."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return JSONResponse(body | ({"parameters": parameters} if parameters else {}), status)


def telegram_config(url: str, **more: Any) -> dict[str, Any]:
    return {
        "bot_token": BOT_TOKEN,
        "webhook_secret": WEBHOOK_SECRET,
        "from": "@acme_bot",
        "base_url": url,
        "timeout_seconds": 1,
        **more,
    }


@asynccontextmanager
async def telegram_rig() -> AsyncIterator[Rig]:
    rig = TelegramRig()
    async with serving(rig.app) as url:
        rig.url = url
        rig.provider = TelegramProvider.from_config(telegram_config(url))
        rig.away = TelegramProvider.from_config(telegram_config(f"http://127.0.0.1:{free_port()}"))
        yield rig
        rig.silent.set()
        for provider in (rig.provider, rig.away):
            await provider.close()


TELEGRAM_RIGS: dict[str, Callable[[], AbstractAsyncContextManager[Rig]]] = {
    "telegram": telegram_rig
}
