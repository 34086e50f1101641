"""Signed HTTP calls from the carrier to the merchant, as Twilio makes its webhooks."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

import httpx2

from channels.simulator.networks.sms.signature import HEADER, signature
from channels.simulator.networks.sms.twiml import ANSWER_BYTES_MAX

TIMEOUT_SECONDS = 10

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    content_type: str
    body: bytes


class Calls:
    """Makes the calls; open for as long as the process runs."""

    def __init__(self, auth_token: str) -> None:
        self._auth_token = auth_token
        # No proxy from the environment: the merchant is reached as its URL says.
        self.client = self._client = httpx2.AsyncClient(
            timeout=TIMEOUT_SECONDS, trust_env=False, follow_redirects=False
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def post_json(
        self, url: str, body: bytes, headers: Mapping[str, str], *, about: str
    ) -> bool:
        """Whether a POST that its network signed itself was a success."""
        sent = {"Content-Type": "application/json", **headers}
        try:
            async with self._client.stream("POST", url, content=body, headers=sent) as response:
                if response.is_success:
                    return True
                log.warning("call.refused about=%s status=%s", about, response.status_code)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            log.warning("call.failed about=%s error=%s", about, type(error).__name__)
        return False

    async def post(self, url: str, params: Mapping[str, str], *, about: str) -> Answer | None:
        """The answer to a signed form POST, or None if it was not a success. `about` names it in the log."""
        headers = {
            HEADER: signature(self._auth_token, url, params),
            "User-Agent": "TwilioProxy/1.1",
        }
        try:
            async with self._client.stream(
                "POST", url, data=dict(params), headers=headers
            ) as response:
                body = b""
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > ANSWER_BYTES_MAX:
                        break
                if response.is_success:
                    return Answer(response.headers.get("content-type", ""), body)
                log.warning("call.refused about=%s status=%s", about, response.status_code)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            log.warning("call.failed about=%s error=%s", about, type(error).__name__)
        return None
