"""Who and what fills a synthetic journal: one huge merchant and four small ones, few busy people and many quiet ones.

Everything is drawn from one seed, so that two runs of the same size are the same rows.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from core.ids import new_id

# What one link leaves behind, in this order: (type, who did it, what more it names).
_OPENING: Final = (
    ("link.created", "agent", ""),
    ("message.queued", "agent", "message"),
    ("message.sent", "channel", "message"),
    ("message.delivered", "channel", "message"),
    ("link.fetched", "customer", ""),
    ("link.opened", "customer", ""),
    ("checkout.joined", "customer", ""),
    ("checkout.card_entry_started", "customer", ""),
    ("checkout.field_completed", "customer", ""),
    ("checkout.field_completed", "customer", ""),
    ("checkout.submitted", "customer", "attempt"),
    ("payment.fraud_check_completed", "system", "attempt"),
)
_PAID: Final = (
    ("payment.paid", "psp", "attempt"),
    ("message.queued", "agent", "message"),
    ("message.sent", "channel", "message"),
)
_DECLINED: Final = (("payment.declined", "psp", "attempt"), ("checkout.left", "customer", ""))
_UNOPENED: Final = (*_OPENING[:4], ("link.expired", "system", ""))
_DISPUTED: Final = ("dispute.opened", "psp", "attempt")

AGENTS: Final = 60
DISPUTES: Final = 30
# Work of three links each: at the very end of the journal, and at its very beginning.
NEWCOMER: Final = AGENTS
RETIRED: Final = AGENTS + 1
_OPEN_AT_ONCE: Final = 40
_SMALL_MERCHANTS: Final = 4
_HUGE_SHARE: Final = 0.9
_ENTRIES_A_LINK: Final = 12.9
_NEWCOMERS_LINKS: Final = 3
_BEGAN: Final = datetime(2025, 11, 22, tzinfo=UTC)
_YEAR: Final = timedelta(days=365)


def body(number: int) -> str:
    """The 26 characters of an id that sorts by its number; hexadecimal is within the alphabet of ids."""
    return f"{number:026x}"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the town, and how it ended."""

    number: int
    id: str
    created_at: datetime
    agent: int
    customer: int
    outcome: str
    steps: tuple[tuple[str, str, str], ...]


@dataclass
class Merchant:
    """One merchant: what its journal will hold. `base` keeps its ids apart from the others'."""

    id: str
    base: int
    entries: int
    random: random.Random
    position: int = 0
    links: list[Link] = field(default_factory=list)
    _open: list[tuple[Link, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.links_expected = max(8, int(self.entries / _ENTRIES_A_LINK))
        self._newcomers_left = _NEWCOMERS_LINKS
        self._disputed = {self.links_expected * n // DISPUTES for n in range(DISPUTES)}

    def steps(self) -> Iterator[tuple[Link | None, tuple[str, str, str]]]:
        """Entry after entry, those of the links that are open at once mixed; None is an entry of no link."""
        draw = self.random.random
        while self.position < self.entries:
            self.position += 1
            if self.position % 50 == 0:
                yield None, ("session.started", "agent", "")
                continue
            place = int(draw() * _OPEN_AT_ONCE)
            if place >= len(self._open):
                place = len(self._open)
                self._open.append((self._new_link(), 0))
            link, step = self._open[place]
            yield link, link.steps[step]
            if step + 1 < len(link.steps):
                self._open[place] = (link, step + 1)
            else:
                self._open[place] = self._open[-1]
                self._open.pop()

    def _new_link(self) -> Link:
        number = len(self.links)
        chance = self.random.random()
        if number in self._disputed:
            outcome, steps = "disputed", (*_OPENING, *_PAID, _DISPUTED)
        elif chance < 0.7:
            outcome, steps = "paid", (*_OPENING, *_PAID)
        elif chance < 0.8:
            outcome, steps = "declined", (*_OPENING, *_DECLINED)
        else:
            outcome, steps = "expired", _UNOPENED
        now = self.moment()
        agent, customer = self._agent(number), self._customer()
        link = Link(number, new_id("lnk", now), now, agent, customer, outcome, steps)
        self.links.append(link)
        return link

    def _agent(self, number: int) -> int:
        if number < 3:
            return RETIRED
        if self.position > self.entries * 0.98 and self._newcomers_left:
            self._newcomers_left -= 1
            return NEWCOMER
        # The busiest of them does a seventh of the work.
        return int(AGENTS * self.random.random() ** 2)

    def _customer(self) -> int:
        """Customer 0 has one link in fifty, the next ten one in 500 each; a handful of links is usual."""
        chance = self.random.random()
        if chance < 0.02:
            return 0
        if chance < 0.04:
            return 1 + int(self.random.random() * 10)
        return 11 + int(self.random.random() * (1 + self.links_expected / 4))

    def moment(self) -> datetime:
        """When the present entry happens: the journal is spread over a year."""
        return _BEGAN + _YEAR * (self.position / self.entries)

    def agent_id(self, agent: int) -> str:
        return f"usr_{body(self.base + agent)}"

    def customer_id(self, customer: int) -> str:
        return f"cus_{body(self.base + customer)}"


@dataclass
class Town:
    """All merchants; the first is the huge one."""

    merchants: list[Merchant]

    def steps(self) -> Iterator[tuple[Merchant, Link | None, tuple[str, str, str]]]:
        """Every merchant's entries, mixed as their commits would be."""
        draw = random.Random(7).random
        huge, *small = self.merchants
        from_huge = huge.steps()
        others = [(merchant, merchant.steps()) for merchant in small]
        for link, step in from_huge:
            yield huge, link, step
            if draw() > _HUGE_SHARE:
                merchant, rest = others[int(draw() * len(others))]
                for found, its_step in rest:
                    yield merchant, found, its_step
                    break
        for merchant, rest in others:
            for found, its_step in rest:
                yield merchant, found, its_step


def plan_town(entries: int) -> Town:
    """Merchants whose journals have so many entries together."""
    huge = int(entries * _HUGE_SHARE)
    small = (entries - huge) // _SMALL_MERCHANTS
    sizes = [huge, *[small] * _SMALL_MERCHANTS]
    return Town(
        [
            Merchant(f"mer_{body(number)}", (number + 1) << 60, size, random.Random(number))
            for number, size in enumerate(sizes)
        ]
    )
