"""A message as the control API and the page show it."""

from __future__ import annotations

from typing import Any

from channels.simulator.addresses import can_be_answered
from channels.simulator.clock import rfc3339
from channels.simulator.exchange import address_key
from channels.simulator.messages import Channel, Direction, Message


def message_view(message: Message) -> dict[str, Any]:
    """The contract's fields first; the rest is for the page and for training."""
    merchant, customer = message.sender, message.recipient
    if message.direction is Direction.TO_MERCHANT:
        merchant, customer = customer, merchant
    return {
        "id": message.id,
        "channel": message.channel.value,
        "from": message.sender,
        "to": message.recipient,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "urls": list(message.urls),
        "received_at": rfc3339(message.created_at),
        "from_name": message.sender_name,
        "customer": address_key(message.channel, customer),
        "direction": message.direction.value,
        "status": message.status.value,
        "error_code": message.error_code,
        "answerable": _can_be_answered(message.channel, merchant),
        "headers": [list(header) for header in message.headers],
    }


def _can_be_answered(channel: Channel, merchant: str) -> bool:
    """A messenger's conversation always can; a name as an SMS's sender, and here a mail, cannot."""
    if channel is Channel.SMS:
        return can_be_answered(merchant)
    return channel is not Channel.EMAIL
