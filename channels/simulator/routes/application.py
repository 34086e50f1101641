"""Puts the doors together, and what holds for all of them: hosts, headers, errors."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.simulator.errors import SimulatorError
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel
from channels.simulator.networks.port import Network
from channels.simulator.routes.chatbot import ChatbotApi
from channels.simulator.routes.control import Control, error_body
from channels.simulator.routes.meta import GraphApi
from channels.simulator.routes.pages import Pages
from channels.simulator.routes.shop import Shop
from channels.simulator.routes.stream import Stream
from channels.simulator.routes.telegram import TelegramApi
from channels.simulator.routes.twilio import TwilioApi
from channels.simulator.routes.vonage import VonageApi

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": PAGE_POLICY,
}

log = logging.getLogger(__name__)


def application(exchange: Exchange, networks: Mapping[Channel, Network]) -> ASGIApp:
    """The whole HTTP side of the simulator."""
    routes = [
        *Control(exchange, networks).routes(),
        *Stream(exchange).routes(),
        *TwilioApi(exchange).routes(),
        *VonageApi(exchange).routes(),
        *TelegramApi(exchange).routes(),
        *ChatbotApi(exchange).routes(),
        *Shop(exchange.options).routes(),
        *Pages(exchange).routes(),
        *GraphApi(exchange, networks).routes(),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={
            SimulatorError: _refused,
            HTTPException: _http_error,
            Exception: _crashed,
        },
    )
    return _Guard(app, _hosts(exchange))


def _hosts(exchange: Exchange) -> frozenset[str]:
    public = urlsplit(exchange.options.public_url).hostname
    return frozenset(
        {"localhost", "127.0.0.1", "::1", exchange.options.host, public or "localhost"}
    )


class _Guard:
    """Answers only to its own names, so that no web site can reach in by pointing its name here."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if _host_of(scope) not in self._hosts:
            answer = JSONResponse(error_body("This host name is not served here."), status_code=421)
            await answer(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)


def _host_of(scope: Scope) -> str | None:
    values = [value for name, value in scope["headers"] if name == b"host"]
    if len(values) != 1:
        return None
    try:
        return urlsplit(f"//{values[0].decode('ascii')}").hostname
    except ValueError:
        return None


async def _refused(request: Request, error: Exception) -> Response:
    del request
    assert isinstance(error, SimulatorError)
    return JSONResponse(error_body(error.message, error.field), status_code=error.status)


async def _http_error(request: Request, error: Exception) -> Response:
    del request
    assert isinstance(error, HTTPException)
    return JSONResponse(
        error_body(error.detail), status_code=error.status_code, headers=error.headers
    )


async def _crashed(request: Request, error: Exception) -> Response:
    log.error("request.crashed path=%s", request.url.path, exc_info=error)
    return JSONResponse(error_body("Something went wrong inside the simulator."), status_code=500)
