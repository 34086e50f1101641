"""The customer's side of SMS: replies to the merchant, and what the carrier reports about each message."""

from __future__ import annotations

import logging
from typing import Any

from channels.simulator.addresses import can_be_answered, is_e164, phone_key
from channels.simulator.errors import Invalid, NotPossible
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Direction, Message, Origin, Status
from channels.simulator.networks.port import Written
from channels.simulator.networks.sms.calls import Calls
from channels.simulator.networks.sms.keywords import ANSWERS, opt_out_type
from channels.simulator.networks.sms.resources import API_VERSION
from channels.simulator.networks.sms.segments import BODY_UNITS_MAX, segments, utf16_units
from channels.simulator.networks.sms.sending import new_sid, plan_statuses
from channels.simulator.networks.sms.twiml import replies_in
from channels.simulator.networks.vonage import callbacks as vonage
from channels.simulator.store import Task

# Twilio's codes for what a trainer reports: unreachable after sending, filtered before.
_UNREACHABLE, _FILTERED = 30003, 30007

log = logging.getLogger(__name__)


class SmsNetwork:
    """See `networks.port.Network`."""

    channel = Channel.SMS

    def __init__(self, exchange: Exchange, calls: Calls) -> None:
        self._exchange = exchange
        self._calls = calls
        self._vonage = vonage.VonageCallbacks(exchange, calls)

    def write(self, written: Written, *, now: int) -> Message:
        message = _inbound(written, now)
        stored = self._exchange.keep(message)
        if self._vonage.has_number(stored.recipient):
            # Vonage keeps and answers no opt-outs, unless its Opt-Out Assist was ordered.
            self._vonage.deliver(stored, written.text, now=now)
            return stored
        self._honour_keyword(written.text, stored, now=now)
        url = self._exchange.options.sms_inbound_url
        if url is None:
            log.info("inbound.no_webhook message_id=%s", stored.id)
        else:
            params = _inbound_params(stored, self._exchange.options.account_sid)
            # Kept before the worker can look: both run on one event loop, and nothing here awaits.
            for task in self._plan_call("inbound", stored, url, params, now=now):
                self._exchange.unmasked[task] = params | {"Body": written.text}
        return stored

    def report(self, message: Message, status: Status, *, now: int) -> Message:
        if message.direction is not Direction.TO_CUSTOMER:
            raise NotPossible(
                "A carrier reports on messages to the customer, not on the customer's own."
            )
        error_code = None
        if status is Status.FAILED:
            # Twilio's "failed" is before sending; after it, the message is "undelivered".
            left_us = message.sent_at is not None
            status, error_code = (
                (Status.UNDELIVERED, _UNREACHABLE) if left_us else (Status.FAILED, _FILTERED)
            )
        reported = self._exchange.store.report(message.id, status, error_code=error_code, now=now)
        assert reported is not None, "messages are pruned only when new ones arrive"
        self._tell_merchant(reported, now=now)
        self._exchange.changes.announce()
        return reported

    async def carry_out(self, task: Task, *, now: int) -> bool:
        match task.kind:
            case "status":
                self._advance(task, now=now)
                return True
            case vonage.KIND:
                return await self._vonage.call(task, now=now)
            case "callback":
                return await self._call(task) is not None
            case "inbound":
                answer = await self._call(task)
                if answer is None:
                    return False
                self._exchange.unmasked.pop(task.id, None)
                original = self._exchange.store.get(task.message_id)
                if original is not None:
                    for text in replies_in(answer.content_type, answer.body):
                        self._reply(original, text, now=now)
                return True
            case _:
                log.error("task.unknown kind=%s", task.kind)
                return True

    async def _call(self, task: Task) -> Any:
        params = self._exchange.unmasked.get(task.id, task.payload["params"])
        about = f"{task.kind}/{task.message_id}/{params.get('MessageStatus', '-')}"
        return await self._calls.post(task.payload["url"], params, about=about)

    def _advance(self, task: Task, *, now: int) -> None:
        status = Status(task.payload["status"])
        error_code = task.payload["error_code"]
        message = self._exchange.store.advance(
            task.message_id, status, error_code=error_code, now=now
        )
        if message is not None:
            self._tell_merchant(message, now=now)
            self._exchange.changes.announce()

    def _tell_merchant(self, message: Message, *, now: int) -> None:
        if self._vonage.sent(message):
            self._vonage.tell(message, now=now)
        elif message.callback_url is not None:
            params = _status_params(message, self._exchange.options.account_sid)
            self._plan_call("callback", message, message.callback_url, params, now=now)

    def _plan_call(
        self, kind: str, message: Message, url: str, params: dict[str, str], *, now: int
    ) -> list[int]:
        """Plans a call and its copies as the faults have it; their tasks, none if the call is lost."""
        exchange = self._exchange
        if exchange.faults.strikes("callback_lost", self.channel):
            return []
        due_at = now + exchange.faults.call_delay_ms(self.channel)
        payload = {"url": url, "params": params}
        copies = 1 + exchange.faults.extra_calls(self.channel)
        return [exchange.plan(kind, message.id, payload, due_at=due_at) for _ in range(copies)]

    def _honour_keyword(self, text: str, message: Message, *, now: int) -> None:
        """Blocks and unblocks the merchant's number, and confirms it to the customer as the carrier does."""
        keyword = opt_out_type(text)
        store, merchant, customer = (
            self._exchange.store,
            phone_key(message.recipient),
            message.sender,
        )
        match keyword:
            case "STOP":
                store.opt_out(merchant, customer)
            case "START":
                store.opt_in(merchant, customer)
            case "HELP":
                pass
            case None:
                return
        self._reply(message, ANSWERS[keyword], now=now)

    def _reply(self, inbound: Message, text: str, *, now: int) -> None:
        reply = Message(
            id=new_sid(),
            channel=Channel.SMS,
            direction=Direction.TO_CUSTOMER,
            origin=Origin.REPLY,
            sender=inbound.recipient,
            recipient=inbound.sender,
            text=text,
            status=Status.QUEUED,
            created_at=now,
            segments=segments(text),
        )
        plan_statuses(self._exchange, self._exchange.keep(reply), now=now)


