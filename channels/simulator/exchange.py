"""The parts that every network of the far end shares."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from channels.simulator.addresses import email_key, phone_key
from channels.simulator.changes import Changes
from channels.simulator.faults import Faults
from channels.simulator.masking import mask, mask_html
from channels.simulator.messages import Channel, Direction, Message
from channels.simulator.options import Options
from channels.simulator.store import Store
from channels.simulator.urls import urls_in

# A send that is never answered is let go after this long, so that nothing hangs for ever.
SILENCE_SECONDS_MAX = 120


@dataclass(frozen=True)
class Exchange:
    options: Options
    store: Store
    faults: Faults
    changes: Changes
    # The customer's words as typed, for calls not made yet. They may hold a card number, which must reach
    # the merchant as it would in life and must not reach our disk; a restart leaves the masked words.
    unmasked: dict[int, Mapping[str, str]] = field(default_factory=dict)

    def keep(self, message: Message) -> Message:
        """Stores a message, masked, with the links in it, and tells every open page. The only way in."""
        message = masked(message)
        customer = (
            message.recipient if message.direction is Direction.TO_CUSTOMER else message.sender
        )
        stored = self.store.add(message, customer_key=address_key(message.channel, customer))
        self.changes.announce()
        return stored

    def plan(self, kind: str, message_id: str, payload: Mapping[str, Any], *, due_at: int) -> int:
        """Gives the carrier's worker something to do at that time."""
        task = self.store.plan(kind, message_id, payload, due_at=due_at)
        self.changes.announce()
        return task

    async def drag(self, channel: Channel) -> None:
        """Waits as long as the fault `slow` says."""
        await asyncio.sleep(self.faults.slow_seconds(channel))

    async def fall_silent(self) -> None:
        """Never answers, until the sender hangs up or the process stops."""
        with self.changes.listen() as changed:
            try:
                async with asyncio.timeout(SILENCE_SECONDS_MAX):
                    while not self.changes.closed:
                        await changed.wait()
                        changed.clear()
            except TimeoutError:
                return


def masked(message: Message) -> Message:
    """The message without card-like numbers in any part that its sender wrote."""
    text = mask(message.text)
    html = None if message.html is None else mask_html(message.html)
    is_mail = message.channel is Channel.EMAIL
    return replace(
        message,
        text=text,
        html=html,
        subject=mask(message.subject),
        sender_name=mask(message.sender_name),
        headers=tuple((mask(name), mask(value)) for name, value in message.headers),
        # Telephone numbers were checked at the door; one in ten passes the Luhn check.
        sender=mask(message.sender) if is_mail else message.sender,
        recipient=mask(message.recipient) if is_mail else message.recipient,
        callback_url=None if message.callback_url is None else mask(message.callback_url),
        urls=tuple(urls_in(text, html)),
    )


def address_key(channel: Channel, address: str) -> str:
    """One customer's address on one channel, the same however it was written."""
    if channel is Channel.EMAIL:
        return email_key(address)
    return phone_key(address) if channel.has_phones else address.strip()
