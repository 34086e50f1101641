"""When a delivery that failed is tried again, and when we stop.

5 s, 30 s, 2 min, 10 min, 30 min, 1 h, 2 h, 4 h, 8 h, then every 12 h until three days have passed, each spread a fifth
either way so that no crowd comes back at once.
"""

import secrets
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

_DELAYS_SECONDS: Final = (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 43200)
# A try is made after at least this long; the last one may come half a day later.
GIVE_UP_AFTER: Final = timedelta(days=3)
# What a receiver may put us off for at once.
RETRY_AFTER_MAX: Final = timedelta(days=1)


def delay(step: int) -> timedelta:
    """How long to wait after the try of this step, counted from 0."""
    seconds = _DELAYS_SECONDS[min(step, len(_DELAYS_SECONDS) - 1)]
    spread = seconds * 1000 // 5
    return timedelta(seconds=seconds, milliseconds=secrets.randbelow(2 * spread + 1) - spread)


def next_try(
    *, step: int, first_tried_at: datetime, retry_after: timedelta | None, now: datetime
) -> datetime | None:
    """When to try again, or None: three days of trying are over. Never sooner than the receiver asked for."""
    if now - first_tried_at >= GIVE_UP_AFTER:
        return None
    return now + max(delay(step), min(retry_after or timedelta(), RETRY_AFTER_MAX))


def read_retry_after(text: str | None, *, now: datetime) -> timedelta | None:
    """`Retry-After` (RFC 9110, section 10.2.3): seconds or an HTTP date; None for anything else."""
    if text is None or len(text) > 64:
        return None
    text = text.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text), int(RETRY_AFTER_MAX.total_seconds())))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(moment - now, timedelta())