def _inbound(written: Written, now: int) -> Message:
    sender, recipient = phone_key(written.sender), phone_key(written.recipient)
    if not is_e164(sender):
        raise Invalid(
            "The customer's number must be in international form, like +447700900123.", field="from"
        )
    if not can_be_answered(recipient):
        raise Invalid(
            "Only a number or a short code can be answered; a sender's name cannot.", field="to"
        )
    if utf16_units(written.text) > BODY_UNITS_MAX:
        raise Invalid(f"An SMS holds at most {BODY_UNITS_MAX} characters.", field="text")
    return Message(
        id=new_sid(),
        channel=Channel.SMS,
        direction=Direction.TO_MERCHANT,
        origin=Origin.INBOUND,
        sender=sender,
        recipient=recipient,
        text=written.text,
        status=Status.RECEIVED,
        created_at=now,
        sent_at=now,
        segments=segments(written.text),
    )


def _status_params(message: Message, account_sid: str) -> dict[str, str]:
    """https://www.twilio.com/docs/messaging/guides/track-outbound-message-status, "Status callback request"."""
    params = {
        "AccountSid": account_sid,
        "ApiVersion": API_VERSION,
        "From": message.sender,
        "MessageSid": message.id,
        "MessageStatus": message.status.value,
        "SmsSid": message.id,
        "SmsStatus": message.status.value,
        "To": message.recipient,
    }
    if message.service_sid is not None:
        params["MessagingServiceSid"] = message.service_sid
    if message.error_code is not None:
        params["ErrorCode"] = str(message.error_code)
    return params


def _inbound_params(message: Message, account_sid: str) -> dict[str, str]:
    """https://www.twilio.com/docs/messaging/guides/webhook-request, "Request parameters"."""
    params = {
        "AccountSid": account_sid,
        "ApiVersion": API_VERSION,
        "Body": message.text,
        "From": message.sender,
        "MessageSid": message.id,
        "NumMedia": "0",
        "NumSegments": str(message.segments),
        "SmsMessageSid": message.id,
        "SmsSid": message.id,
        "SmsStatus": message.status.value,
        "To": message.recipient,
    }
    keyword = opt_out_type(message.text)
    if keyword is not None:
        params["OptOutType"] = keyword
    return params
