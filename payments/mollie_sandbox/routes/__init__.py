"""Where does the far end meet HTTP? The one application, from its doors."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan

import payments.sandbox
from payments.mollie_sandbox.routes import api, checkout, control
from payments.sandbox.desk import Desk

_ASSETS = Path(payments.sandbox.__file__).parent / "assets"


def application(desk: Desk, lifespan: Lifespan[Starlette]) -> Starlette:
    app = Starlette(
        routes=[
            *api.routes(),
            *checkout.routes(),
            *control.routes(),
            Mount("/assets", StaticFiles(directory=_ASSETS)),
            Route("/healthz", lambda _: PlainTextResponse("ok"), methods=["GET"]),
        ],
        lifespan=lifespan,
        exception_handlers={404: api.nowhere, 405: api.nowhere, 500: api.broken},
    )
    app.state.desk = desk
    return app
