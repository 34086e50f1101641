"""Where does the sandbox meet HTTP? The one application, from its doors."""

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Lifespan

from payments.sandbox.desk import Desk
from payments.sandbox.routes import api, bank, checkout, control, fields, home, wallets


def application(desk: Desk, lifespan: Lifespan[Starlette]) -> Starlette:
    app = Starlette(
        routes=[
            *api.routes(),
            *control.routes(),
            *fields.routes(),
            *bank.routes(),
            *checkout.routes(),
            *wallets.routes(),
            *home.routes(),
            Route("/healthz", lambda _: PlainTextResponse("ok"), methods=["GET"]),
        ],
        lifespan=lifespan,
        exception_handlers={404: api.nowhere, 405: api.nowhere, 500: api.broken},
    )
    app.state.desk = desk
    return app
