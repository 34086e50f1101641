"""What a customer's timeline shows: what was said, sent, paid and refunded, newest first.

The single steps inside a payment page (a field completed, a page reloaded) belong to the link that they
happened on and would bury the rest.
"""

from typing import Final

from agent_feed.access import own_sight, sight_of_customer
from agent_feed.listing import Page, read_page
from compliance.journal import EVENT_TYPES, Reader
from compliance.principal import Principal
from core.database import Session
from core.errors import NotFound

_STEPS_WITHIN: Final = frozenset(
    {
        "checkout.joined",
        "checkout.left",
        "checkout.method_selected",
        "checkout.field_completed",
        "checkout.field_invalid",
    }
)
TIMELINE_TYPES: Final = EVENT_TYPES - _STEPS_WITHIN


async def read_timeline(
    session: Session,
    reader: Reader,
    principal: Principal,
    *,
    customer: str,
    before: int | None,
    types: frozenset[str] | None,
    limit: int,
) -> Page:
    """One page of the customer's history. Raises `NotFound` when the customer is not the caller's to see."""
    sight = await sight_of_customer(session, reader, principal, customer)
    # Who never served them sees what they wrote in a thread that nobody has, as the list of threads shows it.
    named = None if sight is not None else customer
    sight = sight or own_sight(principal)
    if named is not None and not await reader.read(session, sight.query(customer=named, limit=1)):
        raise NotFound("customer")
    query = sight.query(
        before=before,
        customer=named,
        types=types or TIMELINE_TYPES,
        newest_first=True,
        limit=limit,
    )
    return await read_page(session, reader, query)
