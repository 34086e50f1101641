"""The far end's own clock: the only place in this package that asks what time it is."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import format_datetime


def now_ms() -> int:
    """Milliseconds since 1970 in UTC: the form in which every time is stored."""
    return time.time_ns() // 1_000_000


def as_datetime(moment_ms: int) -> datetime:
    """The same moment as an aware datetime in UTC."""
    return datetime.fromtimestamp(moment_ms / 1000, tz=UTC)


def rfc3339(moment_ms: int) -> str:
    """The form of the control API: `2026-11-22T13:45:01.250Z`."""
    return as_datetime(moment_ms).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def rfc2822(moment_ms: int) -> str:
    """The form of Twilio's API: `Sun, 22 Nov 2026 13:45:01 +0000`."""
    return format_datetime(as_datetime(moment_ms).replace(microsecond=0))
