"""The customer's side of email, as far as it has a way back to the merchant."""

from __future__ import annotations

from channels.simulator.errors import Invalid, NotPossible
from channels.simulator.messages import Channel, Message, Status
from channels.simulator.networks.port import Written
from channels.simulator.store import Task


class EmailNetwork:
    """See `networks.port.Network`. Mail arrives by SMTP alone (`networks.email.server`)."""

    channel = Channel.EMAIL

    def write(self, written: Written, *, now: int) -> Message:
        del written, now
        raise Invalid(
            "Inbound email has no receiver yet: the merchant takes no mail, so nothing was sent.",
            field="channel",
        )

    def report(self, message: Message, status: Status, *, now: int) -> Message:
        del message, status, now
        raise NotPossible(
            "Email has no carrier that reports: SMTP ends when the mailbox has the message."
        )

    async def carry_out(self, task: Task, *, now: int) -> bool:
        del task, now
        return True
