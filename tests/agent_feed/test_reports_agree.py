"""Every report agrees with the journal, cell by cell, in JSON and in CSV, on days on which the clocks change."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from core.ids import new_id
from tests.agent_feed.conftest import Scene
from tests.agent_feed.days import CHANGES, ZONES, Day, by_day, facts
from tests.support.doors import calling


async def told(client: httpx2.AsyncClient) -> list[dict[str, Any]]:
    """Every event that there is."""
    found: list[dict[str, Any]] = []
    while True:
        after = found[-1]["position"] if found else 0
        answer = await client.get("/v1/events", params={"after": after, "limit": 200})
        page = answer.json()["data"]
        if not page:
            return found
        found += page


async def asked(client: httpx2.AsyncClient, report: str, **parameters: str) -> dict[str, Any]:
    """The rows by their name; the same cells in CSV."""
    answer = (await client.get(f"/v1/reports/{report}", params=parameters)).json()
    plain = await client.get(
        f"/v1/reports/{report}", params=parameters, headers={"Accept": "text/csv"}
    )
    [header, *lines] = csv.reader(io.StringIO(plain.text))
    shown = [*answer["data"], answer["totals"]]
    assert header == answer["columns"]
    assert lines == [["" if cell is None else str(cell) for cell in row.values()] for row in shown]
    name = answer["columns"][0]
    return {row[name]: row for row in shown}


def days_around(day: str) -> list[str]:
    middle = date.fromisoformat(day)
    return [(middle + timedelta(days=n)).isoformat() for n in (-1, 0, 1)]


def cells(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] for name in names}


@pytest.mark.parametrize("zone", ZONES)
async def test_cards_tables_and_csv_say_what_the_journal_says(
    app: FastAPI, scene: Scene, zone: str
) -> None:
    for some in facts(scene.merchant, [scene.ann.id, scene.bob.id]):
        await scene.happen_all(some)
    days = days_around(CHANGES[zone])
    window = {"from": days[0], "to": days[-1], "timezone": zone}
    async with calling(app, headers={"Authorization": f"Bearer {scene.key.secret}"}) as client:
        journal = by_day(await told(client), zone)
        funnel = await asked(client, "funnel", group_by="day", **window)
        payments = await asked(client, "payments", group_by="day", **window)
        satisfaction = await asked(client, "satisfaction", group_by="day", **window)
        channels = await asked(client, "channels", **window)
        agents = await asked(client, "agents", **window)
    expected = [journal[day] for day in days]

    steps = ("created", "delivered", "opened", "submitted", "paid")
    money = ("submitted", "declined", "paid", "amount_paid_GBP")
    assert [*days, "all"] == list(funnel) == list(payments) == list(satisfaction)
    for name, some in [*zip(days, map(one, expected), strict=True), ("all", expected)]:
        assert cells(funnel[name], steps) == summed(steps, [day.funnel for day in some])
        assert cells(payments[name], money) == summed(money, [day.payments for day in some])
        scores = [score for day in some for score in day.scores]
        assert satisfaction[name]["answers"] == len(scores)
        assert satisfaction[name]["score"] == round(sum(scores) / len(scores), 2)
    for channel in ("sms", "email"):
        assert channels[channel]["sent"] == sum(day.sent[channel] for day in expected)
    made = sum(day.funnel["created"] for day in expected)
    assert agents["all"]["links"] == made == sum(r["links"] for r in agents.values()) - made


def one(day: Day) -> list[Day]:
    return [day]


def summed(names: tuple[str, ...], counts: list[Any]) -> dict[str, int]:
    return {name: sum(each[name] for each in counts) for name in names}


async def test_a_day_of_25_hours_is_longer_by_what_was_done_in_its_hour(
    app: FastAPI, scene: Scene
) -> None:
    for some in facts(scene.merchant, [scene.ann.id]):
        await scene.happen_all(some)
    async with calling(app, headers={"Authorization": f"Bearer {scene.key.secret}"}) as client:
        day = {"from": "2026-10-25", "to": "2026-10-25"}
        london = await client.get("/v1/reports/funnel", params={**day, "timezone": "Europe/London"})
        kathmandu = await client.get(
            "/v1/reports/funnel", params={**day, "timezone": "Asia/Kathmandu"}
        )
    assert ("2026-10-24T23:00:00", "2026-10-26T00:00:00") == hours(london.json())
    assert ("2026-10-24T18:15:00", "2026-10-25T18:15:00") == hours(kathmandu.json())
    assert (29, 27) == (
        london.json()["totals"]["created"],
        kathmandu.json()["totals"]["created"],
    )


def hours(report: dict[str, Any]) -> tuple[str, str]:
    return report["from"][:19], report["to"][:19]


async def test_a_report_is_about_one_agent_channel_or_psp_where_that_is_asked(
    app: FastAPI, scene: Scene
) -> None:
    for some in facts(scene.merchant, [scene.ann.id, scene.bob.id]):
        await scene.happen_all(some)
    window = {"from": "2026-10-24", "to": "2026-11-02", "timezone": "UTC"}
    async with calling(app, headers={"Authorization": f"Bearer {scene.key.secret}"}) as client:
        by_psp = await asked(client, "funnel", group_by="psp", **window)
        mollie = await asked(client, "funnel", psp="mollie", **window)
        tries = await asked(client, "payments", group_by="psp", **window)
        reasons = await asked(client, "payments", group_by="reason", **window)
        anns = await asked(client, "payments", agent=scene.ann.id, **window)
        by_agent = await asked(client, "payments", group_by="agent", **window)
        email = await asked(client, "channels", channel="email", **window)
    assert mollie["all"]["paid"] == by_psp["mollie"]["paid"] > 0
    assert {"", "stripe", "mollie", "all"} == set(by_psp)
    assert tries["mollie"]["paid"] + tries["stripe"]["paid"] == tries["all"]["paid"]
    assert by_psp["mollie"]["submitted"] == tries["mollie"]["submitted"]
    assert sum(row["declined"] for row in reasons.values()) == 2 * tries["all"]["declined"]
    assert anns["all"]["amount_paid_GBP"] == by_agent[scene.ann.id]["amount_paid_GBP"]
    assert ["email", "all"] == list(email)


async def test_what_is_told_long_afterwards_leads_no_report_astray(
    app: FastAPI, scene: Scene
) -> None:
    """A call of another system is recorded with its own time, days before that of its neighbours."""
    links = [some[0] for some in facts(scene.merchant, [scene.ann.id])]
    for number, link in enumerate(links):
        await scene.happen_all([link])
        if number % 2:
            scene.clock.set(link["occurred_at"])
            await scene.happen_all(
                [
                    {
                        "type": "interaction.recorded",
                        "id": f"evt_{scene_id(scene)}",
                        "occurred_at": link["occurred_at"] - timedelta(days=90),
                    }
                ]
            )
    async with calling(app, headers={"Authorization": f"Bearer {scene.key.secret}"}) as client:
        window = {"from": "2026-10-25", "to": "2026-10-25", "timezone": "UTC"}
        answer = (await client.get("/v1/reports/funnel", params=window)).json()
    made = [link for link in links if link["occurred_at"].date() == date(2026, 10, 25)]
    assert answer["totals"]["created"] == len(made)


def scene_id(scene: Scene) -> str:
    return new_id("int", scene.clock()).removeprefix("int_")
