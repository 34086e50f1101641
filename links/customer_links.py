"""The links of one customer that matter when they call: open ones, and those that ran out unpaid."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from compliance.principal import Principal
from core.database import Session
from links.finding import Filter, list_links
from links.showing import Showing
from links.states import OPEN, LinkState

_LINKS_MAX: Final = 20
_UNPAID: Final = OPEN | {LinkState.EXPIRED}

CustomerLinks = Callable[[Session, Principal, str], Awaitable[list[dict[str, Any]]]]


def links_of_customer(showing: Showing) -> CustomerLinks:
    """A lookup for the screen pop, which knows nothing of links itself."""

    async def find(session: Session, principal: Principal, customer: str) -> list[dict[str, Any]]:
        found = await list_links(session, principal, Filter(customer=customer, limit=_LINKS_MAX))
        return await showing.many(session, [link for link in found if link.state in _UNPAID])

    return find
