"""Lists are paged newest first, filtered, and refuse what they do not know."""

from typing import Any

import pytest
import stripe

from tests.sandbox.harness import Sandbox


async def three(sandbox: Sandbox) -> list[str]:
    psp = sandbox.stripe()
    return [
        (await psp.v1.payment_intents.create_async({"amount": 1000 + n, "currency": "usd"})).id
        for n in range(3)
    ]


async def test_pages_go_from_new_to_old_and_back(fresh_sandbox: Sandbox) -> None:
    """By the id of the last one seen."""
    made = await three(fresh_sandbox)
    intents = fresh_sandbox.stripe().v1.payment_intents

    first = await intents.list_async({"limit": 2})
    rest = await intents.list_async({"limit": 2, "starting_after": first.data[-1].id})
    back = await intents.list_async({"limit": 2, "ending_before": rest.data[0].id})

    assert [each.id for each in first.data] == [made[2], made[1]]
    assert first.has_more is True
    assert [each.id for each in rest.data] == [made[0]]
    assert rest.has_more is False
    assert [each.id for each in back.data] == [made[2], made[1]]


async def test_the_official_client_pages_through_all(fresh_sandbox: Sandbox) -> None:
    """Its own auto-paging meets the end."""
    made = await three(fresh_sandbox)
    page = await fresh_sandbox.stripe().v1.payment_intents.list_async({"limit": 1})

    seen = [intent.id async for intent in page.auto_paging_iter()]

    assert seen == made[::-1]


async def test_lists_are_filtered_by_time_and_type(fresh_sandbox: Sandbox) -> None:
    """`created[gte]` for payments, `type` and `types` for events."""
    made = await three(fresh_sandbox)
    psp = fresh_sandbox.stripe()
    newest = await psp.v1.payment_intents.retrieve_async(made[2])

    none = await psp.v1.payment_intents.list_async({"created": {"gt": newest.created + 60}})
    all_of_them = await psp.v1.payment_intents.list_async({"created": {"lte": newest.created}})
    events = await psp.v1.events.list_async({"types": ["payment_intent.created"], "limit": 2})
    others = await psp.v1.events.list_async({"type": "charge.succeeded"})

    assert none.data == []
    assert len(all_of_them.data) == 3
    assert (len(events.data), events.has_more) == (2, True)
    assert others.data == []


@pytest.mark.parametrize(
    "params",
    [{"limit": 0}, {"limit": 101}, {"limit": "x"}, {"starting_after": "pi_nobody"}, {"odd": "1"}],
)
async def test_odd_paging_is_refused(params: Any, psp: stripe.StripeClient) -> None:
    """With status 400."""
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await psp.v1.payment_intents.list_async(params)

    assert caught.value.http_status == 400


async def test_the_balance_is_the_sum_of_what_moved(fresh_sandbox: Sandbox) -> None:
    """Available at once for the card that bypasses waiting, pending for the others."""
    psp = fresh_sandbox.stripe()
    for method in ("pm_card_visa", "pm_card_bypassPending"):
        await psp.v1.payment_intents.create_async(
            {"amount": 1000, "currency": "usd", "payment_method": method, "confirm": True}
        )

    balance = await psp.v1.balance.retrieve_async()

    assert [(each.amount, each.currency) for each in balance.available] == [(941, "usd")]
    assert [(each.amount, each.currency) for each in balance.pending] == [(941, "usd")]


async def test_the_account_can_be_asked_for(psp: stripe.StripeClient) -> None:
    """A first question to see whether the keys are right."""
    account = await psp.v1.accounts.retrieve_current_async()

    assert account.id.startswith("acct_")
