"""Vonage's side of the wire: POST /v1/messages (https://developer.vonage.com/en/api/messages)."""

from __future__ import annotations

import uuid
from typing import Any

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.simulator.addresses import is_e164, is_sms_sender, phone_key
from channels.simulator.clock import now_ms
from channels.simulator.errors import SimulatorError
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Direction, Message, Origin, Status
from channels.simulator.networks.sms.numbers import REFUSED_TO, reaches_the_phone
from channels.simulator.networks.sms.segments import segments
from channels.simulator.networks.sms.sending import plan_statuses
from channels.simulator.networks.vonage.callbacks import CLIENT_REF, PREFIX
from channels.simulator.networks.vonage.token import is_allowed
from channels.simulator.routes.bodies import read_model

TEXT_CHARS_MAX = 1000
_ERRORS = "https://developer.vonage.com/api-errors/messages"
# The numbers that Twilio's API refuses, in Vonage's words.
_REFUSALS = {21211: 1170, 21612: 1200, 21408: 1160, 21610: 1050, 21614: 1310}


class _NewMessage(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    channel: str = ""
    message_type: str = ""
    to: str = ""
    text: str = ""
    client_ref: str = ""
    webhook_url: str = ""


class VonageApi:
    """The handlers, with what they need."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def routes(self) -> list[Route]:
        return [Route("/v1/messages", self.create, methods=["POST"])]

    async def create(self, request: Request) -> Response:
        options = self._exchange.options.messengers
        if options.vonage_public_key is None or not is_allowed(
            request.headers.get("authorization", ""),
            public_key=options.vonage_public_key,
            application=options.vonage_application_id or "",
            now=now_ms(),
        ):
            return _problem(401, 1140)
        try:
            asked = await read_model(request, _NewMessage)
        except SimulatorError:
            return _problem(422, 1020)
        return await self._keep(asked)

    async def _keep(self, asked: _NewMessage) -> Response:
        exchange, now = self._exchange, now_ms()
        code = self._refusal(asked)
        if code is not None:
            return _problem(422, code)
        await exchange.drag(Channel.SMS)
        if exchange.faults.strikes("fail", Channel.SMS):
            return _problem(429, 1000)
        if exchange.faults.strikes("reject", Channel.SMS):
            return _problem(422, 1240)
        sender = exchange.options.messengers.vonage_number or exchange.options.sms_number
        recipient = phone_key(f"+{asked.to}")
        if exchange.store.has_opted_out(phone_key(sender), recipient):
            return _problem(422, 1050)
        number = str(uuid.uuid4())
        stored = exchange.keep(
            Message(
                id=f"{PREFIX}{number}",
                channel=Channel.SMS,
                direction=Direction.TO_CUSTOMER,
                origin=Origin.API,
                sender=sender,
                recipient=recipient,
                text=asked.text,
                status=Status.QUEUED,
                created_at=now,
                arrived=reaches_the_phone(recipient),
                callback_url=asked.webhook_url or None,
                segments=segments(asked.text),
                headers=((CLIENT_REF, asked.client_ref),),
            )
        )
        plan_statuses(exchange, stored, now=now)
        if exchange.faults.strikes("timeout_after", Channel.SMS):
            await exchange.fall_silent()
        return JSONResponse({"message_uuid": number}, status_code=202)

    @staticmethod
    def _refusal(asked: _NewMessage) -> int | None:
        """Vonage's code for what it will not take, or None."""
        if asked.channel != "sms" or asked.message_type != "text" or not asked.text:
            return 1010
        if len(asked.text) > TEXT_CHARS_MAX:
            return 1090
        number = phone_key(f"+{asked.to}")
        if number in REFUSED_TO:
            return _REFUSALS.get(REFUSED_TO[number], 1240)
        return None if is_e164(number) and is_sms_sender(number) else 1170


def _problem(status: int, code: int) -> Response:
    body: dict[str, Any] = {"type": f"{_ERRORS}#{code}", "title": str(code), "detail": "Refused"}
    return JSONResponse(
        body, status_code=status, headers={"Retry-After": "1"} if status == 429 else {}
    )
