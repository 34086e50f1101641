"""The reports over HTTP agree with the journal, on each database, in JSON and in CSV.

Through this door `agent_feed.reports.journeys`, `agent_feed.reports.funnel`, `agent_feed.reports.channels`,
`agent_feed.reports.agents`, `agent_feed.reports.payments`, `agent_feed.reports.answers`,
`agent_feed.reports.chosen` and `compliance.routes.csv_answers` are seen.
"""

import csv
import io
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI

from compliance.users import User
from tests.agent_feed.conftest import Scene, cookie
from tests.support.doors import calling

REPORTS = ("funnel", "channels", "agents", "payments", "satisfaction")
MONDAY = datetime(2026, 10, 26, 9, tzinfo=UTC)


async def ask(
    app: FastAPI, scene: Scene, report: str, user: User | None = None, **parameters: str
) -> tuple[int, Any]:
    headers = (
        {"Authorization": f"Bearer {scene.key.secret}"}
        if user is None
        else cookie(await scene.sign_in(user))
    )
    async with calling(app, headers=headers) as client:
        answer = await client.get(f"/v1/reports/{report}", params=parameters)
    return answer.status_code, answer.json()


async def ask_csv(app: FastAPI, scene: Scene, report: str, **parameters: str) -> list[list[str]]:
    headers = {"Authorization": f"Bearer {scene.key.secret}", "Accept": "text/csv"}
    async with calling(app, headers=headers) as client:
        answer = await client.get(f"/v1/reports/{report}", params=parameters)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.text)))


async def journey(scene: Scene, link: str, agent: User, *steps: str, **more: Any) -> None:
    """The link's steps, ten seconds apart; `link.created` comes first."""
    for step in ("link.created", *steps):
        kind, _, code = step.partition(" ")
        data: dict[str, Any] = {}
        if kind == "checkout.joined":
            data = {"device": more.get("device", "mobile"), "locale": more.get("locale", "en")}
        elif kind.startswith("message."):
            data = {"message": f"msg_{link}"}
        elif kind in {"payment.paid", "payment.partially_paid", "refund.succeeded"}:
            data = {"amount": int(code), "currency": more.get("currency", "GBP")}
        elif code:
            data = {"code": code}
        await scene.happen(
            kind, link=link, agent=agent.id, channel=more.get("channel", "sms"), data=data
        )
        scene.clock.advance(seconds=10)


SENT = ("message.queued", "message.sent", "message.delivered")
OPENED = ("checkout.joined", "link.opened")
PAID = (*SENT, *OPENED, "checkout.card_entry_started", "checkout.submitted", "payment.paid 4999")


async def a_day(scene: Scene) -> None:
    scene.clock.set(MONDAY)
    await journey(scene, "lnk_1", scene.ann, *PAID)
    await journey(scene, "lnk_2", scene.ann, *SENT, *OPENED, device="desktop", locale="fa")
    await journey(scene, "lnk_3", scene.bob, "message.queued", "message.failed", channel="email")
    await journey(
        scene,
        "lnk_4",
        scene.bob,
        *SENT,
        "message.read",
        *OPENED,
        "checkout.submitted",
        "payment.declined insufficient_funds",
        "checkout.submitted",
        "payment.partially_paid 1000",
        "payment.paid 500",
        "refund.succeeded 300",
        channel="whatsapp",
    )
    await scene.happen("link.created", link="lnk_r", merchant=scene.rival, agent=scene.rob.id)


ON_MONDAY = {"from": "2026-10-26", "to": "2026-10-26", "timezone": "UTC"}


async def test_the_funnel_says_how_far_customers_came(app: FastAPI, scene: Scene) -> None:
    await a_day(scene)
    status, answer = await ask(app, scene, "funnel", **ON_MONDAY)
    assert status == 200
    assert answer["data"] == []
    totals = answer["totals"]
    steps = ("created", "delivered", "opened", "card_entry", "submitted", "paid")
    assert [totals[step] for step in steps] == [4, 3, 3, 2, 2, 2]
    assert totals["conversion"] == 0.5
    assert totals["seconds_to_opened"] == 20


