"""`POST /v1/message-previews`: what a message with a link would say. Stores nothing and sends nothing."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import Field

from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body, Line
from compliance.routes.gate import allowed, gate_of
from core.money import Currency
from links.drafts import amount_due
from links.previews import PreviewDraft, preview
from links.routes.bodies import Amount, LocaleTag
from links.routes.links import LinkDesk

router = APIRouter(tags=["links"])


class PreviewBody(Body):
    """The message asked about, as it would be given to `POST /v1/links`."""

    channel: Annotated[str, Field(min_length=1, max_length=24)]
    amount: Amount
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    description: Annotated[Line, Field(max_length=200)] | None = None
    locale: LocaleTag | None = None
    template: Annotated[str, Field(min_length=1, max_length=40)] | None = None


@router.post("/v1/message-previews")
async def show_preview(
    body: PreviewBody, request: Request, caller: Principal = allowed(Permission.LINKS_READ)
) -> dict[str, Any]:
    """Subject, text and button as the customer would see them; for text messages, how many segments they fill."""
    gate = gate_of(request)
    desk: LinkDesk = request.app.state.link_desk
    draft = PreviewDraft(
        channel=body.channel,
        amount=amount_due(body.amount, Currency.of(body.currency)),
        description=body.description,
        locale=body.locale,
        template=body.template,
    )
    async with gate.database.snapshot() as session:
        return await preview(session, gate.vault, caller, draft, pay_url=desk.showing.pay_url)
