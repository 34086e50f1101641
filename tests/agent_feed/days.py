"""Days on which clocks change, full of work; and what its journal adds up to, counted by the simplest means."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

# London puts its clocks back on 25 October 2026, New York on 1 November, Kathmandu never.
BEGIN = datetime.fromisoformat("2026-10-23T17:00:00+00:00")
END = datetime.fromisoformat("2026-11-03T07:00:00+00:00")
ZONES = ("Europe/London", "America/New_York", "Asia/Kathmandu")
CHANGES = {
    "Europe/London": "2026-10-25",
    "America/New_York": "2026-11-01",
    "Asia/Kathmandu": "2026-10-25",
}
_PAID = ("payment.paid", "payment.partially_paid", "payment.paid_late")
_EVERY = timedelta(minutes=53)


def facts(merchant: str, agents: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
    """One link's facts at a time, in their order; each link's last nine minutes at most."""
    for number in count():
        begin = BEGIN + _EVERY * number
        if begin >= END:
            return
        yield [
            {"merchant": merchant, "occurred_at": begin + timedelta(minutes=minute), **fact}
            for minute, fact in enumerate(_journey(number, agents[number % len(agents)]))
        ]


def _journey(number: int, agent: str) -> Iterator[dict[str, Any]]:
    about = {
        "link": f"lnk_day{number}",
        "payment": f"pay_day{number}",
        "agent": agent,
        "channel": ("sms", "email", "sms")[number % 3],
    }
    tried = about | {"attempt": f"att_day{number}", "actor": "customer"}
    message = {"message": f"msg_day{number}"}

    def step(kind: str, columns: dict[str, Any], **data: Any) -> dict[str, Any]:
        return {"type": kind, "actor": "system", **columns, "data": data}

    yield step("link.created", about)
    yield step("message.queued", about, **message)
    yield step("message.sent", about, **message, segments=1 + number % 2)
    if number % 7 == 6:
        return
    yield step("message.delivered", about, **message)
    yield step("link.opened", tried, by="touch")
    yield step("checkout.submitted", tried, psp=("stripe", "mollie")[number % 2])
    if number % 5 == 4:
        yield step("payment.declined", tried, code=("insufficient_funds", "general")[number % 2])
        return
    yield step("payment.paid", tried, amount=1000 + number, currency="GBP")
    if number % 4:
        yield step("survey.answered", tried, score=1 + number % 5)


@dataclass
class Day:
    """What one day's rows must say."""

    funnel: Counter[str] = field(default_factory=Counter)
    payments: Counter[str] = field(default_factory=Counter)
    scores: list[int] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)


def by_day(events: Sequence[dict[str, Any]], zone: str) -> dict[str, Day]:
    """Events as `/v1/events` tells them, by the local date of each; a link's steps by when it was made."""
    found: dict[str, Day] = {}

    def day_of(event: dict[str, Any]) -> Day:
        moment = datetime.fromisoformat(event["occurred_at"]).astimezone(ZoneInfo(zone))
        return found.setdefault(moment.date().isoformat(), Day())

    made = {event["link"]: day_of(event) for event in events if event["type"] == "link.created"}
    steps = {
        "link.created": "created",
        "message.delivered": "delivered",
        "link.opened": "opened",
        "checkout.submitted": "submitted",
        **dict.fromkeys(_PAID, "paid"),
    }
    for event in events:
        kind, day = event["type"], day_of(event)
        if kind in steps and event["link"] in made:
            made[event["link"]].funnel[steps[kind]] += 1
        if kind == "checkout.submitted":
            day.payments["submitted"] += 1
        elif kind == "payment.declined":
            day.payments["declined"] += 1
        elif kind in _PAID:
            day.payments["paid"] += 1
            day.payments["amount_paid_GBP"] += event["data"]["amount"]
        elif kind == "survey.answered":
            day.scores.append(event["data"]["score"])
        elif kind == "message.sent":
            day.sent[event["channel"]] += 1
    return found
