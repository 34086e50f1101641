"""`/healthz`, `/readyz`, `/metrics`: for load balancers and operators.

The application's state holds `readiness`, `figures` and `metrics_public`.
"""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.figures import Figures
from app.readiness import Readiness
from compliance.routes.gate import client_address
from core.errors import NotFound

router = APIRouter(tags=["health"])

_OF_PROXIES: Final = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


@router.get("/healthz", response_class=PlainTextResponse)
async def healthy() -> str:
    """This process answers."""
    return "ok"


@router.get("/readyz")
async def ready(request: Request) -> Response:
    """Whether to send requests here: 503 while the database is away or too old, and once the process is to stop."""
    readiness: Readiness = request.app.state.readiness
    ready, report = await readiness.look()
    return JSONResponse(report, status_code=200 if ready else 503)


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(request: Request) -> Response:
    """Prometheus text; only from this machine unless it is set to be public."""
    # A proxy on this machine that nobody has named as trusted is no scraper.
    passed_on = any(name in request.headers for name in _OF_PROXIES)
    local = client_address(request) in {"127.0.0.1", "::1"} and not passed_on
    if not local and not request.app.state.metrics_public:
        raise NotFound("page")
    figures: Figures = request.app.state.figures
    counted = generate_latest()
    return Response(counted + await figures.render(), media_type=CONTENT_TYPE_LATEST)
