"""What is asked of the journal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Entries that concern any of these: work of an agent, an act of an actor, a customer, a link."""

    agents: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    customers: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()

    def covers(
        self, *, agent: str | None, actor: str | None, customer: str | None, link: str | None
    ) -> bool:
        """Whether an entry with these columns is one of them; says the same as the query does."""
        return (
            agent in self.agents
            or actor in self.actors
            or customer in self.customers
            or link in self.links
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which entries: one merchant's, after a position (oldest first) or before one (newest first).

    `concern` limits to entries that concern any of what it names; None is no limit. Every limit given holds at once.
    Who does not see privileged types sees of the confidential ones what was said to `own`, their user's id.
    """

    merchant: str
    after: int | None = None
    before: int | None = None
    link: str | None = None
    customer: str | None = None
    concern: Concern | None = None
    types: frozenset[str] | None = None
    privileged: bool = True
    own: str | None = None
    newest_first: bool = False
    limit: int = 50
