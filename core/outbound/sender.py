"""Makes one call: one POST (or GET), to an address that was checked, with a bound on everything.

The URL's host goes into the Host header and the TLS handshake, while the connection goes to the address: whatever the
name stands for a moment later does not matter. Redirects are not followed; no proxy of the environment is used.
"""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import httpx2

from core.errors import InvalidField
from core.outbound import problems
from core.outbound.destinations import Destinations, Target
from core.outbound.problems import Unreachable

ANSWER_BYTES_MAX: Final = 4096
# In all: looking the name up, connecting, sending, and the answer's status and headers.
DEADLINE_SECONDS: Final = 15
_CONNECT_SECONDS: Final = 5
# The status is the answer. What follows is for the log, and a receiver that dribbles it holds us up no longer.
BODY_SECONDS: Final = 2
# Which of the answer's headers the log keeps.
_KEPT_HEADERS: Final = (
    "content-type",
    "content-length",
    "date",
    "location",
    "retry-after",
    "server",
    "x-request-id",
)
_HEADER_LENGTH_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status with the start of the body, or the problem why there is none.

    `asked` is False when certainly nobody was sent anything.
    """

    status: int | None = None
    problem: str | None = None
    asked: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def accepted(self) -> bool:
        """Whether the receiver has it: any 2xx."""
        return self.problem is None


class Sender:
    """One for all far ends. Connections are not kept: each belongs to a name that was checked for this try."""

    def __init__(
        self,
        destinations: Destinations,
        *,
        tls: ssl.SSLContext | None = None,
        deadline_seconds: int = DEADLINE_SECONDS,
        answer_bytes_max: int = ANSWER_BYTES_MAX,
        body_seconds: int = BODY_SECONDS,
    ) -> None:
        self.destinations = destinations
        self._deadline_seconds = deadline_seconds
        self._answer_bytes_max = answer_bytes_max
        self._body_seconds = body_seconds
        self._client = httpx2.AsyncClient(
            verify=tls or httpx2.create_ssl_context(),
            timeout=httpx2.Timeout(deadline_seconds, connect=_CONNECT_SECONDS),
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
            follow_redirects=False,
            trust_env=False,
        )

    async def close(self) -> None:
        """Lets go of what is open. The sender may not be used afterwards."""
        await self._client.aclose()

    async def send(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes = b"",
        method: Literal["GET", "POST"] = "POST",
    ) -> Answer:
        """One try. Whatever goes wrong is an answer with a problem."""
        try:
            async with asyncio.timeout(self._deadline_seconds) as deadline:
                target = self.destinations.target(url)
                call = _Call(method, target, headers, body)
                return await self._to_first_that_connects(call, deadline)
        except TimeoutError:
            return Answer(problem=problems.TIMEOUT)
        except InvalidField:
            return Answer(problem=problems.URL_REFUSED, asked=False)
        except Unreachable as error:
            return Answer(problem=error.problem, asked=False)

    async def _to_first_that_connects(self, call: "_Call", deadline: asyncio.Timeout) -> Answer:
        problem = problems.CONNECTION_FAILED
        for address in await self.destinations.addresses(call.target):
            try:
                return await self._ask(call, address, deadline)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                # Nothing was sent yet, so the name's next address may have it.
                problem = _problem_of(error)
            except httpx2.TransportError as error:
                return Answer(problem=_problem_of(error))
        return Answer(problem=problem, asked=False)

    async def _ask(self, call: "_Call", address: str, deadline: asyncio.Timeout) -> Answer:
        target = call.target
        async with self._client.stream(
            call.method,
            httpx2.URL(target.url).copy_with(host=address, port=target.port),
            content=call.body,
            headers={
                "user-agent": "Paythread-Webhooks/1",
                "accept": "*/*",
                "accept-encoding": "identity",
                "connection": "close",
                "content-type": "application/json",
                **call.headers,
                "host": target.authority,
            },
            extensions={"sni_hostname": target.host},
        ) as response:
            deadline.reschedule(None)  # the status is there; the body has a time of its own
            return Answer(
                status=response.status_code,
                problem=_problem_of_status(response.status_code),
                headers=_kept(response.headers),
                body=await self._start_of(response),
            )

    async def _start_of(self, response: httpx2.Response) -> bytes:
        """The first few bytes of the body; what does not come in time is not waited for."""
        found = b""
        try:
            async with asyncio.timeout(self._body_seconds):
                async for chunk in response.aiter_raw():
                    found += chunk
                    if len(found) >= self._answer_bytes_max:
                        break
        except (TimeoutError, httpx2.TransportError):
            pass
        return found[: self._answer_bytes_max]


@dataclass(frozen=True, slots=True, repr=False)
class _Call:
    method: str
    target: Target
    headers: Mapping[str, str]
    body: bytes


def _problem_of_status(status: int) -> str | None:
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return problems.REDIRECTED
    return problems.GONE if status == 410 else problems.STATUS


def _problem_of(error: httpx2.TransportError) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return problems.TLS_FAILED
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx2.TimeoutException):
        return problems.TIMEOUT
    if isinstance(error, httpx2.ProtocolError):
        return problems.NO_HTTP
    return problems.CONNECTION_FAILED


def _kept(headers: httpx2.Headers) -> dict[str, str]:
    return {name: headers[name][:_HEADER_LENGTH_MAX] for name in _KEPT_HEADERS if name in headers}
