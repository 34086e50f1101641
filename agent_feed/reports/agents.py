"""`agents`: what each agent's work of a stretch of time came to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from agent_feed.reports.answers import Answer, answers
from agent_feed.reports.chosen import EVERYTHING, Chosen
from agent_feed.reports.journeys import Journey, journeys
from agent_feed.reports.money import PAID, Sums, currencies, money_columns
from agent_feed.reports.satisfaction import ANSWERED, average, score_of
from agent_feed.reports.table import Cell, Table, middle, share
from agent_feed.reports.window import Window
from compliance.journal.facts import Fact, facts_between
from core.database import Session

_COUNTED: Final = {
    "payment.declined": "declined",
    "checkout.stalled": "stalled",
    "checkout.help_requested": "help_requested",
    "refund.created": "refunds",
}
_COLUMNS: Final = (
    "agent",
    "links",
    "links_opened",
    "links_paid",
    "conversion",
    "seconds_to_paid",
    *_COUNTED.values(),
    "answers",
    "seconds_to_answer",
    "surveys",
    "score",
)
_TALK: Final = ("message.received", "message.queued")


async def agents(
    session: Session, merchant: str, window: Window, chosen: Chosen = EVERYTHING
) -> Table:
    """A row an agent, by id, and one for what is nobody's. Links are those made in the window; money, and what went
    wrong, by when it happened.
    """
    types = [*_TALK, *_COUNTED, *PAID, ANSWERED]
    facts = chosen.facts(await facts_between(session, merchant, types, window.since, window.until))
    made = chosen.journeys(await journeys(session, merchant, window))
    scores = [fact for fact in facts if score_of(fact) is not None]
    said = answers(facts)
    counted = [fact for fact in facts if fact.type in _COUNTED]
    paid = [fact for fact in facts if fact.type in PAID]
    known = currencies(paid)
    names = sorted(
        {one.agent or "" for one in made}
        | {one.agent for one in said}
        | {fact.agent or "" for fact in [*counted, *paid, *scores]}
    )
    rows = [
        _row(
            name,
            [one for one in made if (one.agent or "") == name],
            [one for one in said if (one.agent or "") == name],
            [fact for fact in counted if (fact.agent or "") == name],
            [fact for fact in scores if (fact.agent or "") == name],
            Sums(fact for fact in paid if (fact.agent or "") == name).cells("amount_paid", known),
        )
        for name in names
    ]
    totals = _row("all", made, said, counted, scores, Sums(paid).cells("amount_paid", known))
    return Table([*_COLUMNS, *money_columns("amount_paid", known)], rows, totals)


def _row(  # noqa: PLR0917 - all that an agent is known by
    name: str,
    made: Sequence[Journey],
    said: list[Answer],
    counted: Iterable[Fact],
    scores: Sequence[Fact],
    money: dict[str, Cell],
) -> dict[str, Cell]:
    counts = Counter(_COUNTED[fact.type] for fact in counted)
    paid = sum("paid" in one.reached for one in made)
    waits = (one.seconds_to("paid") for one in made)
    return {
        "agent": name,
        "links": len(made),
        "links_opened": sum("opened" in one.reached for one in made),
        "links_paid": paid,
        "conversion": share(paid, len(made)),
        "seconds_to_paid": middle([wait for wait in waits if wait is not None]),
        **{kind: counts[kind] for kind in _COUNTED.values()},
        "answers": len(said),
        "seconds_to_answer": middle([one.seconds for one in said]),
        "surveys": len(scores),
        "score": average(scores),
        **money,
    }
