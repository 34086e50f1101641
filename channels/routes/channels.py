"""`/v1/channels`: what can be sent on; `/v1/messages/{id}`: one message and what it says."""

from typing import Any

from fastapi import APIRouter, Request

from channels.accounts import channels_of
from channels.conversation_access import get_visible
from channels.conversation_view import message_words
from channels.message_store import Message, get_message
from compliance.journal import Reader
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, gate_of
from core.database import Session
from core.errors import NotFound

router = APIRouter(tags=["channels"])


@router.get("/v1/channels")
async def list_channels(
    request: Request, caller: Principal = allowed(Permission.LINKS_READ)
) -> dict[str, Any]:
    """The channels that are set up, and what kind of address each one needs."""
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        ready = await channels_of(session, merchant=caller.merchant)
        position, _ = await Reader(gate.vault).head(session, caller.merchant)
    data = [
        {"channel": channel.name, "label": channel.label, "address": channel.address.value}
        for channel in ready
    ]
    return {"data": data, "next_cursor": None, "as_of": position}


@router.get("/v1/messages/{message_id}")
async def show_message(
    message_id: str, request: Request, caller: Principal = allowed(Permission.CUSTOMERS_READ)
) -> dict[str, Any]:
    """One message with its words, links in it without their tokens."""
    gate = gate_of(request)
    async with gate.database.snapshot() as session:
        message = await get_message(
            session, gate.vault, merchant=caller.merchant, message_id=message_id
        )
        if not await _visible(session, Reader(gate.vault), caller, message):
            raise NotFound("message")
    return message_words(message)


async def _visible(session: Session, reader: Reader, caller: Principal, message: Message) -> bool:
    """Whether it is the caller's work, about whom they serve, or in a thread that they see."""
    if caller.sees_work_of(message.agent):
        return True
    agents = sorted(caller.teammates or ())
    customer = message.customer or ""
    if await reader.serves(session, caller.merchant, agents, customer=customer):
        return True
    try:
        await get_visible(session, reader, caller, message.conversation)
    except NotFound:
        return False
    return True
