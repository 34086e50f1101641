"""The customer's side of Telegram: what they write to the bot, and whether they have blocked it.

`/block` and `/unblock`, typed on the phone, are the gestures of Telegram's own menu: the bot gets no such words.
"""

from __future__ import annotations

import json
import re
from typing import Any

from channels.simulator.errors import Invalid, NotPossible
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Direction, Message, Origin, Status
from channels.simulator.networks.port import Written
from channels.simulator.networks.sms.calls import Calls
from channels.simulator.store import Store, Task

BOT = "telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
WEBHOOK_NOTE, _COUNTER_NOTE = "telegram.webhook", "telegram.counter"
TEXT_UNITS_MAX = 4096
_CHAT = re.compile(r"[1-9][0-9]{0,14}", re.ASCII)


def is_chat(text: str) -> bool:
    """A private chat's id is a positive number."""
    return _CHAT.fullmatch(text) is not None


def next_number(store: Store) -> int:
    """The next message's or update's number."""
    number = int(store.note(_COUNTER_NOTE) or 0) + 1
    store.write_note(_COUNTER_NOTE, str(number))
    return number


def webhook_of(exchange: Exchange) -> tuple[str, str]:
    """(URL, secret) of the bot's webhook; both empty where there is none."""
    kept = exchange.store.note(WEBHOOK_NOTE)
    if kept is not None:
        webhook = json.loads(kept)
        return webhook["url"], webhook["secret_token"]
    options = exchange.options.messengers
    return options.telegram_inbound_url or "", options.telegram_webhook_secret or ""


class TelegramNetwork:
    """See `networks.port.Network`."""

    channel = Channel.TELEGRAM

    def __init__(self, exchange: Exchange, calls: Calls) -> None:
        self._exchange = exchange
        self._calls = calls

    def write(self, written: Written, *, now: int) -> Message:
        chat = written.sender.strip()
        if not is_chat(chat):
            raise Invalid("A Telegram chat's id is a number, like 1111111.", field="from")
        if len(written.text) > TEXT_UNITS_MAX:
            raise Invalid(f"A message holds at most {TEXT_UNITS_MAX} characters.", field="text")
        store = self._exchange.store
        number = next_number(store)
        stored = self._exchange.keep(
            Message(
                id=f"tg-{chat}-{number}",
                channel=self.channel,
                direction=Direction.TO_MERCHANT,
                origin=Origin.INBOUND,
                sender=chat,
                recipient=written.recipient,
                text=written.text,
                status=Status.RECEIVED,
                created_at=now,
                sent_at=now,
            )
        )
        match written.text.strip():
            case "/block":
                store.opt_out(BOT, chat)
                self._plan(stored, _membership(chat, "kicked", now), now=now)
            case "/unblock":
                store.opt_in(BOT, chat)
                self._plan(stored, _membership(chat, "member", now), now=now)
            case _:
                update = {"message": _message(chat, number, stored.text, now)}
                raw = {"message": _message(chat, number, written.text, now)}
                self._plan(stored, update, raw=raw, now=now)
        return stored

    def report(self, message: Message, status: Status, *, now: int) -> Message:
        del message, status, now
        raise NotPossible("Telegram tells a bot nothing of what became of its messages.")

    async def carry_out(self, task: Task, *, now: int) -> bool:
        del now
        url, secret = webhook_of(self._exchange)
        if not url:
            return True
        kept = self._exchange.unmasked.get(task.id)
        body = kept["body"] if kept is not None else json.dumps(task.payload)
        headers = {HEADER: secret} if secret else {}
        return await self._calls.post_json(
            url, body.encode(), headers, about=f"update/{task.message_id}"
        )

    def _plan(
        self,
        message: Message,
        update: dict[str, Any],
        *,
        now: int,
        raw: dict[str, Any] | None = None,
    ) -> None:
        exchange = self._exchange
        if exchange.faults.strikes("callback_lost", self.channel):
            return
        # A repetition is the same update: it keeps its number.
        number = {"update_id": next_number(exchange.store)}
        due_at = now + exchange.faults.call_delay_ms(self.channel)
        for _ in range(1 + exchange.faults.extra_calls(self.channel)):
            task = exchange.plan("update", message.id, number | update, due_at=due_at)
            if raw is not None:
                exchange.unmasked[task] = {"body": json.dumps(number | raw)}


def _chat(chat: str) -> dict[str, Any]:
    return {"id": int(chat), "type": "private", "first_name": "Customer"}


def _person(chat: str) -> dict[str, Any]:
    return {"id": int(chat), "is_bot": False, "first_name": "Customer"}


def _message(chat: str, number: int, text: str, now: int) -> dict[str, Any]:
    return {
        "message_id": number,
        "date": now // 1000,
        "chat": _chat(chat),
        "from": _person(chat),
        "text": text,
    }


def _membership(chat: str, status: str, now: int) -> dict[str, Any]:
    before = "member" if status == "kicked" else "kicked"
    return {
        "my_chat_member": {
            "chat": _chat(chat),
            "from": _person(chat),
            "date": now // 1000,
            "old_chat_member": {"status": before},
            "new_chat_member": {"status": status},
        }
    }
