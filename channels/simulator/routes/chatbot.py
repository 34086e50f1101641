"""The chatbot's side of the wire: what `docs/channels.md` asks an integrator to answer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.simulator.clock import now_ms
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Direction, Message, Origin, Status
from channels.simulator.networks.chatbot.signature import holds

DELIVERED_AFTER_MS = 300
_BODY_BYTES_MAX = 64 * 1024


class _Button(BaseModel):
    label: str
    url: str


class _Told(BaseModel):
    """Fields that come later are let through, as an integrator should."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    type: Literal["message", "ping"]
    delivery: str = ""
    to: str = ""
    text: str = ""
    sender_name: str = ""
    button: _Button | None = None


class ChatbotApi:
    """The handlers, with what they need."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def routes(self) -> list[Route]:
        return [Route("/chatbot/messages", self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > _BODY_BYTES_MAX:
                return Response(status_code=413)
        exchange, now = self._exchange, now_ms()
        secret = exchange.options.messengers.chatbot_secret
        if secret is None or not holds(secret, request.headers, now=now, body=body):
            return JSONResponse({"code": "forged"}, status_code=401)
        try:
            told = _Told.model_validate_json(body)
        except ValidationError:
            return JSONResponse({"code": "invalid_content"}, status_code=422)
        if told.type == "ping":
            return Response(status_code=204)
        if not (told.delivery and told.to and told.text):
            return JSONResponse({"code": "invalid_content"}, status_code=422)
        return await self._keep(told, now)

    async def _keep(self, told: _Told, now: int) -> Response:
        exchange = self._exchange
        await exchange.drag(Channel.CHATBOT)
        if exchange.faults.strikes("fail", Channel.CHATBOT):
            return Response(status_code=503, headers={"Retry-After": "1"})
        if exchange.faults.strikes("reject", Channel.CHATBOT):
            return JSONResponse({"code": "invalid_address"}, status_code=422)
        if exchange.store.get(told.delivery) is not None:
            return Response(status_code=200)  # a repetition: it is here already
        button = told.button
        shown = () if button is None else (("button", button.label), ("button_url", button.url))
        exchange.keep(
            Message(
                id=told.delivery,
                channel=Channel.CHATBOT,
                direction=Direction.TO_CUSTOMER,
                origin=Origin.API,
                sender="chatbot",
                sender_name=told.sender_name,
                recipient=told.to,
                text=told.text,
                status=Status.SENT,
                created_at=now,
                sent_at=now,
                headers=shown,
            )
        )
        status = {"status": Status.DELIVERED.value}
        exchange.plan("status", told.delivery, status, due_at=now + DELIVERED_AFTER_MS)
        if exchange.faults.strikes("timeout_after", Channel.CHATBOT):
            await exchange.fall_silent()
        return Response(status_code=202)
