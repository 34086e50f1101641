"""What messages cost (agent_feed.reports.prices): told by the provider, or estimated by the merchant's price list."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from agent_feed.reports.prices import MessagePrices
from compliance.merchant_settings import SettingsInvalid, write
from tests.agent_feed.conftest import Scene
from tests.agent_feed.test_routes_reports import ask

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
DAY = {"from": "2026-12-01", "to": "2026-12-01", "timezone": "UTC"}


async def sent(scene: Scene, message: str, channel: str, at: datetime = NOON, **more: Any) -> None:
    scene.clock.set(at)
    await scene.happen("message.sent", channel=channel, data={"message": message, **more})


async def told(scene: Scene, message: str, micros: int, currency: str, at: datetime) -> None:
    scene.clock.set(at)
    price = {"micros": micros, "currency": currency}
    await scene.happen(
        "message.delivered", channel="sms", data={"message": message, "price": price}
    )


async def list_prices(scene: Scene, **prices: object) -> None:
    async with scene.database.transaction() as session:
        await write(
            session, scene.merchant, MessagePrices, prices, actor="user:usr_x", now=scene.clock()
        )


async def test_what_the_provider_tells_counts_and_the_rest_is_an_estimate(
    app: FastAPI, scene: Scene
) -> None:
    scene.clock.set(NOON)
    await list_prices(scene, currency="GBP", sms=40_000, whatsapp=60_000)
    await sent(scene, "msg_a", "sms", segments=2)
    await told(scene, "msg_a", 66_600, "EUR", NOON + timedelta(minutes=1))
    await sent(scene, "msg_b", "sms", NOON + timedelta(minutes=2), segments=3)
    await sent(scene, "msg_c", "whatsapp", NOON + timedelta(minutes=3))
    await sent(scene, "msg_d", "email", NOON + timedelta(minutes=4))
    _, answer = await ask(app, scene, "channels", **DAY)

    heads = ["segments", "cost_micros_EUR", "cost_estimated_micros_GBP"]
    assert heads == [head for head in answer["columns"] if head in heads]
    rows = {row["channel"]: [row[head] for head in heads] for row in answer["data"]}
    assert {"sms": [5, 66_600, 120_000], "whatsapp": [0, 0, 60_000], "email": [0, 0, 0]} == rows
    assert [5, 66_600, 180_000] == [answer["totals"][head] for head in heads]


async def test_a_price_that_is_told_the_day_after_belongs_to_the_day_of_the_message(
    app: FastAPI, scene: Scene
) -> None:
    await sent(scene, "msg_a", "sms", segments=1)
    await told(scene, "msg_a", 33_300, "EUR", NOON + timedelta(days=1))
    _, answer = await ask(app, scene, "channels", **DAY)
    _, after = await ask(
        app, scene, "channels", **{"from": "2026-12-02", "to": "2026-12-02", "timezone": "UTC"}
    )
    assert 33_300 == answer["totals"]["cost_micros_EUR"]
    assert "cost_micros_EUR" not in after["columns"]


async def test_without_a_price_nothing_is_made_up(app: FastAPI, scene: Scene) -> None:
    await sent(scene, "msg_a", "sms", segments=1)
    _, answer = await ask(app, scene, "channels", **DAY)
    assert not [column for column in answer["columns"] if column.startswith("cost_")]


@pytest.mark.parametrize(
    "wrong", [{"currency": "gbp"}, {"currency": 7}, {"sms": -1}, {"sms": 0.04}, {"fax": 1}]
)
async def test_a_price_list_that_makes_no_sense_is_refused(
    scene: Scene, wrong: dict[str, object]
) -> None:
    with pytest.raises(SettingsInvalid):
        await list_prices(scene, **wrong)
