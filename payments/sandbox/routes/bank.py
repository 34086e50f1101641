"""Where does the cardholder's bank ask? Its page, framed in the merchant's or on its own."""

from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from payments.sandbox import challenges, clock
from payments.sandbox.bank_texts import texts_for
from payments.sandbox.currencies import shown
from payments.sandbox.desk import Call, Desk
from payments.sandbox.errors import Refused
from payments.sandbox.routes.body import read_body
from payments.sandbox.routes.headers import page_headers
from payments.sandbox.routes.templates import render


def routes() -> list[Route]:
    return [
        Route("/challenge/{challenge}", ask, methods=["GET"]),
        Route("/challenge/{challenge}", hear, methods=["POST"]),
    ]


async def ask(request: Request) -> Response:
    """Looking changes nothing: the page can be loaded any number of times."""
    framed = request.query_params.get("framed") == "1"
    locale, texts = texts_for(request.query_params.get("locale", ""))
    headers = page_headers(framed=framed, form=True)
    question = challenges.question(_call(request), request.path_params["challenge"])
    if question is None:
        return HTMLResponse(_over(texts, locale), 410, headers)
    page = render(
        "bank.html",
        texts=texts,
        locale=locale,
        framed=framed,
        question=question,
        amount=shown(question.amount, question.currency, locale),
    )
    return HTMLResponse(page, headers=headers)


async def hear(request: Request) -> Response:
    """The cardholder's answer: `outcome=complete` or `outcome=fail`, once."""
    desk: Desk = request.app.state.desk
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return Response(status_code=403)
    try:
        outcome = parse_qs((await read_body(request)).decode("utf-8", "replace")).get("outcome")
    except Refused as refused:
        return Response(status_code=refused.http_status)
    if outcome not in (["complete"], ["fail"]):
        return Response(status_code=422)
    with desk.store.transaction():
        next_url = challenges.answer(
            _call(request), request.path_params["challenge"], complete=outcome == ["complete"]
        )
    if "application/json" in request.headers.get("accept", ""):
        status = 410 if next_url is None else 200
        return JSONResponse(
            {"next": next_url or None}, status, headers={"Cache-Control": "no-store"}
        )
    locale, texts = texts_for(request.query_params.get("locale", ""))
    headers = page_headers(framed=False, form=True)
    return HTMLResponse(_over(texts, locale, next_url), 410 if next_url is None else 200, headers)


def _over(texts: dict[str, str], locale: str, next_url: str | None = None) -> str:
    """A link rather than a redirect: form-action would stop a redirect to another origin."""
    return render("bank_over.html", texts=texts, locale=locale, next_url=next_url)


def _call(request: Request) -> Call:
    return Call(desk=request.app.state.desk, now_ms=clock.now_ms(), secret=True)
