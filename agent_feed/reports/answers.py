"""How long customers waited for an answer: from their first word that nobody had answered, to the person's who did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from compliance.journal.facts import Fact

_PERSON = "user:"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a person, `agent`, on the customer's channel."""

    channel: str | None
    agent: str
    at: datetime
    seconds: float


def answers(facts: Iterable[Fact]) -> list[Answer]:
    """Out of `message.received` and `message.queued`, in their order. What no person said is no answer."""
    waiting: dict[str, Fact] = {}
    found = []
    for fact in facts:
        if fact.conversation is None:
            continue
        if fact.type == "message.received":
            waiting.setdefault(fact.conversation, fact)
        elif fact.type == "message.queued" and fact.actor.startswith(_PERSON):
            asked = waiting.pop(fact.conversation, None)
            if asked is not None:
                seconds = max(0.0, (fact.occurred_at - asked.occurred_at).total_seconds())
                agent = fact.actor.removeprefix(_PERSON)
                found.append(Answer(asked.channel, agent, fact.occurred_at, seconds))
    return found
