"""Where does the far end meet HTTP? The one application, from its doors."""

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Lifespan

from payments.adyen_sandbox.desk import Desk
from payments.adyen_sandbox.routes import api, bank, control, fields


def application(desk: Desk, lifespan: Lifespan[Starlette]) -> Starlette:
    app = Starlette(
        routes=[
            *api.routes(),
            *fields.routes(),
            *bank.routes(),
            *control.routes(),
            Route("/healthz", lambda _: PlainTextResponse("ok"), methods=["GET"]),
        ],
        lifespan=lifespan,
    )
    app.state.desk = desk
    return app