@pytest.mark.parametrize(
    ("group_by", "rows"),
    [
        ("day", [("2026-10-26", 4, 2)]),
        ("channel", [("sms", 2, 1), ("email", 1, 0), ("whatsapp", 1, 1)]),
        ("device", [("mobile", 2, 2), ("", 1, 0), ("desktop", 1, 0)]),
        ("language", [("en", 2, 2), ("", 1, 0), ("fa", 1, 0)]),
    ],
)
async def test_the_funnel_is_told_by_group(
    app: FastAPI, scene: Scene, group_by: str, rows: list[tuple[str, int, int]]
) -> None:
    await a_day(scene)
    _, answer = await ask(app, scene, "funnel", group_by=group_by, **ON_MONDAY)
    found = [(row["group"], row["created"], row["paid"]) for row in answer["data"]]
    assert sorted(found) == sorted(rows)


async def test_agents_are_named_and_compared(app: FastAPI, scene: Scene) -> None:
    await a_day(scene)
    status, answer = await ask(app, scene, "agents", **ON_MONDAY)
    assert status == 200
    rows = {answer["names"][row["agent"]]: row for row in answer["data"]}
    assert set(rows) == {"Ann", "Bob"}
    assert (rows["Ann"]["links"], rows["Ann"]["links_paid"]) == (2, 1)
    assert rows["Ann"]["amount_paid_GBP"] == 4999
    assert (rows["Bob"]["declined"], rows["Bob"]["amount_paid_GBP"]) == (1, 1500)
    assert answer["totals"]["amount_paid_GBP"] == 6499


async def test_channels_tell_what_became_of_messages_and_how_soon_people_answered(
    app: FastAPI, scene: Scene
) -> None:
    await a_day(scene)
    talk = {"conversation": "cnv_1", "channel": "sms"}
    await scene.happen("message.received", actor="customer", data={"message": "msg_q"}, **talk)
    scene.clock.advance(seconds=7)
    await scene.happen("message.received", actor="customer", data={"message": "msg_r"}, **talk)
    scene.clock.advance(seconds=13)
    robot = {"actor": "key:key_bot", "data": {"message": "msg_s"}}
    await scene.happen("message.queued", **robot, **talk)
    person = {"actor": f"user:{scene.ann.id}", "data": {"message": "msg_t"}}
    await scene.happen("message.queued", **person, **talk)
    _, answer = await ask(app, scene, "channels", **ON_MONDAY)
    rows = {row["channel"]: row for row in answer["data"]}
    assert (rows["sms"]["queued"], rows["sms"]["sent"], rows["sms"]["received"]) == (4, 2, 2)
    assert (rows["sms"]["answers"], rows["sms"]["seconds_to_answer"]) == (1, 20)
    assert (rows["email"]["failed"], rows["email"]["delivery_rate"]) == (1, None)
    assert (rows["whatsapp"]["read"], rows["whatsapp"]["delivery_rate"]) == (1, 1.0)


async def test_payments_add_up_by_day_currency_and_reason(app: FastAPI, scene: Scene) -> None:
    await a_day(scene)
    await journey(scene, "lnk_5", scene.ann, "payment.paid 700", currency="JPY")
    _, by_day = await ask(app, scene, "payments", **ON_MONDAY)
    [row] = by_day["data"]
    assert (row["group"], row["paid"], row["declined"]) == ("2026-10-26", 4, 1)
    assert (row["amount_paid_GBP"], row["amount_paid_JPY"]) == (6499, 700)
    assert (row["amount_refunded_GBP"], row["decline_rate"]) == (300, 0.2)
    _, by_currency = await ask(app, scene, "payments", group_by="currency", **ON_MONDAY)
    assert {row["group"]: row["paid"] for row in by_currency["data"]} == {"GBP": 3, "JPY": 1}
    _, by_reason = await ask(app, scene, "payments", group_by="reason", **ON_MONDAY)
    assert [(row["group"], row["declined"]) for row in by_reason["data"]] == [
        ("insufficient_funds", 1)
    ]
    # What reasons say nothing of is not told as nothing.
    assert by_reason["columns"] == ["group", "declined", "share_of_declines"]


