"""Whom to tell of a weakness, as RFC 9116 has it. Covers app.http.security_txt."""

from dataclasses import replace
from datetime import datetime, timedelta

import httpx2
import pytest
from pydantic import ValidationError

from app.application import create_app
from app.http.security_txt import PATH, lines
from app.settings import Settings
from tests.app.conftest import Running
from tests.support.clock import SettableClock


def test_a_contact_is_told_with_an_end_within_a_year(clock: SettableClock) -> None:
    text = lines("mailto:security@acme.example", now=clock(), base_url="https://pay.acme.example")
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    ends = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=90) < ends - clock() < timedelta(days=365)
    assert "mailto:security@acme.example" == fields["Contact"]
    assert f"https://pay.acme.example{PATH}" == fields["Canonical"]
    assert "Canonical" not in lines("https://a.example", now=clock(), base_url="http://127.0.0.1")


async def test_the_file_is_there_once_there_is_a_contact(
    client: httpx2.AsyncClient, running_service: Running
) -> None:
    contact = {"security_contact": "https://acme.example/security"}
    settings = running_service.house.settings.model_copy(update=contact)
    app = create_app(replace(running_service.house, settings=settings))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url=running_service.url) as told:
        answer = await told.get(PATH)
    assert 404 == (await client.get(PATH)).status_code
    assert (200, "text/plain; charset=utf-8") == (
        answer.status_code,
        answer.headers["content-type"],
    )
    assert answer.text.startswith("Contact: https://acme.example/security\nExpires: ")


@pytest.mark.parametrize(
    "contact",
    ["security@acme.example", "http://acme.example", "mailto:a@b\nContact: c", "javascript:1", ""],
)
def test_what_is_no_contact_is_refused(contact: str) -> None:
    with pytest.raises(ValidationError):
        Settings(_env_file=None, master_key="cd" * 32, security_contact=contact)
