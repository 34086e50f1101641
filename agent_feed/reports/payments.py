"""`payments`: what was tried, paid, declined and given back in a stretch of time."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, get_args

from agent_feed.reports.chosen import EVERYTHING, Chosen
from agent_feed.reports.money import PAID, REFUNDED, Sums, currencies, money_columns
from agent_feed.reports.origins import with_channels
from agent_feed.reports.table import Cell, Table, share
from agent_feed.reports.window import Window
from compliance.journal.facts import Fact, facts_between, facts_of_links
from core.database import Session

Grouping = Literal["day", "agent", "channel", "psp", "currency", "reason"]
GROUPINGS: Final = get_args(Grouping)

_SUBMITTED: Final = "checkout.submitted"
_DECLINED: Final = "payment.declined"
_CHALLENGED: Final = "payment.challenge_started"
_COLUMNS: Final = (
    "group",
    "submitted",
    "challenged",
    "paid",
    "declined",
    "decline_rate",
    "refunded",
)
# Where only some of the facts have what the rows stand for, the rest is not shown as if there were none of it.
_OF: Final[Mapping[str, Sequence[str]]] = {
    "reason": ("group", "declined", "share_of_declines"),
    "currency": ("group", "paid", "refunded"),
}


async def payments(
    session: Session,
    merchant: str,
    window: Window,
    grouping: Grouping,
    chosen: Chosen = EVERYTHING,
) -> Table:
    """A row a group, by when each thing happened. By `reason` only declines are told, by the code of
    each; by `currency` only what was paid and given back.
    """
    types = [_SUBMITTED, _CHALLENGED, _DECLINED, *PAID, *REFUNDED]
    found = await facts_between(session, merchant, types, window.since, window.until)
    if grouping == "channel" or chosen.channel is not None:
        found = await with_channels(session, merchant, found)
    facts = chosen.facts(found)
    psps = await _psps(session, merchant, facts) if grouping == "psp" else {}
    of: Mapping[str, Callable[[Fact], str | None]] = {
        "day": lambda fact: window.day_of(fact.occurred_at),
        "agent": lambda fact: fact.agent,
        "channel": lambda fact: fact.channel,
        "psp": lambda fact: psps.get(fact.attempt),
        "currency": lambda fact: fact.data.get("currency"),
        "reason": lambda fact: fact.data.get("code"),
    }
    if grouping == "reason":
        facts = [fact for fact in facts if fact.type == _DECLINED]
    elif grouping == "currency":
        facts = [fact for fact in facts if fact.type in {*PAID, *REFUNDED}]
    known = currencies(fact for fact in facts if fact.type in {*PAID, *REFUNDED})
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(of[grouping](fact) or "", []).append(fact)
    declines = sum(fact.type == _DECLINED for fact in facts)
    rows = [_row(name, groups[name], known, declines) for name in sorted(groups)]
    money = [*money_columns("amount_paid", known), *money_columns("amount_refunded", known)]
    columns = _OF.get(grouping, _COLUMNS)
    return Table([*columns, *money], rows, _row("all", facts, known, declines))


async def _psps(
    session: Session, merchant: str, facts: Sequence[Fact]
) -> dict[str | None, str | None]:
    """By attempt, who took it: told as it began, which may be long before."""
    links = sorted({fact.link for fact in facts if fact.link is not None})
    begun = await facts_of_links(session, merchant, links, [_SUBMITTED])
    return {fact.attempt: fact.data.get("psp") for fact in begun if fact.attempt is not None}


def _row(name: str, facts: list[Fact], known: list[str], declines: int) -> dict[str, Cell]:
    counts = Counter(fact.type for fact in facts)
    paid = sum(counts[kind] for kind in PAID)
    return {
        "group": name,
        "submitted": counts[_SUBMITTED],
        "challenged": counts[_CHALLENGED],
        "paid": paid,
        "declined": counts[_DECLINED],
        "decline_rate": share(counts[_DECLINED], paid + counts[_DECLINED]),
        "share_of_declines": share(counts[_DECLINED], declines),
        "refunded": sum(counts[kind] for kind in REFUNDED),
        **Sums(fact for fact in facts if fact.type in PAID).cells("amount_paid", known),
        **Sums(fact for fact in facts if fact.type in REFUNDED).cells("amount_refunded", known),
    }
