"""What chats of our own have in common as providers: there is no wire.

What was sent lies in the visitor's thread, from where the visitor's browser fetches it; nothing comes by callback.
"""

from datetime import datetime

from channels import problems
from channels.port import (
    Accepted,
    Acknowledgement,
    CallbackForged,
    CallbackRequest,
    Inbound,
    Outcome,
    Outgoing,
    Receipt,
    Refused,
    Search,
    Unsupported,
)
from core.ids import is_id


class OwnChat:
    """A provider that has nothing to send by."""

    acknowledgement = Acknowledgement()

    async def send(self, outgoing: Outgoing) -> Outcome:
        """It is where the visitor looks already."""
        if not is_id(outgoing.to, "vis"):
            return Refused(problems.INVALID_ADDRESS, "no visitor's address")
        return Accepted(outgoing.delivery)

    async def find(self, outgoing: Outgoing, *, since: datetime, known: frozenset[str]) -> Search:
        """Sending again changes nothing."""
        del outgoing, since, known
        return Unsupported(resend_is_safe=True)

    def parse_callback(self, request: CallbackRequest) -> list[Receipt | Inbound]:
        """Nobody reports on this channel by callback, so whoever does is somebody else."""
        del request
        raise CallbackForged

    async def close(self) -> None:
        """Nothing is open."""
