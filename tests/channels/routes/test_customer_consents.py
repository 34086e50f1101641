"""`/v1/customers/{id}/consents`: what an agent was told, kept with who, when and how."""

import httpx2
import pytest

from tests.channels.conftest import PHONE, Desk
from tests.channels.test_inbound import write


async def test_consent_is_noted_and_shown(api: httpx2.AsyncClient, desk: Desk) -> None:
    sam = await desk.customer(phone=PHONE)
    url = f"/v1/customers/{sam.id}/consents"
    stopped = await api.post(url, json={"channel": "sms", "state": "stopped"})
    assert stopped.status_code == 200, stopped.text
    [consent] = stopped.json()["consents"]
    assert consent["changed_by"].startswith("key:")
    assert {**consent, "changed_by": None} == {
        "channel": "sms",
        "address": PHONE,
        "state": "stopped",
        "changed_at": "2026-11-22T13:24:05.123Z",
        "how": "agent",
        "changed_by": None,
        "said_on": "sms",
    }
    granted = await api.post(url, json={"channel": "sms", "state": "granted"})
    assert [one["state"] for one in granted.json()["consents"]] == ["granted"]
    assert (await api.get(f"/v1/customers/{sam.id}")).json() == granted.json()


async def test_a_stop_that_was_written_is_shown_where_it_reaches(
    api: httpx2.AsyncClient, desk: Desk
) -> None:
    await write(desk, "STOP")
    found = (await api.get("/v1/customers/lookup", params={"phone": PHONE})).json()
    assert [
        (one["channel"], one["state"], one["how"], one["said_on"], one["changed_by"])
        for one in found["customer"]["consents"]
    ] == [
        ("sms", "stopped", "message", "sms", "customer"),
        ("whatsapp", "stopped", "message", "sms", "customer"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"channel": "sms"},
        {"channel": "sms", "state": "unknown"},
        {"channel": "pigeon", "state": "granted"},
        {"channel": "email", "state": "granted"},
        {"channel": "sms", "state": True},
        {"channel": "sms", "state": "granted", "how": "form"},
    ],
)
async def test_bad_bodies_note_nothing(
    api: httpx2.AsyncClient, desk: Desk, body: dict[str, object]
) -> None:
    sam = await desk.customer(phone=PHONE)
    response = await api.post(f"/v1/customers/{sam.id}/consents", json=body)
    assert response.status_code == 422
    assert await desk.events("consent.changed") == []
