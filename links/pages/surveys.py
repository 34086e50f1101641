"""How was it? Asked on the page that says that the customer has paid, and answered there once."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from compliance.routes.bodies import Text
from compliance.routes.gate import client_network, gate_of
from core.errors import NotFound
from core.ids import new_id
from links import surveys
from links.links import link_by_token
from links.pages.page import locale_of, pay_desk
from links.pages.reports import PageId, PageNotOurs, payer_of
from links.pay.texts import texts_for

router = APIRouter(tags=["pay page"])

_WORDS: Final = "survey."


class SurveyBody(BaseModel):
    """`score` is from 1, very bad, to 5, very good. Card numbers in the comment are masked where it is stored."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)
    page: PageId
    score: Annotated[int, Field(ge=1, le=surveys.SCORE_MAX)]
    comment: Annotated[Text, Field(max_length=surveys.COMMENT_LENGTH_MAX)] | None = None


@router.get("/p/{token}/survey")
async def ask(token: str, request: Request) -> dict[str, Any]:
    """Whether there is something to ask, and then a nonce to answer with and the words."""
    desk, gate = pay_desk(request), gate_of(request)
    await gate.throttle.hit("pay_page", client_network(request))
    now, page = gate.clock(), new_id("pg", gate.clock())
    async with gate.database.snapshot() as session:
        link = await link_by_token(session, desk.tokens.lookup_hash(token))
        own = await desk.checkout.payers.payment_of(session, link, payer_of(request))
        if not await surveys.asked(session, own):
            return {"ready": False}
    words = texts_for(locale_of(request, link))
    return {
        "ready": True,
        "page": page,
        "nonce": desk.tokens.page_nonce(link.id, page, now=now),
        "words": {key: words[key] for key in words if key.startswith(_WORDS)},
    }


@router.post("/p/{token}/survey", status_code=204)
async def answer(token: str, body: SurveyBody, request: Request) -> Response:
    """Keeps the answer. 409 `survey_closed` where there is nothing to answer (any more)."""
    desk, gate = pay_desk(request), gate_of(request)
    await gate.throttle.hit("survey", client_network(request))
    now = gate.clock()
    async with gate.database.transaction() as session:
        link = await link_by_token(session, desk.tokens.lookup_hash(token))
        nonce = request.headers.get("x-page-nonce") or ""
        if not desk.tokens.nonce_holds(nonce, link.id, body.page, now=now):
            raise PageNotOurs("Reload the page and try again.")
        own = await desk.checkout.payers.payment_of(session, link, payer_of(request))
        if own is None:
            raise NotFound("payment")
        await surveys.answer(
            session, link, own, score=body.score, comment=body.comment or "", now=now
        )
    return Response(status_code=204)
