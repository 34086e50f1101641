"""`/v1/sso`: signing in with the account of one's own organisation.

The provider sends the browser to `/v1/sso/callback`, which changes nothing: it hands what came over to the console,
behind the `#`, and the console posts it with the cookie that this browser got at the start.
"""

from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import Field

from compliance.devices import device_of
from compliance.routes.access import STEP_ANSWER, check_origin, opened, pending_answer
from compliance.routes.bodies import Body
from compliance.routes.gate import client_address, client_network, gate_of
from compliance.sign_in_steps import StepAsked
from compliance.sso import logins
from compliance.sso.desk import CODE_LENGTH_MAX, STATE_LENGTH_MAX, SsoDesk
from compliance.sso.refusals import SsoOver

router = APIRouter(tags=["access"])

COOKIE: Final = "paythread_sso"
_PATH: Final = "/v1/sso"
_REFUSED: Final = "/#/sso/refused"
_ISSUER_LENGTH_MAX: Final = 500


class Start(Body):
    """`return_to`: which of the console's places to go on at, such as `#/links`; anything else is not gone to."""

    return_to: str | None = Field(default=None, max_length=500)


class Return(Body):
    """What the provider sent back with the browser."""

    opaque = frozenset({"state", "code"})

    state: str = Field(min_length=1, max_length=STATE_LENGTH_MAX)
    code: str = Field(min_length=1, max_length=CODE_LENGTH_MAX)
    iss: str | None = Field(default=None, max_length=_ISSUER_LENGTH_MAX)


@router.get("/v1/sso")
async def describe(request: Request) -> dict[str, Any]:
    """Whether there is single sign-on here, and what its button says."""
    config = _desk(request).config
    return {"label": None if config is None else config.label}


@router.post("/v1/sso/logins", status_code=201)
async def begin(start: Start, request: Request) -> Response:
    """Begins a sign-in: where the browser shall go, and a cookie for when it comes back, within ten minutes."""
    gate = gate_of(request)
    check_origin(request)
    await gate.throttle.hit("sign_in", client_network(request))
    started = await _desk(request).begin(return_to=start.return_to)
    response = JSONResponse({"url": started.url}, 201)
    response.set_cookie(
        COOKIE,
        started.browser,
        max_age=int(logins.LIFE.total_seconds()),
        httponly=True,
        secure=gate.secure_cookies,
        samesite="lax",
        path=_PATH,
    )
    return response


@router.get("/v1/sso/callback", status_code=303, response_class=RedirectResponse)
async def come_back(
    state: Annotated[str | None, Query(max_length=STATE_LENGTH_MAX)] = None,
    code: Annotated[str | None, Query(max_length=CODE_LENGTH_MAX)] = None,
    iss: Annotated[str | None, Query(max_length=_ISSUER_LENGTH_MAX)] = None,
) -> Response:
    """From the provider to the console, which goes on; whatever else the provider says is a refusal."""
    if not state or not code:
        return RedirectResponse(_REFUSED, 303)
    parts = [part for part in (state, code, iss) if part]
    told = "/".join(quote(part, safe="") for part in parts)
    return RedirectResponse(f"/#/sso/{told}", 303)


@router.post("/v1/sso/sessions", status_code=201, responses=STEP_ANSWER)
async def finish(back: Return, request: Request) -> Response:
    """Opens a session and sets its cookie; or 202, where a second factor is asked for, as after a password."""
    gate = gate_of(request)
    check_origin(request)
    await gate.throttle.hit("sign_in", client_network(request))
    browser = request.cookies.get(COOKIE)
    if not browser:
        raise SsoOver
    arrived = await _desk(request).finish(
        state=back.state,
        browser=browser,
        code=back.code,
        issuer=back.iss,
        origin=client_address(request),
        device=device_of(request.headers.get("user-agent")),
    )
    if isinstance(arrived.outcome, StepAsked):
        response = pending_answer(arrived.outcome, return_to=arrived.return_to)
    else:
        response = opened(request, arrived.outcome, return_to=arrived.return_to)
    response.delete_cookie(COOKIE, path=_PATH)
    return response


def _desk(request: Request) -> SsoDesk:
    desk: SsoDesk = request.app.state.sso_desk
    return desk
