"""Rate limits: so many acts a window, counted by name. In memory, or in Redis for many processes."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import structlog
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

from core.errors import RateLimited

_ANSWER_SECONDS: Final = 0.5
_ALONE_SECONDS: Final = 2.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` acts in any `seconds` long window."""

    count: int
    seconds: int


DEFAULT_LIMITS: Final[Mapping[str, Limit]] = {
    "api": Limit(6000, 60),  # a caller of the API, by key or session
    "sign_in": Limit(60, 60),  # by address; the account has a lock of its own
    "pay_page": Limit(1200, 60),  # by customer's address: views and progress
    "pay_page_unknown": Limit(120, 60),  # by customer's address: tokens that name nothing
    "attempt": Limit(60, 60),  # by customer's address: tries to pay
    "webhook": Limit(6000, 60),  # by account
    "chat": Limit(1200, 60),  # by visitor's address: everything in the web chat
    "chat_visitor": Limit(60, 60),  # by address: new visitors
    "chat_message": Limit(30, 60),  # by visitor: what they write
    "chat_phone": Limit(5, 600),  # by visitor: telephone numbers that they claim
}


class Throttle:
    """Counts acts against named limits. `hit` raises `RateLimited` with the time to wait.

    While Redis does not answer, each process counts by itself: limits are then wider, and nobody is turned away.
    """

    def __init__(self, limits: Mapping[str, Limit], *, storage_url: str | None = None) -> None:
        self._limits: dict[str, RateLimitItem] = {
            name: RateLimitItemPerSecond(limit.count, limit.seconds, namespace=name)
            for name, limit in limits.items()
        }
        self._own = MovingWindowRateLimiter(MemoryStorage())
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
                await _hit(self._shared, self._limits[name], who)
            except StorageError as error:
                # Not asked again at once: every request would wait for an answer that does not come.
                self._alone_until = time.monotonic() + _ALONE_SECONDS
                log.warning("throttle.alone", error=type(error.storage_error).__name__)
            else:
                return
        await _hit(self._own, self._limits[name], who)


async def _hit(limiter: MovingWindowRateLimiter, limit: RateLimitItem, who: str) -> None:
    if not await limiter.hit(limit, who):
        window = await limiter.get_window_stats(limit, who)
        wait_seconds = int(window.reset_time - time.time()) + 1
        raise RateLimited("Too many requests; wait a moment.", retry_after_seconds=wait_seconds)
