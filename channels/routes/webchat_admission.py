"""Who may call the web chat's doors: pages of the account's allowed origins, and whoever sends no origin.

CORS (https://fetch.spec.whatwg.org/#http-cors-protocol) is for browsers; what protects a thread is its visitor's token.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from channels.accounts import ChannelAccount, get_account
from channels.provider_pool import ProviderPool
from channels.providers.webchat import WebChatProvider
from channels.webchat.thread import CHANNEL
from compliance.routes.gate import client_network, gate_of
from core.errors import Kind, NotFound, PaythreadError
from core.ids import is_id


class OriginNotAllowed(PaythreadError):
    """A page that may not embed this chat."""

    code = "origin_not_allowed"
    kind = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__("This chat may not be embedded in this page.")


class ChatBodyInvalid(PaythreadError):
    """The body or the query breaks a rule."""

    code = "invalid_request"


class ChatRoute(APIRoute):
    """Every answer carries the CORS headers, errors as well: a widget must know a refusal from a lost network."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            headers = {"Vary": "Origin"}
            try:
                headers |= await _admit(request)
                answer = await handle(request)
            except RequestValidationError:
                answer = _refused(request, ChatBodyInvalid("A field is missing or breaks a rule."))
            except PaythreadError as error:
                answer = _refused(request, error)
            for name, value in headers.items():
                answer.headers.append(name, value)
            return answer

        return handler


def account_of(request: Request) -> ChannelAccount:
    """The chat that this request is for."""
    account: ChannelAccount = request.state.chat_account
    return account


def provider_of(request: Request) -> WebChatProvider:
    """Its settings."""
    provider: WebChatProvider = request.state.chat_provider
    return provider


async def _admit(request: Request) -> dict[str, str]:
    """Finds the account, and the CORS headers of the answer. Raises `NotFound`, `RateLimited`, `OriginNotAllowed`."""
    gate, account_id = gate_of(request), request.path_params["account_id"]
    await gate.throttle.hit("chat", client_network(request))
    if not is_id(account_id, "cha"):
        raise NotFound("chat")
    async with gate.database.snapshot() as session:
        account = await get_account(session, account_id)
        if not account.active or account.channel != CHANNEL:
            raise NotFound("chat")
        pool: ProviderPool = request.app.state.providers
        provider = await pool.of(session, account)
    if not isinstance(provider, WebChatProvider):
        raise NotFound("chat")
    request.state.chat_account, request.state.chat_provider = account, provider
    origin = request.headers.get("origin")
    if origin is None:
        return {}
    if origin not in provider.config.allowed_origins:
        raise OriginNotAllowed
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Retry-After",
    }


def _refused(request: Request, error: PaythreadError) -> Response:
    status, body = gate_of(request).problem(error)
    headers = {}
    if error.retry_after_seconds is not None:
        headers["Retry-After"] = str(error.retry_after_seconds)
    if error.kind is Kind.UNAUTHENTICATED:
        headers["WWW-Authenticate"] = 'Bearer realm="paythread chat"'
    return JSONResponse(body, status, headers, media_type="application/problem+json")
