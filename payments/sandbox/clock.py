"""What time is it, for the sandbox alone? Whole milliseconds and seconds since 1970, UTC."""

import time
from datetime import UTC, datetime


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def seconds(at_ms: int) -> int:
    return at_ms // 1000


def month_of(at_ms: int) -> tuple[int, int]:
    """Year and month, as card expiry dates count them."""
    moment = datetime.fromtimestamp(seconds(at_ms), UTC)
    return moment.year, moment.month


def readable(at_seconds: int) -> str:
    return datetime.fromtimestamp(at_seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
