"""`satisfaction`: what customers answered when they were asked, after paying, how it went; from 1 to 5."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, get_args

from agent_feed.reports.chosen import EVERYTHING, Chosen
from agent_feed.reports.origins import with_channels
from agent_feed.reports.table import Cell, Table, share
from agent_feed.reports.window import Window
from compliance.journal import Query, Reader
from compliance.journal.facts import Fact, facts_between
from core.clock import rfc3339
from core.database import Session

Grouping = Literal["day", "agent", "channel"]
GROUPINGS: Final = get_args(Grouping)

ANSWERED: Final = "survey.answered"
_PAID: Final = ("payment.paid", "payment.authorised", "payment.paid_late")
SCORES: Final = (1, 2, 3, 4, 5)
_GOOD: Final = 4
COMMENTS_MAX: Final = 30
_COLUMNS: Final = (
    "group",
    "paid",
    "answers",
    "response_rate",
    "score",
    "share_satisfied",
    *(f"score_{score}" for score in SCORES),
    "comments",
)


async def satisfaction(
    session: Session,
    merchant: str,
    window: Window,
    grouping: Grouping,
    chosen: Chosen = EVERYTHING,
) -> Table:
    """A row a group, by when each answer came. `paid` counts the payments made in this time, `share_satisfied` the
    answers of 4 and 5 among all. Surveys of other systems, which have their own scales, are not in it.
    """
    found = await facts_between(session, merchant, [ANSWERED, *_PAID], window.since, window.until)
    if grouping == "channel" or chosen.channel is not None:
        found = await with_channels(session, merchant, found)
    facts = chosen.facts(found)
    of: Mapping[str, Callable[[Fact], str | None]] = {
        "day": lambda fact: window.day_of(fact.occurred_at),
        "agent": lambda fact: fact.agent,
        "channel": lambda fact: fact.channel,
    }
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.type in _PAID or score_of(fact) is not None:
            groups.setdefault(of[grouping](fact) or "", []).append(fact)
    rows = [_row(name, groups[name]) for name in sorted(groups)]
    return Table(_COLUMNS, rows, _row("all", facts))


async def comments(
    session: Session, reader: Reader, merchant: str, window: Window, chosen: Chosen = EVERYTHING
) -> list[dict[str, Any]]:
    """What customers wrote, newest first, and of no more than a page can show; nothing of those who were erased."""
    told = await facts_between(session, merchant, [ANSWERED], window.since, window.until)
    said = [fact for fact in told if score_of(fact) is not None and fact.data.get("commented")]
    written = chosen.facts(await with_channels(session, merchant, said))
    found = []
    for fact in written[-COMMENTS_MAX:][::-1]:
        [entry] = await reader.read(
            session, Query(merchant=merchant, after=fact.position - 1, limit=1)
        )
        if entry.data.get("comment"):
            found.append(
                {
                    "at": rfc3339(entry.occurred_at),
                    "link": entry.link,
                    "agent": fact.agent,
                    "channel": fact.channel,
                    "score": entry.data["score"],
                    "comment": entry.data["comment"],
                }
            )
    return found


def score_of(fact: Fact) -> int | None:
    """From 1 to 5; None for everything else."""
    score = fact.data.get("score") if fact.type == ANSWERED else None
    return score if score in SCORES else None


def average(facts: Sequence[Fact]) -> float | None:
    """The mean score, to two places; None of nothing."""
    scores = [score for fact in facts if (score := score_of(fact)) is not None]
    return round(sum(scores) / len(scores), 2) if scores else None


def _row(name: str, facts: Sequence[Fact]) -> dict[str, Cell]:
    answered = [fact for fact in facts if score_of(fact) is not None]
    counts = Counter(score_of(fact) for fact in answered)
    # A payment that was held and then taken is told twice.
    paid = {fact.payment or fact.position for fact in facts if fact.type in _PAID}
    satisfied = sum(count for score, count in counts.items() if (score or 0) >= _GOOD)
    return {
        "group": name,
        "paid": len(paid),
        "answers": len(answered),
        "response_rate": share(len(answered), len(paid)),
        "score": average(answered),
        "share_satisfied": share(satisfied, len(answered)),
        **{f"score_{score}": counts[score] for score in SCORES},
        "comments": sum(bool(fact.data.get("commented")) for fact in answered),
    }
