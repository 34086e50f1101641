"""Calls to Mollie by its own SDK, each made once and bounded in time; what Mollie answered comes back as plain JSON.

CallFailed
  ├─ NotSent     no connection came about: the request certainly never left us
  ├─ NoAnswer    silence, a cut line, a fault of Mollie's or an answer that cannot be read: it may have been done
  └─ TurnedDown  Mollie read the request and did not do it (4xx)

Nothing is repeated here: after a second try, a refused connection would no longer prove that nothing left. The answer
is read from the wire, because the SDK's models leave out what a payment embeds.
https://docs.mollie.com/reference/handling-errors, https://docs.mollie.com/reference/api-idempotency
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

from core.errors import PaythreadError
from core.strict_json import parse
from payments.gateways.mollie_words import Json, dig

if TYPE_CHECKING:
    import httpx

API_BASE: Final = "https://api.mollie.com"

_PAGE: Final = 250
_PAGES_MAX: Final = 40
_EMBED: Final = "refunds,chargebacks,captures"
# Answers after which nobody can know: 409 is another request under the same key, still on its way.
_SAYS_NOTHING: Final = frozenset({408, 409, 425})
# Turned away at the door, before the order was read: the key, the permission, the address, the rate.
AT_THE_DOOR: Final = frozenset({401, 403, 404, 429})

_answer: ContextVar[bytes] = ContextVar("mollie_answer", default=b"")


class CallFailed(Exception):
    """A call without a result. `why` is for the log, and repeats nothing that was sent."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotSent(CallFailed):
    """No connection came about."""


class NoAnswer(CallFailed):
    """It may have been done."""


class TurnedDown(CallFailed):
    """It was not done. `status` is HTTP's; `detail` Mollie's own sentence for people."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.detail = detail


class _NoLog:
    """The SDK writes requests, keys included, to a logger that an environment variable can switch on. Not here."""

    def debug(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Writes nothing."""


