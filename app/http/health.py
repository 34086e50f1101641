"""`/healthz`, `/readyz`, `/metrics`: for load balancers and operators."""

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from compliance.routes.gate import client_address, gate_of
from core.errors import NotFound

router = APIRouter(tags=["health"])


@router.get("/healthz", response_class=PlainTextResponse)
async def healthy() -> str:
    """This process answers."""
    return "ok"


@router.get("/readyz")
async def ready(request: Request) -> Response:
    """What this process depends on answers too."""
    try:
        async with gate_of(request).database.snapshot() as session:
            await session.scalar(sa.select(1))
    except (sa.exc.SQLAlchemyError, OSError):
        return JSONResponse({"database": "down"}, status_code=503)
    return JSONResponse({"database": "up"})


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus text; only from this machine unless it is set to be public."""
    local = client_address(request) in {"127.0.0.1", "::1"}
    if not local and not request.app.state.metrics_public:
        raise NotFound("page")
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
