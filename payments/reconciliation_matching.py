"""What differs between our transactions and a PSP's books of one day? Nothing but arithmetic: no database, no clock.

Both sides are threaded by the PSP's object that moved the money. Money that came is one thread, whether a PSP calls
it a charge or a capture, and its lines are summed: a partial capture may show as the whole and what was let go. Money
that went and money that came back of one refund or dispute are two, told apart by their direction alone, as some PSPs
book both under one name.

A thread belongs to the day of the PSP's last line of it, else to the day on which we booked it. So a movement that
fell on the other side of midnight is no difference, and one that differs is named on one day.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal

from core.clock import rfc3339
from payments.gateway import Movement

# How far from its day a movement may be in the books of the other side.
REACH: Final = timedelta(days=2)

Side = Literal["in", "out", "back"]
What = Literal["missing_here", "missing_at_psp", "amount_differs", "currency_differs"]
# The kinds that are compared. A capture counts as the charge that its PSP books it as.
COMPARED: Final = ("charge", "refund", "dispute")
_INCOMING: Final = frozenset({"charge", "capture"})
# How our transactions name money that came back of a refund or a dispute.
_SUFFIXES: Final = ("#returned", "#won")


@dataclass(frozen=True, slots=True)
class Day:
    """A day in UTC, and how far around it the PSP's books are read."""

    date: date

    @property
    def start(self) -> datetime:
        return datetime.combine(self.date, time(), UTC)

    @property
    def end(self) -> datetime:
        return self.start + timedelta(days=1)

    @property
    def since(self) -> datetime:
        return self.start - REACH

    @property
    def until(self) -> datetime:
        return self.end + REACH

    def holds(self, moment: datetime) -> bool:
        """Whether it is of this day."""
        return self.start <= moment < self.end

    def reaches(self, moment: datetime) -> bool:
        """Whether it is near enough to be the other side of a movement of this day."""
        return self.since <= moment < self.until


@dataclass(frozen=True, slots=True)
class Booked:
    """A transaction of ours. One that is `under_way` is not booked yet: ordered, and accepted by the PSP."""

    kind: str
    reference: str
    amount: int
    currency: str
    occurred_at: datetime
    payment: str
    under_way: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the two sides do not agree on. An amount is signed, and None where that side has nothing."""

    what: What
    kind: str
    reference: str
    occurred_at: datetime
    amount_here: int | None
    currency_here: str | None
    amount_at_psp: int | None
    currency_at_psp: str | None
    payment: str | None

    def as_json(self) -> dict[str, Any]:
        """As the API lists it."""
        return {
            "difference": self.what,
            "kind": self.kind,
            "reference": self.reference,
            "occurred_at": rfc3339(self.occurred_at),
            "amount_here": self.amount_here,
            "currency_here": self.currency_here,
            "amount_at_psp": self.amount_at_psp,
            "currency_at_psp": self.currency_at_psp,
            "payment": self.payment,
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """A day, compared. Counts by kind; signed sums of minor units by currency and kind, fees as what they cost."""

    differences: tuple[Difference, ...]
    counts: Mapping[str, Mapping[str, int]]
    sums: Mapping[str, Mapping[str, Any]]

    @property
    def open_references(self) -> frozenset[str]:
        """The PSP's objects that differ."""
        return frozenset(object_of(each.reference) for each in self.differences)


@dataclass(slots=True)
class _Thread:
    """What both sides have of one object in one direction."""

    ours: list[Booked] = field(default_factory=list)
    theirs: list[Movement] = field(default_factory=list)


def object_of(reference: str) -> str:
    """The PSP's object that a reference names, without our word for what came back of it."""
    for suffix in _SUFFIXES:
        reference = reference.removesuffix(suffix)
    return reference


def references_of(name: str) -> tuple[str, ...]:
    """Every reference that our transactions may have for an object of the PSP."""
    return (name, *(f"{name}{suffix}" for suffix in _SUFFIXES))


def compare(
    day: Day,
    ours: Sequence[Booked],
    theirs: Sequence[Movement],
    *,
    payments: Mapping[str, str] | None = None,
) -> Statement:
    """The day's statement. `ours` holds the day's transactions, and all others of objects that either side names in it.

    `theirs` are the PSP's lines within the day's reach, and any further ones of objects that are to be judged as a
    whole. `payments` maps objects of the PSP that we know to our payments: of those, money that went and came back
    leaves no difference, even if we never booked it.
    """
    payments = payments or {}
    threads = _threads(ours, theirs)
    counts: dict[str, dict[str, int]] = {
        kind: {"here": 0, "psp": 0, "matched": 0, "under_way": 0} for kind in COMPARED
    }
    counts["other"] = {"psp": 0}
    sums: dict[str, dict[str, Any]] = {}
    found: list[Difference] = []
    even = _even_objects(threads, payments)
    for (name, _), thread in threads.items():
        if not _belongs(day, thread):
            continue
        kind = _kind_of(thread)
        _add_up(thread, kind, counts[kind], sums)
        differing = list(_differences(thread, payments.get(name)))
        if differing and name not in even:
            found.extend(differing)
        else:
            waits = any(each.under_way for each in thread.ours)
            counts[kind]["under_way" if waits else "matched"] += 1
    _add_costs(day, theirs, counts["other"], sums)
    found.sort(key=lambda each: (each.occurred_at, each.reference, each.what))
    return Statement(tuple(found), counts, sums)


