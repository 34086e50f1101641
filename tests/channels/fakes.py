"""A provider made by hand: it does what its script says, and remembers what it was asked."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from channels.port import (
    Absent,
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
    Uncertain,
)

SECRET_HEADER = "x-fake-secret"
SECRET = "only the fake network knows"


class Crashed(Exception):
    """Raised in the place of a process that dies in the middle of a call."""


class FakeProvider:
    """`script` holds the next outcomes; without one, everything is taken.

    An exception in the script is raised after the message was taken: the answer never arrives.
    """

    acknowledgement = Acknowledgement(200, "text/plain", b"thanks")

    def __init__(self, *, can_be_asked: bool = True) -> None:
        self.script: list[Outcome | Exception] = []
        self.searches: list[Search] = []
        self.taken: list[Outgoing] = []
        self.asked: list[tuple[Outgoing, datetime, frozenset[str]]] = []
        self.reports: list[Receipt | Inbound] = []
        self.can_be_asked = can_be_asked
        self.trouble: str | None = None
        self.closed = False
        self.takes_what_it_leaves_open = False
        # Runs once the network has the message, before it answers.
        self.meanwhile: Callable[[Outgoing], Awaitable[None]] | None = None

    @staticmethod
    def id_of(delivery: str) -> str:
        """What this network calls a delivery."""
        return f"net-{delivery}"

    async def send(self, outgoing: Outgoing) -> Outcome:
        planned = self.script.pop(0) if self.script else Accepted(self.id_of(outgoing.delivery))
        left_open = isinstance(planned, Uncertain) and self.takes_what_it_leaves_open
        if isinstance(planned, Accepted | Exception) or left_open:
            self.taken.append(outgoing)
        if self.meanwhile is not None:
            await self.meanwhile(outgoing)
        if isinstance(planned, Exception):
            raise planned
        return planned

    async def find(self, outgoing: Outgoing, *, since: datetime, known: frozenset[str]) -> Search:
        self.asked.append((outgoing, since, known))
        if self.searches:
            return self.searches.pop(0)
        if any(one.delivery == outgoing.delivery for one in self.taken):
            return Accepted(self.id_of(outgoing.delivery))
        return Absent()

    def parse_callback(self, request: CallbackRequest) -> list[Receipt | Inbound]:
        if request.headers.get(SECRET_HEADER) != SECRET:
            raise CallbackForged
        return self.reports

    async def check(self) -> str | None:
        return self.trouble

    async def close(self) -> None:
        self.closed = True


class FakeNetworks:
    """A factory table whose providers the test can reach."""

    def __init__(self) -> None:
        self.provider = FakeProvider()
        self.made: list[Mapping[str, Any]] = []

    def make(self, config: Mapping[str, Any]) -> FakeProvider:
        self.made.append(config)
        return self.provider


REFUSED = Refused("invalid_address")
