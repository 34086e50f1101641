"""Rate limits: so many acts a window, counted by name. In memory, or in Redis for many processes."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string

from core.errors import RateLimited


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
}


class Throttle:
    """Counts acts against named limits. `hit` raises `RateLimited` with the time to wait."""

    def __init__(self, limits: Mapping[str, Limit], *, storage_url: str | None = None) -> None:
        self._limits: dict[str, RateLimitItem] = {
            name: RateLimitItemPerSecond(limit.count, limit.seconds, namespace=name)
            for name, limit in limits.items()
        }
        storage: Storage = MemoryStorage()
        if storage_url is not None:
            # The library's default client is another one, which we do not have.
            found = storage_from_string(f"async+{storage_url}", implementation="redispy")
            assert isinstance(found, Storage)
            storage = found
        self._limiter = MovingWindowRateLimiter(storage)

    async def hit(self, name: str, who: str) -> None:
        """One more act of `who`. Raises `RateLimited` when the window is full."""
        limit = self._limits[name]
        if await self._limiter.hit(limit, who):
            return
        window = await self._limiter.get_window_stats(limit, who)
        wait_seconds = int(window.reset_time - time.time()) + 1
        raise RateLimited("Too many requests; wait a moment.", retry_after_seconds=wait_seconds)
