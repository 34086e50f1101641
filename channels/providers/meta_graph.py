"""Calls to Meta's Graph API: one attempt each, and what its answer says of a message's fate.

https://developers.facebook.com/docs/graph-api/guides/error-handling. The API has no idempotency key, and what
was sent cannot be asked after, so an answer that was lost stays lost until a callback tells.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

import httpx2
from pydantic import Field, StringConstraints

from channels import problems
from channels.port import NotSent, Outcome, Refused, Uncertain
from channels.providers.config import ProviderConfig
from channels.providers.meta_codes import is_rate, leaves_open, problem_of
from channels.providers.retry_after import retry_after_seconds

API: Final = "https://graph.facebook.com"
VERSION: Final = "v23.0"

Secret = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
# Phone numbers' ids, pages' and Instagram accounts': numbers, and nothing that could turn a path.
NodeId = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,32}$")]


class GraphConfig(ProviderConfig):
    """What every account at Meta has.

    `previous_app_secret` is still believed in callbacks while a new one is being rolled out.
    """

    access_token: Secret = Field(repr=False)
    app_secret: Secret = Field(repr=False)
    previous_app_secret: Secret | None = Field(default=None, repr=False)
    verify_token: Secret = Field(repr=False)
    sender: Annotated[str, StringConstraints(min_length=1, max_length=254)] | None = Field(
        default=None, alias="from"
    )
    base_url: Annotated[str, StringConstraints(pattern=r"^https?://[^/?#@]+$")] = API
    api_version: Annotated[str, StringConstraints(pattern=r"^v[0-9]{1,3}\.[0-9]{1,2}$")] = VERSION
    timeout_seconds: int = Field(default=15, ge=1, le=25)

    @property
    def app_secrets(self) -> tuple[str, ...]:
        """The secrets that callbacks may be signed with, the present one first."""
        previous = self.previous_app_secret
        return (self.app_secret,) if previous is None else (self.app_secret, previous)


class Graph:
    """One access token's view of the Graph API."""

    def __init__(self, config: GraphConfig) -> None:
        self._config = config
        self._client = httpx2.AsyncClient(
            base_url=f"{config.base_url}/{config.api_version}",
            headers={"Authorization": f"Bearer {config.access_token}"},
            timeout=httpx2.Timeout(config.timeout_seconds, connect=min(5, config.timeout_seconds)),
            follow_redirects=False,
            trust_env=False,
        )

    async def post_message(
        self,
        node: str,
        payload: Mapping[str, Any],
        taken: Callable[[Mapping[str, Any]], Outcome],
    ) -> Outcome:
        """Gives a message to `/{node}/messages`, once. `taken` reads the answer of a success."""
        try:
            response = await self._client.post(f"/{node}/messages", json=dict(payload))
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout):
            return NotSent(problems.PROVIDER_UNREACHABLE)
        except httpx2.TransportError as error:
            return Uncertain(type(error).__name__)
        answer = _object(response)
        return taken(answer) if response.is_success else _refusal(response, answer)

    async def trouble(self, node: str, *, fields: str, what: str) -> str | None:
        """For `check`: what is wrong with the token or the node, in a sentence, or None."""
        try:
            response = await self._client.get(f"/{node}", params={"fields": fields})
        except httpx2.TransportError as error:
            return f"Meta cannot be reached at {self._config.base_url}: {type(error).__name__}."
        if response.status_code == 200:
            return None
        code, _ = _error_of(_object(response))
        if response.status_code == 401 or code == 190:
            return f"Meta does not accept the access token of this {what}."
        if response.status_code in {400, 403, 404}:
            return f"Meta does not know this {what}, or the access token may not use it."
        return f"Meta answers with status {response.status_code}."

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()


def _object(response: httpx2.Response) -> Mapping[str, Any]:
    try:
        answer = response.json()
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _error_of(answer: Mapping[str, Any]) -> tuple[Any, Any]:
    error = answer.get("error")
    return (
        (error.get("code"), error.get("error_subcode")) if isinstance(error, dict) else (None, None)
    )


def _refusal(response: httpx2.Response, answer: Mapping[str, Any]) -> Outcome:
    """What an answer that is no success means. The code counts for more than the status."""
    code, subcode = _error_of(answer)
    if response.status_code == 429 or is_rate(code):
        return NotSent(problems.RATE_LIMITED, retry_after_seconds(response.headers))
    if response.status_code >= 500 or response.status_code < 400 or leaves_open(code):
        return Uncertain(f"{response.status_code} {code}")
    detail = f"{response.status_code} {code} {subcode}"
    if response.status_code == 401 or code is None:
        return Refused(problems.CHANNEL_MISCONFIGURED, detail)
    return Refused(problem_of(code, subcode), detail)
