"""The queries that are measured: what the doors run, with the callers that make each of them hard.

Every case has many subjects, in an order that is drawn anew, so that no page is read twice in a row.
"""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from agent_feed.access import own_sight, resolve, sight_of_link
from agent_feed.listing import read_page, read_types
from agent_feed.timeline import read_timeline
from agent_feed.topics import Mine, OfCustomer
from compliance.journal import Reader
from compliance.principal import Principal
from compliance.roles import Role
from core import work
from core.database import Session
from core.errors import NotFound
from links.finding import Filter, list_links
from payments.transactions import TransactionFilter, list_transactions
from tests.bench.size_fill import KINDS
from tests.bench.size_town import AGENTS, NEWCOMER, RETIRED, Link, Merchant, Town

Act = Callable[[Session, Any], Awaitable[object]]
_SUBJECTS: Final = 500
_TEAM: Final = range(20, 32)
_PAGE: Final = 50
_FEED_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Case:
    """`act` is run with one subject after the other, each in a snapshot of its own; or in a transaction that fails."""

    name: str
    act: Act
    subjects: Sequence[Any]
    writes: bool = False


class Callers:
    """Who asks, at one merchant."""

    def __init__(self, merchant: Merchant) -> None:
        self._merchant = merchant
        self.supervisor = self._user(0, Role.SUPERVISOR, None)
        self.agent = self._user(_TEAM[0], Role.AGENT, frozenset(map(merchant.agent_id, _TEAM)))
        self.everybody = self._user(0, Role.AGENT, frozenset(map(merchant.agent_id, range(AGENTS))))
        self.newcomer = self._alone(NEWCOMER)
        self.retired = self._alone(RETIRED)
        self.busiest = self._alone(0)
        quiet = frozenset({self.newcomer.id, self.retired.id})
        self.quiet = self._user(NEWCOMER, Role.AGENT, quiet)

    def _alone(self, agent: int) -> Principal:
        return self._user(agent, Role.AGENT, frozenset({self._merchant.agent_id(agent)}))

    def _user(self, agent: int, role: Role, teammates: frozenset[str] | None) -> Principal:
        found = Principal(self._merchant.id, "user", self._merchant.agent_id(agent), "Ann", role)
        return replace(found, teammates=teammates)


class Drawn:
    """Subjects: positions, links and customers of one merchant."""

    def __init__(self, merchant: Merchant) -> None:
        self._random = random.Random(11)
        self._merchant = merchant

    def positions(self, *, part: float = 0.95) -> list[int]:
        upto = int(self._merchant.position * part)
        return [self._random.randrange(upto) for _ in range(_SUBJECTS)]

    def links(self, wanted: Callable[[Link], bool] = lambda _: True) -> list[Link]:
        found = [link for link in self._merchant.links if wanted(link)]
        return self._random.choices(found, k=_SUBJECTS)

    def customers(self, wanted: Callable[[Link], bool] = lambda _: True) -> list[str]:
        usual = self.links(lambda link: link.customer > 10 and wanted(link))
        return [self._merchant.customer_id(link.customer) for link in usual]


def cases_of(town: Town, reader: Reader) -> list[Case]:
    """Every case, at the huge merchant of the town, and the plainest at a small one."""
    huge = town.merchants[0]
    callers, drawn = Callers(huge), Drawn(huge)
    return [
        *_timelines(huge, reader, callers, drawn),
        *_events(reader, callers, drawn),
        *_events(reader, Callers(town.merchants[1]), Drawn(town.merchants[1]), "small merchant: ")[
            :2
        ],
        *_sights(huge, reader, callers, drawn),
        *_feeds(huge, reader, callers, drawn),
        *_lists(huge, callers, drawn),
        *_transactions(huge, drawn),
        *_work(),
    ]


