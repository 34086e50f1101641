"""Refusals that take alike long, so that a stopwatch learns nothing from them."""

import asyncio
import functools
import math
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def refuses_evenly(
    error: type[Exception], *, step_seconds: float
) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]]:
    """Makes a function raise this error only at whole steps of time after it was called.

    What it did before it refused, a password checked or a row written, then makes no difference unless it differs by
    more than a step. What succeeds is not held back. Nothing is locked while it waits.
    """

    def evened(function: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
        @functools.wraps(function)
        async def called(*given: P.args, **named: P.kwargs) -> T:
            loop = asyncio.get_running_loop()
            began = loop.time()
            try:
                return await function(*given, **named)
            except error:
                taken = loop.time() - began
                await asyncio.sleep(math.ceil(taken / step_seconds) * step_seconds - taken)
                raise

        return called

    return evened
