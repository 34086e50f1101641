"""Far ends for the contract suite: a mail server, a small Twilio, and a network made by hand.

Each can take a message, refuse it, put it off, or take it and hang up before answering; and tells what it has.
"""

import asyncio
import itertools
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from enum import Enum, auto
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.port import NotSent, Provider, Refused, Uncertain
from channels.providers.smtp import SmtpProvider
from channels.providers.twilio import TwilioProvider
from tests.channels.fakes import FakeProvider
from tests.support.doors import serving
from tests.support.free_port import free_port


class Mood(Enum):
    """What the far end does with the next message."""

    TAKES = auto()
    REFUSES = auto()
    PUTS_OFF = auto()
    HANGS_UP_AFTER_TAKING = auto()


class Rig:
    """A provider, the same provider with nobody at the far end, and the far end's doings."""

    address: str
    provider: Provider
    away: Provider

    def __init__(self) -> None:
        self.mood = Mood.TAKES

    def be(self, mood: Mood) -> None:
        self.mood = mood

    def texts(self) -> list[tuple[str, str]]:
        """(address, text) of everything it took."""
        raise NotImplementedError


class SmtpRig(Rig):
    """A real SMTP server in this event loop."""

    address = "sam@example.com"

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self.rcpt_answer: str | None = None

    def texts(self) -> list[tuple[str, str]]:
        found = []
        for mail in self.mails:
            body = mail.get_body(("plain",))
            assert body is not None
            found.append((mail["To"].addresses[0].addr_spec, body.get_content().strip()))
        return found

    # aiosmtpd calls these by name.
    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.rcpt_answer is not None:
            return self.rcpt_answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        match self.mood:
            case Mood.REFUSES:
                return "554 5.7.1 not here"
            case Mood.PUTS_OFF:
                return "451 4.3.0 later"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        if self.mood is Mood.HANGS_UP_AFTER_TAKING:
            server.transport.abort()
        return "250 OK"

    def authenticate(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"right password", handled=False)

    @asynccontextmanager
    async def listening(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        starttls: ssl.SSLContext | None = None,
        **options: Any,
    ) -> AsyncIterator[int]:
        """The port it listens on, until the block ends."""

        def session() -> SMTP:
            return SMTP(
                self,
                hostname="mail.test",
                tls_context=starttls,
                authenticator=self.authenticate,
                **options,
            )

        loop = asyncio.get_running_loop()
        server = await loop.create_server(session, "127.0.0.1", 0, ssl=tls)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            await server.wait_closed()


def smtp_config(port: int, **more: Any) -> dict[str, Any]:
    return {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "from": "pay@acme.example",
        "timeout_seconds": 3,
        **more,
    }


@asynccontextmanager
async def smtp_rig() -> AsyncIterator[Rig]:
    rig = SmtpRig()
    async with rig.listening() as port:
        rig.provider = SmtpProvider.from_config(smtp_config(port))
        rig.away = SmtpProvider.from_config(smtp_config(free_port()))
        yield rig


ACCOUNT_SID = "AC" + "0" * 32
AUTH_TOKEN = "0123456789abcdef0123456789abcdef"


class TwilioRig(Rig):
    """As much of Twilio as the adapter asks for, with faults that the simulator does not have."""

    address = "+447700900123"

    def __init__(self) -> None:
        super().__init__()
        self.answer: Response | None = None
        self.forms: list[dict[str, str]] = []
        self.messages: list[dict[str, Any]] = []
        self.logins: list[str] = []
        self.silent = asyncio.Event()
        self.url = ""
        self._numbers = itertools.count(1)
        path = f"/2010-04-01/Accounts/{ACCOUNT_SID}"
        self.app = Starlette(
            routes=[
                Route(f"{path}/Messages.json", self.create, methods=["POST"]),
                Route(f"{path}/Messages.json", self.list, methods=["GET"]),
            ]
        )

    def texts(self) -> list[tuple[str, str]]:
        return [(each["to"], each["body"]) for each in self.messages]

    async def create(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        self.forms.append(form)
        self.logins.append(request.headers["authorization"])
        if self.answer is not None:
            return self.answer
        match self.mood:
            case Mood.REFUSES:
                return JSONResponse({"code": 21211, "message": "invalid", "status": 400}, 400)
            case Mood.PUTS_OFF:
                return JSONResponse({"code": 20429, "status": 429}, 429, {"Retry-After": "7"})
        message = {
            "sid": f"SM{next(self._numbers):032}",
            "to": form["To"],
            "body": form["Body"],
            "direction": "outbound-api",
            "date_created": format_datetime(datetime.now(UTC)),
            "status": "queued",
            "error_code": None,
        }
        self.messages.insert(0, message)
        if self.mood is Mood.HANGS_UP_AFTER_TAKING:
            await self.silent.wait()
        return JSONResponse(message, 201)

    async def list(self, request: Request) -> Response:
        if self.answer is not None:
            return self.answer
        to = request.query_params.get("To")
        found = [each for each in self.messages if to in {None, each["to"]}]
        return JSONResponse({"messages": found[: int(request.query_params["PageSize"])]})


def twilio_config(url: str, **more: Any) -> dict[str, Any]:
    return {
        "account_sid": ACCOUNT_SID,
        "auth_token": AUTH_TOKEN,
        "from": "+447700900999",
        "base_url": url,
        "timeout_seconds": 1,
        **more,
    }


@asynccontextmanager
async def twilio_rig() -> AsyncIterator[Rig]:
    rig = TwilioRig()
    async with serving(rig.app) as url:
        rig.url = url
        rig.provider = TwilioProvider.from_config(twilio_config(url))
        rig.away = TwilioProvider.from_config(twilio_config(f"http://127.0.0.1:{free_port()}"))
        yield rig
        rig.silent.set()
        for provider in (rig.provider, rig.away):
            await provider.close()


class FakeRig(Rig):
    """The provider made by hand, held to the same contract as the real ones."""

    address = "+447700900123"

    def __init__(self) -> None:
        super().__init__()
        self.provider = self.network = FakeProvider()
        self.away = FakeProvider()
        self.away.script = [NotSent("provider_unreachable")]
        self.away.trouble = "It is away."

    def be(self, mood: Mood) -> None:
        super().be(mood)
        match mood:
            case Mood.REFUSES:
                self.network.script = [Refused("invalid_address")]
            case Mood.PUTS_OFF:
                self.network.script = [NotSent("rate_limited", 7)]
            case Mood.HANGS_UP_AFTER_TAKING:
                self.network.script = [Uncertain("lost")]
                self.network.takes_what_it_leaves_open = True

    def texts(self) -> list[tuple[str, str]]:
        return [(one.to, one.content.text) for one in self.network.taken]


@asynccontextmanager
async def fake_rig() -> AsyncIterator[Rig]:
    yield FakeRig()


RIGS = {"fake": fake_rig, "smtp": smtp_rig, "twilio": twilio_rig}
