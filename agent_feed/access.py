"""Who may see which entry, told from the caller and the entry's columns alone.

One rule for `/v1/events`, the timeline and the feed: a `Sight` is what one caller may see just now, as a
condition on the database and as a test of one entry, and both say the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Protocol, assert_never

from agent_feed.kinship import group_of
from agent_feed.topics import Everything, Mine, OfCustomer, OfLink, Team, Topic
from compliance.journal import (
    CONFIDENTIAL_TYPES,
    EVENT_TYPES,
    NOBODY,
    PRIVILEGED_TYPES,
    Concern,
    Entry,
    Query,
    Reader,
)
from compliance.principal import Principal
from compliance.roles import Permission
from core.database import Session
from core.errors import Kind, PaythreadError

_OF_LINKS: Final = frozenset(
    kind for kind in EVENT_TYPES if kind.partition(".")[0] not in {"message", "conversation"}
)


class TopicNotAllowed(PaythreadError):
    """The caller may not hear about this; what does not exist looks the same."""

    code = "topic_not_allowed"
    kind = Kind.FORBIDDEN


class Concerned(Protocol):
    """Whatever happens to somebody's work: an entry, or a customer who is present."""

    @property
    def merchant(self) -> str: ...
    @property
    def agent(self) -> str | None: ...
    @property
    def actor(self) -> str: ...
    @property
    def customer(self) -> str | None: ...
    @property
    def link(self) -> str | None: ...


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Sight:
    """What one caller may see of one merchant: entries of this concern (None: all), privileged types or not.

    Without them, what was said in confidence is seen where it was said to `own`, the caller's user.
    """

    merchant: str
    concern: Concern | None
    privileged: bool
    own: str | None = None

    def covers(self, entry: Entry) -> bool:
        """Whether this entry may be shown."""
        return (self.privileged or self._open(entry)) and self.reaches(entry)

    def _open(self, entry: Entry) -> bool:
        if entry.type in CONFIDENTIAL_TYPES:
            return self.own is not None and entry.agent == self.own
        return entry.type not in PRIVILEGED_TYPES

    def reaches(self, subject: Concerned) -> bool:
        """Whether it happened to work that may be seen."""
        if subject.merchant != self.merchant:
            return False
        return self.concern is None or self.concern.covers(
            agent=subject.agent,
            actor=subject.actor,
            customer=subject.customer,
            link=subject.link,
        )

    def query(
        self,
        *,
        after: int | None = None,
        before: int | None = None,
        link: str | None = None,
        customer: str | None = None,
        types: frozenset[str] | None = None,
        newest_first: bool = False,
        limit: int,
    ) -> Query:
        """The same condition for the database, so that no page comes back short because of it."""
        return Query(
            merchant=self.merchant,
            after=after,
            before=before,
            link=link,
            customer=customer,
            concern=self.concern,
            types=types,
            privileged=self.privileged,
            own=self.own,
            newest_first=newest_first,
            limit=limit,
        )


def own_sight(principal: Principal) -> Sight:
    """What the caller sees without naming a customer or a link: the merchant, or the work that they share.

    Threads that nobody has are everybody's to take.
    """
    return _sight(
        principal,
        None if _merchant_wide(principal) else Concern(agents=_team(principal) | {NOBODY}),
    )


def visible(principal: Principal, entry: Entry) -> bool:
    """Whether the caller sees this entry without naming its customer or link."""
    return own_sight(principal).covers(entry)


async def sight_of_link(
    session: Session, reader: Reader, principal: Principal, link: str
) -> Sight | None:
    """Everything on one link, or None: it is unknown, or none of its entries is the caller's to see."""
    # What was said in a thread shows no more of the link than it says: a thread may be anybody's.
    theirs = _sight(
        principal, None if _merchant_wide(principal) else Concern(agents=_team(principal))
    )
    query = theirs.query(link=link, types=_OF_LINKS, limit=1)
    if not await reader.read(session, query):
        return None
    return _sight(principal, Concern(links=frozenset({link})))


async def sight_of_customer(
    session: Session, reader: Reader, principal: Principal, customer: str
) -> Sight | None:
    """Everything about one customer and all who are merged into them.

    None when unknown, or when none of them was ever served by the caller or their team.
    """
    group = await group_of(session, reader, merchant=principal.merchant, customer=customer)
    concern = Concern(customers=group)
    if _merchant_wide(principal):
        query = _sight(principal, concern).query(limit=1)
        return _sight(principal, concern) if await reader.read(session, query) else None
    for one in sorted(group):
        if await reader.serves(session, principal.merchant, sorted(_team(principal)), customer=one):
            return _sight(principal, concern)
    return None


async def resolve(
    session: Session, reader: Reader, principal: Principal, topics: Iterable[Topic]
) -> Sight:
    """What a subscription to these topics shows. Raises `TopicNotAllowed` when any is not the caller's."""
    concern: Concern | None = Concern()
    own: str | None = None
    for topic in topics:
        found = await _sight_of(session, reader, principal, topic)
        if found is None:
            raise TopicNotAllowed("You may not subscribe to one of these topics.")
        concern = _either(concern, found.concern)
        own = own or found.own
    return replace(_sight(principal, concern), own=own)


async def _sight_of(
    session: Session, reader: Reader, principal: Principal, topic: Topic
) -> Sight | None:
    match topic:
        case Mine():
            return _sight(principal, _own_work(principal))
        case Team():
            # What is said to one of them is on that one's own topic, so that a team can share a sight.
            return replace(own_sight(principal), own=None)
        case Everything():
            return own_sight(principal) if _merchant_wide(principal) else None
        case OfCustomer(customer):
            return await sight_of_customer(session, reader, principal, customer)
        case OfLink(link):
            return await sight_of_link(session, reader, principal, link)
        case _:
            assert_never(topic)


def _either(one: Concern | None, other: Concern | None) -> Concern | None:
    if one is None or other is None:
        return None
    return Concern(
        agents=one.agents | other.agents,
        actors=one.actors | other.actors,
        customers=one.customers | other.customers,
        links=one.links | other.links,
    )


def _own_work(principal: Principal) -> Concern:
    # Software owns no work, so what it did itself is its own.
    if principal.agent is None:
        return Concern(actors=frozenset({principal.actor}))
    return Concern(agents=frozenset({principal.agent}))


def _team(principal: Principal) -> frozenset[str]:
    return principal.teammates if principal.teammates is not None else frozenset({principal.id})


def _merchant_wide(principal: Principal) -> bool:
    return principal.may(Permission.MERCHANT_WIDE)


def _sight(principal: Principal, concern: Concern | None) -> Sight:
    privileged = principal.may(Permission.EVENTS_READ_PRIVILEGED)
    return Sight(
        merchant=principal.merchant,
        concern=concern,
        privileged=privileged,
        own=None if privileged else principal.agent,
    )
