"""The doors for webhooks out, called with an API key."""

from dataclasses import dataclass
from typing import Any

import httpx2

from compliance.api_keys import create_key
from tests.agent_feed.webhooks.stand import Stand

PATH = "/v1/webhook-endpoints"
URL = "https://hooks.example.com/in"


@dataclass
class Api:
    client: httpx2.AsyncClient
    stand: Stand
    headers: dict[str, str]

    async def call(self, method: str, path: str = "", **options: Any) -> httpx2.Response:
        headers = {**self.headers, **options.pop("headers", {})}
        return await self.client.request(method, f"{PATH}{path}", headers=headers, **options)

    async def create(self, **body: Any) -> Any:
        given = {"url": URL, "events": ["link.*"], **body}
        answer = await self.call("POST", json=given)
        assert 201 == answer.status_code, answer.text
        return answer.json()


async def key_of(stand: Stand, merchant: str) -> dict[str, str]:
    async with stand.database.transaction() as session:
        key = await create_key(
            session, merchant=merchant, name="CRM", actor="system", now=stand.clock()
        )
    return {"Authorization": f"Bearer {key.secret}"}
