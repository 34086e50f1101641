"""What is refused takes a whole number of steps, whatever was done before; what succeeds is not held back."""

import asyncio
import contextlib

import pytest

from core.even_time import refuses_evenly

STEP = 0.2


class Refused(Exception):
    pass


@refuses_evenly(Refused, step_seconds=STEP)
async def asked(error: Exception | None, *, seconds: float = 0.0) -> str:
    await asyncio.sleep(seconds)
    if error is not None:
        raise error
    return "done"


async def taken(error: Exception | None, seconds: float = 0.0) -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    with contextlib.suppress(Refused, KeyError):
        await asked(error, seconds=seconds)
    return loop.time() - began


async def test_a_refusal_comes_no_sooner_than_a_step_however_soon_it_was_known() -> None:
    assert min([await taken(Refused()), await taken(Refused(), 0.05)]) >= STEP - 0.01


async def test_anything_else_is_not_held_back() -> None:
    """Shorter than a step, on the best of several tries."""
    assert min([await taken(None) for _ in range(5)]) < STEP
    assert min([await taken(KeyError()) for _ in range(5)]) < STEP


async def test_the_answer_and_the_error_come_through_as_they_are() -> None:
    assert "done" == await asked(None)
    refusal = Refused("why")
    with pytest.raises(Refused) as raised:
        await asked(refusal)
    assert refusal is raised.value
    assert "asked" == asked.__name__
