"""`/v1/message-templates`: the words that a merchant puts in the place of ours, by name, channel and language."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from channels.message_templates import (
    PLACEHOLDERS,
    SUBJECT_LENGTH_MAX,
    TEXT_LENGTH_MAX,
    drop_template,
    save_template,
    templates_of,
)
from compliance.journal import Reader
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body
from compliance.routes.gate import allowed, gate_of

router = APIRouter(tags=["channels"])


class TemplateBody(Body):
    """`text` holds `{url}` once at least; an email needs a `subject`."""

    subject: Annotated[str, Field(max_length=SUBJECT_LENGTH_MAX)] | None = None
    text: Annotated[str, Field(max_length=TEXT_LENGTH_MAX)]


@router.get("/v1/message-templates")
async def list_templates(
    request: Request, caller: Principal = allowed(Permission.LINKS_READ)
) -> dict[str, Any]:
    """Every template of the merchant, and the placeholders that there are."""
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        found = await templates_of(session, merchant=caller.merchant)
        position, _ = await Reader(gate.vault).head(session, caller.merchant)
    return {
        "data": [each.as_json() for each in found],
        "next_cursor": None,
        "as_of": position,
        "placeholders": list(PLACEHOLDERS),
    }


@router.put("/v1/message-templates/{name}/{channel}/{locale}")
async def put_template(
    name: str,
    channel: str,
    locale: str,
    body: TemplateBody,
    request: Request,
    caller: Principal = allowed(Permission.SETTINGS_WRITE),
) -> dict[str, Any]:
    """Sets the words of one name, channel and language. `payment_link` is what links go out with."""
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        saved = await save_template(
            session,
            merchant=caller.merchant,
            name=name,
            channel=channel,
            locale=locale,
            subject=body.subject,
            text=body.text,
            actor=caller.actor,
            now=gate.clock(),
        )
    return saved.as_json()


@router.delete("/v1/message-templates/{name}/{channel}/{locale}", status_code=204)
async def delete_template(
    name: str,
    channel: str,
    locale: str,
    request: Request,
    caller: Principal = allowed(Permission.SETTINGS_WRITE),
) -> Response:
    """Our own words again."""
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        await drop_template(
            session,
            merchant=caller.merchant,
            name=name,
            channel=channel,
            locale=locale,
            actor=caller.actor,
            now=gate.clock(),
        )
    return Response(status_code=204)
