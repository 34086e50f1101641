"""As much of Vonage's Messages API as the adapter asks for, with faults that the simulator does not have."""

import asyncio
import base64
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.providers.vonage import VonageProvider
from tests.channels.providers.rigs import Mood, Rig
from tests.support.doors import serving
from tests.support.free_port import free_port

APPLICATION: Final = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"
SIGNATURE_SECRET: Final = "a signature secret of Vonage's own"
ERRORS: Final = "https://developer.vonage.com/api-errors/messages"


@cache
def private_key() -> RSAPrivateKey:
    """The application's key, made once."""
    return generate_private_key(65537, 2048)


@cache
def private_pem() -> str:
    return private_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


class VonageRig(Rig):
    """An application that may send SMS."""

    address = "+447700900123"

    def __init__(self) -> None:
        super().__init__()
        self.answer: Response | None = None
        self.asked: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.claims: list[dict[str, Any]] = []
        self.silent = asyncio.Event()
        self.url = ""
        self.app = Starlette(routes=[Route("/v1/messages", self.create, methods=["POST"])])

    def texts(self) -> list[tuple[str, str]]:
        return [(f"+{each['to']}", each["text"]) for each in self.messages]

    async def create(self, request: Request) -> Response:
        head, payload, signature = (
            request.headers["authorization"].removeprefix("Bearer ").split(".")
        )
        signed = f"{head}.{payload}".encode()
        private_key().public_key().verify(decoded(signature), signed, PKCS1v15(), SHA256())
        self.claims.append(json.loads(decoded(payload)))
        asked = await request.json()
        self.asked.append(asked)
        if self.answer is not None:
            return self.answer
        if "text" not in asked:
            return trouble(422, 1010)
        match self.mood:
            case Mood.REFUSES:
                return trouble(422, 1170)
            case Mood.PUTS_OFF:
                return trouble(429, 1000)
        self.messages.append(asked)
        if self.mood is Mood.HANGS_UP_AFTER_TAKING:
            await self.silent.wait()
        return JSONResponse({"message_uuid": str(uuid.uuid4())}, 202)


def trouble(status: int, code: int, **headers: str) -> Response:
    """A problem as Vonage words it."""
    body = {"type": f"{ERRORS}#{code}", "title": str(code), "detail": "…", "instance": "bf0ca"}
    return JSONResponse(body, status, headers)


def vonage_config(url: str, **more: Any) -> dict[str, Any]:
    return {
        "application_id": APPLICATION,
        "private_key": private_pem(),
        "signature_secret": SIGNATURE_SECRET,
        "from": "+447700900888",
        "base_url": url,
        "timeout_seconds": 1,
        **more,
    }


@asynccontextmanager
async def vonage_rig() -> AsyncIterator[Rig]:
    rig = VonageRig()
    async with serving(rig.app) as url:
        rig.url = url
        rig.provider = VonageProvider.from_config(vonage_config(url))
        rig.away = VonageProvider.from_config(vonage_config(f"http://127.0.0.1:{free_port()}"))
        yield rig
        rig.silent.set()
        for provider in (rig.provider, rig.away):
            await provider.close()


VONAGE_RIGS: dict[str, Callable[[], AbstractAsyncContextManager[Rig]]] = {"vonage": vonage_rig}
