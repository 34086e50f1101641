"""How is Stripe called, and what is known when a call fails?

CallFailed
  ├─ CardRefused      the bank or Stripe said no; `error` says why
  ├─ RequestRefused   Stripe will not do this; `error` says why
  ├─ KeyTaken         the idempotency key belongs to another order, which is there or under way
  ├─ TurnedAway       no try was looked at: wrong key, no permission, too many requests
  ├─ Unsent           no try left us: no connection was made
  └─ Silent           no answer, or one that says nothing; it may have been done

A call is made at most twice, the second time under the same idempotency key. The SDK's own retries stay off: of
two failures it tells the last alone, and a refused connection says nothing about a first try that went through.
https://docs.stripe.com/api/errors, https://docs.stripe.com/api/idempotent_requests
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from payments.gateways.stripe_words import dig

if TYPE_CHECKING:
    import stripe

Json = dict[str, Any]
T = TypeVar("T")

API_BASE: Final = "https://api.stripe.com"
_PAUSE_MS: Final = 500
_PAGE: Final = 100


class CallFailed(Exception):
    """A call without the answer that was asked for. `why` is for the log; `error` is Stripe's, where it sent one."""

    def __init__(self, why: str, error: Mapping[str, Any] | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.error: Mapping[str, Any] = error or {}

    @property
    def code(self) -> str:
        """Stripe's word for it; where it has none, the parameter that it is about, or our own word."""
        code, param = self.error.get("code"), self.error.get("param")
        if isinstance(code, str):
            return code
        return f"invalid_{param}" if isinstance(param, str) else self.why


class CardRefused(CallFailed):
    """402: the answer to this order, and to every repetition of it."""


class RequestRefused(CallFailed):
    """400 or 404. `certain`: no earlier try of the same call may have been done."""

    def __init__(self, why: str, error: Mapping[str, Any], *, certain: bool) -> None:
        super().__init__(why, error)
        self.certain = certain


class KeyTaken(CallFailed):
    """400 `idempotency_error`, or 409 while the other order is `under_way`."""

    def __init__(self, why: str, error: Mapping[str, Any], *, under_way: bool) -> None:
        super().__init__(why, error)
        self.under_way = under_way


class TurnedAway(CallFailed):
    """401, 403 or 429, and no earlier try that may have been done."""


class Unsent(CallFailed):
    """No connection, on any try."""


class Silent(CallFailed):
    """Nothing is known."""


class StripeCalls:
    """One account at Stripe. Every call is bounded in time, with its second try."""

    def __init__(
        self,
        secret_key: str,
        api_base: str,
        *,
        call_seconds_max: int,
        whole_seconds_max: int,
        pause_ms: int = _PAUSE_MS,
    ) -> None:
        import stripe

        self._stripe = stripe
        self._pause_ms = pause_ms
        self._whole_seconds_max = whole_seconds_max
        self._http = stripe.HTTPXClient(timeout=call_seconds_max)
        self.v1 = stripe.StripeClient(
            secret_key,
            base_addresses={"api": api_base},
            http_client=self._http,
            max_network_retries=0,
        ).v1

    async def ask(self, call: "Callable[[], Awaitable[stripe.StripeObject]]") -> Json:
        """A call that changes nothing, or may be made twice without harm. Raises `CallFailed`."""
        return _plain(await self._tried(call))

    async def order(
        self,
        call: "Callable[[stripe.RequestOptions], Awaitable[stripe.StripeObject]]",
        *,
        key: str,
    ) -> Json:
        """A call that is done once, however often it is made with this key. Raises `CallFailed`."""
        return _plain(await self._tried(lambda: call({"idempotency_key": key})))

    async def every(
        self,
        call: "Callable[[Any], Awaitable[stripe.ListObject[Any]]]",
        params: Json,
        *,
        pages_max: int,
    ) -> list[Json]:
        """A list from its first page to its last, newest first. Raises `CallFailed`, also when it has more pages."""
        found: list[Json] = []
        asked = {**params, "limit": _PAGE}
        for _ in range(pages_max):
            page = _plain(await self._tried(partial(call, asked)))
            found += page["data"]
            if not page.get("has_more") or not page["data"]:
                return found
            asked = {**asked, "starting_after": page["data"][-1]["id"]}
        raise Silent("a list without an end")

    async def close(self) -> None:
        """Lets go of connections."""
        await self._http.close_async()  # type: ignore[no-untyped-call]

    async def _tried(self, call: Callable[[], Awaitable[T]]) -> T:
        in_doubt = False
        try:
            async with asyncio.timeout(self._whole_seconds_max):
                try:
                    return await call()
                except self._stripe.StripeError as error:
                    if not self._worth_another(error):
                        raise self._failure(error, in_doubt=False) from None
                    in_doubt = self._may_be_done(error)
                await asyncio.sleep(self._pause_ms / 1000)
                try:
                    return await call()
                except self._stripe.StripeError as error:
                    raise self._failure(error, in_doubt=in_doubt) from None
        except TimeoutError:
            raise Silent("no answer in time") from None

    def _worth_another(self, error: "stripe.StripeError") -> bool:
        if isinstance(error, self._stripe.APIConnectionError | self._stripe.RateLimitError):
            return True
        advice = error.headers.get("stripe-should-retry") if error.headers else None
        status = error.http_status or 0
        return advice != "false" and (advice == "true" or status == 409 or status >= 500)

    def _may_be_done(self, error: "stripe.StripeError") -> bool:
        return not (self._not_sent(error) or self._not_looked_at(error))

    def _not_sent(self, error: "stripe.StripeError") -> bool:
        """Address lookup, TCP and TLS come before the first byte of a request; a pool without room as well."""
        known = self._http.httpx
        before = (known.ConnectError, known.ConnectTimeout, known.PoolTimeout)
        return isinstance(error, self._stripe.APIConnectionError) and isinstance(
            error.__cause__, before
        )

    def _not_looked_at(self, error: "stripe.StripeError") -> bool:
        if isinstance(error, self._stripe.RateLimitError):
            # `lock_timeout` is a 429 as well, but another request is at work on the same object.
            return _error(error).get("code") in (None, "rate_limit")
        refused = (self._stripe.AuthenticationError, self._stripe.PermissionError)
        return isinstance(error, refused)

    def _failure(self, error: "stripe.StripeError", *, in_doubt: bool) -> CallFailed:
        why, said = type(error).__name__, _error(error)
        if isinstance(error, self._stripe.CardError):
            return CardRefused(why, said)
        under_way = said.get("code") == "idempotency_key_in_use"
        if under_way or isinstance(error, self._stripe.IdempotencyError):
            return KeyTaken(why, said, under_way=under_way or error.http_status == 409)
        if isinstance(error, self._stripe.InvalidRequestError):
            return RequestRefused(why, said, certain=not in_doubt)
        if in_doubt:
            return Silent(why, said)
        if self._not_looked_at(error):
            return TurnedAway(why, said)
        return Unsent(why) if self._not_sent(error) else Silent(why, said)


def _error(error: "stripe.StripeError") -> Mapping[str, Any]:
    body = error.json_body
    return dig(body, "error") if isinstance(body, Mapping) else {}


def _plain(value: "stripe.StripeObject") -> Json:
    plain: Json = json.loads(json.dumps(value.to_dict(), default=str))
    return plain