def _timelines(huge: Merchant, reader: Reader, callers: Callers, drawn: Drawn) -> list[Case]:
    def page(who: Principal, types: str | None = None) -> Act:
        async def act(session: Session, subject: tuple[str, int | None]) -> None:
            customer, before = subject
            kinds = read_types(types)
            await read_timeline(
                session, reader, who, customer=customer, before=before, types=kinds, limit=_PAGE
            )

        return act

    async def refused(session: Session, subject: str) -> None:
        try:
            await page(callers.newcomer)(session, (subject, None))
        except NotFound:
            return
        raise AssertionError("the newcomer serves nobody of these")

    served = {link.customer for link in huge.links if link.agent == NEWCOMER}
    strangers = drawn.customers(lambda link: link.customer not in served)
    busiest = huge.customer_id(0)
    first = [(customer, None) for customer in drawn.customers()]
    own = drawn.customers(lambda link: link.agent in _TEAM)
    deep = [(busiest, position) for position in drawn.positions()]
    return [
        Case("timeline: usual customer", page(callers.supervisor), first),
        Case("timeline: agent's customer", page(callers.agent), [(one, None) for one in own]),
        Case("timeline: busiest customer", page(callers.supervisor), [(busiest, None)]),
        Case("timeline: busiest, deep", page(callers.supervisor), deep),
        Case("timeline: busiest, common types", page(callers.supervisor, "payment.*"), deep),
        Case("timeline: busiest, rare type", page(callers.supervisor, "dispute.*"), deep),
        Case("timeline: refused, usual", refused, strangers),
        Case("timeline: refused, busiest", refused, [busiest]),
    ]


def _events(reader: Reader, callers: Callers, drawn: Drawn, where: str = "") -> list[Case]:
    def page(who: Principal, types: str | None = None) -> Act:
        async def act(session: Session, after: int) -> None:
            query = own_sight(who).query(after=after, types=read_types(types), limit=_PAGE)
            await read_page(session, reader, query)

        return act

    anywhere = drawn.positions()
    name = f"{where}events: "
    return [
        Case(f"{name}supervisor", page(callers.supervisor), anywhere),
        Case(f"{name}team of 12", page(callers.agent), anywhere),
        Case(f"{name}supervisor, common types", page(callers.supervisor, "payment.*"), anywhere),
        Case(f"{name}supervisor, rare type", page(callers.supervisor, "dispute.*"), anywhere),
        Case(f"{name}team of 12, common types", page(callers.agent, "payment.*"), anywhere),
        Case(f"{name}team of 12, rare type", page(callers.agent, "dispute.*"), anywhere),
        Case(f"{name}team of 60", page(callers.everybody), anywhere),
        Case(f"{name}busiest agent", page(callers.busiest), anywhere),
        Case(f"{name}busiest agent, absent type", page(callers.busiest, "survey.*"), anywhere),
        Case(f"{name}newcomer, from the start", page(callers.newcomer), [0]),
        Case(f"{name}two quiet agents", page(callers.quiet), anywhere),
        Case(f"{name}newcomer, rare type", page(callers.newcomer, "dispute.*"), [0]),
        Case(f"{name}retired, nothing left", page(callers.retired), anywhere),
    ]


def _sights(huge: Merchant, reader: Reader, callers: Callers, drawn: Drawn) -> list[Case]:
    agent, newcomer = callers.agent, callers.newcomer

    async def serves(session: Session, customer: str) -> None:
        await reader.serves(session, huge.id, sorted(agent.teammates or ()), customer=customer)

    async def stranger(session: Session, customer: str) -> None:
        assert not await reader.serves(session, huge.id, [newcomer.id], customer=customer)

    async def sight(session: Session, link: str) -> None:
        assert await sight_of_link(session, reader, agent, link)

    async def none(session: Session, link: str) -> None:
        assert not await sight_of_link(session, reader, newcomer, link)

    async def of_link(session: Session, link: str) -> None:
        found = await sight_of_link(session, reader, callers.supervisor, link)
        assert found is not None
        await read_page(session, reader, found.query(limit=_PAGE))

    own = drawn.links(lambda link: link.agent in _TEAM)
    others = drawn.links(lambda link: link.agent < AGENTS)
    return [
        Case("serves: own customer", serves, drawn.customers(lambda one: one.agent in _TEAM)),
        Case("serves: not the busiest", stranger, [huge.customer_id(0)]),
        Case("sight of an own link", sight, [link.id for link in own]),
        Case("sight of another's link", none, [link.id for link in others]),
        Case("events of a link", of_link, [link.id for link in others]),
    ]


def _feeds(huge: Merchant, reader: Reader, callers: Callers, drawn: Drawn) -> list[Case]:
    """Resuming goes back 10,000 entries at most."""
    busiest = huge.customer_id(0)
    software = Principal(huge.id, "key", "key_1", "CRM", Role.INTEGRATION)

    def resume(who: Principal, *customers: str) -> Act:
        async def act(session: Session, behind: int) -> None:
            topics = [Mine(), *map(OfCustomer, customers)]
            sight = await resolve(session, reader, who, topics)
            head, _ = await reader.head(session, huge.id)
            await reader.read(session, sight.query(after=head - behind, limit=_FEED_PAGE))

        return act

    behind = [position % 9000 for position in drawn.positions()]
    return [
        Case("feed: resume, own work", resume(callers.busiest), behind),
        Case("feed: resume, and a customer", resume(callers.busiest, busiest), behind),
        Case("feed: resume, quiet software", resume(software), behind),
    ]


