"""Rate limits: so many acts a window, counted by name. In memory, or in Redis for many processes."""

import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import structlog
from limits import RateLimitItemPerSecond
from limits.aio.storage import Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

from core.errors import RateLimited

_ANSWER_SECONDS: Final = 0.5
_ALONE_SECONDS: Final = 2.0
_SWEEP_SECONDS: Final = 60.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` acts in any `seconds` long window."""

    count: int
    seconds: int


DEFAULT_LIMITS: Final[Mapping[str, Limit]] = {
    "api": Limit(6000, 60),  # a caller of the API, by key or session
    "sign_in": Limit(60, 60),  # by address; the account has a lock of its own
    "second_step": Limit(
        30, 60
    ),  # by address: codes at signing in; the account has a lock of its own
    "password_reset": Limit(20, 600),  # by address: asking for a new password, and choosing it
    "pay_page": Limit(1200, 60),  # by customer's address: views and progress
    "page_steps": Limit(1200, 600),  # by link and customer's address: what its pages report
    "pay_page_unknown": Limit(120, 60),  # by customer's address: tokens that name nothing
    "page_report": Limit(60, 60),  # by customer's address: what their browser says it stopped
    "attempt": Limit(60, 60),  # by customer's address: tries to pay
    "receipt": Limit(20, 600),  # by customer's address: receipts asked for
    "survey": Limit(20, 600),  # by customer's address: answers to the question after paying
    "account_test": Limit(20, 60),  # by merchant: asking a provider whether an account works
    "webhook": Limit(
        6000, 60
    ),  # by account and whoever sends: strangers do not use up a provider's share
    "chat": Limit(1200, 60),  # by visitor's address: everything in the web chat
    "chat_visitor": Limit(60, 60),  # by address: new visitors
    "chat_message": Limit(30, 60),  # by visitor: what they write
    "page_chat": Limit(300, 3600),  # by link: what is written on its pages
    "page_ask": Limit(30, 60),  # by link: more time, a new link
    "chat_phone": Limit(5, 600),  # by visitor: telephone numbers that they claim
}


class Throttle:
    """Counts acts against named limits. `hit` raises `RateLimited` with the time to wait.

    While Redis does not answer, each process counts by itself: limits are then wider, and nobody is turned away.
    """

    def __init__(self, limits: Mapping[str, Limit], *, storage_url: str | None = None) -> None:
        self._limits = limits
        self._own = _Windows()
        self._shared: MovingWindowRateLimiter | None = None
        self._alone_until = 0.0
        if storage_url is not None:
            # The library's default client is another one, which we do not have.
            storage = storage_from_string(
                f"async+{storage_url}",
                implementation="redispy",
                wrap_exceptions=True,
                socket_timeout=_ANSWER_SECONDS,
                socket_connect_timeout=_ANSWER_SECONDS,
            )
            assert isinstance(storage, Storage)
            self._shared = MovingWindowRateLimiter(storage)

    async def hit(self, name: str, who: str) -> None:
        """One more act of `who`. Raises `RateLimited` when the window is full."""
        if self._shared is not None and time.monotonic() >= self._alone_until:
            try:
                await _hit(self._shared, name, self._limits[name], who)
            except StorageError as error:
                # Not asked again at once: every request would wait for an answer that does not come.
                self._alone_until = time.monotonic() + _ALONE_SECONDS
                log.warning("throttle.alone", error=type(error.storage_error).__name__)
            else:
                return
        self._own.hit(name, self._limits[name], who)


class _Windows:
    """What was done lately, in this process alone. The library's own memory starts a thread's task for every act."""

    def __init__(self) -> None:
        self._acts: dict[tuple[str, str], tuple[int, deque[float]]] = {}
        self._swept_at = time.monotonic()

    def hit(self, name: str, limit: Limit, who: str) -> None:
        now = time.monotonic()
        self._sweep(now)
        _, acts = self._acts.setdefault((name, who), (limit.seconds, deque()))
        while acts and acts[0] <= now - limit.seconds:
            acts.popleft()
        if len(acts) >= limit.count:
            raise _refusal(acts[0] + limit.seconds - now)
        acts.append(now)

    def _sweep(self, now: float) -> None:
        """Forgets, now and then, those who have done nothing for the length of their window."""
        if now - self._swept_at < _SWEEP_SECONDS:
            return
        self._swept_at = now
        self._acts = {
            key: (seconds, acts)
            for key, (seconds, acts) in self._acts.items()
            if acts and acts[-1] > now - seconds
        }


async def _hit(limiter: MovingWindowRateLimiter, name: str, limit: Limit, who: str) -> None:
    item = RateLimitItemPerSecond(limit.count, limit.seconds, namespace=name)
    if not await limiter.hit(item, who):
        window = await limiter.get_window_stats(item, who)
        raise _refusal(window.reset_time - time.time())


def _refusal(wait_seconds: float) -> RateLimited:
    detail = "Too many requests; wait a moment."
    return RateLimited(detail, retry_after_seconds=int(wait_seconds) + 1)
