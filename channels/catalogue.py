"""Which channels there are, and what kind of address each one reaches.

A channel is listed here once; which of them a merchant can use depends on its accounts.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.errors import InvalidField


class AddressKind(StrEnum):
    """What an address is: it decides how one is read, compared and shown."""

    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach a customer. `name` is what the API says, `label` what a person reads."""

    name: str
    label: str
    address: AddressKind


CHANNELS: Final[dict[str, Channel]] = {
    channel.name: channel
    for channel in (
        Channel("sms", "SMS", AddressKind.PHONE),
        Channel("email", "Email", AddressKind.EMAIL),
    )
}


def channel_of(name: str, *, pointer: str) -> Channel:
    """The channel of that name. Raises `InvalidField` at the pointer."""
    try:
        return CHANNELS[name]
    except KeyError:
        raise InvalidField(pointer, f"The channel is one of: {', '.join(CHANNELS)}.") from None
