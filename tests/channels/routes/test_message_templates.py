"""`/v1/message-templates`: read by all who send, written by admins, for one's own merchant."""

import httpx2
from fastapi import FastAPI

from compliance.roles import Role
from compliance.routes.gate import caller
from tests.channels.conftest import Desk
from tests.support.doors import calling
from tests.support.people import person

ADDRESS = "/v1/message-templates/payment_link/sms/en"


async def test_words_are_put_listed_and_taken_away(api: httpx2.AsyncClient) -> None:
    put = await api.put(ADDRESS, json={"text": "Pay {amount}: {url}"})
    assert put.status_code == 200, put.text
    listed = (await api.get("/v1/message-templates")).json()
    assert [one["text"] for one in listed["data"]] == ["Pay {amount}: {url}"]
    assert listed["placeholders"] == ["merchant", "amount", "description", "agent", "url"]
    assert (await api.delete(ADDRESS)).status_code == 204
    assert (await api.delete(ADDRESS)).status_code == 404
    assert (await api.get("/v1/message-templates")).json()["data"] == []


async def test_what_could_not_be_sent_is_refused(api: httpx2.AsyncClient) -> None:
    answer = await api.put(ADDRESS, json={"text": "Pay {amount} somehow"})
    assert answer.status_code == 422
    assert (await api.put(ADDRESS, json={"text": "{url}", "html": "<b>"})).status_code == 422


async def test_an_agent_reads_them_and_does_not_write_them(doors: FastAPI, desk: Desk) -> None:
    doors.dependency_overrides[caller] = lambda: person(desk.merchant.id, Role.AGENT)
    async with calling(doors) as agent:
        assert (await agent.get("/v1/message-templates")).status_code == 200
        assert (await agent.put(ADDRESS, json={"text": "{url}"})).status_code == 403
        assert (await agent.delete(ADDRESS)).status_code == 403
