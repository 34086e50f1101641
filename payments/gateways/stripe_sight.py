"""What is everything that Stripe knows of a payment: its intent, its refunds, its disputes?

https://docs.stripe.com/api/refunds/list, https://docs.stripe.com/api/disputes/list
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from payments.gateway import GatewayEvent, Movement, Outcome, Sight, Unknown
from payments.gateways.stripe_calls import Json, RequestRefused, StripeCalls
from payments.gateways.stripe_events import attempt_of, told
from payments.gateways.stripe_facts import dispute_of, movement_of, refunds_of
from payments.gateways.stripe_orders import disputes_at, intent_of, refunds_at
from payments.gateways.stripe_words import charge_of, id_of, outcome_of_intent

_LINES_PAGES_MAX: Final = 1000


async def sight_of(calls: StripeCalls, intent: Json, outcome: Outcome | None = None) -> Sight:
    """The intent's outcome with its refunds and disputes, oldest first. Raises `CallFailed`."""
    reference = str(intent["id"])
    refunds = refunds_of(charge_of(intent), await refunds_at(calls, reference))
    disputes = [fact for each in await disputes_at(calls, reference) if (fact := dispute_of(each))]
    return Sight(outcome or outcome_of_intent(intent), tuple(refunds), tuple(reversed(disputes)))


async def complete(calls: StripeCalls, event: GatewayEvent) -> GatewayEvent:
    """What an event that only says `look` is about; it comes back as it is while Stripe does not know of it.

    Raises `CallFailed`.
    """
    try:
        reference = event.reference or await _intent_behind(calls, event)
        if reference is None:
            return replace(event, look=False)
        intent = await intent_of(calls, reference)
        sight = await sight_of(calls, intent)
    except RequestRefused:
        # One that says something by itself is good without the rest.
        return replace(event, look=False) if event.outcome is not None else event
    about = id_of(told(event.body).object)
    disputed = [dispute for dispute in sight.disputes if dispute.reference == about]
    return replace(
        event,
        reference=reference,
        attempt_id=attempt_of(intent),
        outcome=event.outcome if isinstance(sight.outcome, Unknown) else sight.outcome,
        refunds=sight.refunds,
        dispute=disputed[0] if disputed else None,
        look=False,
    )


async def movements(calls: StripeCalls, since: datetime, until: datetime) -> Sequence[Movement]:
    """`GET /v1/balance_transactions` of that time, oldest first. Raises `CallFailed`."""
    lines = await calls.every(
        calls.v1.balance_transactions.list_async,
        {
            "created": {"gte": _second(since), "lt": _second(until)},
            "expand": ["data.source"],
        },
        pages_max=_LINES_PAGES_MAX,
    )
    return [movement_of(line) for line in reversed(lines)]


async def _intent_behind(calls: StripeCalls, event: GatewayEvent) -> str | None:
    """The intent of the charge that an event of an old API version names; None when it has none: it is not ours."""
    about = told(event.body)
    charge = id_of(about.object if about.about == "charge" else about.object.get("charge"))
    if charge is None:
        return None
    found = await calls.ask(lambda: calls.v1.charges.retrieve_async(charge))
    return id_of(found.get("payment_intent"))


def _second(moment: datetime) -> int:
    """Rounded up: a line of that second belongs to one day alone."""
    return -int(-moment.timestamp() // 1)
