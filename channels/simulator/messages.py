"""What a message is, and which way its status may move by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Channel(StrEnum):
    SMS = "sms"
    EMAIL = "email"
    WHATSAPP = "whatsapp"
    MESSENGER = "messenger"
    INSTAGRAM = "instagram"
    TELEGRAM = "telegram"
    CHATBOT = "chatbot"

    @property
    def has_phones(self) -> bool:
        """Whether customers are telephone numbers there; else emails or the network's own handles."""
        return self in {Channel.SMS, Channel.WHATSAPP}


# The same names, for what is read from JSON.
ChannelName = Literal["sms", "email", "whatsapp", "messenger", "instagram", "telegram", "chatbot"]


class Direction(StrEnum):
    TO_CUSTOMER = "to_customer"
    TO_MERCHANT = "to_merchant"


class Origin(StrEnum):
    """How a message came to be; the values are Twilio's `direction`."""

    API = "outbound-api"
    REPLY = "outbound-reply"
    INBOUND = "inbound"


class Status(StrEnum):
    """Twilio's words (Message resource, status values), used for every channel."""

    ACCEPTED = "accepted"
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    RECEIVED = "received"


# What the carrier does on its own. A trainer's report (POST /api/receipts) may say anything, as carriers do.
ONWARD: dict[Status, frozenset[Status]] = {
    Status.ACCEPTED: frozenset({Status.QUEUED}),
    Status.QUEUED: frozenset({Status.SENT, Status.FAILED}),
    Status.SENT: frozenset({Status.DELIVERED, Status.UNDELIVERED}),
    Status.DELIVERED: frozenset(),
    Status.READ: frozenset(),
    Status.UNDELIVERED: frozenset(),
    Status.FAILED: frozenset(),
    Status.RECEIVED: frozenset(),
}


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message as the customer's device or the carrier holds it. Times are milliseconds, UTC."""

    id: str
    channel: Channel
    direction: Direction
    origin: Origin
    sender: str
    recipient: str
    text: str
    status: Status
    created_at: int
    sender_name: str = ""
    subject: str = ""
    html: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    urls: tuple[str, ...] = ()
    images: dict[str, str] = field(default_factory=dict)
    error_code: int | None = None
    # False while a carrier holds a message that never reaches the phone.
    arrived: bool = True
    service_sid: str | None = None
    callback_url: str | None = None
    segments: int = 1
    sent_at: int | None = None
    updated_at: int = 0
    # Grows with every change of any message; a stream resumes from it.
    change: int = 0