def _lists(huge: Merchant, callers: Callers, drawn: Drawn) -> list[Case]:
    def page(who: Principal, **wanted: Any) -> Act:
        async def act(session: Session, more: dict[str, Any]) -> None:
            await list_links(session, who, Filter(**wanted, **more, limit=_PAGE + 1))

        return act

    boss, found = callers.supervisor, drawn.links()
    deep = [{"before": link.id} for link in found]
    days = [
        {"created_after": link.created_at, "created_before": link.created_at + timedelta(days=1)}
        for link in found
    ]
    customers = [{"customer": customer} for customer in drawn.customers()]
    references = [{"reference": f"INV-{link.number:08d}"} for link in found]
    parts = [{"q": f"inv-{link.number:08d}"[2:]} for link in found]
    payments = [{"q": f"pay{link.id[3:]}"} for link in found]
    return [
        Case("links: first page", page(boss), [{}]),
        Case("links: deep", page(boss), deep),
        Case("links: team of 12, deep", page(callers.agent), deep),
        Case("links: team of 60, deep", page(callers.everybody), deep),
        Case("links: newcomer", page(callers.newcomer), [{}]),
        Case("links: retired", page(callers.retired), [{}]),
        Case("links: rare status", page(boss, status="in_progress"), deep),
        Case("links: common status", page(boss, status="expired"), deep),
        Case("links: team of 12, rare status", page(callers.agent, status="in_progress"), [{}]),
        Case("links: waiting for approval", page(boss, approval="waiting"), deep),
        Case("links: of a customer", page(boss), customers),
        Case("links: busiest customer", page(boss, customer=huge.customer_id(0)), deep),
        Case("links: one reference", page(boss), references),
        Case("links: of one day", page(boss), days),
        Case("links: since the last day", page(boss, created_after=huge.moment()), [{}]),
        Case("links: search, a reference", page(boss), parts),
        Case("links: search, a payment", page(boss), payments),
        Case("links: search, nothing", page(boss, q="no such thing"), [{}]),
        Case("links: agent's search, nothing", page(callers.agent, q="no such thing"), [{}]),
    ]


def _transactions(huge: Merchant, drawn: Drawn) -> list[Case]:
    def page(**wanted: Any) -> Act:
        async def act(session: Session, more: dict[str, Any]) -> None:
            await list_transactions(
                session, huge.id, TransactionFilter(**wanted, **more, limit=_PAGE + 1)
            )

        return act

    found = drawn.links()
    deep = [{"before": f"txn{link.id[3:]}"} for link in found]
    days = [
        {"since": link.created_at, "until": link.created_at + timedelta(days=1)} for link in found
    ]
    return [
        Case("transactions: first page", page(), [{}]),
        Case("transactions: deep", page(), deep),
        Case("transactions: rare kind", page(kind="dispute"), deep),
        Case("transactions: common kind", page(kind="charge"), deep),
        Case("transactions: rare currency", page(currency="JPY"), deep),
        Case("transactions: one account", page(account=f"gwa_{huge.id}"), deep),
        Case("transactions: another's account", page(account="gwa_other"), [{}]),
        Case("transactions: of one day", page(), days),
        Case("transactions: since now", page(since=huge.moment()), [{}]),
    ]


def _work() -> list[Case]:
    async def next_due(session: Session, kinds: Sequence[str]) -> None:
        assert await work.next_due(session, kinds=kinds)

    async def claim(session: Session, after: timedelta) -> None:
        # More is due than one claim takes.
        now = (await work.next_due(session, kinds=KINDS)) or None
        assert now is not None
        found = await work.claim(
            session, kinds=KINDS, now=now + after, lease_seconds=30, limit=work.CLAIM_MAX
        )
        assert found

    return [
        Case("work: next due", next_due, [KINDS]),
        Case("work: next due, rare kind", next_due, [KINDS[-1:]]),
        Case("work: claim what is due", claim, [timedelta(minutes=1)], writes=True),
        Case("work: claim after a year's halt", claim, [timedelta(days=900)], writes=True),
    ]