class MollieCalls:
    """One account's calls. `api_key` begins with `test_` or `live_`; only `organization_token` may read the books."""

    def __init__(
        self,
        api_key: str,
        *,
        organization_token: str | None,
        api_base: str,
        call_seconds_max: int,
        whole_seconds_max: int,
    ) -> None:
        import httpx
        import mollie

        self._httpx = httpx
        self._models = mollie.models
        self._whole_seconds_max = whole_seconds_max
        self._is_test = api_key.startswith("test_")
        self._http = httpx.AsyncClient(
            follow_redirects=False, timeout=call_seconds_max, event_hooks={"response": [_keep]}
        )
        self._sync_http = httpx.Client()

        def client(**keys: str) -> mollie.ClientSDK:
            return mollie.ClientSDK(
                security=mollie.models.Security(**keys),
                server_url=api_base,
                client=self._sync_http,
                async_client=self._http,
                retry_config=None,
                timeout_ms=call_seconds_max * 1000,
                debug_logger=_NoLog(),
            )

        self._sdk = client(api_key=api_key)
        self._by_token = organization_token is not None
        self._books = (
            client(advanced_access_token=organization_token) if organization_token else self._sdk
        )

    @asynccontextmanager
    async def bounded(self) -> AsyncIterator[None]:
        """Several calls in one limit of time. Raises `NoAnswer` when it is over."""
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                yield
        except TimeoutError:
            raise NoAnswer("TimeoutError") from None

    async def create_payment(self, wish: Mapping[str, Any], *, key: str) -> Json:
        """`POST /v2/payments`."""
        return await self._call(
            lambda: self._sdk.payments.create_async(
                payment_request=_dict(wish), idempotency_key=key
            )
        )

    async def payment(self, reference: str) -> Json:
        """`GET /v2/payments/{id}` with its refunds, chargebacks and captures."""
        return await self._call(
            lambda: self._sdk.payments.get_async(payment_id=reference, embed=_EMBED)
        )

    def payments(self) -> AsyncIterator[Json]:
        """`GET /v2/payments`, newest first, to the end or as far as is bearable. Raises `NoAnswer` after that."""
        return self._pages(lambda: self._sdk.payments.list_async(limit=_PAGE), "payments")

    async def cancel_payment(self, reference: str) -> Json:
        """`DELETE /v2/payments/{id}`."""
        return await self._call(lambda: self._sdk.payments.cancel_async(payment_id=reference))

    async def release(self, reference: str) -> None:
        """`POST /v2/payments/{id}/release-authorization`: lets go of what is held and not captured."""
        await self._made(
            lambda: self._sdk.payments.release_authorization_async(payment_id=reference)
        )

    async def create_capture(self, reference: str, wish: Mapping[str, Any], *, key: str) -> Json:
        """`POST /v2/payments/{id}/captures`."""
        return await self._call(
            lambda: self._sdk.captures.create_async(
                payment_id=reference, entity_capture=_dict(wish), idempotency_key=key
            )
        )

    def captures(self, reference: str) -> AsyncIterator[Json]:
        """`GET /v2/payments/{id}/captures`."""
        return self._pages(
            lambda: self._sdk.captures.list_async(payment_id=reference, limit=_PAGE), "captures"
        )

    async def create_refund(self, reference: str, wish: Mapping[str, Any], *, key: str) -> Json:
        """`POST /v2/payments/{id}/refunds`."""
        return await self._call(
            lambda: self._sdk.refunds.create_async(
                payment_id=reference, refund_request=_dict(wish), idempotency_key=key
            )
        )

    def refunds(self, reference: str) -> AsyncIterator[Json]:
        """`GET /v2/payments/{id}/refunds`."""
        return self._pages(
            lambda: self._sdk.refunds.list_async(payment_id=reference, limit=_PAGE), "refunds"
        )

    def books(self) -> AsyncIterator[Json]:
        """`GET /v2/balances/primary/transactions`, newest first."""
        testmode = self._is_test if self._by_token else None
        return self._pages(
            lambda: self._books.balances.list_transactions_async(
                balance_id="primary", limit=_PAGE, testmode=testmode
            ),
            "balance_transactions",
        )

    async def close(self) -> None:
        """Lets go of connections."""
        await self._http.aclose()
        self._sync_http.close()

    async def _pages(self, first: Callable[[], Awaitable[Any]], name: str) -> AsyncIterator[Json]:
        """Every object of a list, page after page."""
        ask: Callable[[], Awaitable[Any]] = first
        for _ in range(_PAGES_MAX):
            page = await self._made(ask)
            if page is None:
                return
            found = dig(_read(), "_embedded").get(name)
            for each in found if isinstance(found, list) else []:
                if isinstance(each, Mapping):
                    yield each
            ask = page.next
        raise NoAnswer("more pages than are bearable")

    async def _call(self, make: Callable[[], Awaitable[Any]]) -> Json:
        await self._made(make)
        return _read()

    async def _made(self, make: Callable[[], Awaitable[Any]]) -> Any:
        """One call, with its failure told as one of ours."""
        httpx = self._httpx
        _answer.set(b"")
        try:
            return await make()
        except self._models.ClientError as error:
            raise _refusal(error.status_code) from None
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NotSent(type(error).__name__) from None
        except (httpx.HTTPError, self._models.NoResponseError, ValueError) as error:
            raise NoAnswer(type(error).__name__) from None


def _refusal(status: int) -> CallFailed:
    if not 400 <= status < 500 or status in _SAYS_NOTHING:
        return NoAnswer(f"status {status}")
    try:
        detail = _read().get("detail")
    except NoAnswer:
        detail = None
    return TurnedDown(status, detail if isinstance(detail, str) else "")


async def _keep(response: "httpx.Response") -> None:
    _answer.set(await response.aread())


def _read() -> Json:
    """The answer to this task's last call."""
    try:
        found = parse(_answer.get())
    except PaythreadError:
        raise NoAnswer("the answer is no JSON") from None
    if not isinstance(found, dict):
        raise NoAnswer("the answer is no object")
    return found


def _dict(wish: Mapping[str, Any]) -> Any:
    return dict(wish)
