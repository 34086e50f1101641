"""Telegram's side of the wire: /bot{token}/{method} (https://core.telegram.org/bots/api#making-requests)."""

from __future__ import annotations

import hmac
from typing import Any

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.simulator.clock import now_ms
from channels.simulator.errors import SimulatorError
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Direction, Message, Origin, Status
from channels.simulator.networks.sms.segments import utf16_units
from channels.simulator.networks.telegram.network import (
    BOT,
    TEXT_UNITS_MAX,
    WEBHOOK_NOTE,
    is_chat,
    next_number,
    webhook_of,
)
from channels.simulator.routes.bodies import read_model


class _Asked(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Button(_Asked):
    text: str
    url: str


class _Markup(_Asked):
    inline_keyboard: list[list[_Button]] = []


class _NewMessage(_Asked):
    chat_id: int | str
    text: str = ""
    reply_markup: _Markup | None = None


class _Webhook(_Asked):
    url: str = ""
    secret_token: str = ""


class TelegramApi:
    """The handlers, with what they need."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def routes(self) -> list[Route]:
        return [Route("/bot{token}/{method}", self.call, methods=["POST"])]

    async def call(self, request: Request) -> Response:  # noqa: PLR0911 - one a method
        token = self._exchange.options.messengers.telegram_bot_token
        given = request.path_params["token"]
        if token is None or not hmac.compare_digest(given.encode(), token.encode()):
            return _error(401, "Unauthorized")
        try:
            match request.path_params["method"]:
                case "sendMessage":
                    return await self._send(await read_model(request, _NewMessage))
                case "getMe":
                    return _result({"id": int(token.partition(":")[0]), "is_bot": True})
                case "getWebhookInfo":
                    url, _ = webhook_of(self._exchange)
                    return _result({"url": url, "pending_update_count": 0})
                case "setWebhook":
                    hook = await read_model(request, _Webhook)
                    self._exchange.store.write_note(WEBHOOK_NOTE, hook.model_dump_json())
                    return _result(True)
                case _:
                    return _error(404, "Not Found: method not found")
        except SimulatorError as refused:
            return _error(400, f"Bad Request: {refused.message}")

    async def _send(self, asked: _NewMessage) -> Response:  # noqa: PLR0911 - one a refusal
        exchange, chat = self._exchange, str(asked.chat_id)
        await exchange.drag(Channel.TELEGRAM)
        if exchange.faults.strikes("fail", Channel.TELEGRAM):
            return _error(429, "Too Many Requests: retry after 1", {"retry_after": 1})
        if exchange.faults.strikes("reject", Channel.TELEGRAM):
            return _error(400, "Bad Request: PEER_ID_INVALID")
        # A bot cannot begin: only who wrote to it has a chat with it.
        begun = is_chat(chat) and exchange.store.arrived(
            customer_key=chat, channel=Channel.TELEGRAM, limit=1, both_ways=True
        )
        if not begun:
            return _error(400, "Bad Request: chat not found")
        if exchange.store.has_opted_out(BOT, chat):
            return _error(403, "Forbidden: bot was blocked by the user")
        if not asked.text.strip():
            return _error(400, "Bad Request: message text is empty")
        if utf16_units(asked.text) > TEXT_UNITS_MAX:
            return _error(400, "Bad Request: message is too long")
        now, number = now_ms(), next_number(exchange.store)
        exchange.keep(
            Message(
                id=f"tg-{chat}-{number}",
                channel=Channel.TELEGRAM,
                direction=Direction.TO_CUSTOMER,
                origin=Origin.API,
                sender=BOT,
                recipient=chat,
                text=asked.text,
                status=Status.SENT,
                created_at=now,
                sent_at=now,
                headers=_buttons(asked.reply_markup),
            )
        )
        if exchange.faults.strikes("timeout_after", Channel.TELEGRAM):
            await exchange.fall_silent()
        return _result({"message_id": number, "date": now // 1000, "text": asked.text})


def _buttons(markup: _Markup | None) -> tuple[tuple[str, str], ...]:
    """Each as the phone shows it: `("button", label), ("button_url", url)`."""
    rows = markup.inline_keyboard if markup is not None else []
    shown = [button for row in rows[:10] for button in row[:10]]
    return tuple(
        header
        for button in shown
        for header in (("button", button.text), ("button_url", button.url))
    )


def _result(result: Any) -> Response:
    return JSONResponse({"ok": True, "result": result})


def _error(status: int, description: str, parameters: dict[str, int] | None = None) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return JSONResponse(
        body | ({"parameters": parameters} if parameters else {}), status_code=status
    )
