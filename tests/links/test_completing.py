"""A PSP whose script hands us what the bank said: it is passed on once, and nobody gives the challenge up meanwhile."""

import asyncio
from collections.abc import Mapping
from typing import Any

from links.checkout_results import Result
from links.links import Link
from payments.gateway import Outcome, Question
from payments.states import AttemptState
from tests.links.conftest import Shop
from tests.payments.fakes import Challenges

DETAILS = {"details": {"threeDSResult": "what the bank said"}}


class Bank:
    """Completes challenges at the PSP made by hand; `meanwhile` runs before the PSP has answered."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.completed: list[tuple[str, Mapping[str, Any]]] = []
        self.seen: list[str | None] = []
        self.answer = asyncio.Event()
        shop.gateway.complete = self.complete  # type: ignore[attr-defined]

    async def complete(self, question: Question, details: Mapping[str, Any]) -> Outcome:
        self.completed.append((question.attempt_id, details))
        self.seen.append(question.state)
        await self.answer.wait()
        self.shop.gateway.take_up(question.attempt_id)
        return self.shop.gateway.intents[question.attempt_id].outcome

    async def wait_for_one(self) -> None:
        while not self.completed:
            await asyncio.sleep(0.01)


async def challenged(shop: Shop) -> tuple[Link, Result, str]:
    link = await shop.make()
    shop.gateway.script = [Challenges()]
    return link, await shop.submit(link), await shop.token(link)


async def test_what_the_bank_said_is_passed_on_and_pays(shop: Shop) -> None:
    bank = Bank(shop)
    bank.answer.set()
    link, begun, token = await challenged(shop)
    result = await shop.checkout.resume(token, begun.attempt, details=DETAILS)

    assert ("challenge", "paid") == (begun.status, result.status)
    assert [(begun.attempt, DETAILS)] == bank.completed
    assert ["challenged"] == bank.seen
    assert 1 == shop.gateway.taken()
    assert "payment.paid" == (await shop.story(link))[-1]


async def test_told_twice_it_is_passed_on_once(shop: Shop) -> None:
    bank = Bank(shop)
    _, begun, token = await challenged(shop)
    first = asyncio.create_task(shop.checkout.resume(token, begun.attempt, details=DETAILS))
    await bank.wait_for_one()
    second = await shop.checkout.resume(token, begun.attempt, details=DETAILS)
    bank.answer.set()

    assert ("waiting", "paid") == (second.status, (await first).status)
    assert 1 == len(bank.completed)


async def test_it_is_not_given_up_while_it_is_being_completed(shop: Shop) -> None:
    """From another tab; and no other card is charged until the PSP has answered."""
    bank = Bank(shop)
    link, begun, token = await challenged(shop)
    completing = asyncio.create_task(shop.checkout.resume(token, begun.attempt, details=DETAILS))
    await bank.wait_for_one()
    given_up = await shop.checkout.abandon(token, begun.attempt)
    other = await shop.submit(link)
    tries = await shop.tries(link)
    bank.answer.set()

    assert ("waiting", "elsewhere") == (given_up.status, other.status)
    assert [AttemptState.UNKNOWN] == [attempt.state for attempt in tries]
    assert "paid" == (await completing).status
    assert 1 == shop.gateway.taken()
