"""The same key gets the same answer, and does the same thing once."""

import asyncio
from typing import Any

import pytest
import stripe

from payments.sandbox.idempotency import digest
from payments.sandbox.store import Store
from tests.sandbox.harness import SECRET_KEY, Sandbox

PAYMENT: Any = {
    "amount": "4999",
    "currency": "gbp",
    "payment_method": "pm_card_visa",
    "confirm": "true",
}


async def post(sandbox: Sandbox, key: str, path: str = "/v1/payment_intents", **params: str) -> Any:
    async with sandbox.http() as client:
        return await client.post(
            path,
            data=PAYMENT | params,
            headers={"Authorization": f"Bearer {SECRET_KEY}", "Idempotency-Key": key},
        )


async def test_a_repeated_key_replays_the_first_answer(sandbox: Sandbox) -> None:
    """Word for word, marked as a replay, with the first request's id beside it."""
    first = await post(sandbox, "replay-1")
    again = await post(sandbox, "replay-1")

    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["original-request"] == first.headers["request-id"]
    assert again.headers["idempotency-key"] == "replay-1"


async def test_a_decline_is_replayed_and_not_tried_again(sandbox: Sandbox) -> None:
    """An answer that began is an answer, good or bad."""
    first = await post(sandbox, "replay-2", payment_method="pm_card_chargeDeclined")
    again = await post(sandbox, "replay-2", payment_method="pm_card_chargeDeclined")

    assert first.status_code == again.status_code == 402
    assert first.content == again.content
    assert again.headers["idempotent-replayed"] == "true"


async def test_a_request_that_never_began_leaves_the_key_free(sandbox: Sandbox) -> None:
    """What was refused for its parameters may be put right under the same key."""
    wrong = await post(sandbox, "replay-3", amount="nonsense")
    right = await post(sandbox, "replay-3")

    assert (wrong.status_code, right.status_code) == (400, 200)


async def test_a_key_with_other_parameters_is_refused(
    sandbox: Sandbox, psp: stripe.StripeClient
) -> None:
    """So is one with another path."""
    other: Any = PAYMENT | {"amount": 5000}
    await post(sandbox, "replay-4")

    with pytest.raises(stripe.IdempotencyError) as caught:
        await psp.v1.payment_intents.create_async(other, {"idempotency_key": "replay-4"})
    elsewhere = await post(sandbox, "replay-4", "/v1/refunds")

    assert caught.value.http_status == 400
    assert elsewhere.json()["error"]["type"] == "idempotency_error"


async def test_a_key_in_use_is_told_to_wait(fresh_sandbox: Sandbox) -> None:
    """Of many at once one does the work; afterwards all hear its answer."""
    await fresh_sandbox.faults(slow=0.5)
    answers = await asyncio.gather(*(post(fresh_sandbox, "busy") for _ in range(5)))
    await fresh_sandbox.no_faults()
    after = await post(fresh_sandbox, "busy")

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200, 409, 409, 409, 409]
    waiting = next(answer for answer in answers if answer.status_code == 409)
    assert waiting.json()["error"]["code"] == "idempotency_key_in_use"
    done = next(answer for answer in answers if answer.status_code == 200)
    assert after.json() == done.json()


async def test_a_key_survives_a_restart(fresh_sandbox: Sandbox) -> None:
    """The answer is kept with what it did."""
    first = await post(fresh_sandbox, "kept")
    await fresh_sandbox.restart()
    again = await post(fresh_sandbox, "kept")

    assert first.content == again.content


@pytest.mark.parametrize("key", ["x" * 256, "4242 4242 4242 4242"])
async def test_an_odd_key_is_refused(key: str, sandbox: Sandbox) -> None:
    """Too long, or a card number."""
    answer = await post(sandbox, key)

    assert answer.status_code == 400
    assert key not in answer.text


async def test_a_key_is_bound_to_no_card_number(tmp_path: Any) -> None:
    """The digest is keyed and leaves number and code out: two stores never agree on one."""
    one, other = Store(tmp_path / "a.sqlite"), Store(tmp_path / "b.sqlite")
    card = {"type": "card", "card": {"number": "4242424242424242", "cvc": "123"}}
    another_code = {"type": "card", "card": {"number": "4242424242424242", "cvc": "999"}}

    first = digest(one, "POST", "/v1/payment_methods", card)

    assert first == digest(one, "POST", "/v1/payment_methods", another_code)
    assert first != digest(other, "POST", "/v1/payment_methods", card)
    one.close()
    other.close()
