"""How Stripe is called, and what is known when a call fails: `payments.gateways.stripe_calls` on a bad line."""

from typing import Any

import pytest

from payments.gateways.stripe_calls import (
    CallFailed,
    CardRefused,
    KeyTaken,
    RequestRefused,
    Silent,
    StripeCalls,
    TurnedAway,
    Unsent,
)
from tests.payments.gateways.stripe_line import Cuts, Hangs, Says, Step, line, refusal
from tests.support.free_port import free_port

FINE = Says(200, {"id": "pi_1", "object": "payment_intent"})
BROKEN = Says(500, refusal("api_error"))
BUSY = Says(429, refusal("invalid_request_error", code="rate_limit"))
LOCKED = Says(429, refusal("invalid_request_error", code="lock_timeout"))
WRONG_KEY = Says(401, refusal("invalid_request_error"))
FORBIDDEN = Says(403, refusal("invalid_request_error"))
REFUSED = Says(400, refusal("invalid_request_error", code="amount_too_small"))
DECLINED = Says(402, refusal("card_error", code="card_declined"))
OTHER_PARAMS = Says(400, refusal("idempotency_error"))
IN_USE = Says(409, refusal("idempotency_error", code="idempotency_key_in_use"))


def calls_to(url: str) -> StripeCalls:
    return StripeCalls("sk_test_x", url, call_seconds_max=1, whole_seconds_max=5, pause_ms=1)


async def ordered(calls: StripeCalls) -> dict[str, Any]:
    params: Any = {"amount": 100, "currency": "gbp"}
    return await calls.order(
        lambda options: calls.v1.payment_intents.create_async(params, options), key="att_1"
    )


async def failure(calls: StripeCalls) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        await ordered(calls)
    await calls.close()
    return caught.value


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([DECLINED], CardRefused),
        ([REFUSED], RequestRefused),
        ([OTHER_PARAMS], KeyTaken),
        ([IN_USE], KeyTaken),
        ([WRONG_KEY], TurnedAway),
        ([FORBIDDEN], TurnedAway),
        ([BUSY], TurnedAway),
        ([LOCKED], Silent),
        ([BROKEN], Silent),
        ([Cuts()], Silent),
        ([Hangs()], Silent),
    ],
)
async def test_each_way_to_fail_has_a_name(steps: list[Step], expected: type[CallFailed]) -> None:
    async with line(*steps) as stripe:
        assert expected is type(await failure(calls_to(stripe.url)))


@pytest.mark.parametrize("first", [BROKEN, Cuts(), Hangs(), LOCKED])
@pytest.mark.parametrize("second", [WRONG_KEY, FORBIDDEN, BUSY])
async def test_turned_away_after_a_try_that_may_have_been_done_is_no_answer(
    first: Step, second: Step
) -> None:
    """The first may have charged the card before the key was changed."""
    async with line(first, second) as stripe:
        assert Silent is type(await failure(calls_to(stripe.url)))


async def test_a_no_after_a_try_that_may_have_been_done_is_not_certain() -> None:
    async with line(Cuts(), REFUSED) as stripe:
        refused = await failure(calls_to(stripe.url))

    assert isinstance(refused, RequestRefused)
    assert not refused.certain


async def test_a_no_after_nothing_but_being_turned_away_is_certain() -> None:
    async with line(BUSY, REFUSED) as stripe:
        refused = await failure(calls_to(stripe.url))

    assert isinstance(refused, RequestRefused)
    assert (True, "amount_too_small") == (refused.certain, refused.code)


async def test_the_banks_no_is_the_answer_whatever_was_before() -> None:
    async with line(Cuts(), DECLINED) as stripe:
        assert CardRefused is type(await failure(calls_to(stripe.url)))


async def test_where_nobody_listens_nothing_was_sent() -> None:
    assert Unsent is type(await failure(calls_to(f"http://127.0.0.1:{free_port()}")))


async def test_the_second_try_carries_the_same_key() -> None:
    async with line(BROKEN, FINE) as stripe:
        calls = calls_to(stripe.url)
        found = await ordered(calls)
        await calls.close()

    assert "pi_1" == found["id"]
    assert ["att_1", "att_1"] == [r.headers["idempotency-key"] for r in stripe.requests]


@pytest.mark.parametrize("step", [DECLINED, REFUSED, WRONG_KEY, OTHER_PARAMS])
async def test_an_answer_is_not_asked_for_twice(step: Step) -> None:
    async with line(step) as stripe:
        await failure(calls_to(stripe.url))

    assert 1 == len(stripe.requests)


async def test_nothing_is_tried_a_third_time() -> None:
    async with line(BROKEN) as stripe:
        await failure(calls_to(stripe.url))

    assert 2 == len(stripe.requests)


async def test_stripes_own_advice_not_to_try_again_is_taken() -> None:
    advised = Says(500, refusal("api_error"), {"Stripe-Should-Retry": "false"})
    async with line(advised) as stripe:
        await failure(calls_to(stripe.url))

    assert 1 == len(stripe.requests)


async def test_a_key_in_use_and_a_key_of_another_order_are_told_apart() -> None:
    async with line(IN_USE) as stripe:
        in_use = await failure(calls_to(stripe.url))
    async with line(OTHER_PARAMS) as stripe:
        taken = await failure(calls_to(stripe.url))

    assert isinstance(in_use, KeyTaken)
    assert isinstance(taken, KeyTaken)
    assert (True, False) == (in_use.under_way, taken.under_way)


def page(*ids: str, more: bool) -> Says:
    listed = [{"id": each, "object": "refund"} for each in ids]
    return Says(200, {"object": "list", "data": listed, "has_more": more, "url": "/v1/refunds"})


async def test_a_list_is_read_to_its_end() -> None:
    async with line(page("re_3", "re_2", more=True), page("re_1", more=False)) as stripe:
        calls = calls_to(stripe.url)
        found = await calls.every(
            calls.v1.refunds.list_async, {"payment_intent": "pi_1"}, pages_max=5
        )
        await calls.close()

    assert ["re_3", "re_2", "re_1"] == [each["id"] for each in found]
    assert [None, "re_2"] == [r.params.get("starting_after") for r in stripe.requests]


async def test_a_list_without_an_end_is_no_answer() -> None:
    async with line(page("re_1", more=True)) as stripe:
        calls = calls_to(stripe.url)
        with pytest.raises(Silent):
            await calls.every(calls.v1.refunds.list_async, {}, pages_max=3)
        await calls.close()

    assert 3 == len(stripe.requests)
