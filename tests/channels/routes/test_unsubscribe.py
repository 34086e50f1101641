"""`/u/{token}`: a GET asks, a POST stops, and neither needs a cookie."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI

from tests.channels.conftest import Desk
from tests.channels.test_unsubscribing import sent_mail
from tests.support.doors import calling


@pytest.fixture
async def outside(doors: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """Whoever has the mail, without any key."""
    async with calling(doors) as client:
        yield client


async def test_looking_changes_nothing_and_the_button_stops(
    outside: httpx2.AsyncClient, desk: Desk
) -> None:
    token = await sent_mail(desk)
    asked = await outside.get(f"/u/{token}")
    assert asked.status_code == 200
    assert "Stop emails from Acme Travel?" in asked.text
    assert "default-src 'none'" in asked.headers["content-security-policy"]
    assert asked.headers["cache-control"] == "no-store"
    assert await desk.events("consent.changed") == []
    clicked = await outside.post(f"/u/{token}", data={"List-Unsubscribe": "One-Click"})
    assert clicked.status_code == 200
    assert "will not email you any more" in clicked.text
    assert len(await desk.events("consent.changed")) == 1
    assert (await outside.post(f"/u/{token}")).status_code == 200


async def test_every_wrong_address_is_not_found_alike(
    outside: httpx2.AsyncClient, desk: Desk
) -> None:
    token = await sent_mail(desk)
    wrong = [f"{token}0", token[:-1], "dlv_01k9aaaaaaaaaaaaaaaaaaaaaa.0", "x"]
    answers = [
        await outside.request(method, f"/u/{one}") for one in wrong for method in ("GET", "POST")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
