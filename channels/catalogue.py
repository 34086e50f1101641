"""Which channels there are, and what kind of address each one reaches.

A channel is listed here once; which of them a merchant can use depends on its accounts.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from core.errors import InvalidField


class AddressKind(StrEnum):
    """What an address is: it decides how one is read, compared and shown.

    All but phones and emails are handles: what one network calls a customer, and nobody can type.
    """

    PHONE = "phone"
    EMAIL = "email"
    MESSENGER = "messenger"
    INSTAGRAM = "instagram"
    TELEGRAM = "telegram"
    WEBCHAT = "webchat"
    CHATBOT = "chatbot"

    @property
    def is_handle(self) -> bool:
        """Whether only the network gives this address out, when the customer writes first."""
        return self not in {AddressKind.PHONE, AddressKind.EMAIL}


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach a customer. `name` is what the API says, `label` what a person reads.

    `window` is how long after the customer's own words a network carries free text; None is always.
    """

    name: str
    label: str
    address: AddressKind
    window: timedelta | None = None


# Meta: "the customer service window", and the standard messaging window.
_DAY: Final = timedelta(hours=24)

CHANNELS: Final[dict[str, Channel]] = {
    channel.name: channel
    for channel in (
        Channel("sms", "SMS", AddressKind.PHONE),
        Channel("email", "Email", AddressKind.EMAIL),
        Channel("whatsapp", "WhatsApp", AddressKind.PHONE, window=_DAY),
        Channel("messenger", "Messenger", AddressKind.MESSENGER, window=_DAY),
        Channel("instagram", "Instagram", AddressKind.INSTAGRAM, window=_DAY),
        Channel("telegram", "Telegram", AddressKind.TELEGRAM),
        Channel("webchat", "Web chat", AddressKind.WEBCHAT),
        # An integrator's own: a chatbot, or a messenger that has no adapter of its own.
        Channel("chatbot", "Chatbot", AddressKind.CHATBOT),
    )
}


def channel_of(name: str, *, pointer: str) -> Channel:
    """The channel of that name. Raises `InvalidField` at the pointer."""
    try:
        return CHANNELS[name]
    except KeyError:
        raise InvalidField(pointer, f"The channel is one of: {', '.join(CHANNELS)}.") from None