@pytest.mark.parametrize("report", REPORTS)
async def test_csv_is_exactly_what_json_shows(app: FastAPI, scene: Scene, report: str) -> None:
    await a_day(scene)
    grouped = {"group_by": "day"} if report in {"funnel", "payments"} else {}
    _, answer = await ask(app, scene, report, **grouped, **ON_MONDAY)
    [header, *lines] = await ask_csv(app, scene, report, **grouped, **ON_MONDAY)
    assert header == answer["columns"]
    shown = [*answer["data"], answer["totals"]]
    cells = [["" if v is None else str(v) for v in row.values()] for row in shown]
    assert lines == cells


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kolkata"])
async def test_on_a_day_with_a_clock_change_the_numbers_are_those_of_the_journal(
    app: FastAPI, scene: Scene, zone: str
) -> None:
    scene.clock.set(datetime(2026, 10, 24, 20, tzinfo=UTC))
    for n in range(40):
        await scene.happen(
            "payment.paid", link=f"lnk_{n}", data={"amount": 100 + n, "currency": "GBP"}
        )
        scene.clock.advance(minutes=61)
    _, report = await ask(
        app, scene, "payments", **{"from": "2026-10-24", "to": "2026-10-26", "timezone": zone}
    )
    headers = {"Authorization": f"Bearer {scene.key.secret}"}
    async with calling(app, headers=headers) as client:
        events = await client.get("/v1/events", params={"types": "payment.paid", "limit": 200})
    days: dict[str, int] = {}
    for event in events.json()["data"]:
        day = datetime.fromisoformat(event["occurred_at"]).astimezone(ZoneInfo(zone)).date()
        days[day.isoformat()] = days.get(day.isoformat(), 0) + event["data"]["amount"]
    assert {row["group"]: row["amount_paid_GBP"] for row in report["data"]} == days
    assert report["totals"]["amount_paid_GBP"] == sum(range(100, 140))


async def test_another_merchants_work_is_in_nobodys_numbers(app: FastAPI, scene: Scene) -> None:
    await a_day(scene)
    _, answer = await ask(app, scene, "funnel", group_by="agent", **ON_MONDAY)
    assert scene.rob.id not in {row["group"] for row in answer["data"]}
    assert answer["totals"]["created"] == 4


@pytest.mark.parametrize("report", REPORTS)
async def test_an_agent_reads_no_reports_and_a_supervisor_does(
    app: FastAPI, scene: Scene, report: str
) -> None:
    status, problem = await ask(app, scene, report, scene.ann)
    assert (status, problem["code"]) == (403, "not_allowed")
    status, answer = await ask(app, scene, report, scene.sue)
    assert (status, answer["report"]) == (200, report)


@pytest.mark.parametrize(
    "wrong",
    [{"timezone": "Nowhere"}, {"from": "2026-13-01"}, {"group_by": "moon"}, {"from": "2020-01-01"}],
)
async def test_what_cannot_be_reported_is_a_clear_error(
    app: FastAPI, scene: Scene, wrong: dict[str, str]
) -> None:
    status, _ = await ask(app, scene, "funnel", **wrong)
    assert status == 422


async def test_a_merchant_without_any_history_has_empty_reports(app: FastAPI, scene: Scene) -> None:
    for report in REPORTS:
        status, answer = await ask(app, scene, report, **{"from": "2020-01-01", "to": "2020-01-02"})
        assert (status, answer["data"]) == (200, [])
