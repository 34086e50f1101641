"""What may be told of a contact: a time that makes sense, and not too much."""

from datetime import timedelta
from typing import Any

import pytest

from channels.interactions import (
    DATA_BYTES_MAX,
    DATA_DEPTH_MAX,
    Interaction,
    check_interaction,
    record_interaction,
    record_note,
)
from core.errors import InvalidField
from tests.channels.conftest import Desk
from tests.support.clock import START
from tests.support.people import person


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels - 1):
        value = {"a": [value]} if len(str(value)) % 2 else {"a": value}
    return value


def test_the_bounds_hold_on_both_sides() -> None:
    day = timedelta(days=1)
    check_interaction(START + day, {"a": "x" * (DATA_BYTES_MAX - 8)}, now=START)
    with pytest.raises(InvalidField):
        check_interaction(START + day + timedelta(seconds=1), {}, now=START)
    with pytest.raises(InvalidField):
        check_interaction(START, {"a": "x" * (DATA_BYTES_MAX - 7)}, now=START)
    with pytest.raises(InvalidField):
        check_interaction(START, nested(DATA_DEPTH_MAX * 2), now=START)
    check_interaction(START, {"a": {"b": [1.5, None, True, "x"]}}, now=START)


async def test_both_are_the_agents_dealing_with_the_customer(desk: Desk) -> None:
    agent = person(desk.merchant.id)
    yesterday = desk.clock() - timedelta(days=1)
    async with desk.database.transaction() as session:
        told = Interaction(
            customer="cus_1", kind="visit", direction="inbound", occurred_at=yesterday, data={}
        )
        record_interaction(session, agent, told, now=desk.clock())
        record_note(session, agent, customer="cus_1", text="Nice", now=desk.clock())
    visit, note = await desk.events("interaction.recorded", "note.added")
    assert {(one.agent, one.customer, one.actor) for one in (visit, note)} == {
        (agent.id, "cus_1", agent.actor)
    }
    assert note.occurred_at - visit.occurred_at == timedelta(days=1)
    async with desk.database.snapshot() as session:
        assert await desk.reader.serves(session, desk.merchant.id, [agent.id], customer="cus_1")