def _threads(ours: Sequence[Booked], theirs: Sequence[Movement]) -> dict[tuple[str, Side], _Thread]:
    threads: dict[tuple[str, Side], _Thread] = {}
    for booked in ours:
        key = (object_of(booked.reference), _side(booked.kind, booked.amount))
        threads.setdefault(key, _Thread()).ours.append(booked)
    for line in theirs:
        if line.kind != "other":
            key = (object_of(line.reference), _side(line.kind, line.amount))
            threads.setdefault(key, _Thread()).theirs.append(line)
    for thread in threads.values():
        # What is booked is not under way any more, whatever the order's state says.
        if any(not each.under_way for each in thread.ours):
            thread.ours = [each for each in thread.ours if not each.under_way]
    return threads


def _side(kind: str, amount: int) -> Side:
    if kind in _INCOMING:
        return "in"
    return "out" if amount < 0 else "back"


def _belongs(day: Day, thread: _Thread) -> bool:
    near = [each.occurred_at for each in thread.theirs if day.reaches(each.occurred_at)]
    if near:
        return day.holds(max(near))
    return any(day.holds(each.occurred_at) for each in thread.ours if not each.under_way)


def _even_objects(
    threads: Mapping[tuple[str, Side], _Thread], payments: Mapping[str, str]
) -> Collection[str]:
    """Known objects of which, all in all, the same money moved on both sides."""
    here: dict[str, dict[str, int]] = {}
    psp: dict[str, dict[str, int]] = {}
    for (name, _), thread in threads.items():
        if name in payments:
            for booked in thread.ours:
                _plus(here.setdefault(name, {}), booked.currency, booked.amount)
            for line in thread.theirs:
                _plus(psp.setdefault(name, {}), line.currency, line.amount)
    return {
        name
        for name in here.keys() | psp.keys()
        if _moved(here.get(name, {})) == _moved(psp.get(name, {}))
    }


def _moved(totals: Mapping[str, int]) -> dict[str, int]:
    return {currency: amount for currency, amount in totals.items() if amount != 0}


def _kind_of(thread: _Thread) -> str:
    kind = thread.ours[0].kind if thread.ours else thread.theirs[0].kind
    return "charge" if kind in _INCOMING else kind


def _differences(thread: _Thread, payment: str | None) -> Iterator[Difference]:
    here, psp = _totals(thread.ours), _totals(thread.theirs)
    both = sorted(here.keys() & psp.keys())
    ours = [code for code in sorted(here.keys() - psp.keys()) if here[code] != 0]
    theirs = [code for code in sorted(psp.keys() - here.keys()) if psp[code] != 0]
    # By currency, here and at the PSP.
    found: list[tuple[What, str | None, str | None]] = [
        ("amount_differs", code, code) for code in both if here[code] != psp[code]
    ]
    while ours and theirs:
        found.append(("currency_differs", ours.pop(0), theirs.pop(0)))
    found += [("missing_at_psp", code, None) for code in ours]
    found += [("missing_here", None, code) for code in theirs]
    named = (thread.ours or thread.theirs)[0]
    for what, code_here, code_at_psp in found:
        yield Difference(
            what=what,
            kind=named.kind,
            reference=named.reference,
            occurred_at=max(each.occurred_at for each in thread.theirs or thread.ours),
            amount_here=None if code_here is None else here[code_here],
            currency_here=code_here,
            amount_at_psp=None if code_at_psp is None else psp[code_at_psp],
            currency_at_psp=code_at_psp,
            payment=thread.ours[0].payment if thread.ours else payment,
        )


def _totals(lines: Sequence[Booked] | Sequence[Movement]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for line in lines:
        _plus(totals, line.currency, line.amount)
    return totals


def _add_up(
    thread: _Thread, kind: str, counts: dict[str, int], sums: dict[str, dict[str, Any]]
) -> None:
    """What is under way is no transaction of ours yet: it counts by itself."""
    booked = [each for each in thread.ours if not each.under_way]
    counts["here"] += len(booked)
    counts["psp"] += len(thread.theirs)
    for side, lines in (("here", booked), ("psp", thread.theirs)):
        for currency, amount in _totals(lines).items():
            of_kind = sums.setdefault(currency, {}).setdefault(kind, {"here": 0, "psp": 0})
            of_kind[side] += amount


def _add_costs(
    day: Day, theirs: Sequence[Movement], others: dict[str, int], sums: dict[str, dict[str, Any]]
) -> None:
    """Fees, and what is no customer's money (payouts, the PSP's own bills), by the day of the PSP's line."""
    for line in theirs:
        if not day.holds(line.occurred_at):
            continue
        if line.fee:
            _plus(sums.setdefault(line.currency, {}), "fees", line.fee)
        if line.kind == "other":
            others["psp"] += 1
            of_currency = sums.setdefault(line.currency, {})
            _plus(of_currency.setdefault("other", {}), "psp", line.amount)


def _plus(totals: dict[str, Any], name: str, amount: int) -> None:
    totals[name] = totals.get(name, 0) + amount
