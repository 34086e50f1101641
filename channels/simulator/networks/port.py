"""What the rest of the simulator asks of a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from channels.simulator.messages import Channel, Message, Status
from channels.simulator.store import Task


@dataclass(frozen=True, kw_only=True)
class Written:
    """What the customer typed. `sender` is the customer, `recipient` the merchant."""

    sender: str
    recipient: str
    text: str
    subject: str = ""
    # The id of the message that is answered, where the network ties answers to messages.
    answers: str = ""


class Network(Protocol):
    """One network: how its customers write back, how its carrier reports, and what it still has to do."""

    @property
    def channel(self) -> Channel: ...

    def write(self, written: Written, *, now: int) -> Message:
        """Sends the customer's message to the merchant. Raises Invalid where the network cannot carry it."""
        ...

    def report(self, message: Message, status: Status, *, now: int) -> Message:
        """Makes the carrier report this status. Raises NotPossible where the network has no such report."""
        ...

    async def carry_out(self, task: Task, *, now: int) -> bool:
        """Does one piece of pending work; False asks for another try later."""
        ...
