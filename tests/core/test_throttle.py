"""Limits count acts by name and by who, and say when the next one is welcome."""

import asyncio

import pytest

from core.errors import RateLimited
from core.throttle import DEFAULT_LIMITS, Limit, Throttle

LIMITS = {"pay": Limit(2, 600), "look": Limit(3, 600)}


async def test_acts_up_to_the_limit_pass_and_the_next_is_refused_with_a_wait() -> None:
    throttle = Throttle(LIMITS)
    await throttle.hit("pay", "203.0.113.7")
    await throttle.hit("pay", "203.0.113.7")
    with pytest.raises(RateLimited) as refusal:
        await throttle.hit("pay", "203.0.113.7")
    assert 1 <= (refusal.value.retry_after_seconds or 0) <= 601


async def test_one_persons_acts_do_not_count_against_another_or_another_limit() -> None:
    throttle = Throttle(LIMITS)
    for _ in range(2):
        await throttle.hit("pay", "203.0.113.7")
    await throttle.hit("pay", "203.0.113.8")
    await throttle.hit("look", "203.0.113.7")


async def test_an_act_no_longer_counts_once_the_window_has_moved_past_it() -> None:
    throttle = Throttle({"blink": Limit(1, 1)})
    await throttle.hit("blink", "203.0.113.7")
    with pytest.raises(RateLimited):
        await throttle.hit("blink", "203.0.113.7")
    await asyncio.sleep(1.1)
    await throttle.hit("blink", "203.0.113.7")


@pytest.mark.redis
async def test_two_processes_share_their_counts_through_redis(redis_url: str) -> None:
    one, two = Throttle(LIMITS, storage_url=redis_url), Throttle(LIMITS, storage_url=redis_url)
    await one.hit("pay", "203.0.113.7")
    await two.hit("pay", "203.0.113.7")
    with pytest.raises(RateLimited):
        await one.hit("pay", "203.0.113.7")


def test_every_limit_allows_something_and_ends() -> None:
    for limit in DEFAULT_LIMITS.values():
        assert limit.count > 0
        assert limit.seconds > 0


async def test_while_redis_is_away_each_process_counts_by_itself() -> None:
    throttle = Throttle(LIMITS, storage_url="redis://127.0.0.1:1")
    await throttle.hit("pay", "203.0.113.7")
    await throttle.hit("pay", "203.0.113.7")
    with pytest.raises(RateLimited):
        await throttle.hit("pay", "203.0.113.7")
