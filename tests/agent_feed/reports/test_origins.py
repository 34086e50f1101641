"""Money and answers are counted under the channel of their link (agent_feed.reports.origins)."""

from datetime import UTC, datetime

from fastapi import FastAPI

from tests.agent_feed.conftest import Scene
from tests.agent_feed.test_routes_reports import ask

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
DAY = {"from": "2026-12-01", "to": "2026-12-01", "timezone": "UTC"}


async def test_money_is_counted_under_the_channel_that_its_link_went_out_on_first(
    app: FastAPI, scene: Scene
) -> None:
    scene.clock.set(NOON)
    for link, channels in (("lnk_1", ("sms", "email")), ("lnk_2", ("email",)), ("lnk_3", ())):
        for channel in channels:
            await scene.happen("message.queued", link=link, channel=channel)
        await scene.happen(
            "payment.paid",
            link=link,
            payment=f"pay_{link}",
            data={"amount": 100, "currency": "GBP"},
        )
        await scene.happen("survey.answered", link=link, actor="customer", data={"score": 5})
    _, answer = await ask(app, scene, "payments", group_by="channel", **DAY)
    sums = {row["group"]: row["amount_paid_GBP"] for row in answer["data"]}
    assert {"sms": 100, "email": 100, "": 100} == sums
    _, chosen = await ask(app, scene, "payments", channel="sms", **DAY)
    assert (1, 100) == (chosen["totals"]["paid"], chosen["totals"]["amount_paid_GBP"])
    _, told = await ask(app, scene, "satisfaction", group_by="channel", **DAY)
    assert {"sms": 1, "email": 1, "": 1} == {row["group"]: row["answers"] for row in told["data"]}
