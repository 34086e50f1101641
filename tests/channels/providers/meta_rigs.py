"""As much of Meta's Graph API as the adapters ask for, with faults that the simulator does not have."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.port import CallbackRequest, Provider
from channels.providers.messenger import InstagramProvider, MessengerProvider
from channels.providers.meta_signature import HEADER, sign
from channels.providers.whatsapp import WhatsAppProvider
from tests.channels.providers.rigs import Mood, Rig
from tests.support.doors import serving
from tests.support.free_port import free_port

PHONE_NUMBER_ID = "106540352242922"
PAGE_ID = "104857600000001"
INSTAGRAM_ID = "17841400000000001"
TOKEN, APP_SECRET, VERIFY_TOKEN = "EAAJB-token", "app secret", "verify me"
URL = "https://pay.example.test/webhooks/channels/cha_1"
# A page-scoped id that passes the Luhn check and begins as a Visa does.
PSID = "4242424242424242"


def graph_error(code: int, *, subcode: int | None = None, status: int = 400) -> Response:
    """An error in Meta's shape."""
    error: dict[str, Any] = {"message": "no", "type": "OAuthException", "code": code}
    if subcode is not None:
        error["error_subcode"] = subcode
    return JSONResponse({"error": error}, status)


class GraphRig(Rig):
    """One node that messages are given to; what it took, as it came."""

    node = PHONE_NUMBER_ID
    address = "+447700900123"

    def __init__(self) -> None:
        super().__init__()
        self.answer: Response | None = None
        self.bodies: list[dict[str, Any]] = []
        self.taken: list[dict[str, Any]] = []
        self.tokens: list[str] = []
        self.asked: list[str] = []
        self.silent = asyncio.Event()
        self.url = ""
        self._numbers = itertools.count(1)
        self.app = Starlette(
            routes=[
                Route(f"/v23.0/{self.node}/messages", self.create, methods=["POST"]),
                Route("/v23.0/{node}", self.show, methods=["GET"]),
            ]
        )

    def config(self, url: str, **more: Any) -> dict[str, Any]:
        return {
            "phone_number_id": PHONE_NUMBER_ID,
            "access_token": TOKEN,
            "app_secret": APP_SECRET,
            "verify_token": VERIFY_TOKEN,
            "from": "+447700900999",
            "base_url": url,
            "timeout_seconds": 1,
            **more,
        }

    def made(self, url: str, **more: Any) -> Provider:
        return WhatsAppProvider.from_config(self.config(url, **more))

    def texts(self) -> list[tuple[str, str]]:
        return [(each["to"], _whatsapp_text(each)) for each in self.taken]

    def success(self, body: dict[str, Any]) -> dict[str, Any]:
        return {
            "messaging_product": "whatsapp",
            "contacts": [{"input": body["to"], "wa_id": body["to"].removeprefix("+")}],
            "messages": [{"id": f"wamid.{next(self._numbers):032}"}],
        }

    async def create(self, request: Request) -> Response:
        body = await request.json()
        self.bodies.append(body)
        self.tokens.append(request.headers["authorization"])
        if self.answer is not None:
            return self.answer
        match self.mood:
            case Mood.REFUSES:
                return graph_error(100)
            case Mood.PUTS_OFF:
                return graph_error(4, status=429)
        self.taken.append(body)
        if self.mood is Mood.HANGS_UP_AFTER_TAKING:
            await self.silent.wait()
        return JSONResponse(self.success(body))

    async def show(self, request: Request) -> Response:
        self.asked.append(request.path_params["node"])
        if self.answer is not None:
            return self.answer
        return JSONResponse({"id": request.path_params["node"]})


class MessengerRig(GraphRig):
    """The Send API of a page."""

    node = PAGE_ID
    address = PSID

    def config(self, url: str, **more: Any) -> dict[str, Any]:
        usual = super().config(url)
        del usual["phone_number_id"], usual["from"]
        return {**usual, "page_id": PAGE_ID, **more}

    def made(self, url: str, **more: Any) -> Provider:
        return MessengerProvider.from_config(self.config(url, **more))

    def texts(self) -> list[tuple[str, str]]:
        found = []
        for body in self.taken:
            message = body["message"]
            shown = message.get("attachment", {}).get("payload", message)
            found.append((body["recipient"]["id"], shown["text"]))
        return found

    def success(self, body: dict[str, Any]) -> dict[str, Any]:
        return {
            "recipient_id": body["recipient"]["id"],
            "message_id": f"m_{next(self._numbers):032}",
        }


class InstagramRig(MessengerRig):
    """The same, for the Instagram account behind the page."""

    def config(self, url: str, **more: Any) -> dict[str, Any]:
        return {**super().config(url), "instagram_id": INSTAGRAM_ID, **more}

    def made(self, url: str, **more: Any) -> Provider:
        return InstagramProvider.from_config(self.config(url, **more))

    def success(self, body: dict[str, Any]) -> dict[str, Any]:
        # As long as Instagram's are.
        return {**super().success(body), "message_id": f"{'aWdfZAG1f' * 20}{next(self._numbers)}"}


@asynccontextmanager
async def _running(rig: GraphRig) -> AsyncIterator[Rig]:
    async with serving(rig.app) as url:
        rig.url = url
        rig.provider = rig.made(url)
        rig.away = rig.made(f"http://127.0.0.1:{free_port()}")
        yield rig
        rig.silent.set()
        for provider in (rig.provider, rig.away):
            await provider.close()


@asynccontextmanager
async def whatsapp_rig() -> AsyncIterator[Rig]:
    async with _running(GraphRig()) as rig:
        yield rig


@asynccontextmanager
async def messenger_rig() -> AsyncIterator[Rig]:
    async with _running(MessengerRig()) as rig:
        yield rig


@asynccontextmanager
async def instagram_rig() -> AsyncIterator[Rig]:
    async with _running(InstagramRig()) as rig:
        yield rig


META_RIGS = {
    "whatsapp": whatsapp_rig,
    "messenger": messenger_rig,
    "instagram": instagram_rig,
}


def signed(body: Any, *, secret: str = APP_SECRET) -> CallbackRequest:
    """A callback with this JSON (or these bytes), signed as Meta does."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return CallbackRequest(
        url=URL,
        method="POST",
        headers={"content-type": "application/json", HEADER: sign(secret, raw)},
        body=raw,
    )


def _whatsapp_text(body: dict[str, Any]) -> str:
    if body["type"] == "interactive":
        return str(body["interactive"]["body"]["text"])
    return str(body["text"]["body"])
