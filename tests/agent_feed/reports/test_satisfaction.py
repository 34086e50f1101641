"""What customers answered after paying (agent_feed.reports.satisfaction), and what they wrote."""

from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI

from tests.agent_feed.conftest import Scene
from tests.agent_feed.test_routes_reports import ask, ask_csv

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
DAY = {"from": "2026-12-01", "to": "2026-12-01", "timezone": "UTC"}


async def answered(scene: Scene, score: int, comment: str = "", **columns: Any) -> None:
    data = {"score": score, **({"commented": True} if comment else {})}
    await scene.happen(
        "survey.answered",
        **{"actor": "customer", "agent": scene.ann.id, "channel": "sms", **columns},
        data=data,
        private={"comment": comment} if comment else None,
    )
    scene.clock.advance(seconds=1)


async def test_scores_are_counted_and_their_share_of_the_payments(
    app: FastAPI, scene: Scene
) -> None:
    scene.clock.set(NOON)
    for number in range(8):
        await scene.happen("payment.paid", payment=f"pay_{number}", agent=scene.ann.id)
    # Held first and then taken: one payment.
    await scene.happen("payment.authorised", payment="pay_0", agent=scene.ann.id)
    for score in (5, 5, 4, 1):
        await answered(scene, score)
    _, answer = await ask(app, scene, "satisfaction", group_by="agent", **DAY)
    [row] = answer["data"]
    assert scene.ann.id == row["group"]
    assert (8, 4, 0.5) == (row["paid"], row["answers"], row["response_rate"])
    assert (3.75, 0.75) == (row["score"], row["share_satisfied"])
    assert [1, 0, 0, 1, 2] == [row[f"score_{score}"] for score in range(1, 6)]


async def test_comments_come_newest_first_and_in_no_file(app: FastAPI, scene: Scene) -> None:
    scene.clock.set(NOON)
    await answered(scene, 2, "Slow", link="lnk_1")
    await answered(scene, 5)
    await answered(scene, 4, "=HYPERLINK(1)", agent=scene.bob.id, link="lnk_2")
    _, answer = await ask(app, scene, "satisfaction", **DAY)
    said = [(one["link"], one["score"], one["comment"]) for one in answer["comments"]]
    assert [("lnk_2", 4, "=HYPERLINK(1)"), ("lnk_1", 2, "Slow")] == said
    assert "Bob" == answer["names"][scene.bob.id]
    assert "Slow" not in str(await ask_csv(app, scene, "satisfaction", **DAY))
    _, bobs = await ask(app, scene, "satisfaction", agent=scene.bob.id, **DAY)
    assert ["lnk_2"] == [one["link"] for one in bobs["comments"]]


async def test_surveys_of_other_systems_have_scales_of_their_own(
    app: FastAPI, scene: Scene
) -> None:
    scene.clock.set(NOON)
    await scene.happen("survey.answered", customer="cus_1", data={"kind": "survey"})
    await scene.happen("survey.answered", customer="cus_1", data={"score": 9})
    _, answer = await ask(app, scene, "satisfaction", **DAY)
    assert (0, None) == (answer["totals"]["answers"], answer["totals"]["score"])
    assert [] == answer["data"]
