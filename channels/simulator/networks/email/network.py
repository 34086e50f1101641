"""The customer's side of email: their answers arrive in the merchant's mailbox, where there is one."""

from __future__ import annotations

import secrets

from channels.simulator.addresses import is_email
from channels.simulator.errors import Invalid, NotPossible
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel, Direction, Message, Origin, Status
from channels.simulator.networks.email.mailbox import MerchantMailbox, letter
from channels.simulator.networks.port import Written
from channels.simulator.store import Task


class EmailNetwork:
    """See `networks.port.Network`. Mail to the customer arrives by SMTP alone (`networks.email.server`)."""

    channel = Channel.EMAIL

    def __init__(self, exchange: Exchange, mailbox: MerchantMailbox | None) -> None:
        self._exchange = exchange
        self._mailbox = mailbox

    def write(self, written: Written, *, now: int) -> Message:
        """The merchant's own server takes the mail, and vouches for its sender."""
        if self._mailbox is None:
            raise Invalid(
                "Inbound email has no receiver in this run: start the simulator with --imap-port.",
                field="channel",
            )
        for field, address in (("from", written.sender), ("to", written.recipient)):
            if not is_email(address):
                raise Invalid("This is no mail address.", field=field)
        message_id = f"EM{secrets.token_hex(16)}"
        raw = letter(
            message_id=f"<{message_id}@{written.sender.rpartition('@')[2]}>",
            sender=written.sender,
            recipient=written.recipient,
            subject=written.subject,
            text=written.text,
            answers=self._answered(written),
            now=now,
        )
        self._mailbox.put(raw, vouched_for=True, now=now)
        return self._exchange.keep(
            Message(
                id=message_id,
                channel=Channel.EMAIL,
                direction=Direction.TO_MERCHANT,
                origin=Origin.INBOUND,
                sender=written.sender,
                recipient=written.recipient,
                subject=written.subject,
                text=written.text,
                status=Status.RECEIVED,
                created_at=now,
                sent_at=now,
            )
        )

    def report(self, message: Message, status: Status, *, now: int) -> Message:
        del message, status, now
        raise NotPossible(
            "Email has no carrier that reports: SMTP ends when the mailbox has the message."
        )

    async def carry_out(self, task: Task, *, now: int) -> bool:
        del task, now
        return True

    def _answered(self, written: Written) -> str:
        """The Message-ID of the mail that is answered, if the customer answers one."""
        answered = self._exchange.store.get(written.answers) if written.answers else None
        headers = (
            {} if answered is None else {name.lower(): text for name, text in answered.headers}
        )
        return headers.get("message-id", "").strip()
