"""Which part of a report is asked for: one agent's, one channel's, and so on. What nobody knows is the empty word."""

from collections.abc import Iterable
from dataclasses import dataclass

from agent_feed.reports.journeys import Journey
from compliance.journal.facts import Fact


@dataclass(frozen=True, slots=True)
class Chosen:
    """None leaves a matter open."""

    agent: str | None = None
    channel: str | None = None
    device: str | None = None
    language: str | None = None
    psp: str | None = None

    def journeys(self, found: Iterable[Journey]) -> list[Journey]:
        """Those that fit in every respect."""
        return [
            one
            for one in found
            if _fits(self.agent, one.agent)
            and _fits(self.channel, one.channel)
            and _fits(self.device, one.device)
            and _fits(self.language, one.language)
            and _fits(self.psp, one.psp)
        ]

    def facts(self, found: Iterable[Fact]) -> list[Fact]:
        """By agent and channel: the rest is no entry's own."""
        return [
            fact
            for fact in found
            if _fits(self.agent, fact.agent) and _fits(self.channel, fact.channel)
        ]


EVERYTHING = Chosen()


def _fits(asked: str | None, found: str | None) -> bool:
    return asked is None or asked == (found or "")
