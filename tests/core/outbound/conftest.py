"""Fixtures for calls out: receivers on loopback, and senders that give up soon."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from core.outbound.destinations import Destinations
from core.outbound.sender import Sender
from tests.support.receiver import Receiver, receiving

DEADLINE_SECONDS = 1

NewSender = Callable[..., Sender]


@pytest.fixture
async def new_sender() -> AsyncIterator[NewSender]:
    """Makes senders that give up after a second; closes them after the test."""
    made: list[Sender] = []

    def make(destinations: Destinations | None = None, **options: Any) -> Sender:
        options.setdefault("deadline_seconds", DEADLINE_SECONDS)
        sender = Sender(destinations or Destinations(["127.0.0.1"]), **options)
        made.append(sender)
        return sender

    yield make
    for sender in made:
        await sender.close()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
async def other_receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver
