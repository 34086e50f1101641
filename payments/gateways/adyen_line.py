"""The line to Adyen: the official SDK over a transport of our own, in threads, bounded in time.

The SDK is synchronous, has its hosts built in and chooses its HTTP library by what is installed. It does hold its HTTP
client in an attribute, though, and asks nothing of it but one method: `Transport` stands there. It changes the host
where an operator says so (a simulated far end), and it knows whether a request left at all, which is the difference
between "try another PSP" and "the bank may have said yes".
https://github.com/Adyen/adyen-python-api-library
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

import httpx2

API_VERSION: Final = 71
_CALL_SECONDS_MAX: Final = 12
_WHOLE_SECONDS_MAX: Final = 15
_CONNECT_SECONDS_MAX: Final = 5
_AT_ONCE: Final = 8
_BODY_BYTES_MAX: Final = 1_048_576
# The same key is still being worked on, or was: https://docs.adyen.com/development-resources/api-idempotency
_IN_PROGRESS: Final = "704"
# Read, and refused before anything was done.
_READ_AND_REFUSED: Final = frozenset({400, 401, 403, 404, 405, 413, 415, 422, 429})
_ACCOUNT_REFUSED: Final = frozenset({401, 403, 429})


@dataclass(frozen=True, slots=True)
class Answered:
    """Adyen's answer."""

    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Adyen refused the request itself; nothing was done. `account`: for our account's sake, not for what was asked."""

    status: int
    code: str
    account: bool = False


@dataclass(frozen=True, slots=True)
class Unsent:
    """It certainly never left us."""

    why: str


@dataclass(frozen=True, slots=True)
class Silent:
    """No answer, or one that says nothing. It may have been done."""

    why: str


Reply = Answered | TurnedAway | Unsent | Silent


class _NeverLeft(Exception):
    """No connection came about."""


class Transport:
    """What the SDK calls its HTTP client."""

    user_agent = "paythread adyen-python-api-library"

    def __init__(self, api_base: str | None, call_seconds_max: int) -> None:
        self._base = urlsplit(api_base) if api_base else None
        self._client = httpx2.Client(
            timeout=httpx2.Timeout(
                call_seconds_max, connect=min(_CONNECT_SECONDS_MAX, call_seconds_max)
            ),
            follow_redirects=False,
            # A proxy of the environment is for the way out, not for a far end that we were pointed at.
            trust_env=api_base is None,
        )

    def request(
        self,
        method: str,
        url: str,
        json: Any = None,
        xapikey: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> tuple[str, Any, int, Mapping[str, str]]:
        """As the SDK calls it: answers the body, the request, the status and the headers."""
        sent = {**(headers or {}), "X-API-Key": xapikey}
        try:
            answer = self._client.request(method, self._moved(url), json=json, headers=sent)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise _NeverLeft(type(error).__name__) from None
        if len(answer.content) > _BODY_BYTES_MAX:
            raise ValueError("the answer is too long")
        return answer.text, None, answer.status_code, answer.headers

    def close(self) -> None:
        self._client.close()

    def _moved(self, url: str) -> str:
        if self._base is None:
            return url
        parts = urlsplit(url)
        path = self._base.path.rstrip("/") + parts.path
        return urlunsplit(
            parts._replace(scheme=self._base.scheme, netloc=self._base.netloc, path=path)
        )


class Line:
    """One account's line. `payments` and `modifications` are the SDK's own services."""

    def __init__(
        self,
        *,
        api_key: str,
        environment: str,
        live_prefix: str | None,
        api_base: str | None,
        call_seconds_max: int = _CALL_SECONDS_MAX,
        whole_seconds_max: int = _WHOLE_SECONDS_MAX,
    ) -> None:
        """`call_seconds_max` bounds each wait of one HTTP call, `whole_seconds_max` our patience with it."""
        import Adyen

        self._error = Adyen.AdyenError
        self._whole_seconds_max = whole_seconds_max
        self._transport = Transport(api_base, call_seconds_max)
        client = Adyen.AdyenClient(
            xapikey=api_key,
            platform=environment,
            live_endpoint_prefix=live_prefix,
            api_checkout_version=API_VERSION,
        )
        client.http_client = self._transport
        client.http_init = True
        checkout = Adyen.services.AdyenCheckoutApi(client=client)
        self.payments: Any = checkout.payments_api
        self.modifications: Any = checkout.modifications_api
        self._threads = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="adyen")

    async def send(
        self, call: Callable[..., Any], request: Mapping[str, Any], *path: str, key: str | None
    ) -> Reply:
        """Makes one call of the SDK under an idempotency key. Never raises.

        A call that still waits for a thread when our patience ends is taken back and is not made later.
        """
        made = partial(self._call, call, dict(request), *path, idempotency_key=key)
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                return await asyncio.get_running_loop().run_in_executor(self._threads, made)
        except TimeoutError:
            return Silent("TimeoutError")

    async def close(self) -> None:
        """Lets go of connections; what is under way ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._transport.close()

    def _call(self, call: Callable[..., Any], *args: Any, idempotency_key: str | None) -> Reply:
        try:
            message = call(*args, idempotency_key=idempotency_key).message
        except _NeverLeft as error:
            return Unsent(str(error))
        except self._error as error:
            return _refusal(error)
        except (
            httpx2.HTTPError,
            httpx2.InvalidURL,
            ValueError,
            AttributeError,
            TypeError,
        ) as error:
            # The last three are the SDK's answer to a body that is no JSON object. It may have been done.
            return Silent(type(error).__name__)
        return Answered(message) if isinstance(message, Mapping) else Silent("no object")


def _refusal(error: Any) -> Reply:
    """The SDK's error holds the request and the card's ciphertexts: nothing of it but numbers leaves here."""
    status, code = error.status_code, error.error_code
    name = code if isinstance(code, str) and len(code) <= 20 and code.isascii() else ""
    if type(status) is int and status in _READ_AND_REFUSED and name != _IN_PROGRESS:
        return TurnedAway(status, name or str(status), account=status in _ACCOUNT_REFUSED)
    return Silent(f"status {status}")
