"""A small service around some doors: the gate, the problem handler, and ways to call it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import uvicorn
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse

from app.connections import Socket
from compliance.routes.gate import Gate
from core.errors import Kind, PaythreadError
from tests.support.running import running

CONSOLE = "http://console.test"

_STATUSES = {
    Kind.MALFORMED: 400,
    Kind.INVALID: 422,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.GONE: 410,
    Kind.TOO_LARGE: 413,
    Kind.UNSUPPORTED: 415,
    Kind.RATE_LIMITED: 429,
    Kind.UNAVAILABLE: 503,
}


def problem(error: PaythreadError) -> tuple[int, dict[str, Any]]:
    """A stand-in for the service's own rendering, enough to tell one error from another."""
    status = _STATUSES[error.kind]
    return status, {"status": status, "code": error.code, "detail": error.detail}


def service(gate: Gate, *routers: APIRouter, state: dict[str, Any] | None = None) -> FastAPI:
    """A FastAPI app with these doors; `state` holds what they read from `request.app.state`."""
    app = FastAPI()
    app.state.gate = gate
    for name, value in (state or {}).items():
        setattr(app.state, name, value)
    for router in routers:
        app.include_router(router)

    @app.exception_handler(PaythreadError)
    async def _on_error(_request: Request, error: PaythreadError) -> JSONResponse:
        status, body = problem(error)
        return JSONResponse(body, status, media_type="application/problem+json")

    return app


@asynccontextmanager
async def calling(
    app: FastAPI, *, headers: dict[str, str] | None = None, raise_errors: bool = True
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client that calls the app without a socket."""
    transport = httpx2.ASGITransport(
        app=app, client=("127.0.0.1", 50000), raise_app_exceptions=raise_errors
    )
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://service.test", headers=headers or {}
    ) as client:
        yield client


@asynccontextmanager
async def serving(app: Any, *, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """The app on a real port of loopback, in this event loop; yields its URL."""
    config = uvicorn.Config(
        app,
        host=host,
        port=0,
        log_level="warning",
        timeout_graceful_shutdown=2,
        ws=Socket,
        ws_per_message_deflate=False,
    )
    server = uvicorn.Server(config)
    async with running(server):
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://{host}:{port}"
